"""Line items that stand for the same thing as another one: of two, one counts."""

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

_ALIKE = ("same_as", "restates")


class Twin(NamedTuple):
    """A line that stands for another one; decided: whether the relation between them is accepted."""

    line: str
    decided: bool


def pairs(alike: Mapping[str, Twin]) -> set[tuple[str, str]]:
    """Lines with the line that each stands for, decided or not."""
    return {(line, twin.line) for line, twin in alike.items()}


def twins(entries: pl.DataFrame, relations: pl.DataFrame) -> dict[str, Twin]:
    """Return the twin of each line that another line stands for."""
    line_of = dict(entries.select("entry", "line").drop_nulls().iter_rows())
    package_of = dict(entries.select("entry", "package").drop_nulls().iter_rows())
    found: dict[str, Twin] = {}
    alike = relations.filter(pl.col("relation").is_in(_ALIKE) & (pl.col("status") != "rejected"))
    for row in alike.sort("status", "left", "right").iter_rows(named=True):
        left = line_of.get(row["left"])
        right = line_of.get(row["right"])
        if left and right and left != right and left not in found:
            # An earlier word that was told again is planned under its newest form.
            first, second = (right, left) if row["relation"] == "restates" else sorted((left, right))[::-1]
            found.setdefault(first, Twin(second, row["status"] == "accepted"))
        elif not left and not right:
            found |= _package_twins(entries, package_of, row, found)
    return found


def _package_twins(
    entries: pl.DataFrame,
    package_of: dict[str, str],
    row: Mapping[str, str],
    found: Mapping[str, Twin],
) -> dict[str, Twin]:
    """Lines of the same good in two packages that are the same: one of them stands for both."""
    older = package_of.get(row["right"])
    newer = package_of.get(row["left"])
    if row["relation"] == "same_as" and older and newer and older < newer:
        older, newer = newer, older
    lines = entries.filter(pl.col("line").is_not_null() & pl.col("good").is_not_null())
    goods = lines.select("package", "good", "line").unique().sort("package", "good", "line")
    one = dict(goods.filter(pl.col("package") == newer).select("good", "line").iter_rows())
    return {
        line: Twin(one[good], row["status"] == "accepted")
        for good, line in goods.filter(pl.col("package") == older).select("good", "line").iter_rows()
        if good in one and line not in found and one[good] != line
    }
