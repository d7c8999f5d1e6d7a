"""What a dossier tells: what identifies, with who says it, and nothing else."""

from dataclasses import replace

from tests.align.test_matrix import FREEZE, day, given_, listing, lists

from konvoi.align.dossier import Dossier, dossier
from konvoi.align.identifiers import identifier
from konvoi.align.listing import Birth, Link, Name, NameKind, Tie


def told() -> Dossier:
    """Two listings of one party, one with a weak alias, a link and a number whose check digits fail."""
    numbers = [identifier("inn", "7707083893"), identifier("inn", "7707083894")]
    one = replace(
        listing("eu:a", given_(FREEZE, "2030-01-01", act="2030/1")),
        names=(Name("Sample"), Name("The Boss", NameKind.WEAK), Name("Семпл", NameKind.ORIGINAL)),
        births=(Birth(day("1970-05-04"), place="Kyiv"),),
        nationalities=("Ruritanian",),
        identifiers=tuple(filter(None, numbers)),
        links=(Link(Tie.LINKED, "Somebody Else"),),
    )
    two = replace(listing("uk:a", given_(FREEZE, "2030-02-01", act="Act 1")), names=(Name("Sample"),))
    return dossier(lists(one, two), ["eu:a", "uk:a"], name="Sample", original="Семпл", kind="person")


def test_each_value_stands_once_with_all_that_say_so() -> None:
    assert told().identity.rows() == [
        ("primary", "Sample", "eu:a; uk:a"),
        ("original script", "Семпл", "eu:a"),
        ("birth", "1970-05-04, Kyiv", "eu:a"),
        ("nationality", "Ruritanian", "eu:a"),
        ("inn", "7707083893 (RU)", "eu:a"),
    ]


def test_the_acts_to_cite_stand_with_the_place_in_the_file() -> None:
    rows = told().sources.select("listing", "regime", "order", "act", "file")
    assert rows.rows() == [
        ("eu:a", "eu", "asset freeze", "2030/1", "f"),
        ("uk:a", "uk", "asset freeze", "Act 1", "f"),
    ]


def test_of_no_listing_it_is_empty() -> None:
    bare = dossier(lists(listing("uk:b")), [], name="N", original="", kind="person")
    assert (bare.identity.height, bare.sources.height) == (0, 0)


def test_a_birth_on_the_first_of_january_is_shown_as_its_year() -> None:
    from datetime import date

    from konvoi.align.frames import birth_text, frames
    from konvoi.align.listing import Birth, Kind, Listing, Name
    from konvoi.kit.days import Days
    from konvoi.model.finding import Place

    day, other = date(1935, 1, 1), date(1935, 1, 2)
    births = (Birth(Days(day, day)), Birth(Days(other, other)))
    told = frames("eu", [Listing("eu:a:1", Kind.PERSON, (Name("A"),), Place("f"), births=births)]).births
    assert told.select(birth_text()).to_series().to_list() == ["1935", "1935-01-02"]
