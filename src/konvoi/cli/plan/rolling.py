"""Options and answers of a rolling plan: `konvoi plan solve --from PLAN --week WEEK`."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from konvoi.cli.i18n import said

if TYPE_CHECKING:
    from konvoi.flow.planning.rolling_plan import Carry
    from konvoi.plan.rolling import Rolled

_PLAN = click.Path(exists=True, file_okay=False, path_type=Path)
_SHOWN = 10


def _cost(_: click.Context, __: click.Parameter, text: str) -> Decimal:
    """The cost of a change: a number that is not below zero."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal(-1)
    if not found.is_finite() or found < 0:
        raise click.BadParameter(said("a number of at least 0"))
    return found


def rolling_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of a rolling plan to a command."""
    for option in (
        click.option(
            "--change-cost",
            metavar="VALUE",
            default="0",
            callback=_cost,
            help="Minimum gain in value of a change.",
        ),
        click.option("--changes", type=click.IntRange(0), help="Change at most so many movements."),
        click.option(
            "--freeze", type=click.IntRange(0), default=1, help="Weeks in which nothing changes; default: 1."
        ),
        click.option("--week", default="", metavar="WEEK", help="The week to plan from: 2031-W12 or a day."),
        click.option("--from", "last", type=_PLAN, metavar="PLAN", help="Continue this plan."),
    ):
        command = option(command)
    return command


def carried(rolling: Mapping[str, Any]) -> "Carry | None":
    """Return the plan to carry on, from the options; None if there is none."""
    from konvoi.flow.planning.rolling_plan import Carry
    from konvoi.flow.planning.scenarios import day_meant
    from konvoi.kit.days import monday

    last = rolling["last"]
    week = rolling["week"]
    if last is None and (week or rolling["changes"] is not None or rolling["change_cost"]):
        raise click.UsageError("--week, --changes and --change-cost need --from PLAN, the plan to carry on")
    if last is None:
        return None
    day = day_meant("week", week, end=False)
    if day is None:
        raise click.UsageError("--from PLAN needs --week WEEK, from which is planned anew")
    return Carry(last, monday(day), rolling["freeze"], rolling["changes"], rolling["change_cost"])


def as_document(rolled: "Rolled | None") -> dict[str, object]:
    """Return the changes of a rolling plan as plain JSON values; nothing if there is none."""

    if rolled is None:
        return {}
    told = {"frozen": rolled.frozen, "gone": rolled.gone, "unavoidable": rolled.least}
    return {"rolled": told | {"value_without_limit": rolled.loose, "changes": rolled.changes.to_dicts()}}


def print_changes(rolled: "Rolled | None") -> None:
    """Print what a rolling plan keeps and changes, with the reasons of the first changes."""
    import json

    from konvoi.cli.output import table
    from konvoi.plan.roll_reasons import REASONS

    if rolled is None:
        return
    counts = {"gone": rolled.gone, "frozen": rolled.frozen, "changes": rolled.changes.height}
    click.echo(said("{gone} already dispatched, {frozen} frozen, {changes} changed.", **counts))
    without = rolled.loose - rolled.plan.value
    if without > 0:
        click.echo(said("Without a limit on changes: {value} more.", value=round(without, 3)))
    shown = rolled.changes.head(_SHOWN).iter_rows(named=True)
    rows = [
        [
            str(row["act"]),
            said(row["change"]),
            row["need"],
            said(REASONS[row["reason"]], **json.loads(row["values"])),
        ]
        for row in shown
    ]
    if rows:
        table([said(head) for head in ("from", "change", "need", "reason")], rows)
    more = rolled.changes.height - len(rows)
    if more > 0:
        click.echo(said("{count} further change", "{count} further changes", more))
