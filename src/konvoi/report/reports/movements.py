"""Planned movements, with first and last day, and the certainty of arrival by the due day."""

from datetime import date
from decimal import Decimal

from konvoi.report.case import Case
from konvoi.report.names import Names, table
from konvoi.report.page import Chance, Column, Gantt, Message, Number, Section, Table, Task, Value
from konvoi.report.planning.arrivals import behind, needs
from konvoi.report.report import Report

MOST_TASKS = 40
NONE = Message("No movements planned. Reasons: see unmet needs.")

Row = dict[str, object]


def section(case: Case) -> Section:
    """The movements of the plan."""
    rows = (
        []
        if case.plan is None
        else list(case.plan.movements.sort("departs", "movement").iter_rows(named=True))
    )
    seen = {}
    if case.outlook is not None:
        seen = {row["movement"]: row for row in case.outlook.movements.iter_rows(named=True)}
    due = {str(need["need"]): need["due"] for need in needs(case)}
    names = Names(case)
    tasks = [_task(names, row, seen.get(row["movement"], {}), due.get(row["need"])) for row in rows]
    return Section(
        "movements",
        Message("Planned movements"),
        _answer(case, rows, tasks),
        _charts(case, rows, tasks, seen),
        (_table(case, names, rows, tasks, seen),),
    )


def _task(names: Names, row: Row, seen: Row, due: object) -> Task:
    departs = row["departs"]
    arrives = row["arrives"]
    quantity = row["quantity"]
    if not (isinstance(departs, date) and isinstance(arrives, date) and isinstance(quantity, Decimal)):
        raise ValueError(f"a movement has its days and its quantity: {row!r}")
    first = seen.get("first")
    last = seen.get("last")
    on_time = seen.get("on_time")
    good = str(row["good"])
    return Task(
        names.good(good),
        str(row["need"]),
        Number(quantity, names.unit(good), "planned", departs, behind(row)),
        departs,
        arrives,
        first if isinstance(first, date) else None,
        last if isinstance(last, date) else None,
        due if isinstance(due, date) else None,
        _state(on_time if isinstance(on_time, float) else None, arrives, due),
    )


def _state(on_time: float | None, arrives: date, due: object) -> str:
    """On time, at risk (surely enough planned, not surely there), late, unknown."""
    if isinstance(due, date) and arrives > due:
        return "late"
    if on_time is None:
        return "unknown"
    return "on time" if on_time >= 0.66 else "at risk"


def _answer(case: Case, rows: list[Row], tasks: list[Task]) -> tuple[Message, ...]:
    if not rows:
        return (NONE,)
    values: dict[str, Value] = {
        "count": Number(Decimal(len(rows)), "", "planned", case.day, to="movements-table"),
        "first": min(task.departs for task in tasks),
        "last": max(task.arrives for task in tasks),
    }
    for state in ("on time", "at risk", "late"):
        number = Decimal(sum(task.state == state for task in tasks))
        values[state.replace(" ", "_")] = Number(number, "", "planned", case.day, to="movements-table")
    blind = sum(task.state == "unknown" for task in tasks)
    unknown: dict[str, Value] = {
        "count": Number(Decimal(blind), "", "planned", case.day, to="movements-table")
    }
    unsure = Message(
        "For {count} movement there is no forecast.",
        unknown,
        "For {count} movements there is no forecast.",
        blind,
    )
    return (
        Message(
            "{count} movement planned, {first} to {last}: on time {on_time}, at risk {at_risk}, late {late}.",
            values,
            "{count} movements planned, {first} to {last}: on time {on_time}, at risk {at_risk}, late "
            "{late}.",
            len(rows),
        ),
        *((unsure,) if blind else ()),
    )


def _charts(case: Case, rows: list[Row], tasks: list[Task], seen: dict[str, Row]) -> tuple[Gantt, ...]:
    if not rows:
        return ()
    order = sorted(range(len(rows)), key=lambda at: (_FIRST[tasks[at].state], _chance(seen, rows[at]), at))
    chosen = sorted(order[:MOST_TASKS])
    text = "Line: 80 % interval of arrival. Mark: due date. Source: plan and forecast as of {day}."
    if len(chosen) < len(rows):
        text = (
            "{drawn} of {all} movements, those at risk first. Line: 80 % interval of arrival. Mark: "
            "due date. Source: plan and forecast as of {day}."
        )
    source = Message(text, {"drawn": len(chosen), "all": len(rows), "day": case.day})
    title = Message("Movement schedule")
    return (Gantt("movements-gantt", title, tuple(tasks[at] for at in chosen), len(rows), source),)


def _chance(seen: dict[str, Row], row: Row) -> float:
    found = seen.get(str(row["movement"]), {}).get("on_time")
    return found if isinstance(found, float) else 1.0


_COLUMNS = (
    Column(Message("Movement")),
    Column(Message("Partner")),
    Column(Message("Good")),
    Column(Message("Quantity"), "", "number"),
    Column(Message("Unit")),
    Column(Message("Need")),
    Column(Message("Place")),
    Column(Message("Departs"), "", "day"),
    Column(Message("Arrives"), "", "day"),
    Column(Message("Due date"), "", "day"),
    Column(Message("State")),
    Column(Message("On time")),
    Column(Message("Arrival, 90th percentile"), "", "day"),
)


def _table(case: Case, names: Names, rows: list[Row], tasks: list[Task], seen: dict[str, Row]) -> Table:
    givers = dict(table(case, "offers").select("offer", "party").iter_rows())
    payers = dict(table(case, "budgets").select("budget", "party").iter_rows())
    places = dict(table(case, "needs").select("need", "site").iter_rows())
    lines: list[tuple[Value, ...]] = []
    for row, task in zip(rows, tasks, strict=True):
        chance = seen.get(str(row["movement"]), {}).get("on_time")
        lines.append(
            (
                str(row["movement"]),
                names.party(givers.get(row["offer"]) or payers.get(row["budget"])),
                names.good(str(row["good"])),
                task.quantity,
                Message(task.quantity.unit),
                str(row["need"]),
                names.site(places.get(row["need"])),
                task.departs,
                task.arrives,
                task.due,
                (_SIGN[task.state], " ", Message(task.state)),
                Chance(chance) if isinstance(chance, float) else "",
                task.last,
            )
        )
    return Table("movements-table", Message("All movements"), _COLUMNS, tuple(lines), NONE)


_FIRST = {"at risk": 0, "late": 1, "unknown": 2, "on time": 3}
_SIGN = {"on time": "●", "at risk": "◐", "late": "○", "unknown": "?"}

MOVEMENTS_REPORT = Report("movements", section)
