"""Days in the ways that lists write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.align.days import days_in
from konvoi.align.parts import parts


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("26.11.1972", ["1972-11-26/1972-11-26"]),
        ("3. 4. 1956", ["1956-04-03/1956-04-03"]),
        ("00/00/1955", ["1955-01-01/1955-12-31"]),
        ("00/07/1955", ["1955-07-01/1955-07-31"]),
        ("07/1955", ["1955-07-01/1955-07-31"]),
        ("31.2.1960", ["1960-02-01/1960-02-29"]),
        ("1960-2-3", ["1960-02-03/1960-02-03"]),
        ("3. Mai 1960", ["1960-05-03/1960-05-03"]),
        ("12 травня 1960 р.", ["1960-05-12/1960-05-12"]),
        ("15 Apr. 1957 ", ["1957-04-15/1957-04-15"]),
        ("April 5, 1957", ["1957-04-05/1957-04-05"]),
        ("1st of May 1957", ["1957-05-01/1957-05-31"]),
        ("Mar. 1964", ["1964-03-01/1964-03-31"]),
        ("1972-11-26T00:00", ["1972-11-26/1972-11-26"]),
        ("(a) 1.2.1960, (b) 1961", ["1960-02-01/1960-02-01", "1961-01-01/1961-12-31"]),
        ("1960/1961", ["1960-01-01/1960-12-31", "1961-01-01/1961-12-31"]),
        ("1955- 1958", ["1955-01-01/1958-12-31"]),
        ("Between 1960 and 1962", ["1960-01-01/1962-12-31"]),
        ("1960 and 1962", ["1960-01-01/1960-12-31", "1962-01-01/1962-12-31"]),
        ("01 Jan 1989 to 31 Dec 1989", ["1989-01-01/1989-12-31"]),
        ("1343 (Iranian Hijri calendar), 1964", ["1964-01-01/1964-12-31"]),
        ("N/D", []),
    ],
)
def test_days_are_intervals(text: str, spans: list[str]) -> None:
    assert [f"{one.days.first}/{one.days.last}" for one in days_in(text)] == spans


@pytest.mark.parametrize(
    "text", ["circa 1955", "Approximately 1955", "about 1955", "DOB ca. 1955", "1955 (Approximately)"]
)
def test_approximate_days_are_marked(text: str) -> None:
    assert [one.about for one in days_in(text)] == [True]


@given(st.text(alphabet="0123456789./- ()abandtojr,;", max_size=40))
def test_no_text_raises_and_days_stand_where_they_say(text: str) -> None:
    for one in days_in(text):
        assert one.days.first <= one.days.last
        assert any(sign.isdigit() for sign in text[one.start : one.end])


@given(
    st.lists(
        st.text(alphabet="abcdefgh XYZ", min_size=2, max_size=8).map(str.strip).filter(bool), unique=True
    )
)
def test_what_is_joined_by_semicolons_is_parted_again(values: list[str]) -> None:
    assert list(parts("; ".join(values))) == values
