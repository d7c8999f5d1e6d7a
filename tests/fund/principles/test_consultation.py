"""Consultation held: meetings up to the day count, those to come do not."""

from tests.fund.rebuilding import fact, said

from konvoi.fund.principles.consultation import MEMBER
from konvoi.model.oc4ids import MEETING


def meeting(day: str) -> dict[str, object]:
    return fact(f"{MEETING}/date", day, item=day)


def test_what_is_yet_to_be_held_was_not() -> None:
    """Today is 3 March 2031."""
    assert said(MEMBER, meeting("2031-03-03T18:00:00Z"), meeting("2031-03-04T18:00:00Z")) == ("met", "1")
    assert said(MEMBER, meeting("2031-03-04T18:00:00Z")) == ("not met", "0")


def test_a_day_that_is_none_leaves_it_unknown() -> None:
    assert said(MEMBER, meeting("soon")) == ("unknown", "soon")
    assert said(MEMBER) == ("unknown", "")
