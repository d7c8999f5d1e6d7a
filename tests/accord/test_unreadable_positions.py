"""Positions that could not be read: nobody accepts by silence what one may be on."""

from datetime import date

import polars as pl
import pytest
from tests.accord.negotiating import AFTER, CLAUSE, DEADLINE, OPENED, PARTIES, Said, hows, said, text
from tests.accord.talks import tables

from konvoi.accord.clause_positions import Heard, heard
from konvoi.accord.distance import clauses, stands
from konvoi.accord.rounds import rounds
from konvoi.accord.unreadable_positions import UNHEARD
from konvoi.model.tables.positions import SILENCE

SECOND = {"round": "R2", "document": "D", "deadline": date(2031, 2, 20), "opened": date(2031, 2, 1)}
LATER = date(2031, 2, 21)
LOST, SILENT = "not readable", "by silence"


def lost(**known: object) -> dict[str, object]:
    """A position of which so much could be read."""
    return {"position": "L", "round": "R1", "party": "A", "clause": "I/1", **known}


def hearing(
    *left_out: Said, words: tuple[Said, ...] = (), more: tuple[Said, ...] = (), rule: str = ""
) -> Heard:
    """The last round, when all are over."""
    first = {"round": "R1", "document": "D", "deadline": DEADLINE, "opened": OPENED, "rule": rule or None}
    own = tables(documents=[{"document": "D", "parties": PARTIES}], rounds=[first, *more])
    held = rounds(own, {"R1": text(), "R2": text()})["D"]
    rows = pl.DataFrame(list(left_out), schema=UNHEARD)
    return heard(held, tables(positions=words)["positions"], LATER if more else AFTER, rows)[-1]


def test_a_party_whose_word_could_not_be_read_has_not_accepted_by_silence() -> None:
    one = hearing(lost())
    assert hows(one, "I/1") == {"A": LOST, "B": SILENT, "C": SILENT}
    assert hows(one, "I/2")["A"] == SILENT
    row = clauses(one).row(0, named=True)
    known = {name: row[name] for name in ("state", "distance", "silent", "unstated", "unreadable")}
    assert known == {
        "state": "not all have spoken",
        "distance": 0,
        "silent": 2,
        "unstated": 1,
        "unreadable": 1,
    }


def test_it_is_shown_apart_also_where_silence_says_nothing() -> None:
    one = hearing(lost(), rule=SILENCE[1])
    assert hows(one, "I/1") == {"A": LOST, "B": "unstated", "C": "unstated"}
    ways = stands(one, AFTER).filter(pl.col("clause") == "I/1")["how"].to_list()
    assert ways == [LOST, "unstated", "unstated"]


@pytest.mark.parametrize(
    ("clause", "touched"), [("II", ["II/1", "II/2"]), (None, list(CLAUSE)), ("I/1/i2", ["I/1"])]
)
def test_a_lost_word_is_on_all_that_its_clause_holds_or_stands_in(clause: str, touched: list[str]) -> None:
    one = hearing(lost(clause=clause))
    assert [name for name in CLAUSE if hows(one, name)["A"] == LOST] == touched


def test_where_the_party_is_not_known_the_sender_speaks_for_itself_and_else_it_may_be_anybody() -> None:
    assert hows(hearing(lost(party=None, sender="B")), "I/1") == {"A": SILENT, "B": LOST, "C": SILENT}
    assert set(hows(hearing(lost(party=None, sender="CELL")), "I/1").values()) == {LOST}


def test_an_earlier_acceptance_does_not_outweigh_it_and_a_later_one_does() -> None:
    gone = lost(day=date(2031, 1, 12))
    assert hows(hearing(gone, words=(said("A", "accept", day=10),)), "I/1")["A"] == LOST
    assert hows(hearing(gone, words=(said("A", "accept", day=14),)), "I/1")["A"] == "expressly"
    assert hows(hearing(lost(), words=(said("A", "accept", day=14),)), "I/1")["A"] == LOST


def test_what_is_held_open_in_words_that_were_read_stays_open() -> None:
    assert hows(hearing(lost(), words=(said("A", "reject", "I/1"),)), "I/1")["A"] == "reject"


def test_a_word_that_may_be_a_reserve_goes_on_into_the_next_round_and_others_do_not() -> None:
    assert hows(hearing(lost(), more=(SECOND,)), "I/1")["A"] == LOST
    assert hows(hearing(lost(stance="ad referendum"), more=(SECOND,)), "I/1")["A"] == LOST
    assert hows(hearing(lost(stance="amend"), more=(SECOND,)), "I/1")["A"] == SILENT


def test_a_word_of_a_later_day_or_on_an_amendment_alone_counts_for_nothing() -> None:
    assert hows(hearing(lost(day=date(2031, 3, 1))), "I/1")["A"] == SILENT
    assert hows(hearing(lost(stance="reject", amendment="X")), "I/1")["A"] == SILENT


def test_a_word_on_a_clause_that_stands_elsewhere_now_is_missed_there_and_one_that_is_gone_nowhere() -> None:
    moved = {"I/1": CLAUSE["I/1"], "I/2": CLAUSE["II/2"], "II/1": CLAUSE["II/1"]}
    late = (
        said("A", "reject", "II/2", day=LATER, round="R2"),
        said("B", "reject", "I/9", round="R2", day=LATER),
    )
    own = tables(
        documents=[{"document": "D", "parties": PARTIES}],
        rounds=[{"round": "R1", "document": "D", "deadline": DEADLINE, "opened": OPENED}, SECOND],
        positions=late,
    )
    held = rounds(own, {"R1": text(), "R2": text(moved)})["D"]
    one = heard(held, own["positions"], LATER)[-1]
    assert {clause: hows(one, clause)["A"] for clause in moved} == {
        "I/1": SILENT,
        "I/2": LOST,
        "II/1": SILENT,
    }
    assert {clause: hows(one, clause)["B"] for clause in moved} == {"I/1": LOST, "I/2": LOST, "II/1": SILENT}
