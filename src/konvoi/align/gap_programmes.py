"""Alignment gaps with the acts to cite and by programme, theme and measure."""

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from konvoi.align.acts import Theme
from konvoi.align.citing import BESIDE, UNVERIFIED, terrorism_alone

DRAWN = pl.Schema(
    {
        "citations": pl.String(),
        "numbers": pl.String(),
        "programmes": pl.String(),
        "themes": pl.String(),
    }
)
"""Columns beside those of a gap, each apart by `; `. citations: acts to cite, of all that order the measure.
numbers: the same by number alone. programmes: regime:tag. themes: of these programmes."""

_GAP = ("party", "order", "lacks")


class By(StrEnum):
    """Groups in which gaps are counted."""

    PROGRAMME = "programme"
    THEME = "theme"
    MEASURE = "measure"


@dataclass(frozen=True)
class Chosen:
    """Gaps that are asked for; empty means all. programme: a tag, or regime:tag."""

    regime: str = ""
    programme: str = ""
    theme: str = ""
    measure: str = ""


def with_programmes(gaps: pl.DataFrame, cited: pl.DataFrame, programmes: pl.DataFrame) -> pl.DataFrame:
    """Return gaps with DRAWN, of the listings that order the measure.

    A regime of which every programme is about terrorism says nothing about anything else: it lacks only
    what others order because of terrorism.
    """
    listings = gaps.select(*_GAP, pl.col("listings").str.split(BESIDE).alias("listing")).explode("listing")
    acts = _joined(listings, cited.select("listing", "order", citations="citation"), "citations")
    mark = pl.when("checked").then(pl.lit("")).otherwise(pl.lit(f" {UNVERIFIED}"))
    number = pl.concat_str("number", mark)
    short = cited.with_columns(numbers=pl.when("known").then(number).otherwise("citation"))
    numbers = _joined(listings, short.select("listing", "order", "numbers"), "numbers")
    tagged = programmes.with_columns(programmes=pl.format("{}:{}", "regime", "programme"))
    tags = _joined(listings, tagged.select("listing", "order", "programmes"), "programmes")
    themes = _joined(listings, tagged.select("listing", "order", themes="theme"), "themes")
    found = gaps
    for one in (acts, numbers, tags, themes):
        found = found.join(one, on=_GAP, how="left")
    found = found.with_columns(pl.col(name).fill_null("") for name in DRAWN)
    narrow = pl.col("lacks").is_in(sorted(terrorism_alone(programmes)))
    return found.filter(~narrow | _holds("themes", Theme.TERRORISM.value))


def _joined(listings: pl.DataFrame, told: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return the values of the listings of each gap in one text, each once, sorted."""
    found = listings.join(told, on=("listing", "order")).filter(pl.col(name) != "")
    once = found.select(*_GAP, name).unique().sort(*_GAP, name)
    return once.group_by(_GAP, maintain_order=True).agg(pl.col(name).str.join(BESIDE))


def chosen(gaps: pl.DataFrame, asked: Chosen) -> pl.DataFrame:
    """Return the gaps that are asked for, in their order."""
    found = gaps
    if asked.regime:
        found = found.filter(lacks=asked.regime)
    if asked.measure:
        found = found.filter(order=asked.measure)
    if asked.theme:
        found = found.filter(_holds("themes", asked.theme))
    if asked.programme:
        whole = _holds("programmes", asked.programme)
        tag = pl.col("programmes").str.split(BESIDE).list.eval(pl.element().str.replace(r"^[^:]*:", ""))
        found = found.filter(whole | tag.list.contains(asked.programme))
    return found


def _holds(column: str, value: str) -> pl.Expr:
    return pl.col(column).str.split(BESIDE).list.contains(value)


def counted(gaps: pl.DataFrame, by: By) -> pl.DataFrame:
    """Return lacks, group, stated, undecided: gaps by regime and group, the largest first.

    A gap stands in each of its programmes and themes, so that groups do not add up to all gaps; one without
    any is counted under an empty group.
    """
    column = {By.PROGRAMME: "programmes", By.THEME: "themes", By.MEASURE: "order"}[by]
    each = gaps.with_columns(group=pl.col(column).str.split(BESIDE)).explode("group")
    sure = pl.col("perhaps") == ""
    found = each.group_by("lacks", "group").agg(
        stated=sure.sum().cast(pl.Int64), undecided=(~sure).sum().cast(pl.Int64)
    )
    return found.sort("lacks", -pl.col("stated"), "group")
