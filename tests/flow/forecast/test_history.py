"""Lines of a ledger as cases to learn from: to the next stage, to the end, and what has no day."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl
import pytest
from tests.report.cases import documents, entry

from konvoi.flow.forecast.history import of_ledger
from konvoi.flow.gathered import Gathered
from konvoi.ledger.post import post
from konvoi.model.entries import frame
from konvoi.model.finding import Finding

BEGAN = date(2025, 3, 1)
WAY = "committed > received"


def line(name: str, stage: str, days: int, **more: object) -> dict[str, object]:
    """What a line reached so many days after 1 March 2025."""
    day = BEGAN + timedelta(days)
    usual = {"route": "from stock", "line": name, "day_from": day, "day_to": day, "known_on": day}
    return entry("E01", "ARV", stage, 1, **usual | more) | {"entry": f"{name}, {stage}"}


def told(rows: Sequence[dict[str, object]]) -> tuple[pl.DataFrame, list[Finding]]:
    gathered = Gathered(post([frame(rows)]), {}, documents(), pl.DataFrame(), ())
    return of_ledger(gathered)


def days(cases: pl.DataFrame, measure: str) -> list[tuple[date | None, date | None]]:
    mine = cases.filter(measure=measure).sort("case")
    return mine.select("ended_from", "ended_to").rows()


def test_the_way_to_the_end_is_a_case_whatever_was_skipped() -> None:
    """Committed on day 0, dispatched on 10, received on 30; another is open since it was committed."""
    cases, _ = told(
        [
            line("a", "committed", 0),
            line("a", "dispatched", 10),
            line("a", "received", 30),
            line("b", "committed", 5),
        ]
    )
    end = BEGAN + timedelta(30)
    assert days(cases, WAY) == [(end, end), (None, None)]
    assert days(cases, "dispatched > received") == [(end, end)]
    assert cases.filter(measure="committed > allocated")["case"].to_list() == ["b"]


def test_a_way_of_one_step_is_one_case() -> None:
    cases, _ = told([line("a", "handed over", 0), line("a", "received", 3)])
    assert cases.filter(measure="handed over > received").height == 1


def test_what_was_received_without_a_day_ended_some_time_until_it_was_told() -> None:
    """One of three has no day of receipt: known 40 days after the word, so received by then."""
    rows = [line(name, "committed", 0) for name in "abc"]
    rows += [line(name, "received", 20) for name in "ab"]
    known = {"day_from": None, "day_to": None, "known_on": BEGAN + timedelta(40)}
    rows += [line("c", "received", 0, **known)]
    cases, findings = told(rows)
    assert days(cases, WAY)[2] == (BEGAN, BEGAN + timedelta(40))
    assert {one.code for one in findings} == {"lead-time-stage-missing"}


def test_where_most_ends_have_no_day_nothing_is_learnt_and_that_is_said() -> None:
    rows = [line(name, "committed", 0) for name in "abcd"]
    rows += [line("a", "received", 20)]
    rows += [line(name, "received", 200, day_from=BEGAN) for name in "bc"]
    cases, findings = told(rows)
    assert days(cases, WAY) == []
    (said,) = [one for one in findings if one.code == "lead-time-without-days"]
    assert said.values == {"measure": WAY, "kind": "energy", "route": "from stock", "count": "2"}


@pytest.mark.parametrize(("width", "cases"), [(31, 1), (32, 0)])
def test_what_begins_on_a_day_that_is_not_known_to_a_month_teaches_nothing(width: int, cases: int) -> None:
    found, _ = told([line("a", "committed", 40, day_from=BEGAN + timedelta(40 - width))])
    assert found.filter(measure=WAY).height == cases
