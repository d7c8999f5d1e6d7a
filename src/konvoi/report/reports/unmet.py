"""Unmet needs and reasons: each need with its cause, the largest loss first."""

from decimal import Decimal

from konvoi.report.case import Case
from konvoi.report.names import Names, table
from konvoi.report.page import Column, Message, Number, Section, Table, Value
from konvoi.report.planning.causes import cause
from konvoi.report.planning.coverage_tables import in_parts
from konvoi.report.planning.not_planned import impossible, left_out, not_counted
from konvoi.report.report import Report

NONE = Message("All needs are covered by their due dates.")
NONE_SHOWN = Message("No unmet need is released to this reader.")
NO_PLAN = Message(
    "There is no plan yet: konvoi run computes one when needs, offers, sites and lanes are submitted."
)
MOST_SENTENCES = 7

Row = dict[str, object]


def section(case: Case) -> Section:
    """Unmet needs: sentences for the largest, a table of all."""
    rows = _rows(case)
    known = {row["need"]: row for row in table(case, "needs").iter_rows(named=True)}
    rows.sort(
        key=lambda row: (-_loss(row, known.get(row["need"], {})), str(row["need"]), str(row.get("cause")))
    )
    apart: list[Row] = [{"need": o.need, "quantity": None, "why": o.reason} for o in impossible(case)]
    names = Names(case)
    empty = NO_PLAN if case.plan is None else NONE if case.reader == "cell" else NONE_SHOWN
    sentences = tuple(_sentence(names, row, known.get(row["need"], {})) for row in rows[:MOST_SENTENCES])
    lead = (_lead(case, rows),) if rows else (empty,)
    return Section(
        "unmet",
        Message("Unmet needs and reasons"),
        (*lead, *not_counted(case), *sentences),
        (),
        (_table(names, [*rows, *apart], known, empty),),
    )


def _rows(case: Case) -> list[Row]:
    if case.plan is None:
        return []
    found: list[Row] = list(case.plan.unmet.sort("need", "cause").iter_rows(named=True))
    found.extend({"need": one.need, "quantity": one.open, "why": one.reason} for one in left_out(case))
    return found


def _why(names: Names, row: Row) -> Message:
    """The reason of a row: the planner's cause, or why the need is not planned."""
    why = row.get("why")
    if isinstance(why, Message):
        return why
    return cause(names, str(row["cause"]), str(row["parameters"] or "{}"), _mark(row))


def _mark(row: Row) -> str | None:
    mark = row.get("confirmed")
    return mark if isinstance(mark, str) else None


def _loss(row: Row, need: Row) -> Decimal:
    quantity = row["quantity"]
    weight = need.get("weight")
    if not isinstance(quantity, Decimal):
        return Decimal(0)
    return quantity * (weight if isinstance(weight, Decimal) else Decimal(1))


def _lead(case: Case, rows: list[Row]) -> Message:
    count = len({row["need"] for row in rows})
    values: dict[str, Value] = {"count": Number(Decimal(count), "", "", case.day, to="unmet-table")}
    return Message(
        "{count} need is not met in full by its due date.",
        values,
        "{count} needs are not met in full by their due dates; the largest shortfalls come first.",
        count,
    )


def _quantity(names: Names, row: Row, need: Row) -> Number:
    quantity = row["quantity"]
    unit = names.unit(str(need.get("good") or ""))
    value = quantity if isinstance(quantity, Decimal) else None
    return Number(value, unit, "unmet", None, (f"needs/{row['need']}",))


def _sentence(names: Names, row: Row, need: Row) -> Message:
    quantity = _quantity(names, row, need)
    values: dict[str, Value] = {
        "quantity": quantity,
        "good": names.good(str(need.get("good") or row["need"])),
        "place": names.site(str(need.get("site") or "")),
        "cause": _why(names, row),
    }
    if in_parts(quantity.value, quantity.unit):
        text = (
            "{good}, {place}: {quantity} stay unmet, counted by the ratio at which other goods serve "
            "instead. {cause}"
        )
        return Message(text, values)
    return Message(
        "{good}, {place}: {quantity} not covered. {cause}",
        values,
        "{good}, {place}: {quantity} not covered. {cause}",
        quantity.value,
    )


def _table(names: Names, rows: list[Row], known: dict[object, Row], empty: Message) -> Table:
    columns = (
        Column(Message("Need")),
        Column(Message("Good")),
        Column(Message("Place")),
        Column(Message("Unmet"), "", "number"),
        Column(Message("Unit")),
        Column(Message("Reason and remedy")),
    )
    lines: list[tuple[Value, ...]] = []
    for row in rows:
        need = known.get(row["need"], {})
        quantity = _quantity(names, row, need)
        why = _why(names, row)
        good = names.good(str(need.get("good") or ""))
        place = names.site(str(need.get("site") or ""))
        lines.append((str(row["need"]), good, place, quantity, Message(quantity.unit), why))
    return Table("unmet-table", Message("All unmet needs"), columns, tuple(lines), empty)


UNMET_REPORT = Report("unmet", section)
