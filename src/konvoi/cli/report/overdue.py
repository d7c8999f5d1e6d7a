"""konvoi report overdue: which promised days will be missed, what that costs, and whose move it is."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import chosen, code, figure, said
from konvoi.cli.output import json_option
from konvoi.cli.report.chapter import plan_of_run
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import opened, paths_argument

if TYPE_CHECKING:
    from konvoi.flow.forecast.late import Lateness
    from konvoi.report.forecast.lateness import Late

_SHOWN = 40
_DAYS = re.compile(r"(\d{1,4})\s*(d|w)?", re.IGNORECASE)


class _Span(click.ParamType[int]):
    """So many days: 30, 30d or 4w."""

    name = "days"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        found = _DAYS.fullmatch(str(value).strip())
        if found is None:
            self.fail(f"{value!r} is no span of days; write 30d or 4w", param, ctx)
        return int(found[1]) * (7 if (found[2] or "d").lower() == "w" else 1)


@click.command("overdue")
@paths_argument
@click.option(
    "--within",
    default="30d",
    type=_Span(),
    show_default=True,
    help="Also line items promised within so many days, such as 30d or 4w.",
)
@click.option(
    "--plan",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of a plan; default: the workspace's own, if konvoi run made one.",
)
@click.option("--of", "party", default="", help="Only where one party has to act, by its id or name.")
@view_options()
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    paths: tuple[Path, ...],
    within: int,
    plan: Path | None,
    party: str,
    as_json: bool,
) -> None:
    """List line items that are overdue, due soon or likely to be late.

    Line items with the highest cost of delay come first: the coverage of needs that is lost by delivery on
    the forecast day instead of the promised one. The forecast is that of the plan; without a plan it rests on
    lead times (konvoi plan learn): the model of the workspace, if there is one, and its own ledger. A line
    item with fewer than 30 completed cases of its kind has no forecast, and the output says so.

    PATH: files, folders or a workspace; default: this folder.

    \b
    Example:
      konvoi report overdue --within 30d
      konvoi report overdue --of PL --json
    """
    from dataclasses import replace

    from konvoi.cli.output import Watch, answer, exit_code, tell_errors
    from konvoi.flow.forecast.late import of_workspace
    from konvoi.flow.name_lookup import party as known_party

    work = opened(paths)
    watch = Watch(quiet=as_json)
    chosen_plan = plan or plan_of_run(work)
    found = of_workspace(work, within, chosen_plan, stop=watch)
    watch.close()
    if party:
        mover = known_party("--of", party, found.gathered, work.settings)
        found = replace(found, rows=tuple(one for one in found.rows if one.mover == mover))
    if as_json:
        answer(found.as_dict())
    else:
        _print(found)
        tell_errors(found.gathered.findings, found.gathered.readings)
    ctx.exit(exit_code(found.gathered.findings, refused=bool(found.gathered.refused)))


def _print(found: "Lateness") -> None:
    from konvoi.cli.output import cut, table
    from konvoi.forecast.leadtimes.model import FEWEST
    from konvoi.report.forecast.coming import NO_BASIS
    from konvoi.report.language import Language
    from konvoi.report.reports.late import bases

    one = "{count} open item is overdue, due within {days} days or forecast to be late."
    many = "{count} open items are overdue, due within {days} days or forecast to be late."
    click.echo(said(one, many, len(found.rows), days=found.within))
    heads = ("line", "promised", "forecast", "late", "after the day", "cost", "responsible", "next stage")
    rows = [_row(line) for line in found.rows[:_SHOWN]]
    if rows:
        table([said(head) for head in heads], rows, right=(3, 5))
    cut(len(rows), len(found.rows))
    for message in bases(found.day, found.rows):
        click.echo(Language(code()).text(message))
    if any(one.basis == NO_BASIS for one in found.rows):
        text = "No forecast: at least {few} completed cases of the same kind are required; number known:"
        click.echo(said(text, few=FEWEST))


def _row(one: "Late") -> list[str]:

    from konvoi.report.language import Language
    from konvoi.report.page import Chance, Share

    language = Language(code())
    return [
        one.line,
        one.promised.isoformat(),
        one.middle.isoformat() if one.middle else _why(one),
        said("{days} d", days=one.days) if one.days is not None else "–",
        language.text(Chance(one.chance)) if one.chance is not None else "–",
        language.text(Share(one.share)) if one.share is not None else figure(one.cost),
        f"{one.mover or '?'} ({said(one.moves)})",
        chosen("stage", one.next) if one.next else said("not known"),
    ]


def _why(one: "Late") -> str:
    """Return the reason for which no day is forecast: half never come, or too few cases are known."""
    from konvoi.forecast.leadtimes.model import FEWEST
    from konvoi.report.forecast.coming import LEARNT

    if one.basis == LEARNT or one.learnt is None:
        return said("not reached")
    return said("no basis ({cases} of {few})", cases=one.learnt.cases, few=FEWEST)
