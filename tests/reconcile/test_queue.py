"""First the pair that would change the total most; lines without an amount by a stated proxy, or apart."""

from decimal import Decimal

import polars as pl
from tests.reconcile.ledgers import entries

from konvoi.model.entries import RELATIONS
from konvoi.reconcile.queue import CHANGES, Price, prices, queue

TENT = {("tent", "piece"): Price(Decimal(100_00), 3)}


def undecided(*pairs: tuple[str, str, float]) -> pl.DataFrame:
    return pl.DataFrame(
        [(a, b, "same_as", None, p, "undecided", "probability", "[]") for a, b, p in pairs],
        schema=RELATIONS,
        orient="row",
    )


def amounts(**falls: int | None) -> pl.DataFrame:
    """By how much the total falls if a and b are the same, by the pair's two letters."""
    rows = [(pair[0], pair[1], "same_as", fall) for pair, fall in falls.items()]
    schema = {"left": pl.String, "right": pl.String, "relation": pl.String, "effect": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def changes(*rows: tuple[str, str, int, float]) -> pl.DataFrame:
    """By how many pieces of which good a total falls, and which share of it that is."""
    full = [
        (pair[0], pair[1], "same_as", good, "piece", Decimal(count), share)
        for pair, good, count, share in rows
    ]
    return pl.DataFrame(full, schema=CHANGES, orient="row")


def ordered(found: pl.DataFrame) -> list[tuple[str, str]]:
    return list(found.select(pl.col("left") + pl.col("right"), "queue").iter_rows())


def test_amounts_come_first_then_shares_of_a_good_then_what_changes_nothing() -> None:
    open_ = undecided(("a", "b", 0.5), ("c", "d", 0.9), ("e", "f", 0.5), ("g", "h", 0.5))
    found = queue(open_, amounts(ab=90_00, cd=900_00, ef=0, gh=0), changes(("ef", "boat", 7, 0.5)), {})
    assert ordered(found) == [("cd", "amount"), ("ab", "amount"), ("ef", "quantity"), ("gh", "nothing")]


def test_lines_without_an_amount_stand_at_a_proxy_that_is_told() -> None:
    """Five tents at a median of EUR 100.00 by three lines weigh more than an amount of EUR 90.00."""
    open_ = undecided(("a", "b", 0.5), ("c", "d", 0.5))
    found = queue(open_, amounts(ab=90_00, cd=None), changes(("cd", "tent", 5, 0.1)), TENT)
    assert found.select("left", "change_minor", "proxy_minor", "prices").rows() == [
        ("c", None, 500_00, 3),
        ("a", 90_00, None, None),
    ]


def test_without_a_price_they_have_a_queue_of_their_own_by_share_of_the_good() -> None:
    open_ = undecided(("a", "b", 0.5), ("c", "d", 0.5))
    moved = changes(("ab", "boat", 900, 0.1), ("cd", "tank", 2, 0.5))
    found = queue(open_, amounts(ab=None, cd=None), moved, TENT)
    assert ordered(found) == [("cd", "quantity"), ("ab", "quantity")]


def test_a_known_amount_of_nothing_has_no_proxy() -> None:
    """A line below a package that states its own value: the total of amounts would not move."""
    found = queue(undecided(("a", "b", 0.5)), amounts(ab=0), changes(("ab", "tent", 5, 0.1)), TENT)
    assert found.select("queue", "proxy_minor").rows() == [("quantity", None)]


def test_of_pairs_that_weigh_the_same_the_more_doubtful_comes_first() -> None:
    open_ = undecided(("a", "b", 0.9), ("c", "d", 0.5), ("e", "f", 0.5))
    same = amounts(ab=1, cd=1, ef=1)
    assert [pair for pair, _ in ordered(queue(open_, same, changes(), {}))] == ["cd", "ef", "ab"]
    assert queue(open_.reverse(), same.reverse(), changes(), {}).equals(queue(open_, same, changes(), {}))


def test_what_is_decided_waits_no_more() -> None:
    done = undecided(("a", "b", 0.5)).with_columns(status=pl.lit("accepted"))
    assert queue(done, amounts(ab=1), changes(), {}).height == 0


def test_a_price_is_the_median_of_the_lines_that_state_amount_and_quantity() -> None:
    """2, 3 and 10 a piece; what states no quantity, and a package, say nothing."""
    lines = [
        {"entry": str(n), "line": f"L{n}", "good": "tent", "unit": "piece", "quantity": Decimal(10)}
        | {"amount_minor": minor, "currency": "EUR"}
        for n, minor in enumerate((20_00, 30_00, 100_00))
    ]
    bare = {"entry": "9", "line": "L9", "good": "tent", "unit": "piece", "amount_minor": 1, "currency": "EUR"}
    found = prices(entries(*lines, bare, {"entry": "8", "amount_minor": 5, "currency": "EUR"}), None, "EUR")
    assert found == {("tent", "piece"): Price(Decimal(3_00), 3)}
