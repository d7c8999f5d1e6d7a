"""Readings of parties' names: by the kind of party, each made once."""

from dataclasses import replace

from tests.align.screened import listed

from konvoi.align.frames import frames, together
from konvoi.align.listing import Kind, Name, NameKind
from konvoi.align.party_readings import NameRead, Readings, strong_names

PERSON, ENTITY = Kind.PERSON.value, Kind.ENTITY.value
LISTS = together(
    [
        frames(
            "eu",
            [
                listed("1", "Theodore Sample", Name("Teddy Weak", NameKind.WEAK), kind=Kind.PERSON),
                listed("2", "Cencora Works"),
            ],
        )
    ]
)


def test_short_forms_are_of_persons_and_other_letters_of_any_kind() -> None:
    known = Readings(LISTS)
    assert known.of(NameRead(PERSON, "Ted Sample", bold=True)) == ("theodore sample",)
    assert known.of(NameRead(ENTITY, "Ted Sample", bold=True)) == ()
    assert known.of(NameRead(ENTITY, "Sencora Works", bold=True)) == ("cencora works",)
    assert known.of(NameRead(ENTITY, "Sencora Works", bold=False)) == ()
    assert known.of(NameRead(Kind.SHIP.value, "Sencora Works", bold=True)) == ()


def test_a_name_that_was_read_is_not_read_again() -> None:
    known = Readings(
        replace(LISTS, names=LISTS.names.clear()), {NameRead(PERSON, "Ted", bold=True): ("kept",)}
    )
    assert known.of(NameRead(PERSON, "Ted", bold=True)) == ("kept",)


def test_readings_rest_on_names_that_identify() -> None:
    assert strong_names(LISTS).rows() == [("entity", "Cencora Works"), ("person", "Theodore Sample")]
