"""The effects of an answer: a cell of a table is put right, a receipt is added, a pair is judged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.intake.cell import Ask
from konvoi.intake.numbers import exact
from konvoi.intake.table import frame_schema
from konvoi.kit.money import to_minor
from konvoi.ledger.post import Ledger
from konvoi.model.document import Reading
from konvoi.model.finding import Finding
from konvoi.model.limiting import UNREAD, UNREAD_ROWS, cells_of, noted, packed, unpacked
from konvoi.model.table import Column, Type
from konvoi.model.tables import BY_NAME
from konvoi.report.asked import Question

Row = Mapping[str, object]


class Answered(NamedTuple):
    """A question with the row of the answer to it."""

    question: Question
    row: Row


_APPROVED = {"given": "given", "refused": "refused", "expected": "due"}


@dataclass(frozen=True)
class Patch:
    """One cell of a table that an answer puts right: where it stands, its new text, and the answer's row.

    raw: the text is what the cell held, not what the answer says.
    """

    file: str
    sheet: str
    row: int
    table: str
    column: str
    text: str
    answer: Row
    raw: bool = False


def patches(question: Question, answer: Row) -> tuple[Patch, ...]:
    """The cells that an answer puts right, in the order in which they must be."""
    values = question.values
    place = question.place
    table = values.get("table", "")
    column = values.get("column", "")
    text = str(answer["answer"])
    cells = {column: text}
    if question.kind == "approvals":
        cells = {_APPROVED[text]: str(answer["day"])}
    elif "amount" in values:
        cells = {column: text, values["amount"]: values["read"]}
    if not table or question.kind not in ("findings", "promises", "approvals", "papers"):
        return ()
    return tuple(
        Patch(place.file, place.sheet, place.row, table, name, one, answer, raw=name == values.get("amount"))
        for name, one in cells.items()
    )


def patched(readings: Sequence[Reading], all_patches: Iterable[Patch]) -> list[Reading]:
    """The readings with these cells put right in their tables."""
    by_file: dict[str, list[Patch]] = {}
    for one in all_patches:
        by_file.setdefault(one.file, []).append(one)
    return [_patched(reading, by_file.get(reading.document, [])) for reading in readings]


def _patched(reading: Reading, own: Sequence[Patch]) -> Reading:
    tables = dict(reading.tables)
    apart = unpacked(tables.get(UNREAD_ROWS))
    for one in own:
        for among in (tables, apart):
            if one.table in among:
                among[one.table] = _with_cell(among[one.table], one)
    if apart:
        tables[UNREAD_ROWS] = pl.concat(packed(rows, name) for name, rows in apart.items())
    return replace(reading, tables=tables) if own else reading


def _with_cell(rows: pl.DataFrame, patch: Patch) -> pl.DataFrame:
    """Return rows with one cell put right; a limit that could not be read can be read from then on."""
    here = (pl.col("_sheet") == patch.sheet) & (pl.col("_row") == patch.row)
    found = rows.filter(here)
    if found.is_empty():
        return rows
    row = found.row(0, named=True)
    cells: dict[str, object] = {patch.column: _value(patch, row)}
    if row.get(UNREAD):
        unread = cells_of(patch.table, row[UNREAD])
        unread.pop(patch.column, None)
        cells[UNREAD] = noted(unread)
    return rows.with_columns(
        pl.when(here).then(pl.lit(cell, dtype=rows.schema[name])).otherwise(pl.col(name)).alias(name)
        for name, cell in cells.items()
    )


def _value(patch: Patch, row: Row) -> object:
    """The text of an answer as its column's value; None where it is none."""
    column = next(one for one in BY_NAME[patch.table].columns if one.name == patch.column)
    match column.type:
        case Type.DAY:
            return date.fromisoformat(patch.text)
        case Type.NUMBER | Type.SHARE:
            return _number(patch, column)
        case Type.WHOLE:
            number = _number(patch, column)
            return None if number is None else int(number)
        case Type.MONEY:
            currency = str(row.get("currency") or "")
            number = _number(patch, column)
            return to_minor(number, currency)[0] if currency and number is not None else None
        case Type.YES:
            return patch.text == "yes"
    return patch.text


def _number(patch: Patch, column: Column) -> Decimal | None:
    if not patch.raw:
        return Decimal(patch.text)
    value = exact(patch.text, Ask(BY_NAME[patch.table], column)).value
    return value if isinstance(value, Decimal) else None


def with_receipts(readings: Sequence[Reading], taken: Iterable[Answered]) -> list[Reading]:
    """The readings of answers with the receipts that they state."""
    schema = frame_schema(BY_NAME["receipts"])
    rows: dict[str, list[dict[str, object]]] = {}
    for question, answer in taken:
        if question.kind == "receipts":
            row = {
                "receipt": question.id,
                "reference": question.values["reference"],
                "day": answer["day"],
                "received": Decimal(str(answer["answer"])),
                "place": question.values["place"] or None,
                **{name: answer[name] for name in ("_file", "_sheet", "_row")},
            }
            rows.setdefault(str(answer["_file"]), []).append(row)
    return [_with(reading, rows.get(reading.document, []), schema) for reading in readings]


def _with(reading: Reading, rows: list[dict[str, object]], schema: pl.Schema) -> Reading:
    if not rows:
        return reading
    frame = pl.DataFrame({name: [row.get(name) for row in rows] for name in schema}, schema=schema)
    return replace(reading, tables={**reading.tables, "receipts": frame})


def corrected(first: Gathered, last: Gathered, all_patches: Sequence[Patch]) -> Gathered:
    """The last state, its changed entries as corrections of those that were there first.

    A correction names the entry that it puts right, and stands in the cell of its answer.
    """
    names = dict(last.documents.select("name", "submission").iter_rows())
    places = ["submission", "sheet", "row", "reference", "stage"]
    old = first.ledger.entries.join(last.ledger.entries, on="entry", how="anti")
    fresh = last.ledger.entries.join(first.ledger.entries, on="entry", how="anti")
    pairs = fresh.join(old.select(*places, old="entry"), on=places, how="inner")
    rows = []
    for row in pairs.unique("entry", keep="first", maintain_order=True).iter_rows(named=True):
        answer = _cause(row, all_patches)
        if answer is not None:
            rows.append(
                {
                    "entry": row["entry"],
                    "corrects": row["old"],
                    "submission": names.get(str(answer["_file"]), str(answer["_file"])),
                    "sheet": answer["_sheet"],
                    "row": answer["_row"],
                    "column": "answer",
                    "known_on": answer["known_on"],
                }
            )
    if not rows:
        return last
    kinds = {name: last.ledger.entries.schema[name] for name in rows[0]}
    changed = pl.DataFrame(rows, schema=kinds)
    entries = last.ledger.entries.update(changed, on="entry")
    gone = old.filter(pl.col("entry").is_in(changed["corrects"].implode()))
    ledger: Ledger = replace(
        last.ledger,
        entries=entries.sort("entry"),
        corrected=pl.concat([last.ledger.corrected, gone]).sort("entry"),
    )
    return replace(last, ledger=ledger)


def _cause(entry: Row, all_patches: Sequence[Patch]) -> Row | None:
    """The answer that changed an entry: the one on its own row, else one on its line or package."""
    own = [one for one in all_patches if (one.sheet, one.row) == (entry["sheet"], entry["row"])]
    above = [one for one in all_patches if one.table in ("lines", "packages", "goods")]
    return (own or above)[0].answer if own or above else None


def without(findings: Iterable[Finding], settled: Iterable[Question]) -> tuple[Finding, ...]:
    """Findings without those whose cell an answer has put right."""
    gone = {
        (one.place, one.record.rpartition("#")[2]) for one in settled if one.kind == "findings" and one.values
    }
    return tuple(one for one in findings if (one.place, one.code) not in gone)
