"""References that differ only by letters that look alike: said, with the reference that was meant."""

import pytest
from tests.intake.test_references import LINES, PACKAGES, together

from konvoi.intake.check import whole
from konvoi.intake.checks.parties import parties_unknown
from konvoi.intake.join import joined
from konvoi.intake.read import read
from konvoi.kit.lookalikes import lookalikes, skeleton
from konvoi.model.document import Document, Reading
from konvoi.model.finding import filled

LOOKALIKE = "reference-lookalike"
REMEDY = "It looks like {} and is another reference, for these signs: {}. Copy {} instead."


def told(reading: Reading) -> list[tuple[str, int, str, str]]:
    """Severity, row, column and remedy of the findings on look-alike references."""
    return [
        (str(one.severity), one.place.row, one.place.column, filled(one.remedy, one.values))
        for one in reading.findings
        if one.code == LOOKALIKE
    ]


@pytest.mark.parametrize(
    ("written", "signs"),
    [
        ("А-1", "А (U+0410)"),  # Cyrillic
        ("Α-1", "Α (U+0391)"),  # Greek
        ("A\u200b-1", "U+200B"),
        ("A–1", "– (U+2013)"),
        ("Ａ-1", "Ａ (U+FF21)"),
    ],
)
def test_a_reference_that_dangles_names_the_record_it_looks_like(written: str, signs: str) -> None:
    lines = LINES.replace("L-2,N-1", f"L-2,{written}")
    packages = PACKAGES.format(day="2031-02-28").replace("N-1", "A-1")
    files = together(packages=packages, lines=lines.replace("L-1,N-1", "L-1,A-1"))
    assert told(files[1]) == [("error", 3, "package", REMEDY.format("A-1", signs, "A-1"))]
    assert "reference-unknown" not in {one.code for one in files[1].findings}
    assert set(files[1].entries["package"]) == {"A-1"}, "it joins nothing"


def test_another_table_of_the_kind_that_makes_no_entries_is_told_alike() -> None:
    goods = "good,name,unit\nHE-1,Shell,piece\n"
    files = together(goods=goods, needs="need,site,good,quantity,due\nN-1,HUB,НЕ-1,5,2031-03-01\n")
    ((severity, row, column, remedy),) = told(files[1])
    assert (severity, row, column) == ("error", 2, "good")
    assert "Copy HE-1 instead." in remedy
    assert "Н (U+041D), Е (U+0415)" in remedy


def test_a_record_of_its_own_that_looks_like_another_is_told_where_it_stands() -> None:
    one = PACKAGES.format(day="2031-02-28")
    two = one.replace("N-1", "Ν-1")
    files = joined_twice(one, two)
    assert told(files[0]) == []
    assert told(files[1]) == [("warning", 2, "package", REMEDY.format("N-1", "Ν (U+039D)", "N-1"))]
    # Read again with all others, it is told once.
    assert sum(one.code == LOOKALIKE for one in files[1].findings) == 1


def joined_twice(*packages: str) -> list[Reading]:
    """The readings of two files of packages, joined, and joined again."""
    files = [
        read(Document(f"{at}/packages.csv", text.encode(), "NORLAND")) for at, text in enumerate(packages)
    ]
    return list(joined(joined(files)))


@pytest.mark.parametrize(
    ("written", "parties", "meant"),
    [
        ("РL", (), "PL"),  # Cyrillic and Latin
        ("NОRLAND", ("NORLAND",), "NORLAND"),
        ("ХА", ("XA",), "XA"),  # Cyrillic alone, beside a party of the settings
        ("МО", (), ""),  # an acronym in Cyrillic alone, like the code of a state by chance
    ],
)
def test_a_party_that_looks_like_another_is_told_and_joined_to_none(
    written: str, parties: tuple[str, ...], meant: str
) -> None:
    packages = f"package,party,day,kind,stage\nN-1,{written},2031-02-28,energy,committed\n"
    reading = read(Document("PL/packages.csv", packages.encode(), "PL"))
    found = [(one.code, one.values.get("meant", "")) for one in parties_unknown(whole([reading], parties))]
    assert found == [(LOOKALIKE if meant else "party-unknown", meant)]
    assert set(reading.entries["party"]) == {written}


@pytest.mark.parametrize(
    "references",
    [
        ("HUB-01", "HUB-O1", "HUB-l1", "HUB-I1"),
        ("ПАК-1", "ПАК-2", "PAK-1", "Zürich–Łódź", "Ζεύς-1"),
        ("ІТ-1", "СЕР-9", "XA-1"),
    ],
)
def test_ordinary_references_look_like_no_other(references: tuple[str, ...]) -> None:
    assert lookalikes(references) == {}


def test_a_skeleton_has_the_letters_of_one_script() -> None:
    assert skeleton("АВЕКМНОРСТУХІ") == "ABEKMHOPCTYXI"
    assert skeleton("Україна") != skeleton("Ukraina")
