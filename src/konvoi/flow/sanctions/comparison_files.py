"""Files of the comparison of lists: workbook, CSV, FollowTheMoney entities, the page of a party."""

import csv
import io
from collections.abc import Collection
from pathlib import Path

import polars as pl

from konvoi.align.dossier import dossiers
from konvoi.align.gap_programmes import Chosen, chosen
from konvoi.flow.sanctions.comparison_workbook import gaps_workbook, workbook_of
from konvoi.flow.sanctions.list_comparison import Sanctions
from konvoi.flow.sanctions.listed import meant, one_meant
from konvoi.flow.sanctions.party_page import party_page_of
from konvoi.kit.text import harmless
from konvoi.model.hxl import tags
from konvoi.report.exports.ftm import ftm_lines, party_id
from konvoi.report.sanctions.sanctions_book import LISTINGS

FTM = ".ftm.json"
_COLUMNS = (
    *("party", "name", "original", "kind", "lacks", "day", "order", "has", "count", "known", "cell"),
    *("otherwise", "perhaps", "themes", "programmes", "citations", "acts", "listings"),
)


def file_of(
    found: Sanctions,
    name: str,
    code: str,
    *,
    asked: Chosen | None = None,
    party: str = "",
    folder: Path | None = None,
    hxl: bool = False,
) -> bytes:
    """Return the content of a file of the comparison, in the form that its name asks for.

    asked: the gaps that are asked for; party: the party that is asked for; without both, the whole matrix.
    hxl: CSV and workbook have the HXL tag of each column below its head.
    """
    wanted = name.lower()
    if party and wanted.endswith(".html"):
        return party_page_of(found, one_meant(found, party), code, name, folder)
    if wanted.endswith(FTM):
        parties = meant(found, party) if party else _gaps(found, asked)["party"].unique().to_list()
        return entities(found, parties)
    if wanted.endswith(".csv"):
        return _csv(_gaps(found, asked), hxl=hxl)
    if asked:
        return gaps_workbook(found, _gaps(found, asked), code, hxl=hxl)
    return workbook_of(found, code, hxl=hxl)


def _gaps(found: Sanctions, asked: Chosen | None) -> pl.DataFrame:
    rows = chosen(found.gaps, asked or Chosen())
    return rows.join(found.titles, on="party", how="left").select(_COLUMNS)


def entities(found: Sanctions, parties: Collection[str]) -> bytes:
    """Return parties and the measures of all regimes against them as FollowTheMoney entities, one a line."""
    titles = found.titles.filter(pl.col("party").is_in(sorted(parties)))
    made = dossiers(found.frames, found.parties, titles)
    return ftm_lines({party_id(party): one for party, one in made.items()})


def _csv(rows: pl.DataFrame, *, hxl: bool) -> bytes:
    """Return rows as CSV; a cell that a spreadsheet would take for a formula has an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows.columns)
    if hxl:
        writer.writerow(tags(LISTINGS, rows.columns))
    for row in rows.iter_rows():
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode()
