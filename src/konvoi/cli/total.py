"""konvoi total: what has reached a stage, counted once."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.talk import json_option

if TYPE_CHECKING:
    import polars as pl

    from konvoi.flow.excess import Excess
    from konvoi.flow.gather import Gathered
    from konvoi.flow.settings import Settings
    from konvoi.ledger.answer import Total
    from konvoi.ledger.question import Question

_PATHS = click.Path(exists=True, path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("total")
@click.argument("paths", nargs=-1, type=_PATHS, metavar="[PATH]...")
@click.option("--stage", default="pledged", show_default=True, help="The stage, or `delivered`.")
@click.option("--exact", is_flag=True, help="What stands at the stage, not what has reached at least it.")
@click.option("--what", default="amount", type=click.Choice(["amount", "quantity"]), show_default=True)
@click.option("--good", default="", help="One good, or the first part of its id: mlrs means mlrs-227mm, too.")
@click.option("--kind", default="", help="military, humanitarian, energy, financial or reconstruction.")
@click.option("--partner", "party", default="", help="One partner's id.")
@click.option("--by", default="", help="Rows by partner, group, kind, good or month.")
@click.option("--rule", default="", help="What counts as delivered, such as `at hub` or `end user`.")
@click.option("--boundary", default="", help="A name from konvoi.toml, or country:AFG,year:2020.")
@click.option("--currency", default="", help="ISO 4217; default: the documents' own.")
@click.option("--on", type=_DAY, help="Facts up to this day.")
@click.option("--known", type=_DAY, help="As it was known on this day.")
@click.option("--shared", default="apart", type=click.Choice(["apart", "include"]), show_default=True)
@click.option("--mix", is_flag=True, help="Add sources that mean different things by the stage.")
@click.option(
    "--level", default="package", type=click.Choice(["package", "lines", "both"]), show_default=True
)
@click.option(
    "--attribute",
    default="none",
    type=click.Choice(["none", "members", "on-top"]),
    show_default=True,
    help="Show what a fund gave at its members.",
)
@click.option("--oversupply", is_flag=True, help="Add what goes beyond each good's needs.")
@click.option("--show-double", is_flag=True, help="List what was left out as told twice.")
@json_option
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[Path, ...], as_json: bool, **asked: object) -> None:
    """The total of files, folders or a workspace (default: this folder), with its lowest and highest.

    \b
    Example:
      konvoi total Ukraine_Support_Tracker.xlsx --stage committed --by group
      konvoi total custom-search-*.json --stage disbursed --exact --json
    """
    from konvoi.cli.talk import Watch, answer, exit_code, say, tell
    from konvoi.flow.ask import ask
    from konvoi.flow.collect import gathering
    from konvoi.flow.excess import needs_as_dicts, oversupplied_needs, oversupply
    from konvoi.flow.workspace import opened
    from konvoi.model.finding import Severity

    work = opened(paths or (Path(),))
    question = _question(_words(asked, work.settings))
    watch = Watch(quiet=as_json)
    gathered = gathering(work, stop=watch)
    watch.close()
    question = _named(question, gathered, work.settings)
    total = ask(gathered, question, work.settings)
    findings = (*work.findings, *gathered.findings)
    if as_json:
        document = total.as_dict()
        if asked["oversupply"]:
            document["oversupply"] = [row.as_dict() for row in oversupply(gathered, question, work.settings)]
            document["oversupplied_needs"] = needs_as_dicts(oversupplied_needs(gathered, work))
        answer(document)
    else:
        _print(total, show_double=bool(asked["show_double"]))
        if asked["oversupply"]:
            _print_oversupply(oversupply(gathered, question, work.settings))
            _print_needs(oversupplied_needs(gathered, work))
        errors = [finding for finding in findings if finding.severity == Severity.ERROR]
        if errors:
            say(f"{len(errors)} errors in what was read; konvoi read tells all findings:")
            tell(errors, most=5)
    refused = total.refused is not None or bool(gathered.refused)
    ctx.exit(exit_code(findings, refused=refused))


def _words(asked: dict[str, object], settings: "Settings") -> dict[str, object]:
    """The options as a question takes them; a word that means nothing is told with the nearest that does."""
    from konvoi.flow import known
    from konvoi.ledger.question import BY, DELIVERED
    from konvoi.model.stages import KINDS, RULES, Stage

    words = {k: v for k, v in asked.items() if k not in ("oversupply", "show_double")}
    for name in ("on", "known"):
        value = words[name]
        words[name] = value.date() if isinstance(value, datetime) else None
    fixed = {"stage": (*Stage, DELIVERED), "kind": KINDS, "by": BY, "rule": RULES}
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

    from konvoi.flow import known

    return replace(
        question,
        party=known.party("--partner", question.party, gathered, settings),
        good=known.good("--good", question.good, gathered),
    )


def _print(total: "Total", *, show_double: bool) -> None:
    """The answer first, then its rows, then what it rests on."""
    from konvoi.cli.talk import table
    from konvoi.model.finding import filled

    if total.refused:
        reason = filled(total.refused.reason, total.refused.values)
        click.echo(f"Not added: {reason}.")
        if total.refused.excess:
            click.echo(f"It would count {total.refused.excess:,f} {total.unit} twice, among others:")
            table(["counted", "again"], total.refused.pairs)
        return
    stage = f"{'exactly ' if total.exact else ''}{total.stage}"
    if total.value is None:
        click.echo(f"Not known: no value of what is {stage} can be counted ({total.boundary})")
    elif not total.used:
        click.echo(f"Nothing {stage} fits what is asked ({total.boundary})")
    else:
        click.echo(f"{total.value:,f} {total.unit} {stage} ({total.boundary})")
    if total.lowest != total.highest:
        click.echo(f"between {total.lowest:,f} and {total.highest:,f}, as undecided pairs may turn out")
    if total.by:
        rows = [[part.key, f"{part.value:,f}", str(len(part.entries))] for part in total.by]
        table(["", total.unit, "entries"], rows, right=(1, 2))
    _print_basis(total)
    if show_double:
        rows = [[d.entry, d.relation, d.counted_with, f"{d.value:,f}"] for d in total.double]
        table(["left out", "as", "counted with", total.unit], rows, right=(3,))


def _print_basis(total: "Total") -> None:
    """What the figure rests on, and what is not in it."""
    for name, value in (("shared", total.shared), ("internal", total.internal), ("perhaps", total.perhaps)):
        if value:
            click.echo(f"  {name}, not in it: {value:,f} {total.unit}")
    for name, value in total.valuation.items():
        click.echo(f"  valued {name}: {value:,f} {total.unit}")
    click.echo(
        f"  variant {', '.join(total.variants) or 'none'}; rule {total.rule or 'none'}; {total.used} entries"
    )
    if total.rates:
        click.echo(f"  rates: {'; '.join(total.rates)}")
    if total.unknown:
        click.echo(f"  {total.unknown} entries whose value is unknown (unknown is not zero)")
    for reason, count in total.unused:
        click.echo(f"  {count} left out: {reason}")


def _print_oversupply(rows: "list[Excess]") -> None:
    from konvoi.cli.talk import table

    click.echo("Beyond what is needed:" if rows else "Nothing goes beyond what is needed.")
    if rows:
        cells = [[r.good, f"{r.given:f}", f"{r.needed:f}", f"{r.excess:f}"] for r in rows]
        table(["good", "given", "needed", "beyond"], cells, right=(1, 2, 3))


def _print_needs(rows: "pl.DataFrame") -> None:
    """Over-supplied needs, each supply that goes beyond them, and the next need that it could serve."""
    from konvoi.cli.talk import table

    if rows.is_empty():
        return
    click.echo("Needs of which more is on its way than they ask for, last to commit first:")
    cells = [
        [
            row["need"],
            row["party"],
            f"{row['kind']} {row['record']}",
            str(row["committed"] or "not known"),
            f"{row['over'].normalize():f}",
            f"{row['next_quantity'].normalize():f} to {row['next_need']}" if row["next_need"] else "none",
        ]
        for row in rows.iter_rows(named=True)
    ]
    table(["need", "partner", "what", "committed", "beyond", "could serve"], cells, right=(4,))
