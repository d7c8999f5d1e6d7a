"""How long lines take from stage to stage, open ones counted for as long as they last."""

from datetime import date, timedelta
from fractions import Fraction

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from konvoi.accord.facts import of_lines
from konvoi.accord.stage_durations import PACE, PASSAGES, pace, passages, still_open
from konvoi.model.entries import RELATIONS, frame

START = date(2026, 1, 1)
TODAY = date(2026, 3, 2)


def at(line: str, stage: str, day: int, wide: int = 0, **more: object) -> dict[str, object]:
    """An entry of a line from stock, some days after New Year, its day known to so many days."""
    first = START + timedelta(days=day)
    usual = {"source": "AR", "party": "AR", "package": "p", "route": "from stock", "kind": "energy"}
    days = {"day_from": first, "day_to": first + timedelta(days=wide), "known_on": first}
    return usual | days | {"line": line, "stage": stage} | more


def drawn(*rows: dict[str, object]) -> pl.DataFrame:
    entries = frame([row | {"entry": f"e{number}"} for number, row in enumerate(rows)])
    return passages(of_lines(entries, pl.DataFrame(schema=RELATIONS)), TODAY)


def of(found: pl.DataFrame, first: str, last: str) -> list[tuple[int | None, str]]:
    own = found.filter((pl.col("from") == first) & (pl.col("to") == last))
    return list(own.select("days", "state").iter_rows())


def test_a_passage_ends_with_the_next_stage_or_one_beyond_and_the_way_with_its_end() -> None:
    found = drawn(at("a", "committed", 0), at("a", "dispatched", 10), at("a", "received", 25))
    assert of(found, "committed", "allocated") == [(10, "ended")]
    assert of(found, "dispatched", "at hub") == [(15, "ended")]
    assert of(found, "committed", "received") == [(25, "ended")]


def test_what_has_not_passed_on_is_open_for_as_long_as_it_lasts() -> None:
    found = drawn(at("a", "committed", 0))
    assert of(found, "committed", "allocated") == [(60, "open")]
    assert of(found, "committed", "received") == [(60, "open")]


def test_a_day_not_known_to_a_month_says_nothing_on_how_long_it_took() -> None:
    found = drawn(at("a", "committed", 0), at("a", "handed over", 0, wide=50))
    assert of(found, "committed", "allocated") == [(None, "ended, no day")]
    assert of(drawn(at("b", "committed", 0, wide=50)), "committed", "allocated") == [(None, "no day")]


def test_where_most_that_ended_have_no_day_nothing_is_computed() -> None:
    """One ended after ten days, one is open, two ended on days that nobody knows: what is left would
    mislead."""
    rows = [at("a", "committed", 0), at("a", "handed over", 10), at("b", "committed", 0)]
    lost = [at(line, "committed", 0) for line in "cd"] + [
        at(line, "handed over", 0, wide=50) for line in "cd"
    ]
    row = pace(drawn(*rows, *lost)).filter(pl.col("to") == "allocated").row(0, named=True)
    assert (row["ended"], row["ended_no_day"], row["first"], row["middle"]) == (1, 2, None, None)
    row = pace(drawn(*rows)).filter(pl.col("to") == "allocated").row(0, named=True)
    assert row["first"] == 10


def test_a_later_stage_with_an_earlier_day_is_no_passage() -> None:
    found = drawn(at("a", "committed", 20), at("a", "dispatched", 10))
    assert of(found, "committed", "allocated") == [(None, "backwards")]


def test_half_is_told_by_what_ended_and_what_is_open() -> None:
    """Ended after 10, 20; open for 60: half have passed on after 20 days, three of four never."""
    rows = [
        at("a", "committed", 0),
        at("a", "allocated", 10),
        at("b", "committed", 0),
        at("b", "allocated", 20),
    ]
    found = drawn(*rows, at("c", "committed", 0))
    row = pace(found).filter(pl.col("to") == "allocated").row(0, named=True)
    assert (row["cases"], row["ended"], row["open"]) == (3, 2, 1)
    assert (row["first"], row["middle"], row["last"]) == (10, 20, None)
    own = found.filter(pl.col("to") == "allocated")
    assert still_open(own) == ((10, Fraction(2, 3)), (20, Fraction(1, 3)))


def test_all_open_has_no_figure_and_none_has_no_row() -> None:
    row = pace(drawn(at("a", "committed", 0))).row(0, named=True)
    assert (row["ended"], row["open"], row["middle"]) == (0, 1, None)
    assert drawn().schema == PASSAGES
    assert pace(drawn()).schema == PACE


def test_by_partner_each_has_its_own_row() -> None:
    found = drawn(at("a", "committed", 0), at("b", "committed", 0, party="BO"))
    assert set(pace(found, "party")["key"]) == {"AR", "BO"}


_ENTRY = st.tuples(
    st.sampled_from("ab"), st.sampled_from(["committed", "dispatched", "received"]), st.integers(0, 90)
)


@given(st.lists(_ENTRY, max_size=8))
def test_every_passage_is_counted_once_and_no_time_is_negative(rows: list[tuple[str, str, int]]) -> None:
    found = drawn(*(at(*row) for row in rows))
    told = pace(found)
    counted = told.select(pl.sum_horizontal("ended", "open", "no_day", "backwards").sum()).item()
    assert counted == found.height
    assert found.filter(pl.col("days") < 0).is_empty()
    assert told.equals(pace(drawn(*(at(*row) for row in reversed(rows)))).with_columns(told["behind"]))
