"""Names in one field, and what stands in brackets beside them."""

import pytest

from konvoi.align.listing import NameKind
from konvoi.align.names import names


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
