"""Since when, where a list does not say: after the last day without it, up to the first with it."""

from datetime import date

import polars as pl

from konvoi.align.frames import Frames, frames
from konvoi.align.history import with_first_seen
from konvoi.align.listing import Kind, Listing, Measure, Name, Order, Since
from konvoi.kit.days import Days
from konvoi.model.finding import Place


def tables(*ids: str, since: Days | None = None) -> Frames:
    known = Since.GIVEN if since else Since.UNKNOWN
    measure = Measure(Order.ASSET_FREEZE, "", "", since, known)
    return frames(
        "ca", [Listing(id, Kind.PERSON, (Name(id),), Place("f"), measures=(measure,)) for id in ids]
    )


def seen(*lists: tuple[date, Frames]) -> list[tuple[object, ...]]:
    found = with_first_seen(lists[-1][1], [(day, one.listings) for day, one in lists])
    columns = ("listing", "since_first", "since_last", "since_known")
    assert found.measures.select(columns).equals(found.listings.select(columns))
    return found.listings.select(columns).rows()


FIRST, SECOND, THIRD = date(2031, 1, 1), date(2031, 2, 1), date(2031, 3, 1)


def test_a_party_of_the_first_list_stays_unknown_and_a_later_one_came_between_two_days() -> None:
    assert seen((FIRST, tables("a")), (SECOND, tables("a", "b"))) == [
        ("a", None, None, "unknown"),
        ("b", date(2031, 1, 2), SECOND, "snapshot"),
    ]


def test_who_went_and_came_again_came_with_the_last_list() -> None:
    lists = ((FIRST, tables("a")), (SECOND, tables("b")), (THIRD, tables("a", "b")))
    assert seen(*lists) == [
        ("a", date(2031, 2, 2), THIRD, "snapshot"),
        ("b", date(2031, 1, 2), SECOND, "snapshot"),
    ]


def test_a_day_that_the_list_gives_stays() -> None:
    given = Days(date(2020, 5, 5), date(2020, 5, 5))
    (row,) = seen((FIRST, tables("z")), (SECOND, tables("a", since=given)))
    assert row == ("a", date(2020, 5, 5), date(2020, 5, 5), "given")


def test_the_tables_keep_their_schema_and_order() -> None:
    now = tables("b", "a")
    found = with_first_seen(now, [(FIRST, now.listings)])
    assert isinstance(found.listings, pl.DataFrame)
    assert found.listings.equals(now.listings)
