"""One record for each package or line, whatever stages its entries are at."""

import pytest
from tests.reconcile.ledgers import entries

from konvoi.reconcile.comparison import RECORDS
from konvoi.reconcile.records import records


def test_stages_of_one_line_are_one_record_with_the_most_that_stands_at_one_stage() -> None:
    """Two payments of 30 make 60; they are not added to the 100 committed."""
    line = {"reference": "N-1", "line": "L", "currency": "EUR"}
    ledger = entries(
        {"entry": "1", **line, "amount_minor": 100_00},
        {"entry": "2", **line, "amount_minor": 30_00, "stage": "disbursed"},
        {"entry": "3", **line, "amount_minor": 30_00, "stage": "disbursed"},
    )
    found = records(ledger)
    assert found.schema == RECORDS
    assert found.select("id", "level", "amount").rows() == [("1", "line", 100.0)]


def test_what_stands_at_no_stage_is_no_record() -> None:
    assert records(entries({"entry": "1", "stage": None})).height == 0


@pytest.mark.parametrize(
    ("minor", "step"), [(1_200_000_00, 100_000.0), (1_234_567_00, 1.0), (1_000_000_00, 100_000.0), (5, 0.001)]
)
def test_a_figure_is_announced_to_its_last_digit_but_never_to_one(minor: int, step: float) -> None:
    ledger = entries({"entry": "1", "amount_minor": minor, "currency": "EUR"})
    assert records(ledger)["step"].to_list() == [pytest.approx(step)]


def test_a_unit_of_several_entries_is_given_and_called_as_most_of_them_say() -> None:
    """Three payments of one activity; of the same day, so that no one of them comes first by itself."""
    said: list[dict[str, object]] = [{"party": "A", "text": "x"}, {"party": "B"}, {"party": "B", "text": "y"}]
    paid = [row | {"entry": str(n), "package": "P", "reference": "P"} for n, row in enumerate(said)]
    table = records(entries(*paid))
    assert table.select("id", "party", "text_words").rows() == [("0", "B", "x")]
