"""Common parts of the verbs that print one chapter of the brief: tempo, outlook, effect."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from konvoi.cli.i18n import code, said
from konvoi.cli.workspace_argument import opened

if TYPE_CHECKING:
    from konvoi.flow.forecast.chapters import Chapters
    from konvoi.flow.workspace import Workspace
    from konvoi.report.language import Language
    from konvoi.report.page import Column, Table, Value

Command = TypeVar("Command", bound=Callable[..., Any])
_SHOWN = 20


def plan_option(command: Command) -> Command:
    """Adds --plan."""
    return click.option(
        "--plan",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="The folder of a plan; default: the workspace's own, if konvoi run made one.",
    )(command)


def plan_of_run(work: "Workspace") -> Path | None:
    """Return the folder of the plan that konvoi run made; None for other readers and days.

    Says so where another plan was adopted since: the report is then without a plan.
    """
    from konvoi.cli.output import say
    from konvoi.flow.plans import is_superseded, own_plan
    from konvoi.flow.view import View

    if work.folder is None or work.view != View():
        return None
    if is_superseded(work.folder):
        say(said("A plan was adopted since the last run: the report is without a plan. Next: konvoi run"))
    return own_plan(work.folder)


def told(
    ctx: click.Context,
    paths: tuple[Path, ...],
    names: tuple[str, ...],
    tables: Sequence[str],
    *,
    as_json: bool,
    plan: Path | None = None,
    own: bool = True,
) -> None:
    """Tell chapters by their names: their sentences, then the tables that are named, in their order.

    own: whether the plan that konvoi run made is used where none is named.
    """
    from konvoi.cli.output import Watch, answer, exit_code, tell_errors
    from konvoi.flow.forecast.chapters import chapters

    work = opened(paths)
    watch = Watch(quiet=as_json)
    own_one = plan_of_run(work) if own and plan is None else None
    found = chapters(work, names, plan=plan or own_one, stop=watch)
    watch.close()
    if as_json:
        answer(found.as_dict())
    else:
        _print(found, tables)
        tell_errors(found.gathered.findings, found.gathered.readings)
    ctx.exit(exit_code(found.gathered.findings, refused=bool(found.gathered.refused)))


def _print(found: "Chapters", tables: Sequence[str]) -> None:
    from konvoi.report.language import Language

    language = Language(code())
    for section in found.sections:
        for sentence in section.answer:
            click.echo(language.text(sentence))
    every = {table.id: table for section in found.sections for table in section.tables}
    for name in tables:
        if name in every:
            _table(every[name], language)


def _table(whole: "Table", language: "Language") -> None:
    from konvoi.cli.output import cut, table
    from konvoi.report.on_page import on_page

    shown = on_page(whole)
    click.echo()
    click.echo(language.text(shown.title) + ":")
    if not shown.rows:
        click.echo(language.text(shown.empty))
        return
    rows = [*([shown.sums] if shown.sums else []), *shown.rows[:_SHOWN]]
    cells = [
        [_cell(cell, column, language) for cell, column in zip(row, shown.columns, strict=True)]
        for row in rows
    ]
    numbers = [at for at, column in enumerate(shown.columns) if column.kind == "number"]
    table([_head(column, language) for column in shown.columns], cells, right=numbers)
    cut(min(_SHOWN, len(shown.rows)), len(shown.rows))


def _cell(value: "Value", column: "Column", language: "Language") -> str:
    """A cell; a count in a column of numbers without its unit, which the head or the title names."""
    from konvoi.report.page import Number

    bare = isinstance(value, Number) and value.value is not None and value.unit in ("line", column.unit)
    if column.kind == "number" and bare and isinstance(value, Number) and value.value is not None:
        return language.decimal(value.value)
    return language.text(value)


def _head(column: "Column", language: "Language") -> str:
    name = language.text(column.name)
    return f"{name}, {language.unit(column.unit)}" if column.unit else name
