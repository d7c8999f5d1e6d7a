"""Maintenance stated: by the ends of the period, else as it is stated."""

from tests.fund.rebuilding import fact, said

from konvoi.fund.principles.maintenance import MEMBER
from konvoi.model.oc4ids import MAINTENANCE


def part(name: str, value: object, file: str = "b.json") -> dict[str, object]:
    return fact(f"{MAINTENANCE}/{name}", value, _file=file)


def test_both_ends_are_counted() -> None:
    told = [part("startDate", "2031-01-01T00:00:00Z"), part("endDate", "2031-01-10T00:00:00Z")]
    assert said(MEMBER, *told, threshold=10) == ("met", "10")
    assert said(MEMBER, *told, threshold=11) == ("not met", "10")


def test_a_stated_number_of_days_is_as_good() -> None:
    assert said(MEMBER, part("durationInDays", 3650), threshold=3650) == ("met", "3650")


def test_one_end_alone_or_ends_of_two_files_say_nothing() -> None:
    assert said(MEMBER, part("startDate", "2031-01-01"))[0] == "unknown"
    two = [part("startDate", "2031-01-01", "b.json"), part("endDate", "2041-01-01", "c.json")]
    assert said(MEMBER, *two)[0] == "unknown"
