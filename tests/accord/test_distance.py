"""How far clauses are from being agreed, and the one amendment that would bring them nearest."""

from datetime import date

import polars as pl
from tests.accord.negotiating import AFTER, hearing, said

from konvoi.accord.clause_positions import Heard
from konvoi.accord.distance import changes, clauses, stands
from konvoi.model.tables.positions import SILENCE


def row(one: Heard, clause: str) -> dict[str, object]:
    """What is told of one clause."""
    return next(row for row in clauses(one).iter_rows(named=True) if row["clause"] == clause)


def test_the_distance_is_how_many_parties_hold_a_clause_open() -> None:
    """Two words of one party count once; a supporter holds the amendment open with its author."""
    one = hearing(
        said("A", "amend", "I/1", position="X"),
        said("A", "scrutiny reserve", "I/1"),
        said("B", "support", "I/1", amendment="X"),
    )
    assert (row(one, "I/1")["distance"], row(one, "I/1")["silent"]) == (2, 1)
    assert (row(one, "I/2")["distance"], row(one, "I/2")["state"]) == (0, "settled")


def test_a_clause_on_which_nothing_is_open_and_not_all_have_spoken_is_not_settled() -> None:
    one = hearing(said("A", "accept", "I/1"), rule=SILENCE[1])
    assert row(one, "I/1")["state"] == "not all have spoken"
    assert (row(one, "I/1")["accepted"], row(one, "I/1")["unstated"]) == (1, 2)


def test_the_best_change_closes_most_less_what_it_opens_by_rejection_in_so_many_words() -> None:
    """X closes A and B and opens nobody; who said nothing of it counts for neither."""
    one = hearing(
        said("A", "amend", "I/1", position="X"),
        said("B", "support", "I/1", amendment="X"),
    )
    best = row(one, "I/1")
    assert (best["best"], best["closes"], best["opens"], best["unsaid"]) == ("X", 2, 0, 1)


def test_a_rejection_in_so_many_words_weighs_against_an_amendment() -> None:
    """X closes one and opens one: it brings the clause no nearer, so it is none."""
    rejected = said("C", "reject", "I/1", amendment="X")
    one = hearing(said("A", "amend", "I/1", position="X"), rejected)
    (change,) = changes(one, "I/1")
    assert (change.closes, change.opens, change.unsaid, change.nearer) == (("A",), ("C",), ("B",), 0)
    assert row(one, "I/1")["best"] is None


def test_a_party_that_holds_the_clause_open_anyway_is_not_opened_by_its_rejection() -> None:
    one = hearing(
        said("A", "amend", "I/1", position="X"),
        said("C", "reject", "I/1"),
        said("C", "reject", "I/1", amendment="X", position="C-X"),
    )
    (change,) = changes(one, "I/1")
    assert (change.closes, change.opens, change.unsaid) == (("A",), (), ("B",))


def test_an_amendment_lifts_no_reserve_and_closes_nothing_on_another_clause() -> None:
    """B agrees to X, and its ministry still reads the clause; C's rejection is of all of part I."""
    one = hearing(
        said("A", "amend", "I/1", position="X"),
        said("B", "scrutiny reserve", "I/1"),
        said("B", "accept", "I/1", amendment="X", position="B-X"),
        said("C", "reject", "I"),
        said("C", "accept", "I/1", amendment="X", position="C-X"),
    )
    (change,) = changes(one, "I/1")
    assert (change.closes, change.unsaid) == (("A",), ())


def test_who_rejects_the_clause_and_accepts_the_amendment_is_closed_by_it() -> None:
    one = hearing(
        said("A", "amend", "I/1", position="X"),
        said("B", "reject", "I/1"),
        said("B", "accept", "I/1", amendment="X", position="B-X"),
    )
    assert changes(one, "I/1")[0].closes == ("A", "B")


def test_of_two_amendments_that_which_brings_it_nearer_stands_first() -> None:
    one = hearing(
        said("A", "amend", "I/1", position="X"),
        said("B", "amend", "I/1", position="Y"),
        said("C", "support", "I/1", amendment="Y"),
    )
    assert [change.amendment.position for change in changes(one, "I/1")] == ["Y", "X"]
    assert row(one, "I/1")["closes"] == 2


def test_an_amendment_that_was_taken_back_is_tabled_no_more() -> None:
    one = hearing(said("A", "amend", "I/1", position="X", lifted=date(2031, 1, 12)))
    assert changes(one, "I/1") == []


def test_the_matrix_tells_since_when_and_how_late() -> None:
    reserve = said("A", "ad referendum", "I/1", lifts=date(2031, 1, 18), words="Parliament.")
    first = stands(hearing(reserve), AFTER).row(0, named=True)
    assert (first["party"], first["stance"], first["how"], first["open"]) == (
        *("A", "ad referendum", "expressly"),
        True,
    )
    assert (first["since"], first["lifts"], first["late"]) == (date(2031, 1, 10), date(2031, 1, 18), 3)
    assert (first["words"], first["positions"], first["_row"]) == (
        "Parliament.",
        ["A-ad referendum-I/1-10"],
        2,
    )


def test_a_position_after_the_deadline_of_its_round_is_marked() -> None:
    late = said("A", "reject", "I/1", day=date(2031, 1, 21))
    rows = stands(hearing(late, said("B", "reject", "I/1", day=20)), AFTER)
    marked = rows.filter(pl.col("after_deadline")).select("clause", "party").rows()
    assert marked == [("I/1", "A")]
