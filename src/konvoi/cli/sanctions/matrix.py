"""konvoi sanctions matrix: what regimes list, side by side: matrix, gaps, what changed, one party."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import code, follow, said
from konvoi.cli.output import json_option
from konvoi.cli.view import chosen_view, reader_option
from konvoi.cli.workspace_argument import folder_argument

if TYPE_CHECKING:
    from konvoi.align.gap_programmes import Chosen
    from konvoi.flow.sanctions.list_comparison import Sanctions

_DAY = click.DateTime(["%Y-%m-%d"])
_BY = ("programme", "theme", "measure")


@click.command("matrix")
@folder_argument
@click.option(
    "--as-of",
    "--day",
    "day",
    type=_DAY,
    metavar="DAY",
    help="The day shown; default: that of the workspace.",
)
@click.option("--gaps", is_flag=True, help="What each regime lacks, measures that differ, what ends soon.")
@click.option("--pairs", is_flag=True, help="Pairs of parties that may be one, for konvoi review.")
@click.option("--of", "regime", default="", metavar="REGIME", help="Only gaps or changes of one regime.")
@click.option("--programme", default="", metavar="TAG", help="Only gaps of a programme, such as us:CYBER2.")
@click.option("--theme", default="", metavar="THEME", help="Only gaps of a theme, over all regimes.")
@click.option("--measure", default="", metavar="MEASURE", help="Only gaps of a measure.")
@click.option("--by", default="", metavar="GROUP", help=f"Count gaps by {', '.join(_BY)}.")
@click.option("--since", type=_DAY, metavar="DAY", help="Parties listed, delisted and changed since a day.")
@click.option("--changes", nargs=2, type=_DAY, metavar="OLD NEW", help="What changed between two days.")
@click.option("--party", default="", metavar="NAME", help="One party on every list, by name or id.")
@click.option("--within", default=90, show_default=True, metavar="DAYS", help="What counts as ending soon.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a file: .xlsx; gaps also .csv; gaps and a party .ftm.json; a party .html.",
)
@click.option("--hxl", is_flag=True, help="Put the HXL tag of each column in the second row (CSV, XLSX).")
@reader_option()
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
    since: datetime | None,
    changes: tuple[datetime, datetime] | None,
    party: str,
    within: int,
    out: Path | None,
    hxl: bool,
    folder: Path,
    as_json: bool,
    **asked: str,
) -> None:
    """Show the coverage matrix: who is listed by which regime.

    Each list states which days it covers; on other days, and for measures that it orders against nobody, a
    cell is "not known", never "not listed". An alignment gap is stated as of the last day that the list
    without the measure covers, and only if the other lists cover that day, too; the acts to cite are named.

    \b
    Example:
      konvoi sanctions matrix
      konvoi sanctions matrix --gaps --of uk --by theme
      konvoi sanctions matrix --gaps --of uk --theme Belarus --measure "asset freeze" --out gaps.xlsx
      konvoi sanctions matrix --party "Example Shipping" --out example-shipping.html
      konvoi sanctions matrix --since 2031-02-01
      konvoi sanctions matrix --changes 2031-01-31 2031-02-27
      konvoi sanctions matrix --out matrix.xlsx
    """
    from konvoi.flow.name_lookup import word

    follow([folder])
    moved = bool(changes or since)
    if sum(map(bool, (changes, since, party, gaps, pairs))) > 1 or (moved and out):
        raise click.UsageError("--gaps, --pairs, --party, --changes and --since stand each alone")
    if not gaps and any(asked.values()):
        raise click.UsageError("--programme, --theme, --measure and --by choose gaps; name --gaps, too")
    part = "gaps" if gaps else "pairs" if pairs else "party" if party else ""
    _form(out, part)
    if hxl and (out is None or not out.name.lower().endswith((".xlsx", ".csv"))):
        raise click.UsageError("--hxl: name a file with --out that ends in .xlsx or .csv")
    named = _regime(regime)
    by = word("--by", asked["by"].lower(), _BY)
    on = day.date() if day else None
    if moved:
        ctx.exit(_changes(folder, changes, since, on, regime=named, as_json=as_json))
    found = _found(folder, on, within, quiet=as_json)
    chosen = _chosen(found, named, asked) if gaps else None
    if out:
        _write(found, out, chosen=chosen, party=party, folder=folder, hxl=hxl)
    ctx.exit(_tell(found, out, part=part, chosen=chosen, by=by, regime=named, party=party, as_json=as_json))


def _form(out: Path | None, part: str) -> None:
    """Refuse a file of a form in which this answer is not written."""
    if out is None:
        return
    allowed = {"gaps": (".xlsx", ".csv", ".ftm.json"), "party": (".html", ".ftm.json")}.get(part, (".xlsx",))
    if not out.name.lower().endswith(allowed):
        proposed = out.with_suffix(allowed[0])
        forms = ", ".join(allowed)
        raise click.UsageError(f"{out}: the name of this file ends in {forms}; try {proposed}")


def _regime(name: str) -> str:
    from konvoi.flow.name_lookup import word
    from konvoi.flow.sanctions.lists import NAMES

    return word("--of", name.lower(), NAMES)


def _chosen(found: "Sanctions", regime: str, asked: dict[str, str]) -> "Chosen":
    """Return the choice of gaps; Unknown, with the nearest, for a programme or theme that no list has."""
    from konvoi.align.gap_programmes import Chosen
    from konvoi.align.listing import Order
    from konvoi.flow.name_lookup import word
    from konvoi.flow.sanctions.listed import programme_meant, theme_meant

    measure = word("--measure", asked["measure"], tuple(one.value for one in Order))
    theme = theme_meant(found, asked["theme"])
    return Chosen(regime, programme_meant(found, asked["programme"]), theme, measure)


def _found(folder: Path, on: date | None, within: int, *, quiet: bool) -> "Sanctions":
    from konvoi.cli.output import Watch
    from konvoi.flow.sanctions.list_comparison import sanctions

    if within < 0:
        raise click.UsageError("--within takes a number of days from 0 on")
    watch = Watch(quiet=quiet)
    found = sanctions(folder, on=on, soon=within, stop=watch)
    watch.close()
    if chosen_view().is_cell:
        return found
    # Findings name the workspace's files: they are the coordination cell's matter.
    return replace(found, lists=replace(found.lists, findings=()), torn=())


def _write(
    found: "Sanctions", target: Path, *, chosen: "Chosen | None", party: str, folder: Path, hxl: bool
) -> None:
    from konvoi.flow.sanctions.comparison_files import file_of
    from konvoi.gateways.files import write

    made = file_of(found, target.name, code(), asked=chosen, party=party, folder=folder, hxl=hxl)
    write(target, made)


def _tell(
    found: "Sanctions",
    target: Path | None,
    *,
    part: str,
    chosen: "Chosen | None",
    by: str,
    regime: str,
    party: str,
    as_json: bool,
) -> int:
    from konvoi.align.gap_programmes import By
    from konvoi.cli.output import answer, exit_code, tell_errors
    from konvoi.cli.sanctions import listings_output as listings_told
    from konvoi.flow.sanctions import comparison_json as sanctions_json
    from konvoi.flow.sanctions.listed import meant

    parties = meant(found, party) if party else ()
    group = By(by) if by else None
    if as_json:
        if chosen:
            told = sanctions_json.gaps_json(found, chosen, group)
        elif part == "pairs":
            told = sanctions_json.pairs_json(found, regime)
        else:
            told = sanctions_json.party_json(found, parties) if party else sanctions_json.matrix_json(found)
        answer(told)
        return exit_code(found.findings)
    if target:
        click.echo(said("Written: {file}", file=target))
    if chosen:
        listings_told.tell_gaps(found, chosen, group)
    elif part == "pairs":
        listings_told.tell_pairs(found, regime)
    elif party:
        listings_told.tell_party(found, parties)
    else:
        listings_told.tell_matrix(found)
    tell_errors(found.findings)
    return exit_code(found.findings)


def _changes(
    folder: Path,
    days: tuple[datetime, datetime] | None,
    since: datetime | None,
    on: date | None,
    *,
    regime: str,
    as_json: bool,
) -> int:
    from konvoi.cli.output import Watch, answer, exit_code
    from konvoi.cli.sanctions.changes_output import tell_changes
    from konvoi.flow.sanctions.comparison_json import changes_json
    from konvoi.flow.sanctions.list_changes import changed, since_day

    watch = Watch(quiet=as_json)
    if since:
        found = since_day(folder, since.date(), on, stop=watch)
    else:
        old, new = (one.date() for one in days or ())
        if new <= old:
            raise click.UsageError("--changes takes two days, the earlier one first")
        found = changed(folder, old, new, stop=watch)
    watch.close()
    if not chosen_view().is_cell:
        found = replace(found, findings=())
    if as_json:
        answer(changes_json(found, regime))
    else:
        tell_changes(found, regime)
    return exit_code(found.findings)
