"""A total's rows: by partner, group, kind or good, each with its bounds and the entries behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from functools import cached_property
from typing import NamedTuple

import polars as pl

from konvoi.ledger.answer import Double, Part, Unvalued
from konvoi.ledger.decisions import Cluster, clusters
from konvoi.ledger.links import Links
from konvoi.ledger.once import Counted
from konvoi.ledger.question import Question
from konvoi.ledger.range import NOTHING, TOTAL, Key, Range, Split, ranges

NOT_SAID = "not stated"
OTHERS = "others"
"""The row of parties that belong to none of the groups."""

QUANTITY_SCALE = 6
UNLIKE = "not known: quantities in different units are not added: {units}"
"""Reason why a good has no value: message id."""

UNREAD = "the value could not be read"
"""Reason why a stated value does not count: message id."""

_LINES_SHOWN = 5
_COUNTED_BY = ("unit", "value", "exact", "known_on", "source", "party", "fund")


class Figures(NamedTuple):
    """The figures of a total or row: by accepted relations, at least, at most, and as expected."""

    value: int
    lowest: int
    highest: int
    estimate: int


@dataclass(frozen=True)
class Sum:
    """Units of one question with the amount that each counts by accepted relations, and undecided pairs.

    members: unit, party, kind, good, valuation, counted_in, entries (sorted ids), withdrawn (whether nothing
    is left of it). readings: the same for units by other readings of their statements
    (konvoi.ledger.readings), several rows a unit.
    """

    accepted: Counted
    members: pl.DataFrame
    links: Links
    readings: pl.DataFrame

    @cached_property
    def open(self) -> tuple[Cluster, ...]:
        """Return the clusters in which decisions may change the total."""
        return tuple(clusters(self.links, {*self.accepted.exceeded, *self.readings["unit"]}))

    def conflicts(self) -> int:
        """The number of units of which statements in force may be read otherwise."""
        return self.readings["unit"].n_unique()

    def open_pairs(self) -> int:
        """Return the number of undecided pairs between units that count."""
        inside = set(self.values)
        return sum(
            any({row["left"], row["right"]} <= inside for option in one.options for row in option.rows)
            for cluster in self.open
            for one in cluster.decisions
        )

    @cached_property
    def values(self) -> dict[str, dict[str, object]]:
        """The units of the open clusters by name, as `konvoi.ledger.once.counting` takes them."""
        names = pl.Series([unit for cluster in self.open for unit in cluster.units], dtype=pl.String)
        units = self.members.filter(pl.col("unit").is_in(names.implode())).select(_COUNTED_BY)
        found: dict[str, dict[str, object]] = {row["unit"]: row for row in units.iter_rows(named=True)}
        for row in self.readings.select(_COUNTED_BY).iter_rows(named=True):
            # Statements in force give no value to a unit that only another reading has.
            found.setdefault(row["unit"], row | {"value": 0})
        return found

    def other_readings(self) -> dict[str, list[dict[str, object]]]:
        """Return the same units by their other readings."""
        found: dict[str, list[dict[str, object]]] = {}
        for row in self.readings.select(_COUNTED_BY).iter_rows(named=True):
            found.setdefault(row["unit"], []).append(row)
        return found

    def value(self) -> int:
        """Return the value by the accepted relations."""
        return int(self.accepted.units["counts"].sum())

    def figures(self) -> Figures:
        """The value with its lowest, highest and mean over all consistent decisions."""
        return figures(self.value(), self.ranges(_no_rows), TOTAL)

    def ranges(self, split: Split) -> dict[Key, Range]:
        """Return the contributions of the open clusters to the total and to its rows."""
        return ranges(self.open, self.values, split, self.other_readings()) if self.open else {}


def figures(value: int, found: Mapping[Key, Range], key: Key) -> Figures:
    """The figures of a total or row of this value, given the ranges of its open clusters."""
    own = found.get(key, NOTHING)
    rest = value - own.value
    return Figures(value, rest + own.lowest, rest + own.highest, rest + own.estimate)


def _no_rows(unit: str, count: int) -> dict[str, int]:
    return {}


def plain(number: int, scale: int) -> Decimal:
    """A whole number of the smallest parts as a decimal; quantities without needless zeros.

    >>> plain(288_000_000, 6), plain(60_500_000, 6), plain(150, 2)
    (Decimal('288'), Decimal('60.5'), Decimal('1.50'))
    """
    value = Decimal(number).scaleb(-scale)
    if scale != QUANTITY_SCALE:
        return value
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()


def parts(
    summed: Sum,
    question: Question,
    tables: Mapping[str, pl.DataFrame],
    groups: Mapping[str, tuple[str, ...]],
    scale: int,
) -> tuple[tuple[Part, ...], Figures]:
    """The rows of a total, the largest first, and the total's own figures.

    No rows where the question asks for none. Both come from one look at the undecided pairs.
    """
    if not question.by:
        return (), summed.figures()
    # What is withdrawn as a whole is no entry of the figure.
    behind = pl.when(~pl.col("withdrawn")).then("entries").alias("entries")
    members = summed.members.select("unit", behind, "counted_in", key=_key(question))
    rows = members.join(summed.accepted.units.select("unit", "counts"), on="unit")
    shares = _shares(tables.get("shares")) if question.attribute == "members" else {}
    rows = _attributed(rows, shares)
    if question.by == "group":
        rows = rows.with_columns(key=_group(groups))
    sums = (
        rows.group_by("key")
        .agg(
            pl.col("counts").sum(),
            pl.col("entries").explode().drop_nulls().unique().sort(),
            pl.col("counted_in").drop_nulls().sort().first(),
        )
        .sort(["counts", "key"], descending=[True, False])
    )
    found = summed.ranges(_split(summed, members, shares, question, groups))
    goods = question.what == "quantity" and question.by == "good"
    rows_found = []
    for key, value, entries, unit in sums.iter_rows():
        counts, low, high, mean = (plain(one, scale) for one in figures(value, found, key))
        named = str(unit or "") if goods else ""
        rows_found.append(Part(str(key), counts, low, high, mean, tuple(entries), named))
    return tuple(rows_found), figures(summed.value(), found, TOTAL)


class RowAmount(NamedTuple):
    """A row of a total with the amount that a unit adds to it."""

    key: str
    amount: int


def row_keys(
    summed: Sum,
    question: Question,
    tables: Mapping[str, pl.DataFrame],
    groups: Mapping[str, tuple[str, ...]],
) -> dict[str, list[RowAmount]]:
    """Return by unit the rows of the total to which it adds, with the amount for each."""
    if not question.by:
        return {}
    members = summed.members.select("unit", "entries", "counted_in", key=_key(question))
    rows = members.join(summed.accepted.units.select("unit", "counts"), on="unit")
    shares = _shares(tables.get("shares")) if question.attribute == "members" else {}
    rows = _attributed(rows, shares)
    if question.by == "group":
        rows = rows.with_columns(key=_group(groups))
    found: dict[str, list[RowAmount]] = {}
    for unit, key, counts in rows.sort("unit", "key").select("unit", "key", "counts").iter_rows():
        found.setdefault(unit, []).append(RowAmount(str(key), counts))
    return found


def _split(
    summed: Sum,
    members: pl.DataFrame,
    shares: "Shares",
    question: Question,
    groups: Mapping[str, tuple[str, ...]],
) -> Split:
    """Return the rows to which a unit of an open cluster adds, and the amount for each."""
    names = pl.Series([unit for cluster in summed.open for unit in cluster.units], dtype=pl.String)
    others = summed.readings.select("unit", key=_key(question))
    every = pl.concat([others, members.select("unit", "key")]).filter(pl.col("unit").is_in(names.implode()))
    keys = dict(every.iter_rows())
    of = _of_group(groups) if question.by == "group" else {}

    def named(key: str) -> str:
        return of.get(key, OTHERS) if question.by == "group" else key

    def split(unit: str, count: int) -> dict[str, int]:
        key = str(keys[unit])
        if key not in shares:
            return {named(key): count}
        sums: dict[str, int] = {}
        for party, part in shared(count, shares[key]).items():
            sums[named(party or key)] = sums.get(named(party or key), 0) + part
        return sums

    return split


def unvalued(
    entries: pl.DataFrame,
    question: Question,
    groups: Mapping[str, tuple[str, ...]],
    unread: frozenset[str] = frozenset(),
) -> tuple[Unvalued, ...]:
    """Entries without a value that can be counted, by the same rows, sorted by key.

    unread: the entries whose value is stated and could not be read.
    """
    if not question.by:
        return ()
    month = pl.col("day_to").dt.strftime("%Y-%m")
    rows = entries.with_columns(month=month).select("entry", key=_key(question))
    if question.by == "group":
        rows = rows.with_columns(key=_group(groups))
    grouped = rows.group_by("key").agg(pl.col("entry").sort()).sort("key")
    units = _unlike_units(entries) if question.what == "quantity" and question.by == "good" else {}
    return tuple(
        Unvalued(str(key), tuple(found), UNLIKE, {"units": units[key]})
        if key in units
        else Unvalued(str(key), tuple(found), UNREAD if unread.issuperset(found) else "")
        for key, found in grouped.iter_rows()
    )


def _unlike_units(entries: pl.DataFrame) -> dict[str, str]:
    """Return the units of each good that has several, the most common first, the others with their lines."""
    stated = entries.filter(pl.col("quantity").is_not_null()).drop_nulls("counted_in")
    of_unit = (
        stated.group_by(pl.col("good").fill_null(NOT_SAID), "counted_in")
        .agg(pl.len(), pl.coalesce("line", "package").drop_nulls().unique().sort())
        .sort(["good", "len", "counted_in"], descending=[False, True, False])
    )
    found: dict[str, list[str]] = {}
    for good, unit, _, lines in of_unit.iter_rows():
        more = f" (+ {len(lines) - _LINES_SHOWN})" if len(lines) > _LINES_SHOWN else ""
        named = f" ({', '.join(lines[:_LINES_SHOWN])}{more})" if good in found else ""
        found.setdefault(good, []).append(f"{unit}{named}")
    return {good: ", ".join(units) for good, units in found.items() if len(units) > 1}


def _key(question: Question) -> pl.Expr:
    """Return the name of a row, as an expression."""
    column = {"partner": "party", "group": "party"}.get(question.by, question.by)
    return pl.col(column).fill_null(NOT_SAID)


def _group(groups: Mapping[str, tuple[str, ...]]) -> pl.Expr:
    """Return the group of a party, as an expression: OTHERS if it has none, NOT_SAID if it is unknown."""
    return pl.col("key").replace_strict(_of_group(groups), default=OTHERS, return_dtype=pl.String)


def _of_group(groups: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {party: name for name, members in sorted(groups.items()) for party in members} | {
        NOT_SAID: NOT_SAID
    }


class Share(NamedTuple):
    """A member of a fund with its share of what the fund gives."""

    party: str
    share: Decimal


Shares = Mapping[str, list[Share]]
"""Members of each fund with their shares."""


def _shares(shares: pl.DataFrame | None) -> Shares:
    of: dict[str, list[Share]] = {}
    if shares is not None:
        for row in shares.sort("fund", "party").iter_rows(named=True):
            of.setdefault(row["fund"], []).append(Share(row["party"], row["share"]))
    return of


def _attributed(rows: pl.DataFrame, shares: Shares) -> pl.DataFrame:
    """Return rows of a fund shown at its members by their shares; the rest stays with the fund."""
    if not shares:
        return rows
    funds = pl.col("key").is_in(sorted(shares))
    out: list[dict[str, object]] = []
    for row in rows.filter(funds).iter_rows(named=True):
        counts = shared(int(row["counts"]), shares[row["key"]])
        out += [{**row, "key": party or row["key"], "counts": counts[party]} for party in counts]
    return pl.concat([rows.filter(~funds), pl.DataFrame(out, schema=rows.schema)])


def shared(value: int, shares: Sequence[Share]) -> dict[str, int]:
    """Return a value in whole parts by shares, none lost; the rest under the empty name.

    >>> shared(100, [Share("a", Decimal("0.333")), Share("b", Decimal("0.667"))]), shared(3, [])
    ({'a': 33, 'b': 67}, {'': 3})
    """
    exact = {one.party: value * one.share for one in shares}
    whole = {party: int(own.to_integral_value(rounding=ROUND_DOWN)) for party, own in exact.items()}
    covered = int((value * sum((one.share for one in shares), Decimal(0))).to_integral_value())
    nearest = sorted(exact, key=lambda party: (-abs(exact[party] - whole[party]), party))
    step = 1 if covered >= sum(whole.values()) else -1
    for party in nearest[: abs(covered - sum(whole.values()))]:
        whole[party] += step
    rest = value - sum(whole.values())
    return whole | {"": rest} if rest or not whole else whole


def doubles(summed: Sum, scale: int) -> tuple[Double, ...]:
    """Return the units left out because they are counted with another report, the largest first."""
    first = summed.members.select("unit", entry=pl.col("entries").list.first())
    rows = (
        summed.accepted.double.join(first, on="unit")
        .join(first.rename({"unit": "by", "entry": "with"}), on="by")
        .sort(["value", "entry"], descending=[True, False])
    )
    return tuple(
        Double(row["entry"], row["with"], row["relation"], plain(int(row["value"]), scale))
        for row in rows.iter_rows(named=True)
    )
