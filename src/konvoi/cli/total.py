"""konvoi total: what has reached a stage, counted once."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import code, figure, said, text_of
from konvoi.cli.not_counted import print_not_counted, print_open
from konvoi.cli.output import json_option
from konvoi.cli.total_rows import print_further, print_parts, print_range, print_rows
from konvoi.cli.view import chosen_view, view_options
from konvoi.cli.workspace_argument import opened, paths_argument, typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from konvoi.flow.gathered import Gathered
    from konvoi.flow.planning.excess import Excess
    from konvoi.flow.settings import Settings
    from konvoi.flow.submissions.not_counted import NotCounted
    from konvoi.flow.workspace import Workspace
    from konvoi.ledger.answer import Part, Total
    from konvoi.ledger.question import Question
    from konvoi.ledger.release import Figure, Release

_PATHS = click.Path(exists=True, path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])
_WITHOUT_RATE = (
    "from {currencies} to {unit}: ask in their own currency (--currency {one}), or submit rates (table rates)"
)


@click.command("total")
@paths_argument
@click.option("--stage", default="pledged", show_default=True, help="The stage, `delivered`, or `fulfilled`.")
@click.option("--exact", is_flag=True, help="Count only what is at this stage now, not what has passed it.")
@click.option("--what", default="amount", type=click.Choice(["amount", "quantity"]), show_default=True)
@click.option("--good", default="", help="One good, with all goods below it by the column family.")
@click.option("--kind", default="", help="military, humanitarian, energy, financial or reconstruction.")
@click.option("--partner", "party", default="", help="One partner's id.")
@click.option("--by", default="", help="Rows by partner, group, kind, good, month, variant or valuation.")
@click.option(
    "--rule", default="", help="Rule for `delivered`, such as `at hub`; default: that of konvoi.toml."
)
@click.option("--boundary", default="", help="A name from konvoi.toml, or country:AFG,year:2020.")
@click.option("--currency", default="", help="Currency (ISO 4217); default: that of the documents.")
@click.option("--on", type=_DAY, help="Facts up to this day.")
@view_options()
@click.option("--shared", default="apart", type=click.Choice(["apart", "include"]), show_default=True)
@click.option("--mix", is_flag=True, help="Add up sources that define the stage differently.")
@click.option(
    "--level", default="package", type=click.Choice(["package", "lines", "both"]), show_default=True
)
@click.option(
    "--attribute",
    default="none",
    type=click.Choice(["none", "members", "on-top"]),
    show_default=True,
    help="Attribute what a fund gave to its members.",
)
@click.option("--oversupply", is_flag=True, help="Also show oversupply by good.")
@click.option("--show-double", is_flag=True, help="List what was left out as a duplicate.")
@click.option("--show-rows", is_flag=True, help="List the source rows, each with what of it counted and how.")
@json_option
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[Path, ...], as_json: bool, **asked: object) -> None:
    """Show the de-duplicated total, with its range.

    PATH: files, folders or a workspace; default: this folder. The range is that of all consistent decisions
    on open duplicate candidates.

    \b
    Example:
      konvoi total Ukraine_Support_Tracker.xlsx --stage committed --by group
      konvoi total custom-search-*.json --stage disbursed --exact --json
    """
    from konvoi.cli.output import Watch, answer, exit_code, tell_errors
    from konvoi.flow.kept_views import loaded
    from konvoi.flow.submissions.not_counted import not_counted
    from konvoi.flow.totals_asked import ask, sources, unsettled_names, warnings
    from konvoi.ledger.release import contains_own

    work = opened(paths)
    question = _question(_words(asked, work.settings))
    watch = Watch(quiet=as_json)
    gathered = loaded(work, stop=watch)
    watch.close()
    question = _named(question, gathered, work.settings)
    show_rows = bool(asked["show_rows"])
    total = ask(gathered, question, work.settings, with_rows=as_json or show_rows)
    mixed = sources(gathered, question, work.settings, total)
    missing = not_counted(gathered)
    further = _further(question, total, gathered, work)
    own = contains_own(gathered.ledger.entries, gathered.view.reader, (one for one, _ in further))
    findings = gathered.findings
    warned = warnings(gathered, total)
    names = unsettled_names(gathered)
    if as_json:
        document = total.as_dict() | {"by_variant": [part.as_dict() for part in mixed]}
        document["not_counted"] = missing.as_dict()
        document["warnings"] = [one.as_dict() for one in warned]
        document["unsettled_names"] = [{"name": name, "meant": meant} for name, meant in names]
        document["further"] = [
            {"reader": one.reader, "as_of": one.as_of.isoformat(), **each.as_dict()} for one, each in further
        ]
        document["further_contains_own"] = own
        if asked["oversupply"]:
            document |= _oversupply(question, gathered, work)
        answer(document)
    else:
        _print_first(_titled(total, question, gathered), missing)
        if not total.refused:
            print_open(len(warned), _reading(paths, gathered), names)
            _print(_titled(total, question, gathered), mixed, show_double=bool(asked["show_double"]))
        print_further(further, own=own)
        if show_rows:
            print_rows(total)
        if asked["oversupply"]:
            _print_excess(question, gathered, work)
        tell_errors(findings, gathered.readings)
    refused = total.refused is not None or bool(gathered.refused)
    ctx.exit(exit_code(findings, refused=refused))


def _words(asked: dict[str, object], settings: "Settings") -> dict[str, object]:
    """Return the options as a question takes them; refuse a word that means nothing, with the nearest that
    does.
    """
    from konvoi.flow import name_lookup as known
    from konvoi.ledger.question import BY, STAGES
    from konvoi.model.stages import KINDS, RULES

    words = {k: v for k, v in asked.items() if k not in ("oversupply", "show_double", "show_rows")}
    on = words["on"]
    words |= {"on": on.date() if isinstance(on, datetime) else None, "known": chosen_view().as_of}
    fixed = {"stage": STAGES, "kind": KINDS, "by": BY, "rule": RULES}
    words |= {name: known.word(f"--{name}", str(words[name]), allowed) for name, allowed in fixed.items()}
    words["currency"] = known.currency("--currency", str(words["currency"]))
    words["boundary"] = known.boundary("--boundary", str(words["boundary"]), settings.boundaries)
    words["attribute"] = str(words["attribute"]).replace("-", " ")
    return words


def _question(words: dict[str, object]) -> "Question":
    """The question that the options ask; what cannot be asked is wrong usage."""
    from konvoi.ledger.question import Question

    try:
        return Question(**words)  # type: ignore[arg-type]
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _named(question: "Question", gathered: "Gathered", settings: "Settings") -> "Question":
    """The question about the partner and the good that its names mean."""
    from dataclasses import replace

    from konvoi.flow import name_lookup as known

    return replace(
        question,
        party=known.party("--partner", question.party, gathered, settings),
        good=known.good("--good", question.good, gathered),
    )


def _further(
    question: "Question", total: "Total", gathered: "Gathered", work: "Workspace"
) -> "Sequence[tuple[Release, Figure]]":
    """Released figures of contributions that the reader may not see; the coordination cell counts them."""
    from dataclasses import replace

    from konvoi.flow.ledger.released_figures import seen_releases
    from konvoi.flow.totals_asked import full
    from konvoi.ledger.release import beside

    if gathered.view.is_cell or total.refused:
        return ()
    asked = replace(question, rule=full(gathered, question, work.settings).rule)
    return beside(asked, total.unit, seen_releases(work, gathered.view))


def _titled(total: "Total", question: "Question", gathered: "Gathered") -> "Total":
    """The total with its rows named: parties and groups, with the id that options take."""
    from dataclasses import replace

    from konvoi.flow.parties import called
    from konvoi.ledger.parts import NOT_SAID, OTHERS

    if question.by not in ("partner", "group"):
        return total

    def name(key: str) -> str:
        known = said(key) if key in (NOT_SAID, OTHERS) else called(key, gathered.tables, code())
        return known if known == key or key in (NOT_SAID, OTHERS) else f"{known} ({key})"

    return replace(
        total,
        by=tuple(replace(part, key=name(part.key)) for part in total.by),
        unvalued=tuple(replace(one, key=name(one.key)) for one in total.unvalued),
    )


def _print_first(total: "Total", missing: "NotCounted") -> None:
    """The figure with its range and what is not in it, or why there is none."""
    from konvoi.cli.output import table
    from konvoi.flow.total_sentences import answer, refusal

    if total.refused:
        for one in refusal(total.refused, total.unit, figure):
            click.echo(text_of(one))
        if total.refused.excess:
            table([said("counted"), said("again")], total.refused.pairs)
        return
    click.echo(text_of(answer(total, figure)))
    print_range(total)
    print_not_counted(total, missing)


def _reading(paths: "Sequence[Path]", gathered: "Gathered") -> str:
    """The command that lists the findings on what a total was drawn from, for the same reader."""
    words = ["konvoi read", *(typed(path) for path in paths or (Path(),))]
    return " ".join(words if gathered.view.is_cell else [*words, "--for", gathered.view.reader])


def _print(total: "Total", mixed: "tuple[Part, ...]", *, show_double: bool) -> None:
    """The rows of the answer, then what it rests on."""
    from konvoi.cli.output import table

    print_parts(total)
    _print_basis(total, mixed)
    if show_double:
        rows = [[d.entry, d.relation, d.counted_with, figure(d.value)] for d in total.double]
        table([said("left out"), said("as"), said("counted with"), total.unit], rows, right=(3,))


def _print_basis(total: "Total", mixed: "tuple[Part, ...]") -> None:
    """Print the basis of the figure, and the parts that are not in it."""
    from konvoi.flow.total_sentences import basis, beside, rates

    for one in (*beside(total, figure), *basis(total)):
        click.echo(f"  {text_of(one)}")
    _print_sources(total, mixed)
    for one in rates(total):
        click.echo(f"  {text_of(one)}")
    _print_unused(total)


def _print_unused(total: "Total") -> None:
    """Print the parts that were left out, by reason, and the remedy where a rate is missing."""
    from konvoi.flow.total_sentences import unused
    from konvoi.ledger.basis import NO_RATE

    for reason, one in unused(total, figure):
        click.echo(f"  {text_of(one)}")
        if reason == NO_RATE and total.no_rate:
            told = {"currencies": ", ".join(total.no_rate), "unit": total.unit, "one": total.no_rate[0]}
            click.echo(f"    {said(_WITHOUT_RATE, **told)}")


def _print_sources(total: "Total", mixed: "tuple[Part, ...]") -> None:
    """Print what each source gave of a total that mixes several."""
    from konvoi.flow.total_sentences import counted_entries, of_source

    if mixed:
        click.echo(f"  {said('summed from sources that do not mean quite the same by a stage:')}")
    for part in mixed:
        entries = text_of(counted_entries(len(part.entries)))
        click.echo(f"    {text_of(of_source(part, total.unit, figure))} ({part.key}; {entries})")


def _oversupply(question: "Question", gathered: "Gathered", work: "Workspace") -> dict[str, object]:
    """Return the quantities beyond needs, as plain JSON values."""
    from konvoi.flow.planning.excess import needs_as_dicts, oversupplied_needs, oversupply

    rows = [row.as_dict() for row in oversupply(gathered, question, work.settings)]
    return {"oversupply": rows, "oversupplied_needs": needs_as_dicts(oversupplied_needs(gathered, work))}


def _print_excess(question: "Question", gathered: "Gathered", work: "Workspace") -> None:
    from konvoi.flow.planning.excess import oversupplied_needs, oversupply

    _print_oversupply(oversupply(gathered, question, work.settings))
    _print_needs(oversupplied_needs(gathered, work))


def _print_oversupply(rows: "list[Excess]") -> None:
    from konvoi.cli.output import table

    click.echo(said("Oversupply:") if rows else said("No oversupply."))
    if rows:
        cells = [[r.good, *(figure(one) for one in (r.given, r.needed, r.excess))] for r in rows]
        table([said(head) for head in ("good", "given", "needed", "beyond")], cells, right=(1, 2, 3))


def _print_needs(rows: "pl.DataFrame") -> None:
    """Over-supplied needs, each supply that goes beyond them, and the next need that it could serve."""
    from konvoi.cli.output import table

    if rows.is_empty():
        return
    click.echo(said("Oversupplied needs, latest commitments first:"))
    cells = [
        [
            row["need"],
            row["party"],
            f"{row['kind']} {row['record']}",
            str(row["committed"] or said("not known")),
            figure(row["over"].normalize()),
            f"{figure(row['next_quantity'].normalize())} → {row['next_need']}" if row["next_need"] else "–",
        ]
        for row in rows.iter_rows(named=True)
    ]
    heads = ("need", "partner", "what", "committed", "beyond", "could serve")
    table([said(head) for head in heads], cells, right=(4,))
