"""Agreements whose term or sums end: what is about to end, and the notice that the document states."""

from collections.abc import Mapping
from datetime import date

import polars as pl
import pytest

from konvoi.accord.renewals import renewals
from konvoi.model.tables import BY_NAME

DAY = date(2031, 3, 1)
TERMS = {"document": pl.String, "point": pl.String, "number": pl.Int64}


def table(name: str, *rows: Mapping[str, object]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=BY_NAME[name].schema())


def row(
    *until: date | None, ends: date | None = date(2041, 2, 1), months: int | None = None, **text: int
) -> dict[str, object]:
    """One signed agreement, as `renewed` returns it."""
    return renewed(*until, ends=ends, months=months, day=date(2030, 2, 1), text=text).row(0, named=True)


def renewed(
    *until: date | None,
    day: date | None = None,
    in_force: date | None = None,
    ends: date | None = None,
    months: int | None = None,
    text: Mapping[str, int] | None = None,
) -> pl.DataFrame:
    """One agreement with a sum for each last day, a stated notice, and terms read from its text."""
    sums = [
        {"undertaking": f"U-{at}", "document": "D-1", "amount": 100, "until": last}
        for at, last in enumerate(until)
    ]
    past = {"undertaking": "U-past", "document": "D-1", "force": "statement of the past"}
    goods = {"undertaking": "U-good", "document": "D-1", "good": "tent"}
    signed = {"document": "D-1", "parties": "AR; BO", "day": day, "in_force": in_force, "ends": ends}
    return renewals(
        table("documents", signed),
        table("undertakings", *sums, past, goods),
        table("milestones", {"milestone": "M-1", "document": "D-1", "months": months}),
        pl.DataFrame(
            [{"document": "D-1", "point": point, "number": number} for point, number in (text or {}).items()],
            schema=TERMS,
        ),
        day=DAY,
    )


def test_what_is_not_signed_has_no_sums_that_have_ended() -> None:
    over = date(2031, 2, 28)
    assert renewed(over).is_empty()
    assert renewed(over, day=date(2030, 2, 1))["state"].to_list() == ["sums ended"]
    assert renewed(over, in_force=date(2030, 2, 1))["state"].to_list() == ["sums ended"]


@pytest.mark.parametrize(
    ("until", "ends", "state", "due"),
    [
        ((date(2031, 2, 28),), date(2041, 2, 1), "sums ended", date(2031, 2, 28)),
        ((date(2030, 1, 1), date(2031, 3, 1)), date(2041, 2, 1), "sums end within a year", date(2031, 3, 1)),
        ((date(2030, 1, 1), None), date(2041, 2, 1), "some sums ended", date(2030, 1, 1)),
        ((date(2033, 1, 1),), date(2041, 2, 1), "running", date(2033, 1, 1)),
        ((date(2033, 1, 1),), date(2031, 12, 31), "term ends within a year", date(2031, 12, 31)),
        ((date(2033, 1, 1),), date(2031, 2, 28), "term ended", date(2031, 2, 28)),
        ((), date(2041, 2, 1), "running", date(2041, 2, 1)),
        ((None,), None, "running", None),
    ],
)
def test_the_state_is_that_of_the_next_end_on_the_day(
    until: tuple[date | None, ...], ends: date | None, state: str, due: date | None
) -> None:
    found = row(*until, ends=ends)
    assert (found["state"], found["due"]) == (state, due)
    assert found["sums"] == len(until)
    assert found["undated"] == until.count(None)


def test_a_stated_notice_comes_before_that_of_the_text_and_what_nobody_states_is_unknown() -> None:
    assert row(termination=3)["notice"] == 3
    assert row(termination=3, months=6)["notice"] == 6
    assert row()["notice"] is None
    assert row(extension=6)["extend_by"] == date(2040, 8, 1)
    assert row(None, extension=6, ends=None)["extend_by"] is None


def test_a_document_without_an_end_or_a_sum_is_not_listed_and_those_that_ended_come_first() -> None:
    documents = table(
        "documents",
        {"document": "D-1", "day": date(2030, 2, 1), "ends": date(2041, 2, 1)},
        {"document": "D-2", "day": date(2030, 2, 1), "ends": date(2031, 1, 1)},
        {"document": "D-3", "day": date(2030, 2, 1)},
    )
    found = renewals(
        documents, table("undertakings"), table("milestones"), pl.DataFrame(schema=TERMS), day=DAY
    )
    assert found["document"].to_list() == ["D-2", "D-1"]
