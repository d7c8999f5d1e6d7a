"""Damage assessed: the latest assessment up to the day, not older than the threshold."""

from datetime import date

from tests.fund.rebuilding import rebuilt, said

from konvoi.fund.principles.damage import MEMBER


def damages(*days: date) -> list[dict[str, object]]:
    rows = [
        {"damage": str(day), "day": day, "method": "Survey", "amount": 5, "currency": "EUR", "party": "XV"}
        for day in days
    ]
    return rebuilt(damages=rows)["damages"].to_dicts()


def test_the_latest_one_counts_up_to_its_age() -> None:
    """From 2 February to 3 March are 29 days."""
    rows = damages(date(2030, 1, 1), date(2031, 2, 2))
    assert said(MEMBER, threshold=29, damages=rows) == ("met", "2031-02-02, Survey")
    assert said(MEMBER, threshold=28, damages=rows)[0] == "not met"


def test_without_one_up_to_the_day_it_is_unknown() -> None:
    assert said(MEMBER, threshold=365)[0] == "unknown"
    assert said(MEMBER, threshold=365, damages=damages(date(2031, 3, 4)))[0] == "unknown"
