"""What changed is screened again, and the answer is that of a full screening."""

from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from konvoi.align import party_readings
from konvoi.align.asking import Asked
from konvoi.align.frames import Frames, frames, together
from konvoi.align.identifiers import identifier
from konvoi.align.listing import Birth, Kind, Listing, Measure, Name, NameKind, Order
from konvoi.align.screening import Ready, look, ready
from konvoi.flow.sanctions import screening_cache
from konvoi.flow.sanctions.screening_cache import _contents, looked
from konvoi.kit.days import iso
from konvoi.model.finding import Place

WORDS = ("Briskel", "Sorvane", "Haula", "Tarnwick", "Ulmaro", "Pellavar", "Quillex", "Shipping", "Holding")
SLIPS = ("Birskel", "Sorvan", "B.", "Haulat", "Tarnwik", "БрискелЬ", "Саула", "BriskelSorvane")
"""Words that are read as some of these where a list has them."""

NUMBERS = ("7707083893", "1027700132195", "7718852163")
KINDS = (Kind.PERSON, Kind.ENTITY)


def listing(number: int, draw: Random) -> Listing:
    """A listing of an invented party."""
    kind = draw.choice(KINDS)
    names = [Name(" ".join(draw.sample(WORDS, draw.randint(1, 3)))) for _ in range(draw.randint(1, 2))]
    if draw.random() < 0.3:
        names.append(Name(draw.choice(WORDS), NameKind.WEAK))
    numbers = [identifier("inn", draw.choice(NUMBERS))] if draw.random() < 0.4 else []
    born = (Birth(iso(f"19{draw.randint(50, 53)}-05-04")),) if kind == Kind.PERSON else ()
    return Listing(
        f"un:l:{number}",
        kind,
        tuple(dict.fromkeys(names)),
        Place("f", row=draw.randint(1, 99)),
        births=born,
        identifiers=tuple(one for one in numbers if one),
        measures=(Measure(Order.ASSET_FREEZE, "t"),),
    )


def party(number: int, draw: Random) -> Asked:
    """A party to be screened."""
    one = listing(number, draw)
    name = Name(" ".join(draw.sample((*WORDS, *SLIPS), draw.randint(1, 3))))
    known = replace(one, id=f"p{number}", measures=(), names=(draw.choice((name, one.names[0])),))
    return Asked(f"p{number}", known, one.kind if draw.random() < 0.7 else None)


def lists(listings: list[Listing]) -> Frames:
    return together([frames("un", listings)])


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_screening_of_what_changed_equals_a_full_one(draw: Random) -> None:
    """Listings and parties are added, removed and amended; the basis stays."""
    old = [listing(number, draw) for number in range(30)]
    asked = [party(number, draw) for number in range(6)]
    basis = ready(lists(old), {}).own_basis
    altered = set(draw.sample(range(30), draw.randint(0, 5)))
    gone = set(draw.sample(range(30), draw.randint(0, 3)))
    new = [listing(number, draw) if number in altered else one for number, one in enumerate(old)]
    new = [one for number, one in enumerate(new) if number not in gone]
    new += [listing(100 + number, draw) for number in range(draw.randint(0, 4))]
    wanted = [party(number, draw) if draw.random() < 0.2 else one for number, one in enumerate(asked)]
    wanted += [party(50, draw)]
    with TemporaryDirectory() as folder:
        looked(asked, Ready(lists(old), {}, basis), Path(folder), "b")
        made = looked(wanted, Ready(lists(new), {}, basis), Path(folder), "b")
    assert_frame_equal(made, look(wanted, Ready(lists(new), {}, basis)))


def test_a_reading_that_goes_with_its_listing_changes_what_another_listing_finds(tmp_path: Path) -> None:
    """A cut name is read as the whole one only as long as a listing has it."""
    draw = Random(5)
    old = [listing(number, draw) for number in range(30)]
    for number, name in enumerate(("Vellagor Nimbrist Quorum", "Quorum Vellagor Nimbrist")):
        old.append(replace(listing(40 + number, draw), names=(Name(name),), kind=Kind.PERSON, births=()))
    basis = ready(lists(old), {}).own_basis
    old[31] = replace(old[31], births=(Birth(iso("1950-05-04")),))
    near = (Birth(iso("1950-05-05")),)
    known = replace(old[30], id="p0", names=(Name("Vellagor Nimbrist"),), births=near, identifiers=())
    asked = [Asked("p0", known, Kind.PERSON)]
    for shown in (old, [*old[:30], old[31]], old):
        where = Ready(lists(shown), {}, basis)
        assert_frame_equal(looked(asked, where, tmp_path, "b"), look(asked, where))


def test_an_unchanged_pair_is_not_looked_at_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = Random(7)
    old = [listing(number, draw) for number in range(30)]
    asked = [party(number, draw) for number in range(4)]
    basis = ready(lists(old), {}).own_basis
    looked(asked, Ready(lists(old), {}, basis), tmp_path, "b")
    amended = [*old[:-1], replace(old[-1], names=(Name("Briskel Sorvane"),))]
    calls: list[tuple[int, int]] = []

    def counted(parties: list[Asked], where: Ready) -> object:
        calls.append((len(parties), where.frames.listings.height))
        return look(parties, where)

    monkeypatch.setattr(screening_cache, "look", counted)
    looked([*asked, party(9, draw)], Ready(lists(amended), {}, basis), tmp_path, "b")
    assert calls == [(1, 30), (4, 1)]


def test_no_name_is_read_again_as_long_as_no_listed_name_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A birth that changes costs the changed listing alone; words of the lists are not even gathered."""
    draw = Random(11)
    old = [listing(number, draw) for number in range(30)]
    asked = [party(number, draw) for number in range(6)]
    basis = ready(lists(old), {}).own_basis
    looked(asked, Ready(lists(old), {}, basis), tmp_path, "b")
    born = next(at for at, one in enumerate(old) if one.kind == Kind.PERSON)
    old[born] = replace(old[born], births=(Birth(iso("1949-05-04")),))
    wanted = look(asked, Ready(lists(old), {}, basis))

    def gathered(_: object) -> object:
        raise AssertionError("the words of the lists were gathered")

    monkeypatch.setattr(party_readings, "vocabulary", gathered)
    assert_frame_equal(looked(asked, Ready(lists(old), {}, basis), tmp_path, "b"), wanted)


def test_the_place_of_a_listing_in_its_file_is_no_change() -> None:
    draw = Random(3)
    old = [listing(number, draw) for number in range(5)]
    moved = [replace(one, place=Place("g", row=one.place.row + 1)) for one in old]
    assert_frame_equal(_contents(lists(old)), _contents(lists(moved)))
