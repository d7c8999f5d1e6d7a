"""Numbers out of fields: several in one, labels before and after, days of issue that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.align.listing import Kind
from konvoi.align.numbers import ids, imo, labelled_ids


@pytest.mark.parametrize(
    ("type", "text", "found"),
    [
        ("passport", "EC 922162, issued on 20.01.1999 (Ukraine)", [("passport", "EC922162", "UA")]),
        (
            "passport",
            "P229856 (Tunisian passport issued on 1.11.2002, expired 2007)",
            [("passport", "P229856", "TN")],
        ),
        ("passport", "DP0000149, DP0003850", [("passport", "DP0000149", ""), ("passport", "DP0003850", "")]),
        ("national-id", "Pakistani 5430312277059 (cancelled)", [("national-id", "5430312277059", "PK")]),
        (
            "national-id",
            "(a) 35202-4135948-7 b) 29553654234",
            [("national-id", "3520241359487", ""), ("national-id", "29553654234", "")],
        ),
        ("registration", "7734613934 (Tax ID/INN)", [("inn", "7734613934", "RU")]),
        ("registration", "1234567890 (Some number)", [("registration", "1234567890", "")]),
        (
            "tax",
            "7702165310 / 770101001; 7702077840",
            [("inn", "7702165310", "RU"), ("kpp", "770101001", "RU"), ("inn", "7702077840", "RU")],
        ),
        ("tax", "not known", []),
    ],
)
def test_a_field_gives_its_numbers_with_type_and_country(
    type: str, text: str, found: list[tuple[str, str, str]]
) -> None:
    assert [(i.type, i.value, i.country) for i in ids(type, text, russian=True)] == found


def test_a_number_is_of_russia_only_where_the_party_is() -> None:
    assert [i.type for i in ids("tax", "7702165310")] == ["tax"]


def test_an_imo_number_that_does_not_exist_is_none() -> None:
    assert imo("Does not exist", Kind.SHIP) == ()
    assert [i.valid for i in imo("9074729; 9074720", Kind.SHIP)] == [True, False]


@given(st.text(alphabet="INNОГРНKP: ()/,;0123456789", max_size=60))
def test_no_text_raises(text: str) -> None:
    labelled_ids(text)
    for one in ids("registration", text, russian=True):
        assert one.value
