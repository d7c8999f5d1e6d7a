"""A round made of small tables: its matrix, and the amendments that its form offers."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

import polars as pl
from tests.accord.talks import tables

from konvoi.accord.unreadable_positions import UNHEARD
from konvoi.flow.agreements.figures import round_tables
from konvoi.web.access.view import Opened
from konvoi.web.access.viewer import Viewer
from konvoi.web.agreements.rounds import OfRound

ROUNDS = (
    {"round": "R1", "document": "D", "opened": date(2031, 1, 1), "deadline": date(2031, 1, 20)},
    {"round": "R2", "document": "D", "opened": date(2031, 2, 1), "deadline": date(2031, 2, 20)},
)
POSITIONS = (
    {"position": "X", "round": "R1", "party": "A", "clause": "I/1", "day": date(2031, 1, 10)},
    {"position": "Y", "round": "R2", "party": "B", "clause": "I/2", "day": date(2031, 2, 21)},
)


class _Results:
    """Results of two rounds of a text, of which each has an amendment."""

    day = date(2031, 2, 22)

    def __init__(self, rule: str) -> None:
        amendments = [{**one, "stance": "amend", "words": "Other words."} for one in POSITIONS]
        held = tables(
            documents=[{"document": "D", "parties": "A;B"}],
            rounds=[{**one, "rule": rule} for one in ROUNDS],
            positions=amendments,
        )
        left = pl.DataFrame(schema=UNHEARD)
        made = round_tables(day=self.day, reader_is_cell=True, positions_left_out=left, **held)
        self._tables: Mapping[str, pl.DataFrame] = {**held, **made}

    def frame(self, name: str) -> pl.DataFrame | None:
        return self._tables.get(name)


def second(rule: str) -> OfRound:
    """Return the second round, with a rule on silence."""
    row: Mapping[str, Any] = {**ROUNDS[1], "rule": rule}
    return OfRound(cast(Viewer, None), cast(Opened, _Results(rule)), row)


def test_a_position_after_the_deadline_is_marked_in_the_matrix() -> None:
    lines = {line.row["clause"]: line for line in second("silence accepts").lines()}
    assert [cell.late for cell in lines["I/2"].cells] == [False, True]


def test_the_form_offers_amendments_of_the_round_and_those_that_go_on_into_it() -> None:
    assert [name for name, _ in second("silence accepts").amendments()] == ["Y"]
    nothing = second("silence says nothing")
    assert nothing.amendments() == [("X", "X · A · I/1"), ("Y", "Y · B · I/2")]
    assert [nothing.tabled["X"].on(clause) for clause in ("", "I/1", "I/1/a", "I/2")] == [
        True,
        True,
        True,
        False,
    ]
    assert not nothing.tabled["Y"].on("I/2/a")
