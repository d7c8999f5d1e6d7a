"""What became of packages from one state to a later one."""

from datetime import date
from decimal import Decimal

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.ledgers import ledger

from konvoi.ledger.revisions import REVISIONS, revisions


def state(*rows: dict[str, object]) -> pl.DataFrame:
    """The entries of invented packages."""
    return ledger(*rows).entries


WORD = {
    "package": "p",
    "stage": "committed",
    "amount_minor": 100,
    "stated_minor": 90,
    "stated_currency": "EUR",
}
TENTS = {"package": "p", "line": "p/tent", "stage": "committed", "good": "tent", "quantity": Decimal(5)}


def kinds(old: pl.DataFrame, new: pl.DataFrame) -> list[tuple[str, str]]:
    return list(revisions(old, new).select("package", "kind").iter_rows())


def test_what_came_and_what_went_is_added_and_withdrawn() -> None:
    old, new = state(WORD, WORD | {"package": "q"}), state(WORD, WORD | {"package": "r"})
    assert kinds(old, new) == [("q", "withdrawn"), ("r", "added")]


def test_a_package_that_is_withdrawn_in_words_is_withdrawn() -> None:
    gone: dict[str, object] = {"package": "p", "stage": "withdrawn", "amount_minor": None}
    assert kinds(state(WORD), state(WORD, gone)) == [("p", "withdrawn")]


def test_an_amount_is_corrected_with_what_it_is_converted_to() -> None:
    found = revisions(state(WORD), state(WORD | {"amount_minor": 200, "stated_minor": 180}))
    assert found["kind"].to_list() == ["corrected"]
    assert found["changes"][0].to_list() == [
        "committed: amount_minor: 1.00 EUR → 2.00 EUR",
        "committed: stated_minor: 0.90 EUR → 1.80 EUR",
    ]


def test_another_conversion_of_the_same_amount_is_another_rate() -> None:
    assert kinds(state(WORD), state(WORD | {"stated_minor": 91})) == [("p", "re-rated")]


def test_another_kind_good_or_route_is_another_class() -> None:
    assert kinds(state(TENTS), state(TENTS | {"kind": "humanitarian"})) == [("p", "re-classified")]
    assert kinds(state(TENTS), state(TENTS | {"good": "stove"})) == [("p", "re-classified")]


def test_two_kinds_of_change_to_one_package_are_two_rows() -> None:
    new = state(WORD | {"stated_minor": 91}, TENTS | {"quantity": Decimal(6)})
    assert kinds(state(WORD, TENTS), new) == [("p", "corrected"), ("p", "re-rated")]


def test_how_lines_of_one_name_are_numbered_is_no_change() -> None:
    """A reader numbers the second “tent” of a package: re-ordered rows swap the numbers."""
    other = TENTS | {"line": "p/tent~2", "quantity": Decimal(9)}
    swapped = (TENTS | {"quantity": Decimal(9)}, other | {"quantity": Decimal(5)})
    assert kinds(state(TENTS, other), state(*swapped)) == []
    assert kinds(state(TENTS, other), state(TENTS)) == [("p", "corrected")]


def test_until_the_day_of_the_state_is_no_new_day() -> None:
    days = [{"day_to": date(2026, month, 1), "known_on": date(2026, month, 1)} for month in (3, 4)]
    assert kinds(state(WORD | days[0]), state(WORD | days[1])) == []
    assert kinds(state(WORD | days[0]), state(WORD | {"day_to": date(2026, 2, 1)})) == [("p", "corrected")]


def test_two_empty_states_differ_in_nothing() -> None:
    assert revisions(state(), state()).schema == REVISIONS


_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "package": st.sampled_from("pqr"),
            "line": st.sampled_from([None, "a", "a~2", "b"]),
            "stage": st.sampled_from(["committed", "handed over"]),
            "amount_minor": st.integers(0, 3),
        }
    ),
    max_size=8,
)


@given(_ROWS, _ROWS, st.randoms())
def test_rows_may_stand_in_any_order_and_there_and_back_is_the_same_packages(
    old: list[dict[str, object]], new: list[dict[str, object]], dice: object
) -> None:
    shuffled = list(old)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert kinds(state(*old), state(*shuffled)) == []
    there, back = revisions(state(*old), state(*new)), revisions(state(*new), state(*old))
    assert set(there["package"]) == set(back["package"])


def changes(old: dict[str, object], new: dict[str, object]) -> list[str]:
    """Return all changes of one package, in order."""
    return [one for row in revisions(state(old), state(new))["changes"] for one in row]


def test_a_change_names_line_stage_column_and_both_values() -> None:
    assert changes(TENTS, TENTS | {"quantity": Decimal("5.50")}) == ["p/tent, committed: quantity: 5 → 5.5"]
    assert changes(WORD, WORD | {"day_to": None}) == ["committed: day_to: 2026-03-02 → not known"]
    assert changes(WORD, WORD | {"counterparty": "UA"}) == ["committed: counterparty: not known → UA"]
    assert changes(WORD | {"currency": None}, WORD) == ["committed: currency: not known → EUR"]


def test_an_entry_that_came_or_went_within_a_package_is_a_correction() -> None:
    both = revisions(state(WORD, TENTS), state(WORD, TENTS | {"stage": "received"}))
    assert both["changes"][0].to_list() == ["p/tent, committed: gone", "p/tent, received: new"]


def test_the_most_alike_entries_of_one_line_are_compared() -> None:
    near = WORD | {"amount_minor": 500}
    found = revisions(state(WORD, near), state(near | {"proof": "signed"}, WORD | {"amount_minor": 101}))
    assert [(row["kind"], row["changes"]) for row in found.iter_rows(named=True)] == [
        ("corrected", ["committed: amount_minor: 1.00 EUR → 1.01 EUR"]),
        ("re-classified", ["committed: proof: not known → signed"]),
    ]


def test_a_row_names_its_party_and_the_entries_of_both_states() -> None:
    old = state(WORD | {"party": "AR"})
    new = state(WORD | {"party": None, "amount_minor": 7}, WORD | {"entry": "e9", "stage": "pledged"})
    (row, *_) = revisions(old, new).iter_rows(named=True)
    assert (row["source"], row["party"]) == ("AR", "AR")
    assert (row["old_entries"], row["new_entries"]) == (["e0"], ["e0", "e9"])
    assert kinds(state(), state(WORD | {"stage": "withdrawn"})) == []
    line = WORD | {"stage": "withdrawn", "line": "L"}
    assert kinds(state(WORD), state(WORD, line)) == [("p", "corrected")]


def test_an_amount_and_its_conversion_are_told_each_in_its_own_currency() -> None:
    dollars = WORD | {"currency": "USD"}
    assert changes(dollars, dollars | {"amount_minor": 200, "stated_minor": 180}) == [
        "committed: amount_minor: 1.00 USD → 2.00 USD",
        "committed: stated_minor: 0.90 EUR → 1.80 EUR",
    ]
