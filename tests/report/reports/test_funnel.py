"""The funnel: word, receipt and the gap between them, for all, by partner, by kind, by good."""

from dataclasses import replace
from decimal import Decimal

from tests.report.cases import case, entries, total, totals

from konvoi.ledger.answer import Part, Refusal, Unvalued
from konvoi.model.finding import Finding, Place, Severity
from konvoi.report.language import Language
from konvoi.report.ledger.figures import NOT_REPORTED
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
        "EUR 287.0 m pledged, EUR 48.0 m (17\u00a0%) delivered or disbursed. Outstanding (items with a "
        "known value and status): EUR 239.0 m."
    )


def test_the_answer_says_of_whose_word_nobody_reports_an_end() -> None:
    """Only Arvenia's goods are reported as received: of 80 + 45 + 30 + 12 million nothing is known."""
    said = [ENGLISH.text(message) for message in section(case()).answer]
    assert said[1] == "Last stage of each delivery channel: received (goods): EUR 48.0 m."
    assert said[2].startswith("4 partners (EUR 167.0 m pledged) have not reported any")


def test_the_undecided_duplicates_bound_the_total() -> None:
    assert "between EUR 279.0 m and EUR 287.0 m" in ENGLISH.text(section(case()).answer[3])


def test_the_answer_states_what_of_the_submissions_is_not_in_the_figures() -> None:
    """One row with two errors, and one sheet that was not read."""
    row = Place("AR/a.xlsx", "Packages", 4, "amount")
    told = (
        Finding(Severity.ERROR, "number-unreadable", row),
        Finding(Severity.ERROR, "currency-unreadable", replace(row, column="currency")),
        Finding(Severity.WARNING, "sheet-proposed", Place("AR/a.xlsx", "Packages 2026")),
    )
    said = [ENGLISH.text(message) for message in section(replace(case(), findings=told)).answer]
    assert "Not in these figures: 1 row with an error, 1 unread sheet." in said
    without = [ENGLISH.text(message) for message in section(replace(case(), findings=())).answer]
    assert not any(one.startswith("Not in these figures") for one in without)


def test_each_partner_has_its_stages_and_its_gap() -> None:
    """Dorrest: 30 pledged, and nobody says that anything was received: no zero, and no gap of 0."""
    found = table(section(case()), "by-partner")
    assert row(found, "Dorrest") == [
        "Dorrest",
        "EUR 30.0 m",
        "EUR 27.0 m",
        "EUR 21.0 m",
        "EUR 15.0 m",
        "not reported",
        "not reported",
        "not reported",
        "not reported",
    ]
    assert row(found, "Arvenia")[-3:] == ["EUR 48.0 m", "EUR 72.0 m", "40\u00a0%"]
    assert [ENGLISH.text(r[0]) for r in found.rows] == [
        "Arvenia",
        "Breland",
        "Castovia",
        "Dorrest",
        "Tellmark",
    ]


def test_a_gap_rests_on_the_word_and_on_the_receipt() -> None:
    found = table(section(case()), "by-partner")
    number = found.rows[0][7]
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


def test_the_gap_of_a_good_is_drawn_to_the_end_and_not_to_the_last_stage_that_somebody_reports() -> None:
    """20 generators were pledged, 10 dispatched, nobody reports a receipt: no gap of 10, and none of 0."""
    made = {n: t for n, t in totals(entries()).items() if "/gen/" not in n or n.endswith("pledged")}
    way = total(entries(), "dispatched", "party", what="quantity")
    found = section(case(totals=made | {"funnel/quantity/gen/dispatched": way}))
    assert row(table(found, "by-good"), "generator 100 kW")[1:] == [
        *("piece", "20 pieces", "10 pieces", "not reported", "not reported"),
    ]


def test_goods_with_two_ends_have_a_column_for_what_is_fulfilled_by_either() -> None:
    made = totals(entries())
    trained = replace(made["funnel/quantity/gen/received"], stage="completed", value=Decimal(3))
    end = replace(trained, stage="fulfilled", value=Decimal(11))
    both = {"funnel/quantity/gen/completed": trained, "funnel/quantity/gen/fulfilled": end}
    found = table(section(case(totals=made | both)), "by-good")
    assert [ENGLISH.text(column.name) for column in found.columns][3:] == [
        *("received (goods)", "completed (services)", "delivered or disbursed", "gap"),
    ]
    assert row(found, "generator 100 kW")[3:] == ["8 pieces", "3 pieces", "11 pieces", "9 pieces"]


def test_a_stage_without_any_value_has_no_column_and_is_named() -> None:
    made = totals(entries())
    way = replace(made["funnel/amount/dispatched"], value=None, by=(), used=0, unknown=2)
    found = section(case(totals=made | {"funnel/amount/dispatched": way}))
    said = [ENGLISH.text(message) for message in found.answer]
    assert "Reported without a value, therefore not in the tables of amounts: dispatched." in said
    heads = [ENGLISH.text(column.name) for column in table(found, "by-partner").columns]
    assert "dispatched" not in heads
    chart = found.charts[0]
    assert isinstance(chart, Bars)
    bar = next(bar for bar in chart.bars if ENGLISH.text(bar.label) == "dispatched")
    assert (bar.outline, bar.unknown and bar.unknown.value) == (None, Decimal(2))


def test_goods_stand_in_the_order_that_a_reader_sees() -> None:
    """The largest word first, one unit after another, whatever the ids."""
    made = totals(entries())
    word = made["funnel/quantity/gen/pledged"]
    more = {"a": (3, "piece"), "b": (70, "piece"), "c": (900, "litre")}
    for good, (number, unit) in more.items():
        made[f"funnel/quantity/{good}/pledged"] = replace(word, value=Decimal(number), unit=unit)
    rows = table(section(case(totals=made)), "by-good").rows
    assert [ENGLISH.text(r[0]) for r in rows] == ["c", "b", "generator 100 kW", "a"]


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
    assert said[0].startswith("EUR 287.0 m pledged")


def test_a_stage_that_nobody_reports_is_no_zero() -> None:
    """Nobody says that anything was received: the last stage that is reported closes the funnel."""
    made = totals(entries())
    silent = {
        name: replace(total, value=Decimal(0), by=(), entries=(), used=0)
        for name, total in made.items()
        if name.startswith(("funnel/amount/received", "funnel/amount/fulfilled"))
    }
    found = section(case(totals=made | silent))
    said = [ENGLISH.text(message) for message in found.answer]
    assert said[0] == (
        "EUR 287.0 m pledged. No delivery or disbursement is reported; the outstanding amount cannot "
        "be computed."
    )
    assert said[-1] == "Stages not reported: received (goods)."
    heads = [ENGLISH.text(column.name) for column in table(found, "by-partner").columns]
    assert heads[-4:] == ["dispatched", "delivered or disbursed", "gap", "share"]
    assert [ENGLISH.text(value) for value in table(found, "by-partner").sums[-3:]] == ["not reported"] * 3


def test_what_is_reported_without_a_value_is_not_known_and_not_silent() -> None:
    made = totals(entries())
    end = made["funnel/amount/fulfilled"]
    told = replace(end, value=None, by=(), used=0, unknown=1, unvalued=(Unvalued("DOR", ("E14",)),))
    found = section(case(totals=made | {"funnel/amount/fulfilled": told}))
    assert "have no stated value" in ENGLISH.text(found.answer[0])
    by_partner = table(found, "by-partner")
    assert row(by_partner, "Dorrest")[-3:] == ["no value stated", "no value stated", "not reported"]
    assert row(by_partner, "Arvenia")[-3:] == ["not reported"] * 3


def test_each_stage_stands_once_goods_before_money_and_the_end_of_all_last() -> None:
    made = totals(entries())
    names = ("received", "disbursed", "completed", "handed over", "at hub", "paid in")
    more = {f"funnel/amount/{name}": replace(made["funnel/amount/received"], stage=name) for name in names}
    chart = section(case(totals=made | more)).charts[0]
    assert isinstance(chart, Bars)
    assert [ENGLISH.text(bar.label) for bar in chart.bars] == [
        *("pledged", "committed", "allocated", "dispatched", "at hub", "handed over", "received (goods)"),
        *("completed (services)", "paid in (funds)", "disbursed (money)", "delivered or disbursed"),
    ]


def test_a_partners_bar_shows_only_stages_that_every_route_passes() -> None:
    """Goods that left would lie over money that was paid as if one were a part of the other."""
    chart = section(case()).charts[1]
    assert isinstance(chart, Bars)
    assert [number.stage for number, _ in chart.bars[0].levels] == ["committed", "allocated", "fulfilled"]
    assert chart.bars[3].told == NOT_REPORTED


def test_mixed_sources_are_named_with_what_each_gave() -> None:
    made = totals(entries())
    word = made["funnel/amount/pledged"]
    both = ("fts", "konvoi")
    parts = (
        Part("konvoi", Decimal(200_000_000), Decimal(1), Decimal(1), Decimal(1), ("E01",)),
        Part("fts", Decimal(87_000_000), Decimal(1), Decimal(1), Decimal(1), ("E06",)),
    )
    mixed = {
        "funnel/amount/pledged": replace(word, variants=both, mix=True),
        "mixed/amount/pledged": replace(word, variants=both, mix=True, by=parts),
    }
    found = section(case(totals=made | mixed))
    said = [ENGLISH.text(message) for message in found.answer]
    assert said[-1].startswith(
        "The totals combine sources that define stages differently: FTS; Konvoi tables."
    )
    rests = table(found, "basis")
    assert row(rests, "at least pledged")[1] == "Konvoi tables: EUR 200.0 m; FTS: EUR 87.0 m"
    assert rests.note is not None
    way = "packages by their own value, otherwise by their items; contributions of a fund counted at the fund"
    assert ENGLISH.text(rests.note) == (
        f"Amounts: coalition → Norvania; {way}. Quantities: coalition → Norvania; {way}."
    )


def test_quantities_that_two_sources_give_are_told_apart_by_source() -> None:
    made = totals(entries())
    word = made["funnel/quantity/gen/pledged"]
    parts = (Part("kiel + konvoi", Decimal(20), Decimal(20), Decimal(20), Decimal(20), ("E01",)),)
    mixed = {"mixed/quantity/gen/pledged": replace(word, variants=("kiel", "konvoi"), by=parts)}
    found = section(case(totals=made | mixed))
    assert row(table(found, "basis-goods"), "generator 100 kW")[1:] == [
        *("pledged", "20 pieces", "Kiel tracker + Konvoi tables: 20 pieces"),
    ]


def test_without_totals_the_section_says_what_to_do() -> None:
    assert "konvoi add" in ENGLISH.text(section(case(totals={})).answer[0])


def test_a_stage_of_which_no_value_is_stated_is_not_called_not_reported() -> None:
    """Its entries are there; only their values are not."""
    known = totals(entries())
    unvalued = replace(known["funnel/amount/pledged"], value=None, by=(), entries=(), used=0, unknown=2)
    made = case(totals=known | {"funnel/amount/allocated": replace(unvalued, stage="allocated")})
    bars = next(chart for chart in section(made).charts if chart.id == "funnel-stages")
    assert isinstance(bars, Bars)
    (bar,) = (one for one in bars.bars if ENGLISH.text(one.label) == "allocated")
    assert bar.told is not None
    assert ENGLISH.text(bar.told) == "no value stated"
