"""Released sums in a brief."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.report.cases import case

from konvoi.ledger.question import Question
from konvoi.ledger.release import Figure, Release
from konvoi.report.language import Language
from konvoi.report.page import Message, Number
from konvoi.report.reports.released import TABLE, section

DAY = date(2026, 3, 1)


def released(*figures: Figure, reader: str = "public", **question: str) -> Release:
    return Release(0, reader, DAY, DAY, Question(mix=True, **question), figures)  # type: ignore[arg-type]


def figure(key: str, low: int, high: int) -> Figure:
    return Figure("pledged", key, "EUR", 2, low, high, ())


def test_a_released_sum_stands_with_its_reader_and_its_day() -> None:
    known = released(figure("", 10_000, 10_000), figure("energy", 4_500, 4_500), by="kind")
    found = section(replace(case(), released=(known,)))
    assert found is not None
    assert Language("en").text(found.answer[0]).startswith("Released sums of contributions")
    total, energy = found.tables[0].rows
    assert total[2] == Message("Total")
    assert total[3] == Number(Decimal("100.00"), "EUR", "pledged", DAY, to=TABLE)
    assert Language("en").text(energy[2]) == "energy"
    assert total[4] == DAY


def test_a_band_has_two_ends_and_a_party_its_name() -> None:
    found = section(replace(case(), released=(released(figure("", 2_000, 5_000), reader="ARV"),)))
    assert found is not None
    ((reader, _, _, ends, _),) = found.tables[0].rows
    assert Language("en").text(reader) == "Arvenia"
    assert Language("en").text(ends) == "EUR 20 – EUR 50"


def test_where_nothing_was_released_the_part_is_left_out() -> None:
    assert section(case()) is None
