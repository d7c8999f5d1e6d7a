"""What makes two parties of two listings, whatever their names."""

from datetime import date

import polars as pl
import pytest

from konvoi.align.contradictions import births, conflicts, never

PAIR = pl.DataFrame({"left": [1], "right": [2]})
Number = tuple[int, str, str, bool | None]
Span = tuple[int, str, str, bool]


def numbers(*rows: Number) -> pl.DataFrame:
    schema = {"owner": pl.Int64(), "type": pl.String(), "value": pl.String(), "valid": pl.Boolean()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def spans(*rows: Span) -> pl.DataFrame:
    schema = {"owner": pl.Int64(), "first": pl.Date(), "last": pl.Date(), "about": pl.Boolean()}
    told = [(o, date.fromisoformat(first), date.fromisoformat(last), about) for o, first, last, about in rows]
    return pl.DataFrame(told, schema=schema, orient="row")


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([(1, "inn", "a", True), (2, "inn", "b", True)], 1),
        ([(1, "inn", "a", True), (2, "inn", "b", False)], 0),
        ([(1, "inn", "a", True), (1, "inn", "b", True), (2, "inn", "b", True)], 0),
        ([(1, "imo-ship", "a", True), (2, "imo-company", "b", True)], 0),
        ([(1, "passport", "a", None), (2, "passport", "b", None)], 0),
        ([(1, "imo-company", "a", True), (2, "imo-company", "b", True)], 0),
        ([(1, "lei", "a", True), (2, "lei", "b", True), (1, "ogrn", "c", True), (2, "ogrn", "c", True)], 1),
    ],
)
def test_only_two_valid_numbers_of_a_type_that_a_party_has_once_conflict(
    rows: list[Number], count: int
) -> None:
    assert conflicts(PAIR, numbers(*rows)).height == count


D55, Y55, Y56 = ("1955-03-04", "1955-03-04"), ("1955-01-01", "1955-12-31"), ("1956-01-01", "1956-12-31")


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([(1, *D55, False), (2, *D55, False)], "day"),
        ([(1, *D55, False), (2, *Y55, False)], "year"),
        ([(1, *Y55, False), (2, *Y56, False)], "years"),
        ([(1, *Y55, False), (2, "1958-01-01", "1958-12-31", False)], "disjoint"),
        ([(1, "1959-03-04", "1959-03-04", False), (2, "1960-03-04", "1960-03-04", False)], "years"),
        ([(1, *D55, False), (2, "1956-07-19", "1956-07-19", False)], "disjoint"),
        ([(1, *D55, False), (2, "1955-04-03", "1955-04-03", False)], "near"),
        ([(1, *D55, False), (2, "1955-03-06", "1955-03-06", False)], "near"),
        ([(1, *D55, False), (2, "1965-03-04", "1965-03-04", False)], "near"),
        ([(1, *D55, False), (2, "1955-08-04", "1955-08-04", False)], "near"),
        ([(1, *D55, False), (2, "1955-05-12", "1955-05-12", False)], "disjoint"),
        ([(1, *D55, False), (2, *Y56, False)], "years"),
        ([(1, *Y55, False), (1, *Y56, False), (2, *Y56, False)], "year"),
        ([(1, *Y55, True), (2, *Y56, False)], "about"),
        ([(1, "1950-01-01", "1960-12-31", False), (2, *D55, False)], "about"),
        ([(1, *D55, False)], None),
    ],
)
def test_births_are_disjoint_only_where_no_two_intervals_meet(rows: list[Span], found: str | None) -> None:
    told = births(PAIR, spans(*rows))["births"].to_list()
    assert told == ([found] if found else [])


def test_either_contradiction_parts_a_pair() -> None:
    pairs = pl.DataFrame({"left": [1, 1, 2], "right": [2, 3, 3]})
    held = numbers((1, "inn", "a", True), (2, "inn", "b", True))
    born = spans((1, *Y55, False), (3, *Y56, False))
    assert never(pairs, held, born).rows() == [(1, 2), (1, 3)]
