"""konvoi report pipeline: how far what was given has come, stage by stage."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import chosen, code, figure, said
from konvoi.cli.output import json_option
from konvoi.cli.view import chosen_view, view_options
from konvoi.cli.workspace_argument import opened, paths_argument

if TYPE_CHECKING:
    from konvoi.flow.ledger.gap import Gap
    from konvoi.ledger.question import Question

_SHOWN = 60


@click.command("pipeline")
@paths_argument
@click.option(
    "--by",
    default="route",
    type=click.Choice(["route", "partner", "kind", "good", "document"]),
    show_default=True,
)
@click.option("--what", default="amount", type=click.Choice(["amount", "quantity"]), show_default=True)
@click.option("--partner", "party", default="", help="One partner, by its id or name.")
@click.option("--kind", default="", help="military, humanitarian, energy, financial or reconstruction.")
@click.option("--good", default="", help="One good, with all goods below it by the column family.")
@click.option("--currency", default="", help="Currency (ISO 4217); default: that of the documents.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="Facts up to this day.")
@view_options()
@json_option
@click.pass_context
def command(
    ctx: click.Context, /, *, paths: tuple[Path, ...], by: str, as_json: bool, **asked: object
) -> None:
    """Show progress by stage: reached, outstanding, not reported.

    Each line item counts once, at every stage of its delivery channel. What is not reported has columns of
    its own and is never zero. A package without line items counts as one.

    PATH: files, folders or a workspace; default: this folder.

    \b
    Example:
      konvoi report pipeline --by partner
      konvoi report pipeline Ukraine_Support_Tracker.xlsx --what quantity --good howitzer --json
    """
    from konvoi.cli.output import Watch, answer, exit_code, tell_errors
    from konvoi.flow.ledger.gap import gap

    work = opened(paths)
    question = _question(asked)
    watch = Watch(quiet=as_json)
    found = gap(work, question, by, stop=watch)
    watch.close()
    if as_json:
        answer(found.as_dict())
    else:
        _print(found)
        tell_errors(found.gathered.findings, found.gathered.readings)
    ctx.exit(exit_code(found.gathered.findings, refused=bool(found.gathered.refused)))


def _question(asked: dict[str, object]) -> "Question":
    from konvoi.flow import name_lookup as known
    from konvoi.ledger.question import Question
    from konvoi.model.stages import KINDS

    on = asked["on"]
    return Question(
        what=str(asked["what"]),
        party=str(asked["party"]),
        kind=known.word("--kind", str(asked["kind"]), KINDS),
        good=str(asked["good"]),
        currency=known.currency("--currency", str(asked["currency"])),
        on=on.date() if isinstance(on, datetime) else None,
        known=chosen_view().as_of,
    )


def _print(found: "Gap") -> None:
    """The answer by lines, the funnels, and the stages of which nobody says anything."""
    from konvoi.cli.output import cut, table

    lines, unknown = found.line_counts()
    one = "{count} line item on {day}; last stage not reported: {unknown}."
    many = "{count} line items on {day}; last stage not reported: {unknown}."
    if not unknown:
        one = "{count} line item on {day}."
        many = "{count} line items on {day}."
    click.echo(said(one, many, lines, day=found.day, unknown=unknown))
    rows = _once([_row(found, row) for row in found.table.head(_SHOWN).iter_rows(named=True)])
    if rows:
        heads = [said("Channel"), *([said(found.by)] if found.by != "route" else []), said("stage")]
        heads += [said("lines"), said("not reported"), said("pledged")]
        heads += [said(name) for name in ("reached", "outstanding", "not reported")]
        first = len(heads) - 6
        table(heads, rows, right=tuple(range(first, len(heads))))
    cut(len(rows), found.table.height)
    if found.without_quantity:
        one = "{count} item without a quantity is not included."
        click.echo(said(one, "{count} items without a quantity are not included.", found.without_quantity))
    for route, stages in found.silent.items():
        listed = ", ".join(chosen("stage", stage) for stage in stages)
        click.echo(said("{route}: not reported: {stages}.", route=chosen("route", route), stages=listed))


def _row(found: "Gap", row: dict[str, object]) -> list[str]:
    from konvoi.flow.ledger.gap import scaled
    from konvoi.flow.parties import called
    from konvoi.ledger.funnel import absence
    from konvoi.report.language import Language
    from konvoi.report.page import Number

    key = str(row["key"]) or said("not stated")
    if found.by == "partner" and row["key"]:
        key = called(str(row["key"]), found.gathered.tables, code())
    elif found.by == "kind":
        key = chosen("kind", key)
    language = Language(code())

    def shown(name: str) -> str:
        value = scaled(row[name], row["measure"])
        if value is not None:
            return language.figure(Number(value, str(row["measure"])))
        reason = absence(row, name)
        return said(reason) if reason else "–"

    return [
        chosen("route", row["route"]),
        *([key] if found.by != "route" else []),
        chosen("stage", row["stage"]),
        figure(row["lines"]),
        figure(row["unknown"]),
        *(shown(name) for name in ("word", "reached", "open", "silent")),
    ]


def _once(rows: list[list[str]]) -> list[list[str]]:
    """The rows, with route and key only where they begin."""
    heads = [row[:-7] for row in rows]
    return [
        [*([""] * len(head) if at and head == heads[at - 1] else head), *row[-7:]]
        for at, (head, row) in enumerate(zip(heads, rows, strict=True))
    ]
