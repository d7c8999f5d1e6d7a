"""Open lines that are likely to come late, ordered by what that costs in coverage."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
from tests.report.cases import case, entry, need, table
from tests.report.learnt import forty_days

from konvoi.model.entries import frame
from konvoi.report.case import Case
from konvoi.report.forecast.coming import BY_PLAN, LEARNT, NO_BASIS
from konvoi.report.forecast.lateness import Movement, Planned, late


def told(*rows: dict[str, object], **tables: pl.DataFrame) -> Case:
    """Lines of Arvenia's; today is 2 March 2026."""
    known = case()
    entries = frame([row | {"entry": f"E{at:02d}"} for at, row in enumerate(rows)])
    return replace(known, entries=entries, plan=None, outlook=None, tables={**known.tables, **tables})


def line(name: str, promised: date, **more: object) -> dict[str, object]:
    usual = {"route": "from stock", "good": "gen", "quantity": Decimal(5), "unit": "piece", "kind": "energy"}
    return entry("E00", "ARV", "committed", 1, line=name, promised=promised, **usual | more)


def test_what_is_overdue_or_due_soon_is_listed_and_what_is_far_off_is_not() -> None:
    rows = told(line("a", date(2026, 2, 1)), line("b", date(2026, 3, 20)), line("c", date(2026, 9, 1)))
    assert {one.line for one in late(rows, 30)} == {"a", "b"}
    assert {one.line for one in late(rows, 7)} == {"a"}
    overdue = next(one for one in late(rows, 7))
    assert (overdue.chance, overdue.basis, overdue.middle) == (1.0, NO_BASIS, None)
    assert (overdue.mover, overdue.moves, overdue.next) == ("ARV", "giver", "allocated")


def test_what_costs_most_in_coverage_stands_first() -> None:
    """Needed by 10 March: 3 generators and, by 1 April, 4 more; each counts what it could have served."""
    asked = [
        need("N-1", "gen", 3, "town", date(2026, 3, 10), 1),
        need("N-2", "gen", 4, "town", date(2026, 4, 1), 1),
    ]
    needs = table("needs", asked)
    rows = told(line("b", date(2026, 3, 20)), line("a", date(2026, 3, 5)), needs=needs)
    found = late(rows, 30)
    assert [(one.line, one.cost) for one in found] == [("a", Decimal(5)), ("b", Decimal(4))]
    assert found[0].share == Decimal(5) / Decimal(7)


def test_what_has_come_is_not_late_and_a_line_without_a_route_is_told_without_a_forecast() -> None:
    there = entry("E01", "ARV", "received", 1, line="a", quantity=Decimal(5), day_to=date(2026, 2, 1))
    assert late(told(line("a", date(2026, 2, 1)), there)) == ()
    (found,) = late(told(line("a", date(2026, 2, 1), route=None)))
    assert (found.basis, found.next, found.open) == (NO_BASIS, "", Decimal(5))


def test_the_plan_tells_the_days_of_lines_whose_offers_it_moves() -> None:
    known = case()
    assert known.plan is not None
    offer = known.plan.movements.drop_nulls("offer")["offer"][0]
    offers = known.tables["offers"].with_columns(line=known.tables["offers"]["offer"])
    rows = told(line(offer, date(2026, 3, 3)), offers=offers)
    (found,) = late(replace(rows, plan=known.plan, outlook=known.outlook))
    assert found.basis == BY_PLAN
    assert found.middle is not None
    assert found.days == (found.middle - date(2026, 3, 3)).days


def test_what_was_learnt_tells_the_days_and_says_from_what() -> None:
    """All took 40 days: what was committed on 1 February and is promised for 1 March comes on 13 March."""
    (found,) = late(replace(told(line("a", date(2026, 3, 1))), models=(forty_days("energy"),)))
    assert (found.basis, found.middle, found.days) == (LEARNT, date(2026, 3, 13), 12)
    assert found.learnt is not None
    assert found.learnt.basis is not None
    assert (found.learnt.basis.data, found.learnt.cases) == ("ledger", 40)


def test_military_goods_are_never_told_days_of_another_kind() -> None:
    (found,) = late(
        replace(told(line("a", date(2026, 3, 1), kind="military")), models=(forty_days("energy"),))
    )
    assert (found.basis, found.middle) == (NO_BASIS, None)


def test_the_runs_of_a_plan_tell_the_chance_after_its_planned_day() -> None:
    """Planned for the 10th: in half of the runs it comes then or earlier, in a quarter each 5 and 9 later."""
    there, later, last = (date(2026, 3, day) for day in (10, 15, 19))
    planned = Planned(there, there, last, (Movement(there, ((0, 0.5), (5, 0.25), (9, 0.25))),))
    chances = [planned.later_than(day) for day in (there, date(2026, 3, 14), later, last)]
    assert chances == [0.5, 0.5, 0.25, 0.0]
    assert planned.later_than(date(2026, 3, 9)) == 0.9
