"""Who says what to which clause: silence, later words, reserves, and what goes on into the next round."""

from datetime import date
from itertools import permutations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.accord.negotiating import AFTER, CLAUSE, DEADLINE, hearing, hows, said, text

from konvoi.accord.distance import clauses, stands
from konvoi.model.tables.positions import SILENCE, STANCES

SECOND = {"round": "R2", "document": "D", "deadline": date(2031, 2, 20), "opened": date(2031, 2, 1)}
LATER = date(2031, 2, 21)


def test_silence_accepts_once_the_deadline_is_over_and_not_on_it() -> None:
    """On the last day parties may still speak."""
    assert set(hows(hearing(), "I/1").values()) == {"by silence"}
    assert set(hows(hearing(day=DEADLINE), "I/1").values()) == {"unstated"}


def test_where_silence_says_nothing_it_says_nothing_after_the_deadline_either() -> None:
    assert set(hows(hearing(rule=SILENCE[1]), "I/1").values()) == {"unstated"}


def test_silence_says_nothing_while_the_days_of_the_round_contradict_each_other() -> None:
    wrong = {**SECOND, "deadline": date(2031, 1, 25)}
    assert set(hows(hearing(more=[wrong], day=LATER, R1=text(), R2=text()), "I/1").values()) == {"unstated"}


def test_acceptance_in_so_many_words_is_told_apart_from_silence() -> None:
    assert hows(hearing(said("A", "accept", "I/1")), "I/1") == {
        "A": "expressly",
        "B": "by silence",
        "C": "by silence",
    }


def test_a_word_on_a_part_or_the_whole_text_holds_for_all_that_stands_in_it() -> None:
    one = hearing(said("A", "reject", "II"), said("B", "accept"))
    assert [hows(one, clause)["A"] for clause in CLAUSE] == ["by silence", "by silence", "reject", "reject"]
    assert {hows(one, clause)["B"] for clause in CLAUSE} == {"expressly"}


def test_of_one_day_the_word_on_the_clause_itself_goes_before_that_on_the_whole() -> None:
    one = hearing(said("A", "accept"), said("A", "amend", "I/2"))
    assert (hows(one, "I/2")["A"], hows(one, "I/1")["A"]) == ("amend", "expressly")


def test_a_later_word_takes_the_place_of_an_earlier_one_also_from_above() -> None:
    one = hearing(said("A", "reject", "I/1", day=5), said("A", "accept", day=9))
    assert hows(one, "I/1")["A"] == "expressly"


def test_a_reserve_stays_beside_a_later_amendment_and_goes_with_acceptance() -> None:
    """It is about the party's own procedure, not about the words."""
    reserve, amendment = said("A", "scrutiny reserve", "I/1", day=5), said("A", "amend", "I/1", day=7)
    (cell, *_) = hearing(reserve, amendment).cells["I/1"]
    assert [word.stance for word in cell.held] == ["scrutiny reserve", "amend"]
    assert (cell.stance, cell.since) == ("amend", date(2031, 1, 5))
    assert hows(hearing(reserve, amendment, said("A", "accept", "I/1", day=9)), "I/1")["A"] == "expressly"


def test_a_lifted_reserve_is_acceptance_from_its_day_on_and_told_apart() -> None:
    reserve = said("A", "ad referendum", "I/1", lifted=date(2031, 1, 22))
    assert hows(hearing(reserve, day=AFTER), "I/1")["A"] == "ad referendum"
    assert hows(hearing(reserve, day=date(2031, 1, 22)), "I/1")["A"] == "lifted"


def test_an_amendment_that_was_taken_back_leaves_silence() -> None:
    taken_back = said("A", "amend", "I/1", lifted=date(2031, 1, 12))
    assert hows(hearing(taken_back), "I/1")["A"] == "by silence"
    assert hows(hearing(taken_back, rule=SILENCE[1]), "I/1")["A"] == "unstated"


def test_a_word_on_another_s_amendment_leaves_the_clause_as_it_is() -> None:
    amendment = said("A", "amend", "I/1", position="X")
    one = hearing(amendment, said("B", "reject", "I/1", amendment="X"), said("C", "support", amendment="X"))
    assert hows(one, "I/1") == {"A": "amend", "B": "by silence", "C": "support"}
    assert hows(one, "I/2")["C"] == "by silence"


def test_what_stands_on_a_point_opens_the_paragraph_it_stands_in() -> None:
    words = {**CLAUSE, "I/1/a": "each week"}
    with_point = text(words).with_columns(
        kind=pl.when(pl.col("clause") == "I/1/a").then(pl.lit("point")).otherwise("kind")
    )
    one = hearing(said("A", "accept", "I/1", day=12), said("A", "reject", "I/1/a", day=12), R1=with_point)
    assert list(one.cells) == list(CLAUSE)
    assert hows(one, "I/1")["A"] == "reject"


def test_a_part_of_the_text_that_is_no_clause_has_a_row_where_somebody_speaks_of_it() -> None:
    whole = text({"preamble/p1": "Wishing to help,", **CLAUSE})
    recital = whole.with_columns(
        kind=pl.when(pl.col("clause") == "preamble/p1").then(pl.lit("recital")).otherwise("kind")
    )
    assert "preamble/p1" not in hearing(R1=recital).cells
    assert hows(hearing(said("A", "reject", "preamble/p1"), R1=recital), "preamble/p1")["A"] == "reject"


def test_without_a_text_the_clauses_are_those_that_positions_name() -> None:
    one = hearing(said("A", "amend", "III/9"), R2=text())
    assert list(one.cells) == ["III/9"]


def test_in_the_next_round_only_reserves_go_on_where_silence_accepts() -> None:
    one = hearing(
        said("A", "ad referendum", "II/1"),
        said("B", "reject", "II/1"),
        more=[SECOND],
        day=LATER,
        R1=text(),
        R2=text(),
    )
    assert hows(one, "II/1") == {"A": "ad referendum", "B": "by silence", "C": "by silence"}
    assert {cell.since for cell in one.cells["II/1"] if cell.held} == {date(2031, 1, 10)}


def test_where_silence_says_nothing_all_goes_on_but_acceptance_of_other_words() -> None:
    changed = {**CLAUSE, "I/2": "Each party tells of delays within three days."}
    one = hearing(
        said("A", "accept"),
        said("A", "accept", "I/1"),
        said("A", "accept", "I/2"),
        said("B", "reject", "I/2"),
        more=[{**SECOND, "rule": SILENCE[1]}],
        day=LATER,
        R1=text(),
        R2=text(changed),
    )
    assert hows(one, "I/1")["A"] == "expressly"
    assert hows(one, "I/2") == {"A": "unstated", "B": "reject", "C": "unstated"}


def test_an_amendment_that_the_next_text_adopts_keeps_nothing_open() -> None:
    """Nor does the support of it; an amendment that was not adopted goes on."""
    adopted = "Each party tells of delays within three days."
    one = hearing(
        said("A", "amend", "I/2", position="X", words=f" {adopted}"),
        said("B", "support", "I/2", amendment="X"),
        said("C", "amend", "I/2", words="Each party tells of delays at once."),
        more=[{**SECOND, "rule": SILENCE[1]}],
        day=LATER,
        R1=text(),
        R2=text({**CLAUSE, "I/2": adopted}),
    )
    assert hows(one, "I/2") == {"A": "unstated", "B": "unstated", "C": "amend"}


def test_a_reserve_follows_its_clause_to_its_new_place_and_is_lost_with_it() -> None:
    """What was II/2 stands as I/3 now; II/1 is gone."""
    moved = {"I/1": CLAUSE["I/1"], "I/2": CLAUSE["I/2"], "I/3": CLAUSE["II/2"]}
    reserves = (said("A", "scrutiny reserve", "II/2"), said("B", "scrutiny reserve", "II/1"))
    one = hearing(*reserves, more=[SECOND], day=LATER, R1=text(), R2=text(moved))
    assert hows(one, "I/3") == {"A": "scrutiny reserve", "B": "by silence", "C": "by silence"}
    assert [word.party for word in one.lost] == ["B"]


def test_since_when_goes_back_through_rounds_in_which_a_clause_was_never_closed() -> None:
    again = said("A", "scrutiny reserve", "I/1", round="R2", position="again", day=date(2031, 2, 10))
    one = hearing(said("A", "amend", "I/1", day=4), again, more=[SECOND], day=LATER, R1=text(), R2=text())
    assert one.cells["I/1"][0].since == date(2031, 1, 4)


def test_what_was_said_later_than_the_day_is_not_known_on_it() -> None:
    assert hows(hearing(said("A", "reject", "I/1", day=15), day=date(2031, 1, 14)), "I/1")["A"] == "unstated"


_WORDS = (
    said("A", "reject", "I/1", day=5),
    said("A", "accept", day=9),
    said("B", "amend", "I/2", day=9, position="X"),
    said("C", "support", "I/2", day=11, amendment="X"),
)


def test_the_order_of_rows_says_nothing() -> None:
    whole = clauses(hearing(*_WORDS))
    assert all(clauses(hearing(*order)).equals(whole) for order in permutations(_WORDS))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("ABCZ"),
            st.sampled_from(STANCES),
            st.sampled_from([*CLAUSE, "", "II", "IX/9"]),
            st.integers(1, 28),
            st.sampled_from([None, "n0", "n1", "n9"]),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_whatever_is_said_each_party_asked_has_one_cell_for_each_clause(
    rows: list[tuple[str, str, str, int, str | None, bool]],
) -> None:
    """Nothing raises, and a clause is settled only where all accept it."""
    words = [
        said(
            party,
            stance,
            clause,
            day=day,
            position=f"n{number}",
            amendment=amendment,
            lifted=date(2031, 1, 30) if lifted else None,
        )
        for number, (party, stance, clause, day, amendment, lifted) in enumerate(rows)
    ]
    one = hearing(*words, day=date(2031, 1, 29))
    assert [(cell.clause, cell.party) for cells in one.cells.values() for cell in cells] == [
        (clause, party) for clause in CLAUSE for party in "ABC"
    ]
    found = clauses(one)
    for row, cells in zip(found.iter_rows(named=True), one.cells.values(), strict=True):
        assert row["distance"] + row["accepted"] + row["lifted"] + row["silent"] + row["unstated"] == 3
        assert (row["state"] == "settled") == all(cell.settled for cell in cells)
    assert stands(one, date(2031, 1, 29)).height == 12
