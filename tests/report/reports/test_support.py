"""A brief says how large support is, which partners have no gap, and where announcements rank nobody."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
from tests.report import cases

from konvoi.flow.catalogue import CATALOGUE
from konvoi.report.brief import brief
from konvoi.report.case import Case
from konvoi.report.ledger.support import compared, ranked, supports
from konvoi.report.page import Message, Number, Section
from konvoi.report.reports.support import ABOVE, SUPPORT_REPORT

# By partner and year: committed and allocated, in million euros. ARV has a gap, TEL allocates above.
YEARS = {
    ("ARV", 2023): (400, 100),
    ("ARV", 2024): (100, 200),
    ("ARV", 2025): (100, 100),
    ("TEL", 2023): (100, 100),
    ("TEL", 2024): (0, 20),
    ("TEL", 2025): (0, 30),
}


def with_support(**more: pl.DataFrame) -> Case:
    usual = cases.case()
    rows = [
        {
            "register": "kiel",
            "party": party,
            "year": year,
            "currency": "EUR",
            "committed": committed * 100_000_000,
            "allocated": allocated * 100_000_000,
            "outstanding": (committed - allocated) * 100_000_000,
            "military": allocated * 100_000_000,
            "first": date(year, 1, 1),
            "last": date(year, 12, 31),
            "figures": [f"{party}-{year}"],
        }
        for (party, year), (committed, allocated) in YEARS.items()
    ]
    table = pl.DataFrame(rows, schema=CATALOGUE["support_by_year"].schema())
    return replace(usual, tables={**usual.tables, "support_by_year": table, **more})


def section(case: Case) -> Section:
    found = SUPPORT_REPORT.section(case)
    assert found is not None
    return found


def said(messages: tuple[Message, ...], words: str) -> Message:
    return next(one for one in messages if words in one.id)


def test_without_a_register_there_is_no_such_part() -> None:
    assert SUPPORT_REPORT.section(cases.case()) is None


def test_the_gap_is_the_sum_of_the_partners_that_have_one() -> None:
    """A partner that allocates more than it commits fills no other partner's gap."""
    (of,) = supports(with_support())
    gap, above = of.outstanding()
    assert (gap.value, above) == (Decimal(200_000_000), ["TEL"])
    assert gap.behind == tuple(f"published_sums/ARV-{year}" for year in (2023, 2024, 2025))
    table = section(with_support()).tables[0]
    assert table.rows[1][3] == ABOVE
    assert table.sums[3] == gap
    assert said(section(with_support()).answer, "therefore no gap")


def test_the_next_year_is_the_mean_of_three_with_its_range() -> None:
    """200, 220, 130: the mean is 183.3, and eight of ten such years lie within 1.886 · s · √(4/3)."""
    (of,) = supports(with_support())
    ahead = of.next_year()
    assert ahead is not None
    assert ahead.value == Decimal(183_333_333)
    assert ahead.lowest is not None
    assert ahead.highest is not None
    assert round((ahead.highest - ahead.value) / 1_000_000, 1) == Decimal("102.9")
    assert ahead.value - ahead.lowest == ahead.highest - ahead.value


def test_a_year_that_is_not_over_gives_no_pace() -> None:
    case = with_support()
    rows = case.tables["support_by_year"].with_columns(
        last=pl.when(pl.col("year") == 2025).then(date(2025, 10, 31)).otherwise("last")
    )
    (of,) = supports(replace(case, tables={**case.tables, "support_by_year": rows}))
    assert of.next_year() is None


def test_announcements_far_from_allocations_rank_nobody() -> None:
    """Where one of them is a fifth away, partners stand by their names and no chart compares them."""
    usual, case = cases.case(), with_support()
    assert ranked(usual)
    apart = [one.party for one in compared(case) if one.apart]
    assert apart
    assert not ranked(case)
    assert said(section(case).answer, "not ranked by announcements")
    funnel = {one.id: one for one in brief(case, "cell", full=True).sections}["funnel"]
    assert [one.id for one in funnel.charts] == ["funnel-stages"]
    ranked_funnel = {one.id: one for one in brief(usual, "cell", full=True).sections}["funnel"]
    assert "funnel-partners" in [one.id for one in ranked_funnel.charts]


def test_near_enough_is_within_a_fifth() -> None:
    (one, *_) = compared(with_support())
    exact = one._replace(announced=Number(Decimal(80)), allocated=Number(Decimal(100)))
    assert not exact.apart
    assert exact._replace(announced=Number(Decimal(79))).apart


def test_the_first_page_leads_with_the_size_and_keeps_both_apart() -> None:
    front = brief(with_support(), "cell").front
    assert front is not None
    assert front.answer.id.startswith("{size} In the submissions, not the same items")
    table = section(with_support()).tables[0]
    assert table.sums[-1] == Message("not added")
