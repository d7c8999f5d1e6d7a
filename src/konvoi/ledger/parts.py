"""A total's rows: by partner, group, kind or good, each with its bounds and the entries behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

import polars as pl

from konvoi.ledger.answer import Double, Part, Unvalued
from konvoi.ledger.once import Counted
from konvoi.ledger.question import Question

NOT_SAID = "not said"
OTHERS = "others"
"""The row of parties that belong to none of the groups."""

QUANTITY_SCALE = 6


@dataclass(frozen=True)
class Sum:
    """Units of one question with what each counts by the accepted relations, and at least.

    members: unit, party, kind, good, valuation, counted_in, entries (sorted ids).
    """

    accepted: Counted
    least: Counted
    members: pl.DataFrame

    def bounds(self) -> tuple[int, int, int]:
        """Value, lowest, highest: an undecided pair can only take away, or leave all as it is."""
        value = int(self.accepted.units["counts"].sum())
        return value, min(value, int(self.least.units["counts"].sum())), value


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
) -> tuple[Part, ...]:
    """The rows of a total, the largest first; nothing where the question asks for none."""
    if not question.by:
        return ()
    rows = (
        summed.members.select("unit", "entries", "counted_in", key=_key(question))
        .join(summed.accepted.units.select("unit", "counts"), on="unit")
        .join(summed.least.units.select("unit", least="counts"), on="unit")
    )
    if question.attribute == "members":
        rows = _attributed(rows, tables.get("shares"))
    if question.by == "group":
        rows = rows.with_columns(key=_group(groups))
    sums = (
        rows.group_by("key")
        .agg(
            pl.col("counts").sum(),
            pl.col("least").sum(),
            pl.col("entries").explode().unique().sort(),
            pl.col("counted_in").drop_nulls().sort().first(),
        )
        .sort(["counts", "key"], descending=[True, False])
    )
    goods = question.what == "quantity" and question.by == "good"
    return tuple(
        Part(
            str(key),
            plain(value, scale),
            plain(min(value, least), scale),
            plain(value, scale),
            tuple(entries),
            str(unit or "") if goods else "",
        )
        for key, value, least, entries, unit in sums.iter_rows()
    )


def unvalued(
    entries: pl.DataFrame, question: Question, groups: Mapping[str, tuple[str, ...]]
) -> tuple[Unvalued, ...]:
    """Entries without a value that can be counted, by the same rows, sorted by key."""
    if not question.by:
        return ()
    month = pl.col("day_to").dt.strftime("%Y-%m")
    rows = entries.with_columns(month=month).select("entry", key=_key(question))
    if question.by == "group":
        rows = rows.with_columns(key=_group(groups))
    grouped = rows.group_by("key").agg(pl.col("entry").sort()).sort("key")
    return tuple(Unvalued(str(key), tuple(found)) for key, found in grouped.iter_rows())


def _key(question: Question) -> pl.Expr:
    """What a row is named by."""
    column = {"partner": "party", "group": "party"}.get(question.by, question.by)
    return pl.col(column).fill_null(NOT_SAID)


def _group(groups: Mapping[str, tuple[str, ...]]) -> pl.Expr:
    """The group of a party; one of no group is among the others, one that nobody names stays so."""
    of = {party: name for name, members in sorted(groups.items()) for party in members}
    return pl.col("key").replace_strict(of | {NOT_SAID: NOT_SAID}, default=OTHERS, return_dtype=pl.String)


def _attributed(rows: pl.DataFrame, shares: pl.DataFrame | None) -> pl.DataFrame:
    """Rows of a fund shown at its members by their shares; what no share covers stays with the fund."""
    if shares is None or shares.is_empty():
        return rows
    of: dict[str, list[tuple[str, Decimal]]] = {}
    for row in shares.sort("fund", "party").iter_rows(named=True):
        of.setdefault(row["fund"], []).append((row["party"], row["share"]))
    out: list[dict[str, object]] = []
    for row in rows.iter_rows(named=True):
        counts = shared(int(row["counts"]), of.get(row["key"], []))
        least = shared(int(row["least"]), of.get(row["key"], []))
        out += [
            {**row, "key": party or row["key"], "counts": counts[party], "least": least[party]}
            for party in counts
        ]
    return pl.DataFrame(out, schema=rows.schema)


def shared(value: int, shares: list[tuple[str, Decimal]]) -> dict[str, int]:
    """A value in whole parts by shares, none lost; under the empty name what no share covers.

    >>> shared(100, [("a", Decimal("0.333")), ("b", Decimal("0.667"))]), shared(3, [])
    ({'a': 33, 'b': 67}, {'': 3})
    """
    exact = {party: value * share for party, share in shares}
    whole = {party: int(own.to_integral_value(rounding=ROUND_DOWN)) for party, own in exact.items()}
    covered = int((value * sum((share for _, share in shares), Decimal(0))).to_integral_value())
    nearest = sorted(exact, key=lambda party: (-abs(exact[party] - whole[party]), party))
    step = 1 if covered >= sum(whole.values()) else -1
    for party in nearest[: abs(covered - sum(whole.values()))]:
        whole[party] += step
    rest = value - sum(whole.values())
    return whole | {"": rest} if rest or not whole else whole


def doubles(summed: Sum, scale: int) -> tuple[Double, ...]:
    """What was left out because it is counted with another report, the largest first."""
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
