"""The funnel: word, receipt and the gap between them, for all, by partner, by kind, by good."""

from dataclasses import replace
from decimal import Decimal

from tests.report.cases import case, entries, totals

from konvoi.ledger.answer import Refusal
from konvoi.report.language import Language
from konvoi.report.page import Bars, Number, Section, Table
from konvoi.report.reports.funnel import section

ENGLISH = Language("en")


def table(found: Section, id: str) -> Table:
    """A table of the section by its id."""
    return next(table for table in found.tables if table.id == id)


def row(found: Table, name: str) -> list[str]:
    """The row that begins with a name, as words."""
    return next(said for said in ([ENGLISH.text(v) for v in r] for r in found.rows) if said[0] == name)


def test_the_answer_names_word_receipt_share_and_gap() -> None:
    said = ENGLISH.text(section(case()).answer[0])
    assert said == (
        "Of EUR 287.0 m (pledged), EUR 48.0 m (17\u00a0%) is reported as received. The gap is EUR 239.0 m."
    )


def test_the_undecided_duplicates_bound_the_total() -> None:
    assert "between EUR 279.0 m and EUR 287.0 m" in ENGLISH.text(section(case()).answer[1])


def test_each_partner_has_its_stages_and_its_gap() -> None:
    """Dorrest: 30 pledged, nothing received, so 30 are missing."""
    found = table(section(case()), "by-partner")
    assert row(found, "Dorrest") == [
        "Dorrest",
        "EUR 30.0 m",
        "EUR 27.0 m",
        "EUR 21.0 m",
        "EUR 15.0 m",
        "EUR 0",
        "EUR 30.0 m",
        "0\u00a0%",
    ]
    assert [ENGLISH.text(r[0]) for r in found.rows] == [
        "Arvenia",
        "Breland",
        "Castovia",
        "Dorrest",
        "Tellmark",
    ]


def test_a_gap_rests_on_the_word_and_on_the_receipt() -> None:
    found = table(section(case()), "by-partner")
    number = found.rows[0][6]
    assert isinstance(number, Number)
    assert (number.value, number.behind) == (Decimal(72_000_000), ("E01", "E05"))


def test_what_has_no_value_is_a_bar_of_its_own_and_no_zero() -> None:
    chart = section(case()).charts[0]
    assert isinstance(chart, Bars)
    unknown = chart.bars[0].unknown
    assert unknown is not None
    assert unknown.value == 1


def test_a_good_is_counted_in_its_unit() -> None:
    assert row(table(section(case()), "by-good"), "generator 100 kW")[1:] == [
        "piece",
        "20 pieces",
        "8 pieces",
        "12 pieces",
    ]


def test_a_refused_stage_is_told_with_its_reason_and_leaves_the_others() -> None:
    made = totals(entries())
    gone = replace(
        made["funnel/amount/received"],
        value=None,
        by=(),
        entries=(),
        refused=Refusal("{a} twice", values={"a": "x"}),
    )
    said = [ENGLISH.text(m) for m in section(case(totals=made | {"funnel/amount/received": gone})).answer]
    assert "received: x twice" in said
    assert said[0].startswith("Of EUR 287.0 m (pledged)")


def test_a_stage_that_nobody_reports_is_no_zero() -> None:
    """Nobody says that anything was received: the last stage that is reported closes the funnel."""
    made = totals(entries())
    silent = {
        name: replace(total, value=Decimal(0), by=(), entries=(), used=0)
        for name, total in made.items()
        if name.startswith("funnel/amount/received")
    }
    found = section(case(totals=made | silent))
    said = [ENGLISH.text(message) for message in found.answer]
    assert said[0].endswith("EUR 75.0 m (26\u00a0%) is reported as dispatched. The gap is EUR 212.0 m.")
    assert said[-1] == "No entry reports any of these stages: received."
    assert "received" not in [ENGLISH.text(column.name) for column in table(found, "by-partner").columns]


def test_without_totals_the_section_says_what_to_do() -> None:
    assert "konvoi add" in ENGLISH.text(section(case(totals={})).answer[0])
