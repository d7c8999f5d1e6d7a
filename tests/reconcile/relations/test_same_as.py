"""Two sources that report one undertaking."""

from datetime import date

import pytest
from tests.reconcile.ledgers import entries, told

from konvoi.reconcile.policy import Policy
from konvoi.reconcile.relate import relate

GIFT: dict[str, object] = {
    "amount_minor": 22_500_000_00,
    "currency": "USD",
    "text": "water and medicine",
    "party": "US",
}


def test_two_sources_that_quote_one_reference_report_one_thing() -> None:
    ledger = entries(
        {"entry": "1", "source": "A", "reference": "fts-flow:9"},
        {"entry": "2", "source": "B", "reference": "fts-flow:9", "submission": "b.csv"},
    )
    assert told(relate(ledger).relations) == [("1", "same_as", "2", "accepted")]
    assert relate(ledger).relations["basis"].to_list() == ["reference"]


def test_settings_can_forbid_even_that() -> None:
    ledger = entries(
        {"entry": "1", "source": "A", "reference": "fts-flow:9"},
        {"entry": "2", "source": "B", "reference": "fts-flow:9", "submission": "b.csv"},
    )
    assert told(relate(ledger, policy=Policy(references=False)).relations) == [
        ("1", "same_as", "2", "undecided")
    ]


def test_one_number_of_two_issuers_says_nothing_for_sure() -> None:
    ledger = entries(
        {"entry": "1", "source": "A", "reference": "9"}, {"entry": "2", "source": "B", "reference": "9"}
    )
    assert "accepted" not in relate(ledger).relations["status"].to_list()


def test_a_reference_that_one_source_quotes_twice_is_left_to_a_person() -> None:
    ledger = entries(
        {"entry": "1", "source": "A", "reference": "x:9", "package": "P1", "party": "DE"},
        {"entry": "2", "source": "A", "reference": "x:9", "package": "P2", "party": "DE"},
        {"entry": "3", "source": "B", "reference": "x:9", "package": "P3", "party": "DE"},
    )
    found = relate(ledger).relations
    assert set(found.filter(found["relation"] == "same_as")["status"]) == {"undecided"}


def test_two_sources_that_say_nearly_the_same_are_shown_and_not_joined() -> None:
    """Whatever the probability: without a calibration a person decides."""
    ledger = entries(
        {"entry": "1", "source": "US", **GIFT},
        {"entry": "2", "source": "fts", "variant": "fts", "submission": "b.json", **GIFT},
    )
    found = relate(ledger).relations
    assert told(found) == [("1", "same_as", "2", "undecided")]
    assert found["probability"][0] > 0.8
    assert '["amount","the same amount, to three digits or more",' in found["evidence"][0]


@pytest.mark.parametrize(
    ("left", "right", "pairs"),
    [("UA", "UA", 1), ("UA", "MD", 0), (None, "UA", 1), ("UA", None, 1), ("fts-org:7", "UA", 1)],
)
def test_two_recipients_are_two_but_one_that_is_not_named_may_be_either(
    left: str | None, right: str | None, pairs: int
) -> None:
    """What an organisation receives may be meant for the state that the other source names."""
    ledger = entries(
        {"entry": "1", "source": "A", "counterparty": left, **GIFT},
        {"entry": "2", "source": "B", "counterparty": right, **GIFT},
    )
    assert relate(ledger).relations.height == pairs


def test_packages_and_lines_are_never_one_thing() -> None:
    ledger = entries(
        {"entry": "1", "source": "A", **GIFT}, {"entry": "2", "source": "B", "line": "L", **GIFT}
    )
    assert relate(ledger).relations.height == 0


def test_records_of_a_register_that_declares_them_unique_are_not_proposed() -> None:
    """Two rows without a reference, a week apart."""
    later = {"day_from": date(2022, 3, 9), "day_to": date(2022, 3, 9)}
    row = {"source": "kiel", "variant": "kiel", "reference": None, **GIFT}
    ledger = entries({"entry": "1", **row, "package": "A"}, {"entry": "2", **row, "package": "B", **later})
    assert relate(ledger).relations.height == 0
    assert relate(ledger, policy=Policy(unique=())).relations.height == 1
