"""Suspected duplicates that nobody has judged yet, ordered by how much they would change the total."""

import json
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.kit.money import to_major
from konvoi.report.case import Case
from konvoi.report.names import Names, table
from konvoi.report.page import Chance, Column, Message, Number, Section, Table, Value
from konvoi.report.report import Report
from konvoi.report.vocabulary import RELATIONS

NONE = Message("No pair of entries waits for a judgement.")

Row = dict[str, object]


def section(case: Case) -> Section:
    """The undecided relations."""
    rates = _rates(case)
    entries = {row["entry"]: row for row in case.entries.iter_rows(named=True)}
    found = [
        (row, _effect(entries[row["left"]], entries[row["right"]], rates))
        for row in case.relations.filter(pl.col("status") == "undecided").iter_rows(named=True)
        if row["left"] in entries and row["right"] in entries
    ]
    # An effect that is not known may be large: it stands before the small ones only by its probability.
    found.sort(
        key=lambda f: (-(f[1] or Decimal(0)), -(f[0]["probability"] or 0), f[0]["left"], f[0]["right"])
    )
    return Section(
        "duplicates",
        Message("Suspected duplicates"),
        _answer(case, found),
        (),
        (_table(case, found, entries),),
    )


def _rates(case: Case) -> dict[str, Decimal]:
    """Units of each currency for one euro: the last rate known."""
    rows = table(case, "rates").drop_nulls(["currency", "per_eur"]).sort("currency", "day")
    return {"EUR": Decimal(1)} | {row["currency"]: row["per_eur"] for row in rows.iter_rows(named=True)}


def _effect(left: Row, right: Row, rates: dict[str, Decimal]) -> Decimal | None:
    """By how many euros the total falls when both are the same: the smaller of the two amounts."""
    amounts = [_euros(row, rates) for row in (left, right)]
    known = [amount for amount in amounts if amount is not None]
    return min(known) if len(known) == 2 else None


def _euros(row: Row, rates: dict[str, Decimal]) -> Decimal | None:
    minor, currency = row["amount_minor"], str(row["currency"] or "")
    if not isinstance(minor, int) or currency not in rates:
        return None
    return to_major(minor, currency) / rates[currency]


def _answer(case: Case, found: list[tuple[Row, Decimal | None]]) -> tuple[Message, ...]:
    if not found:
        return (NONE,)
    known = [effect for _, effect in found if effect is not None]
    ids = tuple(sorted({str(row[side]) for row, _ in found for side in ("left", "right")}))
    values: dict[str, Value] = {
        "count": Number(Decimal(len(found)), "", "", case.day, to="duplicates-table"),
        "effect": Number(sum(known, Decimal(0)).quantize(Decimal("0.01")), "EUR", "", case.day, ids),
    }
    return (
        Message(
            "{count} pair waits for a judgement. Were it the same, totals would fall by {effect}.",
            values,
            "{count} pairs wait for a judgement. Were all of them the same, totals would fall by up to "
            "{effect}.",
            len(found),
        ),
        Message("Judge them with konvoi judge, or by a row in judgements.csv: same, different or unsure."),
    )


def _table(case: Case, found: list[tuple[Row, Decimal | None]], entries: dict[object, Row]) -> Table:
    names = Names(case)
    columns = (
        Column(Message("Effect if the same"), "EUR", "number"),
        Column(Message("One entry")),
        Column(Message("The other entry")),
        Column(Message("Relation")),
        Column(Message("The same")),
        Column(Message("What speaks for it")),
    )
    rows = tuple(_row(case, names, row, effect, entries) for row, effect in found)
    return Table("duplicates-table", Message("Pairs, the largest effect first"), columns, rows, NONE)


def _row(
    case: Case, names: Names, row: Row, effect: Decimal | None, entries: dict[object, Row]
) -> tuple[Value, ...]:
    ids = (str(row["left"]), str(row["right"]))
    rounded = effect.quantize(Decimal("0.01")) if effect is not None else None
    probability = row["probability"]
    return (
        Number(rounded, "EUR", "", case.day, tuple(sorted(ids))),
        *(_entry(names, entries[id]) for id in ids),
        Message(RELATIONS.get(str(row["relation"]), str(row["relation"]))),
        Chance(probability) if isinstance(probability, float) else "",
        evidence(str(row["evidence"] or "")),
    )


def _entry(names: Names, row: Row) -> Value:
    parts: list[Value] = [names.party(str(row["party"] or "")), ", ", Message(str(row["stage"]))]
    minor, currency, quantity = row["amount_minor"], str(row["currency"] or ""), row["quantity"]
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


def evidence(text: str) -> Value:
    """A relation's evidence, a JSON list of [comparison, level], as words; what cannot be read is shown as
    it is."""
    try:
        pairs = json.loads(text) if text else []
        parts: list[Value] = []
        for comparison, level in pairs:
            parts += ["; ", Message(str(comparison)), ": ", Message(str(level))]
    except (ValueError, TypeError):
        return text
    return tuple(parts[1:])


DUPLICATES_REPORT = Report("duplicates", section)
