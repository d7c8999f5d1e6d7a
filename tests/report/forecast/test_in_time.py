"""What was there when it was needed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
from tests.report.cases import DAY, case, entry, need, table

from konvoi.model.entries import frame
from konvoi.model.met import MET
from konvoi.report.case import Case
from konvoi.report.forecast.in_time import before_and_after, financing, kits, months, per_head

EARLY, DUE, LATE = date(2026, 2, 1), date(2026, 2, 10), date(2026, 2, 20)


def told(*met: tuple[str, date | None, int], **tables: pl.DataFrame) -> Case:
    """Ten generators and four more are needed by 10 February 2026, and two in May; what came of them."""
    asked = [
        need("N-1", "gen", 10, "KHA", DUE, 2),
        need("N-2", "gen", 4, "ODE", DUE, 1),
        need("N-3", "gen", 2, "KHA", date(2026, 5, 4), 1),
    ]
    rows = [
        {"need": n, "kind": "received", "record": "R", "day": d, "quantity": Decimal(q)} for n, d, q in met
    ]
    known = case()
    drawn = {"needs": table("needs", asked), "met": pl.DataFrame(rows, schema=MET)}
    return replace(known, plan=None, outlook=None, tables={**known.tables, **drawn, **tables})


def test_what_came_by_the_due_day_counts_in_time_and_what_came_after_it_does_not() -> None:
    """By value: the first need weighs twice."""
    found = months(told(("N-1", EARLY, 6), ("N-1", LATE, 3), ("N-2", None, 1)))
    first = found[0]
    assert first.month == date(2026, 2, 1)
    figures = (first.needed, first.in_time, first.late, first.open, first.no_day)
    assert [int(one) for one in figures] == [24, 13, 6, 5, 1]
    assert found[1].month == date(2026, 5, 1)


def test_by_the_day_and_later_are_told_apart() -> None:
    past, coming = before_and_after(told())
    assert [int(past.needed), int(coming.needed)] == [24, 2]
    assert DAY > DUE


def test_a_month_is_the_sum_of_what_came_and_what_is_open() -> None:
    for one in months(told(("N-1", EARLY, 4), ("N-1", LATE, 6), ("N-2", LATE, 2))):
        assert one.needed == one.in_time + one.late + one.open


def test_a_kit_is_whole_with_its_scarcest_part_and_military_by_what_is_given() -> None:
    """A kit takes two of the first need and one of the second; what is handed over counts, too."""
    parts = table(
        "kits",
        [
            {"kit": "K", "need": "N-1", "per_kit": Decimal(2)},
            {"kit": "K", "need": "N-2", "per_kit": Decimal(1)},
        ],
    )
    rows = told(("N-1", EARLY, 5), ("N-2", EARLY, 1), ("N-2", LATE, 2), kits=parts)
    (kit,) = kits(rows)
    assert (kit.asked, kit.by_day, kit.whole) == (4, ((EARLY, 1), (LATE, 2)), 2)
    assert kit.military
    sent = {"need": "N-2", "kind": "under way", "record": "M", "quantity": Decimal(2)}
    for stage, whole in (("at hub", 3), ("handed over", 4)):
        going = pl.DataFrame([sent | {"stage": stage, "handed": LATE if whole > 3 else None}], schema=MET)
        more = pl.DataFrame({"need": "N-1", "kind": "received", "quantity": Decimal(3)})
        met = pl.concat([rows.tables["met"], going, frame(more.to_dicts(), MET)])
        assert kits(replace(rows, tables={**rows.tables, "met": met}))[0].whole == whole
    civil = replace(rows, entries=frame([entry("E01", "ARV", "pledged", 1, good="gen", kind="energy")]))
    assert not kits(civil)[0].military


def test_a_stated_need_for_money_stands_against_what_was_disbursed_in_its_months() -> None:
    stated = table(
        "financing_needs",
        [
            {
                "financing_need": "F",
                "from": date(2026, 1, 1),
                "to": date(2026, 2, 28),
                "amount": 5_000_00,
                "currency": "EUR",
            }
        ],
    )
    (row,) = financing(told(financing_needs=stated))
    assert (row.needed, row.disbursed) == (Decimal(5000), None)
    known = told(financing_needs=stated)
    made = known.totals["funnel/amount/received"]
    totals = {
        **known.totals,
        "funnel/amount/disbursed": made,
        "tempo/amount/disbursed": replace(
            made,
            by=(
                replace(made.by[0], key="2026-02", value=Decimal(1000)),
                replace(made.by[0], key="2026-03", value=Decimal(7)),
            ),
        ),
    }
    (row,) = financing(replace(known, totals=totals))
    assert row.disbursed == Decimal(1000)


def test_per_head_the_oblast_that_got_least_of_its_need_stands_first_and_unknown_people_are_not_guessed() -> (
    None
):
    places = table(
        "sites",
        [
            {"site": "KHA", "name": "A", "kind": "destination", "country": "UA", "region": "Харківська"},
            {"site": "ODE", "name": "B", "kind": "destination", "country": "UA", "region": "Nowhere"},
        ],
    )
    goods = table("goods", [{"good": "gen", "name": "G", "unit": "piece", "weight_kg": Decimal(100)}])
    rows = told(("N-1", EARLY, 6), sites=places, goods=goods)
    civil = replace(rows, entries=frame([entry("E01", "ARV", "pledged", 1, good="gen", kind="energy")]))
    first, second = per_head(civil)
    assert first.oblast.name.en == "Nowhere"
    assert first.share == Decimal(0)
    assert first.per_thousand is None
    assert second.oblast.code == "UA63"
    assert second.kg == Decimal(600)
    assert second.oblast.people == 2598961
    assert second.per_thousand == Decimal(600) * 1000 / 2598961
