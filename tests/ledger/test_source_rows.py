"""The source rows behind a figure."""

from datetime import date
from decimal import Decimal
from itertools import combinations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.ledgers import ledger

from konvoi.ledger.answer import Total
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import BY, Question
from konvoi.ledger.total import total
from konvoi.model.table import QUANTITY

KINDS = ("same_as", "restates", "part_of", "passes_through", "reimburses", "contracts_for")


def reasons(answer: Total) -> list[tuple[str, Decimal, str, str]]:
    """Entry, counted, how and other of each row, by entry."""
    assert answer.rows is not None
    return sorted((row.entry, row.counted, row.how, row.other) for row in answer.rows)


def asked(made: Ledger, **question: object) -> Total:
    return total(made, Question(**question), recipient="UA", with_rows=True)  # type: ignore[arg-type]


def test_rows_are_a_sequence_that_begins_with_the_largest_counted() -> None:
    rows = asked(ledger({"amount_minor": 4_00}, {"amount_minor": 10_00, "package": "p2"})).rows
    assert rows is not None
    assert len(rows) == 2
    assert [one.counted for one in rows] == [Decimal("10.00"), Decimal("4.00")]
    assert list(rows[:1]) == [rows[0]]
    assert list(rows[1:]) == [rows[-1]]


def test_each_row_says_how_it_counted() -> None:
    made = ledger(
        {"amount_minor": 10_00},
        {"amount_minor": 9_99, "source": "press"},
        {"amount_minor": 4_00},
        {"amount_minor": None},
        {"amount_minor": 5_00, "currency": "UAH"},
        {"amount_minor": 3_00, "kind": "energy"},
        {"amount_minor": 6_00, "package": "p2", "stage": "committed"},
        relations=[("e0", "same_as", "e1", "accepted"), ("e2", "part_of", "e0", "accepted")],
    )
    answer = asked(made, kind="military", currency="EUR")
    assert answer.value == Decimal("9.99")
    assert reasons(answer) == [
        ("e0", Decimal(0), "duplicate of", "e1"),
        ("e1", Decimal("3.99"), "counted, less what is counted with its parts", ""),
        ("e2", Decimal(0), "another stage of the same item counts", ""),
        ("e3", Decimal(0), "no value stated", ""),
        ("e4", Decimal(0), "no exchange rate for the currency", ""),
        ("e5", Decimal(0), "another kind of support", ""),
        ("e6", Decimal("6.00"), "counted, as a part of", "e1"),
    ]


@pytest.mark.parametrize("statement", [{"amount_minor": 0}, {"amount_minor": None, "stage": "withdrawn"}])
def test_what_is_withdrawn_is_no_entry_of_the_figure(statement: dict[str, object]) -> None:
    answer = asked(ledger({"amount_minor": 4_00, "package": "p2"}, statement), by="partner")
    assert answer.value == Decimal(4)
    assert (answer.used, answer.withdrawn, answer.entries) == (1, 1, ("e0",))
    assert ("withdrawn, or stated as 0", 1) in answer.unused
    assert [row.entries for row in answer.by] == [("e0",)]
    assert reasons(answer)[1] == ("e1", Decimal(0), "withdrawn, or stated as 0", "")


def test_a_duplicate_of_what_is_withdrawn_names_it() -> None:
    made = ledger(
        {"amount_minor": 1_00}, {"amount_minor": 0}, relations=[("e1", "restates", "e0", "accepted")]
    )
    answer = asked(made)
    assert [(one.entry, one.counted_with) for one in answer.double] == [("e0", "e1")]
    assert reasons(answer)[0] == ("e0", Decimal(0), "restated by", "e1")


def test_where_all_is_withdrawn_the_figure_is_zero_and_no_silence() -> None:
    answer = asked(ledger({"amount_minor": 0}), by="partner")
    assert (answer.value, answer.used, answer.is_reported) == (Decimal(0), 0, True)
    assert not asked(ledger()).is_reported


def test_rows_of_a_fund_shown_at_its_members_are_divided() -> None:
    shares = pl.DataFrame(
        {"fund": ["F", "F"], "party": ["A", "B"], "share": [Decimal("0.333"), Decimal("0.5")]},
        schema_overrides={"share": QUANTITY},
    )
    made = ledger(
        {"party": "F", "amount_minor": 101, "package": "P"},
        {"party": "F", "amount_minor": 50, "package": "P"},
        {"party": "A", "amount_minor": 7},
        shares=shares,
    )
    answer = asked(made, by="partner", attribute="members")
    assert _sums(answer) == {part.key: part.value for part in answer.by}


def _sums(answer: Total) -> dict[str, Decimal]:
    assert answer.rows is not None
    sums: dict[str, Decimal] = {part.key: Decimal(0) for part in answer.by}
    for row in answer.rows:
        if row.counted:
            sums[row.key] += row.counted
    return sums


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Random entries of a few packages at several stages, with random accepted relations."""
    rows: list[dict[str, object]] = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "amount_minor": st.sampled_from([None, 0, 100, 250, 1000, 4200, -300]),
                    "package": st.sampled_from(["p", "q", "r", "s"]),
                    "party": st.sampled_from(["A", "B", "UA"]),
                    "source": st.sampled_from(["A", "press"]),
                    "stage": st.sampled_from(["pledged", "committed", "disbursed", "withdrawn"]),
                    "kind": st.sampled_from(["military", "energy", None]),
                    "currency": st.sampled_from(["EUR", "EUR", "UAH"]),
                    "day_to": st.sampled_from([date(2026, 3, 2), date(2026, 5, 2)]),
                    "line": st.sampled_from([None, None, "L", "M"]),
                    "count_mode": st.sampled_from([None, None, "not counted yet"]),
                }
            ),
            min_size=1,
            max_size=7,
        )
    )
    ends = list(combinations(range(len(rows)), 2))
    relations = []
    if ends:
        for left, right in draw(st.lists(st.sampled_from(ends), max_size=4, unique=True)):
            kind = draw(st.sampled_from(KINDS))
            relations.append((f"e{left}", kind, f"e{right}", "accepted"))
    return ledger(*rows, relations=relations)


@given(
    ledgers(),
    st.sampled_from(["", *BY]),
    st.sampled_from(["pledged", "committed", "disbursed", "fulfilled"]),
    st.booleans(),
)
def test_counted_rows_sum_to_the_figure_and_to_each_of_its_rows(
    made: Ledger, by: str, stage: str, exact: bool
) -> None:
    answer = asked(made, by=by, stage=stage, exact=exact, currency="EUR")
    assert answer.rows is not None
    if answer.value is not None:
        assert sum((row.counted for row in answer.rows), Decimal(0)) == answer.value
    if by:
        assert _sums(answer) == {part.key: part.value for part in answer.by}
    assert {row.entry for row in answer.rows} == {*made.entries["entry"], *made.corrected["entry"]}


@pytest.mark.parametrize("exact", [False, True])
def test_a_total_without_rows_says_nothing_of_them(exact: bool) -> None:
    assert "rows" not in total(ledger({}), Question(exact=exact)).as_dict()


def test_at_exactly_one_stage_only_its_own_entries_count() -> None:
    """Of what was committed a part was disbursed: what stands at committed is the rest."""
    made = ledger(
        {"amount_minor": 10_00, "package": "p", "stage": "committed"},
        {"amount_minor": 4_00, "package": "p", "stage": "disbursed"},
        {"amount_minor": 3_00, "stage": "committed"},
    )
    exact = asked(made, stage="committed", exact=True)
    assert exact.value == sum(counted for _, counted, _, _ in reasons(exact)) == Decimal("9.00")
    reached = asked(made, stage="committed")
    assert reached.value == sum(counted for _, counted, _, _ in reasons(reached)) == Decimal("13.00")


def test_an_entry_says_of_which_place_or_level_it_is() -> None:
    made = ledger(
        {"package": "P", "counterparty": "UA"},
        {"package": "P", "line": "a", "amount_minor": 5_00},
        {"package": "Q", "amount_minor": None},
        {"package": "Q", "line": "b", "amount_minor": 7_00},
        {"package": "R", "amount_minor": None},
        {"package": "R", "line": "c", "amount_minor": 8_00, "valuation": "by price"},
        {"counterparty": "MD"},
    )
    assert reasons(asked(made)) == [
        ("e0", Decimal("1.00"), "counted", ""),
        ("e1", Decimal(0), "counted with the value of its package", ""),
        ("e2", Decimal(0), "a package without a value, counted by its items", ""),
        ("e3", Decimal("7.00"), "counted", ""),
        ("e4", Decimal(0), "no value stated", ""),
        ("e5", Decimal(0), "an estimate of an item in a package without a value", ""),
        ("e6", Decimal(0), "outside the boundary", ""),
    ]


def test_a_value_that_could_not_be_read_is_told_apart_from_one_that_is_not_stated() -> None:
    nothing: dict[str, object] = {"amount_minor": None, "currency": None}
    unread = pl.DataFrame({"entry": ["e0"], "what": ["amount"]})
    made = ledger(nothing, nothing, unread_values=unread)
    assert [how for _, _, how, _ in reasons(asked(made))] == [
        "the value could not be read",
        "no value stated",
    ]


def test_of_partial_entries_that_count_less_the_later_gives_way_first() -> None:
    """Of 30 and 20 a part takes 35: the later entry counts nothing, the first one 15."""
    whole: dict[str, object] = {"package": "P", "stage": "disbursed"}
    made = ledger(
        whole | {"amount_minor": 30_00},
        whole | {"amount_minor": 20_00},
        {"stage": "disbursed", "amount_minor": 35_00},
        relations=[("e2", "part_of", "e0", "accepted")],
    )
    assert [(one, counted) for one, counted, _, _ in reasons(asked(made, stage="disbursed"))] == [
        ("e0", Decimal("15.00")),
        ("e1", Decimal(0)),
        ("e2", Decimal("35.00")),
    ]


def test_largest_rows_come_first_with_the_names_of_their_units() -> None:
    made = ledger({"package": "P", "line": "a", "amount_minor": 5_00}, {"amount_minor": 9_00}, {"kind": "x"})
    answer = asked(made, kind="military")
    assert answer.rows is not None
    assert [(one.entry, one.unit) for one in answer.rows] == [
        ("e1", "AR / p1"),
        ("e0", "AR / P / a"),
        ("e2", "AR / p2"),
    ]


def test_no_entry_of_a_divided_fund_counts_more_than_it_states() -> None:
    """Of 30 and 20 each of two members has 25: the first entry fills the first row and 5 of the second."""
    shares = pl.DataFrame(
        {"fund": ["F", "F"], "party": ["A", "B"], "share": [Decimal("0.5"), Decimal("0.5")]},
        schema_overrides={"share": QUANTITY},
    )
    usual: dict[str, object] = {"party": "F", "package": "P", "stage": "disbursed"}
    made = ledger(usual | {"amount_minor": 30_00}, usual | {"amount_minor": 20_00}, shares=shares)
    rows = asked(made, stage="disbursed", by="partner", attribute="members").rows
    assert rows is not None
    assert {(row.entry, row.key): int(row.counted) for row in rows} == {
        ("e0", "A"): 25,
        ("e0", "B"): 5,
        ("e1", "A"): 0,
        ("e1", "B"): 20,
    }
