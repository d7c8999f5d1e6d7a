"""How far each route has come, in a brief."""

from dataclasses import replace
from decimal import Decimal

import polars as pl
from tests.report.cases import case, entries, entry

from konvoi.model.entries import frame
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.page import Bars, Number
from konvoi.report.reports.stages import EMPTY, section

ENGLISH = Language("en")


def routed() -> Case:
    """The invented case, all from stock, with one line of money."""
    rows = entries().with_columns(route=pl.lit("from stock"))
    money = frame([entry("E95", "ARV", "committed", 9, line="m", route="money", kind="financial")])
    return replace(case(), entries=rows.vstack(money))


def test_the_answer_names_the_stage_of_its_number_and_how_many_nobody_speaks_of() -> None:
    said = [ENGLISH.text(one) for one in section(routed()).answer]
    assert said[0] == (
        "Channel “from stock”: 6 line items; of these, 1 line item reached the stage “received "
        "(goods)” in full or in part. No status reported: 5 line items."
    )
    assert said[1].startswith(
        "Channel “money”: 1 line item; of these, 1 line item reached the stage “committed” in full or "
        "in part."
    )
    assert "Channel “money”: not reported: allocated, disbursed (money)" in said[2]


def test_lines_without_a_stated_route_and_such_that_are_only_pledged_are_said_as_such() -> None:
    rows = frame(
        [
            entry("E01", "ARV", "pledged", 9, line="m", route="money", kind="financial"),
            entry("E02", "ARV", "pledged", 1, line="a", good="gen"),
        ]
    )
    said = [ENGLISH.text(one) for one in section(replace(case(), entries=rows)).answer]
    assert said[:2] == [
        "Channel “money”: 1 line item; no later stage is reported.",
        "Channel not stated: 1 line item.",
    ]


def test_unknown_is_a_bar_of_its_own_and_opens_the_words_behind_it() -> None:
    chart = section(routed()).charts[0]
    assert isinstance(chart, Bars)
    words = [ENGLISH.text(bar.label) for bar in chart.bars]
    assert words[-2:] == ["received (goods)", "received (goods): not reported"]
    silent = chart.bars[-1].hatch
    assert silent is not None
    assert silent.value == 5
    assert chart.bars[-1].levels == ()
    assert "E90" in silent.behind
    assert chart.bars[-2].outline is not None
    assert chart.bars[-2].outline.value == 6


def test_a_table_by_partner_divides_the_word_into_reached_open_and_not_known() -> None:
    table = next(one for one in section(routed()).tables if one.id == "stages-by-partner")
    row = next(r for r in table.rows if r[1].en == "Arvenia" and ENGLISH.text(r[2]) == "dispatched")  # type: ignore[union-attr]
    given, reached, open_, silent = row[6:10]
    assert [n.value for n in (given, reached, open_, silent) if isinstance(n, Number)] == [
        Decimal("120000000.00"),
        Decimal("60000000.00"),
        Decimal("60000000.00"),
        Decimal("0.00"),
    ]


def test_of_lines_with_a_quantity_it_is_told_apart_only_where_that_says_anything_else() -> None:
    """Two lines of generators, of one of which nobody says more; then a third without a quantity."""
    usual = {"route": "from stock", "good": "gen", "quantity": Decimal(4), "unit": "piece"}
    rows = [entry("E01", "ARV", "committed", 1, line=name, **usual) | {"entry": name} for name in "ab"]
    rows += [entry("E02", "ARV", "received", 1, line="a", **usual)]
    of = "Channel “from stock”, items with a known quantity"
    same = section(replace(case(), entries=frame(rows)))
    assert not any(ENGLISH.text(one).startswith(of) for one in same.answer)
    rows += [entry("E03", "ARV", "committed", 1, line="c", route="from stock")]
    other = section(replace(case(), entries=frame(rows)))
    assert [ENGLISH.text(one).startswith(of) for one in other.answer[:2]] == [False, True]


def test_an_empty_case_says_what_to_do() -> None:
    found = section(replace(case(), entries=entries().clear()))
    assert found.answer == (EMPTY,)
    assert all(not table.rows for table in found.tables)
