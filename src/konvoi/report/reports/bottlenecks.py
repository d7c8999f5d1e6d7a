"""The gain or cost of a little more room, or of money a week later: each tried by a plan of its own."""

from decimal import Decimal

from konvoi.report.case import Case
from konvoi.report.names import Names, table
from konvoi.report.page import Column, Message, Number, Section, Table, Value, Week
from konvoi.report.report import Report
from konvoi.report.reports.corridors import capacity_id, place_of

Row = dict[str, object]

SENTENCES = {
    "train": (
        "One more train ({more}) a week on {place} in {weeks} would deliver {quantity} of {good} to {site}."
    ),
    "lorry": (
        "One more lorry ({more}) a week at {place} in {weeks} would deliver {quantity} of {good} to {site}."
    ),
    "budget": "A week of delay of {place}'s tranche of {day} costs {quantity} of {good} at {site}.",
}
"""What a bottleneck comes to, by what is changed."""

_TRAIN = Decimal(1000)
_RESOURCES = {"tonnes": "t", "pallets": "pallet", "neq_kg": "kg"}
_NOTHING = Message("Removing any single bottleneck would not increase deliveries.")


def section(case: Case) -> Section | None:
    """Bottlenecks, the largest gain first; left out where none were looked for, or not for these readers."""
    if case.plan is None or "bottlenecks" not in case.tables:
        return None
    rows = list(case.tables["bottlenecks"].iter_rows(named=True))
    names = Names(case)
    said = tuple(_sentence(case, names, row) for row in rows if row["quantity"])
    return Section(
        "bottlenecks",
        Message("Bottlenecks: gain from one more unit"),
        said or (_NOTHING,),
        (),
        (_table(tuple(_cells(case, names, row) for row in rows)),),
    )


def _sentence(case: Case, names: Names, row: Row) -> Message:
    kind = "budget" if row["kind"] == "budget" else "train" if _by_rail(row) else "lorry"
    return Message(
        SENTENCES[kind],
        {
            "more": _more(case, row),
            "place": _place(case, names, row),
            "weeks": _weeks(row),
            "day": row["from"],  # type: ignore[dict-item]
            "quantity": _quantity(case, names, row),
            "good": names.good(str(row["good"])),
            "site": names.site(str(row["site"])),
        },
    )


def _by_rail(row: Row) -> bool:
    return row["resource"] == "tonnes" and row["more"] == _TRAIN


def _cells(case: Case, names: Names, row: Row) -> tuple[Value, ...]:
    known = row["quantity"] is not None
    budget = row["kind"] == "budget"
    return (
        _place(case, names, row),
        _change(case, row),
        row["from"] if budget else _weeks(row),  # type: ignore[return-value]
        Number(_decimal(row["gain"]), "", "planned", case.day, _behind(case, row)),
        names.good(str(row["good"])) if known else None,
        names.site(str(row["site"])) if known else None,
        _quantity(case, names, row) if known else None,
    )


def _change(case: Case, row: Row) -> Message:
    """Return the change that is tried: money that comes later, or more room in each of the weeks."""
    values = {"more": _more(case, row)}
    if row["kind"] == "budget":
        return Message("{more} later", values)
    return Message("{more} more per week", values)


def _place(case: Case, names: Names, row: Row) -> Value:
    key = str(row["key"])
    if row["kind"] == "lane":
        return place_of(case, names, key)
    return key if row["kind"] == "budget" else names.site(key)


def _weeks(row: Row) -> Value:
    first = Week(row["from"])  # type: ignore[arg-type]
    last = Week(row["to"])  # type: ignore[arg-type]
    return first if first == last else (first, " – ", last)


def _more(case: Case, row: Row) -> Value:
    more = _decimal(row["more"])
    if row["kind"] == "budget":
        return Message("{count} day", {"count": int(more)}, "{count} days", int(more))
    return Number(more, _RESOURCES[str(row["resource"])], "limit", case.day, _behind(case, row))


def _quantity(case: Case, names: Names, row: Row) -> Number:
    quantity = _decimal(row["quantity"])
    return Number(abs(quantity), names.unit(str(row["good"])), "planned", case.day, _behind(case, row))


def _decimal(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def _behind(case: Case, row: Row) -> tuple[str, ...]:
    """The capacities of a place, or the budget."""
    if row["kind"] == "budget":
        return (f"budgets/{row['key']}",)
    held = table(case, "capacities").iter_rows(named=True)
    return tuple(capacity_id(one) for one in held if one["on"] == row["key"])


def _table(rows: tuple[tuple[Value, ...], ...]) -> Table:
    columns = (
        Column(Message("Lane, site or budget")),
        Column(Message("Change")),
        Column(Message("When")),
        Column(Message("Gain in value"), "", "number"),
        Column(Message("Main good")),
        Column(Message("Where")),
        Column(Message("Additional on time"), "", "number"),
    )
    return Table("bottlenecks-table", Message("Bottleneck values, largest first"), columns, rows, _NOTHING)


BOTTLENECKS_REPORT = Report("bottlenecks", section)
