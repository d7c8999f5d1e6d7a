"""konvoi sanctions matrix: what regimes list, side by side: matrix, gaps, what changed, one party."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import code, follow, said
from konvoi.cli.output import json_option

if TYPE_CHECKING:
    from konvoi.flow.sanctions.list_comparison import Sanctions

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("matrix")
@click.option(
    "--as-of",
    "--day",
    "day",
    type=_DAY,
    metavar="DAY",
    help="The day to look at; default: that of the workspace.",
)
@click.option("--gaps", is_flag=True, help="What each regime lacks, measures that differ, what ends soon.")
@click.option("--pairs", is_flag=True, help="Pairs of parties that may be one, for konvoi judge.")
@click.option("--of", "regime", default="", metavar="REGIME", help="Only gaps or changes of one regime.")
@click.option("--changes", nargs=2, type=_DAY, metavar="OLD NEW", help="What changed between two days.")
@click.option("--party", default="", metavar="NAME", help="One party on every list, by name or id.")
@click.option("--within", default=90, show_default=True, metavar="DAYS", help="What counts as ending soon.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write a workbook (.xlsx).")
@click.option("--dir", "folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    day: datetime | None,
    gaps: bool,
    pairs: bool,
    regime: str,
    changes: tuple[datetime, datetime] | None,
    party: str,
    within: int,
    out: Path | None,
    folder: Path,
    as_json: bool,
) -> None:
    """Show the coverage matrix: who is listed by which regime.

    Each list states for which days it can speak; outside them, and of measures that it orders against
    nobody, a cell is "not known", never "not listed". A gap is stated, with the acts to cite, for
    the last day for which the list that lacks the measure can speak, and only where the others can, too.

    \b
    Example:
      konvoi sanctions matrix
      konvoi sanctions matrix --gaps --of uk --day 2022-05-04
      konvoi sanctions matrix --party "Example Shipping" --json
      konvoi sanctions matrix --changes 2031-01-31 2031-02-27
      konvoi sanctions matrix --out matrix.xlsx
    """
    from konvoi.cli.workspace_argument import workbook

    follow([folder])
    if sum(map(bool, (changes, party, gaps, pairs))) > 1 or (changes and out):
        raise click.UsageError("--gaps, --pairs, --party and --changes stand each alone")
    target = workbook(out) if out else None
    named = _regime(regime)
    if changes:
        ctx.exit(_changes(folder, changes, named, as_json=as_json))
    found = _found(folder, day.date() if day else None, within, quiet=as_json)
    if target:
        _write(found, target)
    part = "gaps" if gaps else "pairs" if pairs else ""
    ctx.exit(_tell(found, target, part=part, regime=named, party=party, as_json=as_json))


def _regime(name: str) -> str:
    from konvoi.flow.name_lookup import word
    from konvoi.flow.sanctions.lists import NAMES

    return word("--of", name.lower(), NAMES)


def _found(folder: Path, on: date | None, within: int, *, quiet: bool) -> "Sanctions":
    from konvoi.cli.output import Watch
    from konvoi.flow.sanctions.list_comparison import sanctions

    if within < 0:
        raise click.UsageError("--within takes a number of days from 0 on")
    watch = Watch(quiet=quiet)
    found = sanctions(folder, on=on, soon=within, stop=watch)
    watch.close()
    return found


def _write(found: "Sanctions", target: Path) -> None:
    from konvoi.flow.sanctions.comparison_workbook import workbook_of
    from konvoi.gateways.files import write

    write(target, workbook_of(found, code()))


def _tell(
    found: "Sanctions", target: Path | None, *, part: str, regime: str, party: str, as_json: bool
) -> int:
    from konvoi.cli.output import answer, exit_code, tell_errors
    from konvoi.cli.sanctions import listings_output as listings_told
    from konvoi.flow.sanctions import comparison_json as sanctions_json
    from konvoi.flow.sanctions.listed import meant

    parties = meant(found, party) if party else ()
    if as_json:
        told = {"gaps": sanctions_json.gaps_json, "pairs": sanctions_json.pairs_json}
        rest = told[part](found, regime) if part else sanctions_json.matrix_json(found)
        answer(sanctions_json.party_json(found, parties) if party else rest)
        return exit_code(found.findings)
    if target:
        click.echo(said("Written: {file}", file=target))
    if party:
        listings_told.tell_party(found, parties)
    elif part:
        {"gaps": listings_told.tell_gaps, "pairs": listings_told.tell_pairs}[part](found, regime)
    else:
        listings_told.tell_matrix(found)
    tell_errors(found.findings)
    return exit_code(found.findings)


def _changes(folder: Path, days: tuple[datetime, datetime], regime: str, *, as_json: bool) -> int:
    from konvoi.cli.output import Watch, answer, exit_code
    from konvoi.cli.sanctions.changes_output import tell_changes
    from konvoi.flow.sanctions.comparison_json import changes_json
    from konvoi.flow.sanctions.list_changes import changed

    old, new = (one.date() for one in days)
    if new <= old:
        raise click.UsageError("--changes takes two days, the earlier one first")
    watch = Watch(quiet=as_json)
    found = changed(folder, old, new, stop=watch)
    watch.close()
    if as_json:
        answer(changes_json(found, regime))
    else:
        tell_changes(found, regime)
    return exit_code(found.findings)
