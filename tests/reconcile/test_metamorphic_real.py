"""The same of real files: American items and the tracker's American rows, a thousand flows of FTS."""

import json
import random
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from bench.fts import pages
from tests.examples import folders

from konvoi.flow.merge_submissions import gather
from konvoi.intake.formats.fts import FTS_FLOWS
from konvoi.intake.formats.item_list import ITEM_LIST
from konvoi.intake.formats.kiel import KIEL
from konvoi.model.document import Document, Reading
from konvoi.reconcile.relate import relate

pytestmark = pytest.mark.real_data

ITEMS = folders.EXAMPLES / "2022" / "facts" / "us-fact-sheets.csv"
TRACKER = "pledges/kiel-release-7/Ukraine_Support_Tracker.xlsx"


@cache
def american(folder: Path) -> pl.DataFrame:
    """The items as listed, and the American rows of the tracker."""
    listed = ITEM_LIST.read(Document(ITEMS.name, ITEMS.read_bytes())).entries
    tracked = KIEL.read(Document("tracker.xlsx", (folder / TRACKER).read_bytes())).entries
    return pl.concat([listed, tracked.filter(pl.col("party") == "US")])


@cache
def before(folder: Path) -> pl.DataFrame:
    return relate(american(folder)).relations


def answers(relations: pl.DataFrame) -> dict[tuple[str, str], dict[str, str]]:
    alike = relations.filter(pl.col("basis") == "probability", pl.col("subtype").is_null())
    told = alike.select("left", "right", "evidence").iter_rows()
    return {(left, right): {what: said for what, said, _ in json.loads(text)} for left, right, text in told}


def test_the_order_of_rows_changes_nothing(real_data: Path) -> None:
    table = american(real_data)
    assert before(real_data).height >= 10
    order = random.Random(1).sample(range(table.height), table.height)
    assert relate(table[order]).relations.equals(before(real_data))


def test_without_quantities_only_quantities_are_said_otherwise(real_data: Path) -> None:
    """Pairs that are not proposed any more had an answer to them that is gone, or were hardly likely before:
    how many pairs belong together is found in the records anew."""
    table = american(real_data).with_columns(pl.lit(None, pl.Decimal(38, 6)).alias("quantity"))
    old, new = answers(before(real_data)), answers(relate(table).relations)
    for pair in old.keys() & new:
        assert {name for name in old[pair] if old[pair][name] != new[pair][name]} <= {"quantity and unit"}
    lost = {pair: old[pair]["quantity and unit"] for pair in old.keys() - new}
    assert "the same quantity" in lost.values()
    likely = {(a, b): p for a, b, p in before(real_data).select("left", "right", "probability").iter_rows()}
    assert all(likely[pair] < 0.2 for pair, said in lost.items() if said == "not known on both sides")
    assert {answer["quantity and unit"] for answer in new.values()} == {"not known on both sides"}


@pytest.mark.slow
def test_pages_handed_in_twice_under_other_names_are_the_same_relations(real_data: Path) -> None:
    once = [FTS_FLOWS.read(Document(page.name, page.read_bytes())) for page in pages(real_data / "fts")]
    # Another line end at the close of the file: another digest, the same flows.
    again = [
        FTS_FLOWS.read(Document(f"again-{page.name}", page.read_bytes() + b"\n"))
        for page in pages(real_data / "fts")
    ]
    assert found(once).equals(found([*once, *again]))


def found(readings: list[Reading]) -> pl.DataFrame:
    ledger = gather(readings).ledger
    return relate(ledger.entries, scopes=ledger.scopes, relations=ledger.relations).relations
