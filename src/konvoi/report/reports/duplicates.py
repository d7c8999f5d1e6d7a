"""Reports counted once, undecided pairs, the bounds of the total, and the accuracy of pairs."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import polars as pl

from konvoi.kit.money import to_major
from konvoi.model.stages import Stage
from konvoi.report.case import Case
from konvoi.report.ledger.figures import FUNNEL
from konvoi.report.matching.effects import Drawn
from konvoi.report.matching.judged import counted_once, lies_between, stated_error
from konvoi.report.matching.reasons import evidence
from konvoi.report.names import Names
from konvoi.report.page import Chance, Column, Message, Number, Section, Table, Value
from konvoi.report.report import Report
from konvoi.report.vocabulary import RELATIONS

NONE = Message("No duplicate candidates under review.")

Row = dict[str, Any]


class _Undecided(NamedTuple):
    """An undecided relation and the fall of the total if it holds; None where that is not known."""

    row: Row
    effect: Decimal | None


def section(case: Case) -> Section:
    """The undecided relations, what was counted once, and the stated error."""
    entries = {row["entry"]: row for row in case.entries.iter_rows(named=True)}
    drawn = Drawn.of(case)
    falls = drawn.effects()
    found = [
        _Undecided(row, falls.get((row["left"], row["right"], row["relation"])))
        for row in case.relations.filter(pl.col("status") == "undecided").iter_rows(named=True)
        if row["left"] in entries and row["right"] in entries
    ]
    # An effect that is not known may be large: it stands before those without one only by its probability.
    found.sort(
        key=lambda one: (
            -(one.effect or Decimal(0)),
            -(one.row["probability"] or 0),
            one.row["left"],
            one.row["right"],
        )
    )
    own = drawn.total
    between = lies_between(case, case.totals.get(f"{FUNNEL}{Stage.PLEDGED}", own))
    once, once_table = counted_once(case, own)
    error, error_table = stated_error(case)
    return Section(
        "duplicates",
        Message("Duplicate candidates"),
        (*_answer(case, found, drawn), *between, *once, *error),
        (),
        (_table(case, found, entries, drawn.unit), once_table, error_table),
    )


def _answer(case: Case, found: Sequence[_Undecided], drawn: Drawn) -> tuple[Message, ...]:
    if not found:
        return (NONE,)
    ids = tuple(sorted({str(row[side]) for row, _ in found for side in ("left", "right")}))
    values: dict[str, Value] = {
        "count": Number(Decimal(len(found)), "", "", case.day, to="duplicates-table"),
        "effect": Number(drawn.together(), drawn.unit, "", case.day, ids),
        "stage": Message(Stage.PLEDGED.value),
    }
    return (
        Message(
            "{count} duplicate candidate is under review; if confirmed, the total ({stage}) falls by "
            "{effect}.",
            values,
            "{count} duplicate candidates are under review; if all are confirmed, the total ({stage}) "
            "falls by {effect}.",
            len(found),
        ),
        Message(
            "Review them with konvoi review, in the terminal or as a workbook; decisions are stored in "
            "judgements.csv."
        ),
    )


def _table(case: Case, found: Sequence[_Undecided], entries: dict[object, Row], unit: str) -> Table:
    names = Names(case)
    columns = (
        Column(Message("Effect if a duplicate"), unit, "number"),
        Column(Message("First entry")),
        Column(Message("Second entry")),
        Column(Message("Relation")),
        Column(Message("Match probability")),
        Column(Message("Evidence")),
    )
    rows = tuple(_row(names, row, _effect(case, row, effect, unit), entries) for row, effect in found)
    title = Message("Duplicate candidates, largest effect first")
    return Table("duplicates-table", title, columns, rows, NONE, note=_NOTE if rows else None)


_NOTE = Message(
    "Effect: reduction of the total (pledged) if only this pair is confirmed. It is zero if the total "
    "does not count one of the two entries, for example an item in a package with its own value."
)


def _effect(case: Case, row: Row, effect: Decimal | None, unit: str) -> Number:
    return Number(effect, unit, "", case.day, tuple(sorted((str(row["left"]), str(row["right"])))))


def _row(names: Names, row: Row, effect: Number, entries: dict[object, Row]) -> tuple[Value, ...]:
    probability = row["probability"]
    return (
        effect,
        *(_entry(names, entries[row[side]]) for side in ("left", "right")),
        Message(RELATIONS.get(str(row["relation"]), str(row["relation"]))),
        Chance(probability) if isinstance(probability, float) else "",
        evidence(str(row["evidence"] or "")),
    )


def _entry(names: Names, row: Row) -> Value:
    parts: list[Value] = [names.party(str(row["party"] or "")), ", ", Message(str(row["stage"]))]
    minor = row["amount_minor"]
    currency = str(row["currency"] or "")
    quantity = row["quantity"]
    behind = (str(row["entry"]),)
    if isinstance(quantity, Decimal):
        good = str(row["good"] or "")
        unit = str(row["unit"] or "") or names.unit(good)
        parts += [", ", Number(quantity, unit, str(row["stage"]), None, behind), " ", names.good(good)]
    if isinstance(minor, int) and currency:
        parts += [", ", Number(to_major(minor, currency), currency, str(row["stage"]), None, behind)]
    elif not isinstance(quantity, Decimal):
        parts += [", ", Number(None, "", str(row["stage"]), None, behind)]
    day = row["day_to"] or row["day_from"]
    return (*parts, ", ", day) if isinstance(day, date) else tuple(parts)


DUPLICATES_REPORT = Report("duplicates", section)
