"""What was fitted about the surroundings of pairs, and pairs seen again with it."""

from dataclasses import replace

import polars as pl
from bench.reconciling.around import FIGURES
from bench.reconciling.prepared import settings
from bench.reconciling.seen import aspects, seen_again

from konvoi.link.match import numbered


def seen(*pairs: tuple[int, int, float]) -> dict[tuple[int, int], float]:
    """Five records, and pairs of them as what stands around them has it."""
    ours = replace(settings(), apart=(), blocks=())
    table = pl.DataFrame({"id": list("abcde")})
    given = pl.DataFrame(list(pairs), schema=["a", "b", "probability"], orient="row")
    told = seen_again(given, numbered({"records": table}, ours), ours, aspects())
    return {(a, b): chance for a, b, chance in told.iter_rows()}


def test_every_figure_is_weighed() -> None:
    assert {one.name for one in aspects()} == set(FIGURES)


def test_a_surer_pair_stays_the_surer_one() -> None:
    told = seen((0, 1, 0.95), (2, 3, 0.3))
    assert told[0, 1] > told[2, 3]


def test_records_that_are_alike_to_a_third_are_surer_than_by_themselves() -> None:
    assert seen((0, 1, 0.97), (1, 2, 0.97), (0, 2, 0.3))[0, 2] > seen((0, 2, 0.3))[0, 2]


def test_a_pair_with_a_rival_is_less_sure() -> None:
    assert seen((0, 1, 0.6), (1, 2, 0.55))[0, 1] < seen((0, 1, 0.6))[0, 1]
