"""Which list is in force: the last good one, whatever comes after it that is short, cut or not there."""

import random
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.align.list_status import Release, State, Taken, ended, faults, standings
from konvoi.align.manifest import Snapshot

ON = date(2031, 12, 31)


def taken(day: int, counts: Mapping[str, int], fault: State | None = None, own: date | None = None) -> Taken:
    snapshot = Snapshot("uk", date(2031, 1, day), {"f": f"{day:064d}"})
    return Taken(snapshot, counts, own, fault)


def states(*lists: Taken, releases: tuple[Release, ...] = (), on: date = ON) -> list[State]:
    return [one.state for one in standings(lists, releases, on)]


FULL = {"person": 100, "ship": 10}


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        ({"person": 90, "ship": 9}, State.IN_FORCE),
        ({"person": 89, "ship": 10}, State.HELD),
        ({"person": 200, "ship": 8}, State.HELD),
        ({"person": 100}, State.HELD),
        ({}, State.HELD),
    ],
)
def test_a_tenth_fewer_of_a_kind_is_let_in_and_more_is_held(counts: dict[str, int], state: State) -> None:
    """However much another kind grew."""
    first = State.SUPERSEDED if state == State.IN_FORCE else State.IN_FORCE
    assert states(taken(1, FULL), taken(2, counts)) == [first, state]


def test_a_first_list_is_held_only_where_it_is_empty() -> None:
    assert states(taken(1, {"person": 1})) == [State.IN_FORCE]
    assert states(taken(1, {})) == [State.HELD]


def test_a_list_of_a_regime_that_is_gone_is_held_and_one_that_shrinks_is_judged_by_kinds() -> None:
    both = {"entity": 100, "list sdn": 60, "list non-sdn": 40}
    assert states(taken(1, both), taken(2, {"entity": 95, "list sdn": 95}))[1] == State.HELD
    assert (
        states(taken(1, both), taken(2, {"entity": 95, "list sdn": 90, "list non-sdn": 5}))[1]
        == State.IN_FORCE
    )


@pytest.mark.parametrize("fault", [State.INCOMPLETE, State.REFUSED])
def test_a_list_that_cannot_be_used_leaves_the_last_good_one_in_force(fault: State) -> None:
    assert states(taken(1, FULL), taken(2, {}, fault)) == [State.IN_FORCE, fault]


def test_the_next_list_is_judged_against_the_last_good_one_not_against_the_held_one() -> None:
    assert states(taken(1, FULL), taken(2, {"person": 50}), taken(3, {"person": 45, "ship": 10})) == [
        State.IN_FORCE,
        State.HELD,
        State.HELD,
    ]


def test_a_person_releases_a_held_list_with_a_reason_and_it_is_the_measure_from_then_on() -> None:
    short, next_ = taken(2, {"person": 50, "ship": 10}), taken(3, {"person": 46, "ship": 10})
    release = Release(short.snapshot.id, "A. Example", "2031-01-02T00:00:00+00:00", "court ruling")
    assert states(taken(1, FULL), short, next_, releases=(release,)) == [
        State.SUPERSEDED,
        State.SUPERSEDED,
        State.IN_FORCE,
    ]
    bare = Release(short.snapshot.id, "A. Example", "", " ")
    assert states(taken(1, FULL), short, releases=(bare,))[1] == State.HELD


def test_a_list_of_a_later_day_is_not_yet_in_force() -> None:
    assert states(taken(1, FULL), taken(9, FULL), on=date(2031, 1, 5)) == [State.IN_FORCE, State.LATER]


def test_age_counts_from_the_day_that_the_list_states_and_too_old_is_told_of() -> None:
    """The manifest says the ninth, the list itself the first."""
    (one,) = standings([taken(9, FULL, own=date(2031, 1, 1))], (), date(2031, 1, 10))
    found = faults(one, date(2031, 1, 10), most=1)
    assert [(f.code, dict(f.values).get("age")) for f in found] == [
        ("list-old", "9"),
        ("list-day-other", None),
    ]
    assert [f.code for f in faults(one, date(2031, 1, 2), most=1)] == ["list-day-other"]


def test_a_list_that_its_authority_ended_is_out_of_date_from_the_day_after() -> None:
    last = {"conlist": date(2031, 1, 20)}
    (one,) = standings([taken(10, {"person": 5, "list conlist": 5})], (), ON)
    assert ended(one, last, date(2031, 1, 20)) == ()
    (finding,) = ended(one, last, date(2031, 1, 21))
    assert (finding.code, finding.read) == ("list-ended", "conlist")
    (other,) = standings([taken(10, {"person": 5, "list sanctions-list": 5})], (), ON)
    assert ended(other, last, date(2031, 1, 21)) == ()


def test_a_held_list_tells_what_fell_and_how_to_release_it() -> None:
    standing = standings([taken(1, FULL), taken(2, {"person": 50})], (), ON)[1]
    (held,) = (f for f in faults(standing, ON, 9999) if f.code == "list-held")
    assert held.read == "person: 50 / 100, ship: 0 / 10"
    assert held.values == {"regime": "uk", "day": "2031-01-02"}


counted = st.dictionaries(st.sampled_from(["person", "entity", "ship"]), st.integers(0, 200))


@given(lists=st.lists(counted, max_size=6), seed=st.integers())
def test_one_list_of_a_regime_is_in_force_at_most_and_the_order_does_not_matter(
    lists: list[dict[str, int]], seed: int
) -> None:
    each = [taken(day, counts) for day, counts in enumerate(lists, 1)]
    found = standings(each, (), ON)
    assert sum(one.state == State.IN_FORCE for one in found) == any(any(c.values()) for c in lists)
    assert standings(random.Random(seed).sample(each, len(each)), (), ON) == found
