"""Relations between packages and lines: the effect of relations between their entries on a total."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from konvoi.ledger.once import WITHOUT_CONSERVATION
from konvoi.ledger.post import Ends, Ledger
from konvoi.ledger.units import UNIT, owned

LINKS = pl.Schema(
    dict.fromkeys(("left", "right", "relation", "subtype", "status"), pl.String())
    | {"most": pl.Int64(), "probability": pl.Float64()}
)
"""One row for each relation between two units (packages or lines), sorted.

most: what the related entries of the left unit hold together; null where they hold all of it at their stage,
or have no value. probability: the highest match probability of the related entries; null where none has one.
"""

BROUGHT = pl.Schema(dict.fromkeys(("left", "right", "relation", "line_left", "line_right"), pl.String()))
"""One row for each pair of lines that would hold with an undecided relation of their packages (units)."""

_PASSED_DOWN = pl.col("relation").is_in(["same_as", "restates"])


@dataclass(frozen=True)
class Links:
    """Relations that concern the units of a total. relations: LINKS. brought: BROUGHT."""

    relations: pl.DataFrame
    brought: pl.DataFrame

    @cached_property
    def accepted(self) -> pl.DataFrame:
        """The accepted relations, without `status` and `probability`."""
        return self.relations.filter(pl.col("status") == "accepted").drop("status", "probability")

    @cached_property
    def conserving(self) -> pl.DataFrame:
        """The accepted relations that change a total."""
        return self.accepted.filter(~pl.col("subtype").is_in(WITHOUT_CONSERVATION))


def links(values: pl.DataFrame, ledger: Ledger, known: date | None) -> Links:
    """Return the relations of a ledger near the units of a total.

    values: entries with `entry`, `unit`, `value`. A relation holds between packages and lines, whichever of
    their entries it names: also where that entry has not reached the stage of the total. Records outside the
    total are named where a chain of the same leads through them, and where their lines are in it. Relations
    known only after the day `known` are ignored.
    """
    if values.is_empty() or ledger.relations.is_empty():
        return Links(LINKS.to_frame(), BROUGHT.to_frame())
    ends = _ends(ledger, known)
    inside = values["unit"].unique()
    held = ends.units.join(_most(values, ends.units), on="entry", how="left")
    joined = _joined(ends.relations, held)
    counts = ends.brought.filter(
        pl.col("line_left").is_in(inside.implode()) & pl.col("line_right").is_in(inside.implode())
    )
    heads = pl.concat([counts["left"], counts["right"]])
    return Links(_near(joined, pl.concat([inside, heads]).unique()), counts)


def _ends(ledger: Ledger, known: date | None) -> Ends:
    """Return the relations of a ledger and their ends, found once for all totals of one day."""
    if known not in ledger.ends:
        told = ledger.relations.filter(pl.col("relation") != "serves")
        units = _units(told, ledger, known)
        ledger.ends[known] = Ends(told, units, _brought(told, units, ledger, known))
    return ledger.ends[known]


def unit_name() -> pl.Expr:
    """The name of the package or line of an entry."""
    return pl.concat_str([pl.col(c).fill_null("") for c in UNIT], separator="\x1f")


def _known(known: date | None) -> pl.Expr:
    if known is None:
        return pl.lit(True)
    return pl.col("known_on").is_null() | (pl.col("known_on") <= known)


def _units(relations: pl.DataFrame, ledger: Ledger, known: date | None) -> pl.DataFrame:
    """The ends of relations: entry, unit, source, package, line."""
    ends = pl.concat([relations["left"], relations["right"]]).unique().rename("entry").to_frame()
    found = ledger.entries.select("entry", *UNIT, "known_on").join(ends, on="entry", how="semi")
    named = owned(found.filter(_known(known)), ledger.owners)
    return named.select("entry", *UNIT, unit=unit_name())


def _most(values: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Return the part of their unit that entries hold at their stage: entry, most; null for all of it."""
    near = values.join(units.select("unit").unique(), on="unit", how="semi")
    one_of_several = pl.len().over("unit", "stage") > 1
    return near.select("entry", most=pl.when(one_of_several).then("value"))


def _joined(relations: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Relations between entries as LINKS between the units that hold them."""
    of = units.select("entry", "unit", "most")
    return (
        relations.select("left", "right", "relation", "subtype", "status", "probability")
        .join(of, left_on="left", right_on="entry")
        .rename({"unit": "unit_left"})
        .join(of.drop("most"), left_on="right", right_on="entry")
        .filter(pl.col("unit_left") != pl.col("unit"))
        .with_columns(pl.col("subtype").fill_null(""))
        .group_by(left="unit_left", right="unit", relation="relation", subtype="subtype", status="status")
        .agg(
            pl.col("probability").max(),
            most=pl.when(pl.col("most").is_not_null().all()).then(pl.col("most").sum()),
        )
        .select(list(LINKS))
        .cast(LINKS)
        .sort("relation", "left", "right", "subtype", "status")
    )


def _near(joined: pl.DataFrame, inside: pl.Series) -> pl.DataFrame:
    """Relations between these units, and those through which chains of the same lead from them."""
    same = joined.filter((pl.col("relation") == "same_as") & (pl.col("status") != "rejected"))
    reached = inside
    while True:
        next_to = same.filter(
            pl.col("left").is_in(reached.implode()) != pl.col("right").is_in(reached.implode())
        )
        if next_to.is_empty():
            break
        reached = pl.concat([reached, next_to["left"], next_to["right"]]).unique()
    both = pl.col("left").is_in(reached.implode()) & pl.col("right").is_in(reached.implode())
    return joined.filter(both)


def _brought(
    relations: pl.DataFrame, units: pl.DataFrame, ledger: Ledger, known: date | None
) -> pl.DataFrame:
    """Return the pairs of lines of one good that undecided pairs of packages would bring: BROUGHT.

    Only for a good that stands in each of the two packages on one line. A pair of lines that a person has
    decided stays as it was decided.
    """
    packages = units.filter(pl.col("line").is_null() & pl.col("package").is_not_null())
    side = packages.select("entry", "unit", "source", "package")
    undecided = (
        relations.filter((pl.col("status") == "undecided") & _PASSED_DOWN)
        .select("left", "right", "relation")
        .join(side, left_on="left", right_on="entry")
        .join(side, left_on="right", right_on="entry", suffix="_right")
        .select("unit", "unit_right", "relation", "source", "package", "source_right", "package_right")
        .unique()
    )
    if undecided.is_empty():
        return BROUGHT.to_frame()
    ends = pl.concat(
        [
            undecided.select("source", "package"),
            undecided.select(source="source_right", package="package_right"),
        ]
    ).unique()
    below = _single_goods(ledger, ends, known)
    found = (
        undecided.join(below, on=["source", "package"])
        .join(
            below.rename({"source": "source_right", "package": "package_right"}),
            on=["source_right", "package_right", "good"],
            suffix="_right",
        )
        .select(
            left="unit", right="unit_right", relation="relation", line_left="line", line_right="line_right"
        )
    )
    return found.join(
        _decided_by_people(relations, units), on=["line_left", "line_right", "relation"], how="anti"
    ).sort(list(BROUGHT))


def _single_goods(ledger: Ledger, packages: pl.DataFrame, known: date | None) -> pl.DataFrame:
    """Lines that alone have their good in their package: source, package, good, line (the unit)."""
    entries = ledger.entries.select("entry", *UNIT, "good", "stage", "known_on", "day_from").filter(
        pl.col("line").is_not_null() & pl.col("stage").is_not_null() & _known(known)
    )
    own = owned(entries, ledger.owners).join(packages, on=["source", "package"], how="semi")
    lines = (
        own.sort("known_on", "day_from", "entry", nulls_last=True)
        .group_by(UNIT, maintain_order=True)
        .agg(pl.col("good").first())
        .drop_nulls("good")
        .filter(pl.len().over("source", "package", "good") == 1)
    )
    return lines.select("source", "package", "good", line=unit_name())


def _decided_by_people(relations: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Return pairs of units that a person has reviewed, same_as in both directions: line_left, line_right."""
    of = units.select("entry", "unit")
    pairs = (
        relations.filter(pl.col("basis") == "person")
        .join(of, left_on="left", right_on="entry")
        .join(of, left_on="right", right_on="entry", suffix="_right")
        .select("relation", line_left="unit", line_right="unit_right")
    )
    turned = pairs.filter(pl.col("relation") == "same_as")
    other_way = turned.select("relation", line_left="line_right", line_right="line_left")
    return pl.concat([pairs, other_way]).unique()
