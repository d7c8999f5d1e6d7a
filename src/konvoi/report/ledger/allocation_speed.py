"""Speed from commitment to allocation by year and partner, as a register publishes support."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from konvoi.kit.money import to_major
from konvoi.report.case import Case
from konvoi.report.ledger.support import Support, supports
from konvoi.report.names import Names
from konvoi.report.page import Column, Message, Number, Share, Table, Value

NONE = Message("No register publishes sums by partner (table published_sums).")


def speed(case: Case) -> list[Message]:
    """Return a sentence for each register: what was allocated of all commitments, and how old the rest is."""
    return [_sentence(of, rows) for of, rows in _registers(case)]


def _sentence(of: Support, rows: list[dict[str, Any]]) -> Message:
    every = [row for row in rows if not row["party"]]
    last = every[-1]
    before = every[-2] if len(every) > 1 else None
    values: dict[str, Value] = {
        "source": of.source,
        "year": str(last["year"]),
        "share": _share(last),
        "before": _share(before) if before else Message("not known"),
        "gap": _amount(of, last, "outstanding"),
        "least": last["age_least"],
        "most": last["age_most"],
    }
    if last["age_most"] is None:
        text = (
            "{source}: by the end of {year}, {share} of all commitments were allocated (a year before: "
            "{before})."
        )
        return Message(text, values)
    return Message(
        "{source}: by the end of {year}, {share} of all commitments were allocated (a year before: "
        "{before}). The median age of the outstanding {gap} lies between {least} and {most} years.",
        values,
    )


def speed_tables(case: Case) -> tuple[Table, ...]:
    """Return the speed by year, and by partner at the end of the last year, the largest rest first."""
    return tuple(
        table for of, rows in _registers(case) for table in (_by_year(of, rows), _by_partner(of, rows))
    )


def _registers(case: Case) -> Iterator[tuple[Support, list[dict[str, Any]]]]:
    found = case.tables.get("allocation_speed")
    if found is None:
        return
    for of in supports(case):
        own = found.filter(register=of.register, currency=of.currency).sort("year")
        if own.height:
            yield of, own.to_dicts()


def _columns(of: Support, head: str) -> tuple[Column, ...]:
    return (
        Column(Message(head)),
        Column(Message("committed to date"), of.currency, "number"),
        Column(Message("allocated to date"), of.currency, "number"),
        Column(Message("share"), "%", "number"),
        Column(Message("outstanding"), of.currency, "number"),
        Column(Message("median age of the outstanding part (years)")),
    )


def _by_year(of: Support, rows: list[dict[str, Any]]) -> Table:
    cells = tuple((str(row["year"]), *_figures(of, row)) for row in rows if not row["party"])
    note = Message(
        "At the end of each year; outstanding is summed over partners that committed more than they "
        "allocated. {source} states neither the day of a commitment nor which one an allocation belongs to: "
        "the median age is lowest if the oldest commitments are allocated first, and highest if the latest "
        "are.",
        {"source": of.source},
    )
    title = Message("From commitment to allocation by year: {source}", {"source": of.source})
    return Table("speed-allocation", title, _columns(of, "Year"), cells, NONE, note=note)


def _by_partner(of: Support, rows: list[dict[str, Any]]) -> Table:
    names = Names(of.case)
    last = [row for row in rows if row["year"] == of.years[-1] and row["party"]]
    last.sort(key=lambda row: (-row["outstanding"], row["party"]))
    cells = tuple((names.party(row["party"]), *_figures(of, row)) for row in last)
    title = Message(
        "From commitment to allocation by partner, end of {year}: {source}",
        {"year": str(of.years[-1]), "source": of.source},
    )
    return Table("speed-allocation-partners", title, _columns(of, "Partner"), cells, NONE)


def _figures(of: Support, row: Mapping[str, Any]) -> tuple[Value, ...]:
    age: Value = Message("none outstanding")
    if row["age_most"] is not None:
        age = Message("{least} to {most}", {"least": row["age_least"], "most": row["age_most"]})
    return (
        _amount(of, row, "committed"),
        _amount(of, row, "allocated"),
        _share(row),
        _amount(of, row, "outstanding"),
        age,
    )


def _amount(of: Support, row: Mapping[str, Any], column: str) -> Number:
    behind = tuple(f"published_sums/{one}" for one in row["figures"])
    stage = "gap" if column == "outstanding" else column
    return Number(to_major(row[column], of.currency), of.currency, stage, of.case.day, behind)


def _share(row: Mapping[str, Any]) -> Share:
    value = None if row["share"] is None else Decimal(str(row["share"]))
    return Share(value, "allocated")
