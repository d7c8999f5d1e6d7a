"""The options of a view: the day and the reader for whom a command computes what it prints."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import click

from konvoi.cli.i18n import said
from konvoi.flow.view import CELL, View

Command = TypeVar("Command", bound=Callable[..., Any])
_DAY = "konvoi.as_of"
_READER = "konvoi.reader"
_DAY_TYPE = click.DateTime(["%Y-%m-%d"])


def view_options(*, reader: str = CELL) -> Callable[[Command], Command]:
    """Add `--as-of` (formerly `--known`) and `--for`.

    reader: for whom the command prints by default; empty: the command decides by its other options.
    """

    def add(command: Command) -> Command:
        return as_of_option(reader_option(reader=reader)(command))

    return add


def as_of_option(command: Command) -> Command:
    """Add `--as-of`, and its former name `--known`."""
    former = click.option(
        "--known", type=_DAY_TYPE, hidden=True, expose_value=False, callback=_keep_former_day
    )
    return click.option(
        "--as-of",
        "as_of",
        type=_DAY_TYPE,
        metavar="DAY",
        expose_value=False,
        callback=_keep_day,
        help="As known on a day, such as 2031-03-01; documents of later days do not count.",
    )(former(command))


def reader_option(*, reader: str = CELL) -> Callable[[Command], Command]:
    """Add `--for`; reader: the default."""
    return click.option(
        "--for",
        "reader",
        default=reader or None,
        show_default=bool(reader),
        metavar="READER",
        expose_value=False,
        callback=_keep_reader,
        help="Who reads it: cell (the coordination cell), coalition, public, or a party's id.",
    )


def chosen_view(reader: str = CELL) -> View:
    """Return the view that the options of the running command choose; reader: where they name none."""
    context = click.get_current_context(silent=True)
    meta = context.meta if context else {}
    return View(meta.get(_DAY), meta.get(_READER) or reader)


def _keep_day(ctx: click.Context, param: click.Parameter, value: datetime | None) -> None:
    if value:
        ctx.meta[_DAY] = value.date()


def _keep_former_day(ctx: click.Context, param: click.Parameter, value: datetime | None) -> None:
    if value:
        from konvoi.cli.output import say

        say(said("--known is now called --as-of."))
        ctx.meta.setdefault(_DAY, value.date())


def _keep_reader(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value in ("", "own"):
        raise click.BadParameter("cell, coalition, public, or a party's id", ctx, param)
    ctx.meta[_READER] = value
