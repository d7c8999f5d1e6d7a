"""konvoi report changes: what changed from one state to another, package by package, and in the totals."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import figure, said
from konvoi.cli.output import json_option
from konvoi.cli.view import view_options

if TYPE_CHECKING:
    from konvoi.flow.submissions.diff import Diff, Moved

_SHOWN = 60
_PATH = click.Path(exists=True, path_type=Path)


@click.command("changes")
@click.argument("old", type=_PATH)
@click.argument("new", type=_PATH)
@click.option(
    "--currency", default="", help="Currency of the totals (ISO 4217); default: that of the documents."
)
@view_options()
@json_option
@click.pass_context
def command(ctx: click.Context, /, *, old: Path, new: Path, currency: str, as_json: bool) -> None:
    """Compare two states of the data and show the effect on totals.

    Packages are compared, not cells; the order of rows is irrelevant. They are listed as added, corrected,
    re-rated (a new rate without a new amount), re-classified (another kind, good or channel) or withdrawn.
    OLD, NEW: a file, a folder or a workspace each.

    \b
    Example:
      konvoi report changes tracker-r7.xlsx tracker-r8.xlsx
      konvoi report changes last-week this-week --json
    """
    from konvoi.cli.output import Watch, answer, exit_code, tell_errors
    from konvoi.cli.workspace_argument import opened
    from konvoi.flow import name_lookup as known
    from konvoi.flow.submissions.diff import diff

    watch = Watch(quiet=as_json)
    money = known.currency("--currency", currency)
    found = diff(opened([old]), opened([new]), currency=money, stop=watch)
    watch.close()
    findings = (*found.old.findings, *found.new.findings)
    if as_json:
        answer(found.as_dict())
    else:
        _print(found)
        tell_errors(findings, (*found.old.readings, *found.new.readings))
    ctx.exit(exit_code(findings, refused=bool(found.old.refused or found.new.refused)))


def _print(found: "Diff") -> None:
    """Print the number of changes of each kind, their effect on the totals, then each package."""
    from konvoi.cli.output import cut, table

    changed = found.packages.select("source", "package").n_unique()
    kinds = ", ".join(f"{said(kind)} {count}" for kind, count in found.counts.items() if count)
    if not changed:
        click.echo(said("No package changed."))
    else:
        told = {"kinds": kinds}
        click.echo(
            said("{count} package changed: {kinds}.", "{count} packages changed: {kinds}.", changed, **told)
        )
    if found.totals:
        heads = [said(head) for head in ("stage", "good", "before", "after", "by what")]
        table(heads, [_total(one) for one in found.totals[:_SHOWN]], right=(2, 3))
        cut(min(_SHOWN, len(found.totals)), len(found.totals))
    rows = [
        [said(str(row["kind"])), str(row["package"]), str(row["party"] or ""), _changes(row["changes"])]
        for row in found.packages.sort("kind", "package").head(_SHOWN).iter_rows(named=True)
    ]
    if rows:
        table([said(head) for head in ("change", "package", "partner", "what")], rows)
    cut(len(rows), found.packages.height)


def _changes(changes: object) -> str:
    from konvoi.cli.i18n import code
    from konvoi.report.language import Language
    from konvoi.report.submissions.revised import changed

    told = list(changes) if isinstance(changes, list) else []
    rest = said("… and {more} more", more=len(told) - 3) if len(told) > 3 else ""
    return "; ".join([Language(code()).text(changed(told[:3])), *([rest] if rest else [])])


def _total(one: "Moved") -> list[str]:
    from konvoi.cli.i18n import code
    from konvoi.report.language import Language
    from konvoi.report.page import Number

    language = Language(code())
    values = [
        said("not known") if v is None else language.figure(Number(v, one.unit)) for v in (one.old, one.new)
    ]
    by = ", ".join(
        f"{said(kind)} {'+' if value > 0 else ''}{figure(value)}" for kind, value in one.by.items()
    )
    return [said(one.stage), one.good, *values, by]
