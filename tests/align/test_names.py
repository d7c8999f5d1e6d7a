"""Names in one field, and what stands in brackets beside them."""

import pytest

from konvoi.align.listing import NameKind
from konvoi.align.names import names, without_vessel


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Акционерное Общество «Сплав» (АО «НПО «Сплав»)",
            ["Акционерное Общество «Сплав»", "АО «НПО «Сплав»"],
        ),
        ("Radio Works (RADW)", ["Radio Works (RADW)", "Radio Works"]),
        ("Trade Bank (UAE)", ["Trade Bank (UAE)"]),
        ("Trade Bank (Minsk)", ["Trade Bank (Minsk)"]),
        ("Trade Bank (as of 2014)", ["Trade Bank (as of 2014)"]),
        ("Hope (H) Ltd", ["Hope (H) Ltd"]),
        ("KRITI (ex VIGOR)", ["KRITI", "VIGOR"]),
        ("Ann (Анна)", ["Ann", "Анна"]),
    ],
)
def test_a_bracket_holds_a_name_of_its_own_an_abbreviation_or_a_part_of_the_name(
    text: str, told: list[str]
) -> None:
    assert [name.text for name in names(text, NameKind.PRIMARY)] == told


def test_a_name_without_its_abbreviation_is_one_more_name_and_as_weak_as_the_whole() -> None:
    assert [name.kind for name in names("Radio Works (RADW)", NameKind.PRIMARY)] == [
        NameKind.PRIMARY,
        NameKind.ALSO,
    ]
    assert [name.kind for name in names("Radio Works (RADW)", NameKind.WEAK)] == [NameKind.WEAK] * 2


@pytest.mark.parametrize(
    "before",
    [
        "M/V",
        "MV",
        "M.V.",
        "M V",
        "MT",
        "M/T",
        "m/v",
        "SS",
        "S/S",
        "S.S.",
        "MS",
        "M/S",
        "F/V",
        "M/Y",
        "Motor vessel",
    ],
)
def test_the_abbreviation_of_a_ships_sort_is_no_part_of_its_name(before: str) -> None:
    assert without_vessel(f"{before} Merrow Star") == "Merrow Star"


@pytest.mark.parametrize("before", ["т/х", "т.х.", "т/к", "Т/Х", "теплохід", "танкер"])
def test_it_stands_in_cyrillic_letters_too(before: str) -> None:
    assert without_vessel(f"{before} «Перлина»") == "«Перлина»"


@pytest.mark.parametrize("name", ["MV", "SS", "My Lady", "Mvita", "Sst Pearl", "Merrow M/V", "St Helena"])
def test_a_name_that_begins_like_it_stays(name: str) -> None:
    assert without_vessel(name) == name
