"""Items transcribed from published lists (CSV): new items are posted, items stated before are claims."""

import re
from decimal import Decimal

import polars as pl

from konvoi.intake.csv_text import decoded, lines_of
from konvoi.intake.table import Origin, read_table
from konvoi.kit.digest import key
from konvoi.kit.text import fold
from konvoi.model.document import Document, Reading
from konvoi.model.entries import CLAIMS, frame
from konvoi.model.finding import Finding
from konvoi.model.stages import DEFAULT_COUNT_MODE, KINDS, Stage
from konvoi.model.table import Column, Table, Type

NEW = "new"
TOLD = ("to date", "again", "asked")
"""Kinds of items that are not new: part of a total since some day, stated again, requested of others."""

ITEMS = Table(
    "items",
    "Items of published lists, each with the file and the line in which it stands",
    (
        Column("item", Type.ID, "Reference of the item", must=True),
        Column("party", Type.PARTY, "Who gives", must=True),
        Column("day", Type.DAY, "Day of the list", must=True),
        Column("sheet", Type.TEXT, "File that holds the list", must=True),
        Column("line", Type.WHOLE, "Line in which the item begins"),
        Column("to_line", Type.WHOLE, "Line in which it ends"),
        Column("list", Type.TEXT, "Form of the list: bullets, or a sentence"),
        Column("name", Type.TEXT, "The item as it is called"),
        Column("head", Type.TEXT, "Word of the list by which the item is found"),
        Column("good", Type.ID, "Id of the good"),
        Column("quantity", Type.NUMBER, "How many; empty: not known", unit="unit"),
        Column("unit", Type.TEXT, "Unit of the quantity"),
        Column("said", Type.TEXT, "How exactly it was said: exact, over, about, hundreds"),
        Column("counts", Type.CHOICE, "Whether it is new", must=True, choices=(NEW, *TOLD)),
        Column("since", Type.TEXT, "Since when a total to date counts"),
        Column("kind", Type.CHOICE, "What kind of support", must=True, choices=KINDS),
        Column("stage", Type.CHOICE, "How far it stands", choices=(Stage.PLEDGED, Stage.COMMITTED)),
    ),
    key=("item",),
)
_KNOWN_BY = ("item", "sheet", "counts", "quantity")


class ItemList:
    """One item a row; totals to date are kept to compare with, so that no total holds them."""

    name = "item-list"

    def recognises(self, document: Document) -> bool:
        """A CSV whose first line names an item, its sheet, whether it counts and how many there are."""
        first = document.content[:4_000].partition(b"\n")[0].decode("utf-8-sig", "replace")
        cells = {fold(cell) for cell in re.split(r"[,;\t]", first)}
        return document.name.lower().endswith(".csv") and cells.issuperset(_KNOWN_BY)

    def read(self, document: Document) -> Reading:
        """Read all items: new ones as entries of their sheet's package, the others as claims."""
        text, notes = decoded(document)
        rows, more = lines_of(document, text)
        items, findings = read_table(ITEMS, rows, Origin(document.name, ITEMS.name))
        return _reading(document, items, [*notes, *more, *findings])


ITEM_LIST = ItemList()


def _reading(document: Document, items: pl.DataFrame, findings: list[Finding]) -> Reading:
    new = items.filter(pl.col("counts") == NEW)
    told = items.filter(pl.col("counts").is_in(TOLD))
    return Reading(
        document=document.name,
        digest=document.digest,
        format=ItemList.name,
        party=document.party,
        entries=frame(_entry(document, row) for row in new.iter_rows(named=True)),
        claims=frame((_claim(row) for row in told.iter_rows(named=True)), CLAIMS),
        findings=tuple(findings),
        facts={"items": str(items.height), "told before": str(told.height)},
    )


def _entry(document: Document, row: dict[str, object]) -> dict[str, object]:
    stated = {
        "party": row["party"],
        "package": str(row["sheet"]).removesuffix(".md"),
        "line": row["item"],
        "kind": row["kind"],
        "good": row["good"],
        "stage": row["stage"] or str(Stage.PLEDGED),
        "day_from": row["day"],
        "day_to": row["day"],
        "quantity": row["quantity"],
        "text": row["name"],
    }
    return {
        **stated,
        "entry": key(row["party"], ITEMS.name, row["item"], *stated.values(), row["unit"]),
        "submission": document.name,
        "source": row["party"],
        "reference": row["item"],
        "variant": "konvoi",
        "known_on": row["day"],
        "unit": row["unit"] if isinstance(row["quantity"], Decimal) else None,
        "marking": document.marking,
        "count_mode": DEFAULT_COUNT_MODE,
        "sheet": row["_sheet"],
        "row": row["_row"],
        "column": "quantity",
    }


def _claim(row: dict[str, object]) -> dict[str, object]:
    return {
        "claim": row["item"],
        "measure": str(row["counts"]),
        "party": row["party"],
        "good": row["good"],
        "stage": row["stage"] or str(Stage.PLEDGED),
        "value": row["quantity"],
        "unit": row["unit"],
        "sheet": row["_sheet"],
        "row": row["_row"],
        "column": "quantity",
    }
