"""The state of the lines of a party: how far they came, and the days that were promised for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from konvoi.model.finding import Place
from konvoi.model.stages import RANK, Stage
from konvoi.report.answered import moved
from konvoi.report.case import Case
from konvoi.report.names import Names, table
from konvoi.report.page import Value

Row = Mapping[str, object]


@dataclass(frozen=True)
class Standing:
    """One line of a party.

    rank: of the furthest stage that is told (konvoi.model.stages.RANK). promised: the last promised day.
    since: the day from which the line has been known. place: its row.
    """

    line: str
    rank: int
    promised: date | None
    since: date | None
    place: Place
    row: Row
    entry: Row

    @property
    def record(self) -> str:
        """The line as questions name it."""
        return f"lines/{self.line}"


def standings(case: Case, party: str) -> Iterator[Standing]:
    """The lines that a party gives by its own tables, in order; what was withdrawn is left out."""
    own = case.entries.filter(
        (pl.col("party") == party) & pl.col("line").is_not_null() & (pl.col("variant") == "konvoi")
    )
    if own.is_empty():
        return
    rows: dict[str, list[Row]] = {}
    for entry in own.sort("line", "entry").iter_rows(named=True):
        rows.setdefault(entry["line"], []).append(entry)
    places = _places(case, party)
    later = moved(case)
    for line, entries in rows.items():
        ranks = [RANK.get(Stage(str(row["stage"])), 0) for row in entries]
        if min(ranks) < 0 or line not in places:
            continue
        days = [row["promised"] for row in entries if isinstance(row["promised"], date)]
        known = [row["known_on"] or row["day_to"] for row in entries]
        promised = next(iter(later.get((party, f"lines/{line}"), ())[-1:]), max(days, default=None))
        since = min((day for day in known if isinstance(day, date)), default=None)
        yield Standing(
            line, max(ranks), promised, since, place_of(places[line], ""), places[line], entries[0]
        )


def about(case: Case, row: Row) -> Value:
    """A line in words: its reference, its good, its quantity."""
    names = Names(case)
    parts: list[Value] = [str(row.get("line") or row.get("reference") or "")]
    if row.get("good"):
        parts += [", ", names.good(str(row["good"]))]
    return tuple(parts)


def place_of(row: Row, column: str) -> Place:
    """The place of a table's row."""
    return Place(
        str(row.get("_file") or ""), str(row.get("_sheet") or ""), int(str(row.get("_row") or 0)), column
    )


def _places(case: Case, party: str) -> dict[str, Row]:
    """The row of each line; of a reference that two parties use the party's own."""
    holders = dict(case.documents.select("name", "party").iter_rows())
    found: dict[str, Row] = {}
    for row in table(case, "lines").iter_rows(named=True):
        if row["line"] not in found or holders.get(row["_file"]) == party:
            found[row["line"]] = row
    return found
