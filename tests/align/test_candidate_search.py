"""Parties of a workspace sought in lists: what is found there, with evidence, in the lists' own measure."""

from datetime import date

import pytest

from konvoi.align.candidate_search import Prepared, prepared, sought
from konvoi.align.frames import Frames, frames, together
from konvoi.align.identifiers import identifier
from konvoi.align.judging import PAIRS
from konvoi.align.listing import Birth, Kind, Listing, Name, NameKind
from konvoi.kit.days import Days
from konvoi.model.finding import Place

INN = identifier("inn", "7707083893")
IMO = identifier("imo-ship", "9074729")


def party(id: str, kind: Kind, name: str, born: str = "", number: object = None) -> Listing:
    day = date.fromisoformat(born) if born else None
    births = (Birth(Days(day, day)),) if day else ()
    told = (number,) if number else ()
    return Listing(id, kind, (Name(name),), Place("f"), births=births, identifiers=told)  # type: ignore[arg-type]


def tables(*listings: Listing) -> Frames:
    return together([frames("zz", listings)])


def crowd() -> list[Listing]:
    """Made-up people and companies, so that names are rare or common."""
    given, family = "Taras Roman Lev Ostap Danylo".split(), "Melnik Lapin Orlyk Tkachuk Bilyk Chumak".split()
    people = [party(f"zz:{a}{b}", Kind.PERSON, f"{a} {b}") for a in given for b in family]
    return people + [
        party(f"zz:{b}{e}", Kind.ENTITY, f"{b} {e}") for b in family for e in ("Stroy", "Invest")
    ]


@pytest.fixture(scope="module")
def lists() -> Prepared:
    return prepared(
        tables(
            party("eu:1", Kind.PERSON, "Volodymyr Petrovych HRUSHKO", "1961-02-03"),
            party("eu:2", Kind.ENTITY, "ООО «Вектор Прилад»", number=INN),
            party("eu:3", Kind.SHIP, "SEA PEARL", number=IMO),
            *crowd(),
        )
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (party("w:1", Kind.PERSON, "Грушко Владимир Петрович", "1961-02-03"), ("eu:1", "same")),
        (party("w:1", Kind.PERSON, "Грушко Владимир Петрович", "1961-03-02"), ("eu:1", "review")),
        (party("w:1", Kind.PERSON, "Грушко Владимир Петрович", "1962-02-03"), ("eu:1", "review")),
        (party("w:1", Kind.PERSON, "Грушко Владимир Петрович", "1974-10-20"), ("eu:1", "apart")),
        (party("w:1", Kind.ENTITY, "Vektor Pryklad LLC", number=INN), ("eu:2", "same")),
        (party("w:1", Kind.ENTITY, "Vektor Prylad"), ("eu:2", "same")),
        (party("w:1", Kind.ENTITY, "Lutik", number=INN), ("eu:2", "review")),
        (party("w:1", Kind.SHIP, "Ocean Glory", number=IMO), ("eu:3", "same")),
        (party("w:1", Kind.SHIP, "Sea Pearl"), ("eu:3", "review")),
    ],
)
def test_what_is_said_of_a_party(lists: Prepared, asked: Listing, told: tuple[str, str]) -> None:
    found = sought(tables(asked), lists)
    assert found.schema == PAIRS
    assert found.select("left", "right", "verdict").rows() == [("w:1", *told)]
    assert found["evidence"][0].len()


def test_who_is_like_nobody_stands_in_no_row(lists: Prepared) -> None:
    found = sought(tables(party("w:1", Kind.PERSON, "Quentin Abbot", "1961-02-03")), lists)
    assert found.height == 0
    assert found.schema == PAIRS


def test_parties_are_told_by_their_own_ids_and_each_for_itself(lists: Prepared) -> None:
    """An id of a party may be one of a list, too; and what is said of one depends on no other."""
    one = party("eu:2", Kind.PERSON, "Volodymyr Hrushko", "1961-02-03")
    two = party("eu:1", Kind.ENTITY, "Vektor Prylad")
    both = sought(tables(one, two), lists)
    assert both.select("left", "right").rows() == [("eu:1", "eu:2"), ("eu:2", "eu:1")]
    alone = [sought(tables(each), lists).rows() for each in (two, one)]
    assert [row for rows in alone for row in rows] == both.rows()


def test_a_weak_alias_of_a_list_opens_nothing() -> None:
    weak = Listing(
        "eu:9", Kind.PERSON, (Name("Anna Quill"), Name("Volodymyr Hrushko", NameKind.WEAK)), Place("f")
    )
    ready = prepared(tables(weak, *crowd()))
    assert sought(tables(party("w:1", Kind.PERSON, "Volodymyr Hrushko")), ready).height == 0


def test_nothing_sought_and_nothing_listed_are_no_pairs(lists: Prepared) -> None:
    none = together([])
    assert sought(none, lists).height == 0
    assert sought(tables(party("w:1", Kind.PERSON, "Anna Quill")), prepared(none)).height == 0


def test_an_equal_name_is_a_question_however_short_it_is(lists: Prepared) -> None:
    short = prepared(tables(*crowd(), *(party(f"xx:{n}", Kind.ENTITY, "OOO TMK") for n in range(9))))
    found = sought(tables(party("w:1", Kind.ENTITY, "TMK")), short)
    assert found["verdict"].unique().to_list() == ["review"]
    assert found.height == 9
