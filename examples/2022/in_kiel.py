"""Hold the items of the American fact sheets against the tracker's lines, and say of each why or why not.

Run from the root of the project, with the tracker's workbook: it writes facts/us-fact-sheets-kiel.csv.

    PYTHONPATH=src python -m examples.2022.in_kiel Ukraine_Support_Tracker.xlsx
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import polars as pl
from examples.writing import write_table

from konvoi.intake.formats.item_list import ITEM_LIST
from konvoi.intake.formats.kiel import KIEL
from konvoi.model.document import Document, Reading
from konvoi.reconcile.relate import relate

FACTS = Path(__file__).resolve().parent / "facts"
ITEMS = FACTS / "us-fact-sheets.csv"
WINDOW = (date(2022, 1, 24), date(2022, 10, 3))
"""The days that Release 7 covers."""
NEAR = timedelta(days=3)
"""How far apart the two days of one announcement may lie."""

Row = dict[str, str]


def read(path: Path) -> Reading:
    """The tracker's workbook."""
    return KIEL.read(Document(path.name, path.read_bytes()))


def held(kiel: Reading) -> list[Row]:
    """Each item: the tracker's row and package, or the reason why there is none."""
    items = pl.read_csv(ITEMS, infer_schema=False).to_dicts()
    listed = ITEM_LIST.read(Document(ITEMS.name, ITEMS.read_bytes()))
    american = kiel.entries.filter(pl.col("party") == "US")
    lines = american.filter(pl.col("line").is_not_null() & (pl.col("stage") == "committed"))
    found = pairs(listed.entries, american)
    places = {entry: (row, package) for entry, row, package in lines.select("entry", "row", "package").rows()}
    rows = []
    for item in items:
        entry = found.get(item["item"])
        row, package = places[entry] if entry else ("", "")
        reason = "" if entry else without(item, lines)
        rows.append({"item": item["item"], "row": str(row), "package": package, "reason": reason})
    return rows


def pairs(items: pl.DataFrame, american: pl.DataFrame) -> dict[str, str]:
    """For items, the line that is proposed as the same: the surest first, each item and each line once."""
    relations = relate(pl.concat([items, american])).relations
    days = pl.concat([items, american]).select("entry", "day_from", "day_to")
    own = dict(items.select("entry", "reference").iter_rows())
    ends = relations.filter(relation="same_as").join(days, left_on="left", right_on="entry")
    close = ends.join(days, left_on="right", right_on="entry", suffix="_right").filter(
        pl.max_horizontal("day_from", "day_from_right") <= pl.min_horizontal("day_to", "day_to_right") + NEAR
    )
    found: dict[str, str] = {}
    for left, right in (
        close.sort("probability", "left", "right", descending=[True, False, False])
        .select("left", "right")
        .iter_rows()
    ):
        item, line = (left, right) if left in own else (right, left)
        if item in own and line not in own and own[item] not in found and line not in found.values():
            found[own[item]] = line
    return found


def without(item: Row, lines: pl.DataFrame) -> str:
    """Why an item has no line."""
    told = {
        "to date": "a total to date; the tracker has each announcement for itself",
        "again": "said before, at an announcement of its own",
        "asked": "asked of Congress, and not given",
    }
    day = date.fromisoformat(item["day"])
    if item["party"] != "US":
        return "given by others, too; the tracker has no line for all together"
    if item["counts"] in told:
        return told[item["counts"]]
    if not WINDOW[0] <= day <= WINDOW[1]:
        return "outside the days of Release 7"
    there = lines.filter(
        pl.col("day_from").is_between(day - NEAR, day + NEAR), pl.col("kind") == item["kind"]
    )
    if there.is_empty():
        return "no line of these days; the tracker has the sum alone"
    return f"none of the {there.height} lines of these days is called alike"


def counts(rows: list[Row]) -> Iterator[tuple[str, int]]:
    """How many items have a line, and how many have none for each reason."""
    yield "matched", sum(bool(row["row"]) for row in rows)
    reasons = [re.sub(r"\d+", "…", row["reason"]) for row in rows if row["reason"]]
    yield from sorted(Counter(reasons).items())


def main() -> None:
    """Write the table, and print both counts."""
    rows = held(read(Path(sys.argv[1])))
    write_table(FACTS / "us-fact-sheets-kiel.csv", rows)
    for name, count in counts(rows):
        print(f"{count:4} {name}")


if __name__ == "__main__":
    main()
