"""A decision sheet raises what published figures themselves raise, and states nobody's position."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
from tests.report import cases
from tests.report.reports.test_support import with_support
from tests.report.world import table

from konvoi.accord.renewals import renewals
from konvoi.model.tables import BY_NAME
from konvoi.report.case import Case
from konvoi.report.delegation.published import needs_section, published_needs, published_section
from konvoi.report.front.tiles import tiles
from konvoi.report.language import Language
from konvoi.report.meetings.published_items import Raised, raised
from konvoi.report.page import Message, Number

PAST, COMING = date(2024, 12, 31), date(2040, 12, 31)


def with_agreements(*undertakings: tuple[str, int | None, date | None]) -> Case:
    documents = pl.DataFrame(
        {
            "document": ["A-1", "A-2"],
            "title": ["Agreement", "Agreement"],
            "parties": ["ARV; NOR", "TEL; NOR"],
            "kind": ["agreement", "agreement"],
            "day": [date(2024, 1, 1)] * 2,
            "ends": [date(2034, 1, 1)] * 2,
        }
    )
    rows = pl.DataFrame(
        [
            {
                "undertaking": f"U-{number}",
                "document": document,
                "party": "ARV",
                "amount": amount,
                "until": until,
                "force": "",
                "good": None,
            }
            for number, (document, amount, until) in enumerate(undertakings)
        ],
        schema_overrides={"until": pl.Date, "amount": pl.Int64},
    )
    none = pl.DataFrame(schema={"document": pl.String, "point": pl.String, "number": pl.Int64})
    ends = renewals(documents, rows, BY_NAME["milestones"].empty(), none, day=cases.case().day)
    return with_support(documents=documents, undertakings=rows, renewals=ends)


def said(case: Case, words: str) -> list[Raised]:
    return [one for one in raised(case) if words in one.text.id]


def test_without_published_figures_nothing_is_raised() -> None:
    assert raised(cases.case()) == []


def test_sums_that_have_run_out_are_raised_by_agreement() -> None:
    """One that still states something for a later day, or a share of GDP without an end, is none of them."""
    (one,) = said(with_agreements(("A-1", 100, PAST), ("A-1", 200, PAST), ("A-2", 100, COMING)), "run out")
    count = one.text.values["count"]
    assert isinstance(count, Number)
    assert (count.value, count.behind) == (Decimal(1), ("undertakings/U-0", "undertakings/U-1"))
    assert one.text.values["last"] == PAST
    assert said(with_agreements(("A-1", 100, PAST), ("A-1", None, None)), "run out") == []
    assert said(with_agreements(("A-1", 100, PAST), ("A-1", None, COMING)), "run out") == []


def test_what_is_not_allocated_is_raised_with_those_who_can_allocate_it() -> None:
    (one,) = said(with_support(), "not yet allocated")
    assert one.text.values["gap"].value == Decimal(200_000_000)  # type: ignore[union-attr]
    assert "and {count} more" not in getattr(one.unblocks, "id", "")


def test_what_does_not_count_yet_is_raised_with_its_amount() -> None:
    case = with_support()
    none = said(case, "do not count yet")
    entries = case.entries.with_row_index("n")
    chosen = pl.col("amount_minor").is_not_null() & (
        pl.col("n") == pl.col("n").filter(pl.col("amount_minor").is_not_null()).min()
    )
    changed = entries.with_columns(
        count_mode=pl.when(chosen).then(pl.lit("not counted yet")).otherwise("count_mode"),
        line=pl.when(chosen).then(None).otherwise("line"),
    ).drop("n")
    (one,) = said(replace(case, entries=changed), "do not count yet")
    assert none == []
    assert one.text.values["count"] == 1


def test_a_delegation_sees_its_own_published_figures() -> None:
    """One that allocates more than it commits has no gap."""
    case = with_agreements(("A-1", 100, PAST), ("A-2", 100, COMING))
    own, above = published_section(case, "ARV"), published_section(case, "TEL")
    assert own is not None
    assert above is not None
    assert own.answer[0].id.endswith("{gap} not yet allocated.")
    assert above.answer[0].id.endswith("that the source does not know.")
    tables = {one.id: one for one in own.tables}
    assert [row[0] for row in tables["own-support"].rows] == ["2023", "2024", "2025"]
    assert tables["own-agreements"].rows[0][3] == (PAST, " (", Message("ended"), ")")
    assert {one.id: one for one in above.tables}["own-agreements"].rows[0][3] == Message("none stated")
    assert published_section(cases.case(), "ARV") is None


def test_the_recipient_sees_published_needs_that_are_never_added() -> None:
    """The largest first; budgets and totals are none of them."""
    rows = pl.DataFrame(
        [
            ("N-1", "needed", 100_00, date(2025, 1, 1)),
            ("N-2", "needed", 900_00, None),
            ("N-3", "planned", 500_00, None),
        ],
        schema=["figure", "stage", "amount", "from"],
        orient="row",
    ).with_columns(
        party=pl.lit("NOR"),
        currency=pl.lit("EUR"),
        title=pl.lit(None, pl.String),
        kind=pl.lit(None, pl.String),
        register=pl.lit(None, pl.String),
        to=pl.lit(COMING),
    )
    found = needs_section(with_support(published_sums=rows), "NOR")
    assert found is not None
    assert [row[0] for row in found.tables[0].rows] == ["N-2", "N-1"]
    assert not found.tables[0].sums
    assert needs_section(with_support(published_sums=rows), "ARV") is None
    assert needs_section(cases.case(), "NOR") is None
    assert published_needs(with_support(published_sums=rows), "NOR").height == 2


def test_a_recipient_with_published_needs_only_is_not_said_to_have_reported_none() -> None:
    row = {"figure": "N-1", "stage": "needed", "amount": 100_00, "party": "NOR", "currency": "EUR"}
    absent = dict.fromkeys(("title", "kind", "register"), pl.lit(None, pl.String))
    days = {"from": pl.lit(None, pl.Date), "to": pl.lit(COMING)}
    rows = pl.DataFrame([row]).with_columns(**absent, **days)
    known = with_support(published_sums=rows)
    bare = replace(known, recipient="NOR", tables=dict(known.tables) | {"needs": table("needs", [])})
    (tile,) = (one for one in tiles(bare) if one.id == "unmet")
    assert Language("en").text(tile.figure) == "not computed: needs are published as sums only"
