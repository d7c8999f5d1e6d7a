"""A record is the same bytes for the same screening, names who was no hit apart, and holds no formula."""

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.align.screened import DAY, found, party

from konvoi.align.list_status import Standing, State, Taken
from konvoi.align.manifest import Snapshot
from konvoi.align.record import Record, record
from konvoi.align.roles import Rules

LISTS = [Standing(Taken(Snapshot("eu", date(2031, 3, 1), {"eu/a.csv": "0" * 64}), {}), State.IN_FORCE)]
PARTIES = [party("Briskel Shipping"), party("=Orlem Works"), party("Pellavar Rail")]
HITS = found(*PARTIES)


def made(names: list[int], by: str = "A", **more: object) -> Record:
    parties = [PARTIES[at] for at in names]
    told = {"by": by, "on": DAY, "what": "workspace", **more}
    return record(parties, HITS, LISTS, Rules(), **told)  # type: ignore[arg-type]


@settings(max_examples=6, deadline=None)
@given(st.permutations([0, 1, 2]))
def test_the_order_of_parties_changes_nothing(order: list[int]) -> None:
    assert made(order) == made([0, 1, 2])


def test_it_says_who_when_of_what_against_which_lists_by_which_settings() -> None:
    told = json.loads(made([0, 1, 2]).kept)
    assert (told["by"], told["day"], told["input"]["parties"]) == ("A", "2031-03-03", 3)
    assert told["lists"][0] | {"id": ""} == {
        "id": "",
        "regime": "eu",
        "day": "2031-03-01",
        "age": 2,
        "files": {"eu/a.csv": "0" * 64},
    }
    assert told["settings"] == Rules().as_dict()
    assert [(one["party"], one["said"], one["listing"]["age"]) for one in told["hits"]] == [
        ("Briskel Shipping", "match", 2)
    ]


def test_another_person_day_input_or_number_of_decisions_is_another_record() -> None:
    same = made([0, 1, 2])
    others = [made([0, 1, 2], "B"), made([0, 1]), made([0, 1, 2], decided=1), made([0, 1, 2], what="t.csv")]
    assert len({same.id, *(one.id for one in others)}) == 5


def test_who_was_no_hit_stands_apart_and_starts_no_formula() -> None:
    one = made([0, 1, 2])
    assert b"Orlem" not in one.kept
    assert json.loads(one.kept)["clean"]["count"] == 2
    assert one.clean.decode().splitlines()[1].startswith("'=Orlem Works,'=Orlem Works,")
