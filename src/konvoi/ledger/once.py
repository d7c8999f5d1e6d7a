"""Counting once: the effect of relations on a sum of units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

from konvoi.kit.union import components

# Relations of this subtype state the origin of money and deduct nothing: the parent's own amount is the rest
# after its children.
WITHOUT_CONSERVATION = ("fts-parent", "iati-parent")


Values = Mapping[str, Mapping[str, object]]
"""Units by name, each with value, exact, known_on, source and party; `fund` where a fund gives it."""

Pairs = Sequence[Mapping[str, Any]]
"""Relations between units: left, right, relation, subtype, most."""


@dataclass(frozen=True)
class Counted:
    """Units with the amount that each counts.

    units: unit, value (as reported), counts (the part in the sum). double: unit, by (the unit it is counted
    with), relation, value (left out). within: unit, by (the whole or the flow that its value
    is a part of). exceeded: wholes whose parts hold more than they do.
    """

    units: pl.DataFrame
    double: pl.DataFrame
    within: pl.DataFrame
    exceeded: frozenset[str] = frozenset()


class Counting(NamedTuple):
    """The outcome of counting once.

    left_out: by unit the one that it is counted with, and the relation. counts: what each unit counts.
    divided: by whole or inflow the units that its value is divided with. exceeded: wholes whose parts hold
    more than they do.
    """

    left_out: dict[str, tuple[str, str]]
    counts: dict[str, int]
    divided: dict[str, tuple[str, ...]]
    exceeded: frozenset[str]


def counted(units: pl.DataFrame, relations: pl.DataFrame) -> Counted:
    """Return the amount that each unit counts when these relations hold.

    units: unit, value (a whole number), exact (how many digits are known: more is more exact), known_on,
    source, and party, which is also the source where the giver reports its own. relations: left, right
    (units), relation, subtype, most (see `counting`).
    """
    rows = relations.filter(pl.col("left") != pl.col("right")).unique().sort("relation", "left", "right")
    named = pl.concat([rows["left"], rows["right"]]).unique()
    related = units.filter(pl.col("unit").is_in(named.implode())).sort("unit")
    values = {row["unit"]: row for row in related.iter_rows(named=True)}
    outcome = counting(values, list(rows.iter_rows(named=True)))
    table = units.select("unit", "value").with_columns(
        counts=pl.col("unit").replace_strict(outcome.counts, default=pl.col("value"), return_dtype=pl.Int64)
    )
    within = [(part, whole) for whole, parts in sorted(outcome.divided.items()) for part in parts]
    return Counted(
        table,
        _double(table, outcome.left_out),
        pl.DataFrame(within, schema={"unit": pl.String, "by": pl.String}, orient="row"),
        outcome.exceeded,
    )


def counting(values: Values, pairs: Pairs, *, parts_count: bool = False) -> Counting:
    """Count units once by relations that hold; the one rule for value, lowest and highest.

    values: units by name, as `counted` takes them. pairs: relations, sorted; an end that is not among the
    values (a record without a value) joins what is the same as it, and nothing else. most: no more than that
    comes out of the left unit; None for no limit.

    Of units that are the same, the most exact counts, unless it contradicts the giver's own. What restates an
    earlier statement, or several, counts instead of them, and of two sources the more exact. Parts divide
    their whole; where they hold more than it, the whole counts, and with `parts_count` the parts do. Of a
    flow that passes through, the first crossing counts. A reimbursement beside its gift and a contract beside
    its line add nothing.
    """
    left_out: dict[str, tuple[str, str]] = {}
    if not pairs:
        return Counting(left_out, {unit: _number(row) for unit, row in values.items()}, {}, frozenset())
    kinds: dict[str, list[Mapping[str, Any]]] = {}
    for pair in pairs:
        kinds.setdefault(pair["relation"], []).append(pair)
    stands = _drop_same(values, kinds.pop("same_as", ()), left_out)
    if not kinds:
        counts = {unit: 0 if unit in left_out else _number(row) for unit, row in values.items()}
        return Counting(left_out, counts, {}, frozenset())
    earlier = _drop_restated(values, kinds.get("restates", ()), left_out, stands)
    flows = _Flows(values, left_out, stands, earlier)
    _drop_beside(flows, [*kinds.get("contracts_for", ()), *kinds.get("reimburses", ())])
    # Units that are left out are no parts, so wholes are divided last.
    less, divided, exceeded = _divide(flows, kinds, parts_count=parts_count)
    counts = {
        unit: 0 if unit in left_out else _number(row) - less.get(unit, 0) for unit, row in values.items()
    }
    return Counting(left_out, counts, divided, exceeded)


def _drop_same(values: Values, pairs: Pairs, left_out: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Leave out all reports of one thing but the one that counts; return that one for each report."""
    alike = sorted((p["left"], p["right"]) for p in pairs)
    members: dict[str, list[str]] = {}
    for unit, name in sorted(components(alike).items()):
        members.setdefault(name, []).append(unit)
    stands: dict[str, str] = {}
    for cluster in members.values():
        valued = [unit for unit in cluster if unit in values]
        if not valued:
            continue
        best = _best(valued, values)
        stands |= dict.fromkeys(cluster, best)
        left_out |= {unit: (best, "same_as") for unit in valued if unit != best}
    return stands


def _best(cluster: Sequence[str], values: Values) -> str:
    """Return the report that counts: the most exact, unless its sum differs from the giver's own.

    A member's statement on a fund's gift counts as the fund's.
    """
    cluster = [unit for unit in cluster if values[unit].get("fund")] or cluster

    def first(units: Sequence[str]) -> str:
        return max(units, key=lambda unit: _worth(unit, values[unit]))

    best = first(cluster)
    own = [unit for unit in cluster if values[unit]["source"] == values[unit].get("party")]
    if not own or best in own:
        return best
    word = first(own)
    apart = abs(_number(values[word]) - _number(values[best]))
    return best if 2 * apart <= _step(values[word]) else word


def _step(row: Mapping[str, object]) -> int:
    """The last place to which a sum was announced, at most its second: 4,000,000 may stand for 3,950,000."""
    known = max(int(str(row["exact"])), 2)
    return int(10 ** max(len(str(abs(_number(row)))) - known, 0))


def _drop_restated(
    values: Values, pairs: Pairs, left_out: dict[str, tuple[str, str]], stands: Mapping[str, str]
) -> dict[str, list[str]]:
    """Leave out statements that a later one restates, with all reports of them; return them by it."""
    edges = {(stands.get(p["left"], p["left"]), stands.get(p["right"], p["right"])) for p in pairs}
    earlier: dict[str, list[str]] = {}
    for later, early in sorted(edges):
        if later != early and later in values and early in values:
            earlier.setdefault(later, []).append(early)
    for later, words in sorted(earlier.items()):
        for early in words:
            other = values[later]["source"] != values[early]["source"]
            finer = _worth(early, values[early]) > _worth(later, values[later])
            # Of two sources the more exact counts; a sum of several pledges is no rounding of one of them.
            gone, by = (later, early) if other and finer and len(words) == 1 else (early, later)
            if gone not in left_out and left_out.get(by, ("", ""))[0] != gone:
                left_out[gone] = (by, "restates")
    return earlier


def _worth(unit: str, row: Mapping[str, object]) -> tuple[object, str, str]:
    """Order in which reports of one undertaking are preferred; ties fall by name."""
    return row["exact"], str(row["known_on"] or ""), unit


@dataclass(frozen=True)
class _Flows:
    """Units with the reports and statements that count instead of those that are left out."""

    values: Values
    left_out: dict[str, tuple[str, str]]
    stands: Mapping[str, str]
    earlier: Mapping[str, Sequence[str]]

    def end(self, unit: str) -> str | None:
        """The unit that counts for an end of a relation; None where none does."""
        unit = self.stands.get(unit, unit)
        seen = {unit}
        while unit in self.left_out:
            unit, relation = self.left_out[unit]
            if relation not in ("same_as", "restates") or unit in seen:
                return None
            seen.add(unit)
        return unit if unit in self.values else None

    def amount(self, unit: str, end: str, most: int | None) -> int:
        """Return the contribution of a part to its whole; of a total to date, its own statement only."""
        own = self.stands.get(unit, unit)
        told = end if len(self.earlier.get(end, ())) < 2 else own
        value = _number(self.values[told if told in self.values else end])
        return value if most is None or told != unit else min(value, most)


def _drop_beside(flows: _Flows, pairs: Pairs) -> None:
    """Leave out contracts beside their lines, and reimbursements beside their gifts.

    What is itself left out beside a third still has its own contract and its own reimbursement beside it, so
    the ends of all pairs are found first. In a circle, which only contradicting relations make, one stays.
    """
    ends = [
        (flows.end(pair["left"]), flows.end(pair["right"]), pair["relation"])
        for pair in pairs
        if pair["subtype"] not in WITHOUT_CONSERVATION
    ]
    beside: dict[str, str] = {}
    for left, right, relation in ends:
        if left is None or right is None or left in _above(right, beside):
            continue
        beside[left] = right
        flows.left_out[left] = (right, relation)


def _above(unit: str, beside: Mapping[str, str]) -> set[str]:
    """A unit and all that it is beside, directly or through others."""
    found = {unit}
    while unit in beside and beside[unit] not in found:
        unit = beside[unit]
        found.add(unit)
    return found


def _divide(
    flows: _Flows, pairs: Mapping[str, Pairs], *, parts_count: bool
) -> tuple[dict[str, int], dict[str, tuple[str, ...]], frozenset[str]]:
    """Return the deductions from wholes and inflows, the parts that divide each, and the exceeded wholes.

    pairs: by relation. A part stays in sight under its own party, and the whole keeps what the parts leave of
    it; an inflow keeps what did not come out of the outflow that crossed before it.
    """
    wholes = _given(flows, pairs.get("part_of", ()))
    inflows = _given(flows, pairs.get("passes_through", ()))
    if not wholes and not inflows:
        return {}, {}, frozenset()
    less: dict[str, int] = {}
    exceeded = set()
    for whole in _from_the_top(wholes):
        room = _number(flows.values[whole]) - less.get(whole, 0)
        brought = {part: max(amount, 0) for part, amount in wholes[whole].items()}
        excess = sum(brought.values()) - room
        if room < 0 or excess <= 0:
            less[whole] = less.get(whole, 0) + (sum(brought.values()) if room >= 0 else 0)
            continue
        exceeded.add(whole)
        less[whole] = less.get(whole, 0) + room
        if not parts_count:
            for part, cut in _in_proportion(excess, brought).items():
                # A part of two wholes gives way to each of them, and never below zero.
                kept = max(_number(flows.values[part]) - less.get(part, 0), 0)
                less[part] = less.get(part, 0) + min(cut, kept)
    for inflow, outflows in sorted(inflows.items()):
        for _, amount in sorted(outflows.items()):
            room = _number(flows.values[inflow]) - less.get(inflow, 0)
            less[inflow] = less.get(inflow, 0) + max(min(amount, room), 0)
    divided = {
        whole: tuple(sorted({*wholes.get(whole, ()), *inflows.get(whole, ())}))
        for whole in sorted({*wholes, *inflows})
    }
    return less, divided, frozenset(exceeded)


def _given(flows: _Flows, pairs: Pairs) -> dict[str, dict[str, int]]:
    """Return the amount that each whole or inflow gets from its parts or outflows."""
    given: dict[str, dict[str, int]] = {}
    for pair in pairs:
        if pair["subtype"] not in WITHOUT_CONSERVATION:
            left = flows.end(pair["left"])
            right = flows.end(pair["right"])
            if left is not None and right is not None and left != right:
                amount = flows.amount(pair["left"], left, pair["most"])
                into = given.setdefault(right, {})
                into[left] = max(into.get(left, amount), amount)
    return given


def _from_the_top(wholes: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Wholes, each after the whole that it is itself a part of; those in a circle come last."""
    above = {part: {w for w in wholes if part in wholes[w]} for part in wholes}
    found: list[str] = []
    waiting = sorted(wholes)
    while waiting:
        ready = [one for one in waiting if not above[one] & set(waiting)] or waiting
        found += ready
        waiting = [one for one in waiting if one not in ready]
    return found


def _in_proportion(excess: int, brought: Mapping[str, int]) -> dict[str, int]:
    """Divide an excess among parts by what each brings, in whole numbers, none lost.

    >>> _in_proportion(10, {"a": 40, "b": 60}), _in_proportion(1, {"a": 1, "b": 1})
    ({'a': 4, 'b': 6}, {'a': 1, 'b': 0})
    """
    whole = sum(brought.values())
    shares = {part: excess * amount // whole for part, amount in sorted(brought.items())}
    rest = excess - sum(shares.values())
    for part in sorted(shares, key=lambda one: (-(excess * brought[one] % whole), one))[:rest]:
        shares[part] += 1
    return shares


def _number(row: Mapping[str, object]) -> int:
    value = row["value"]
    if not isinstance(value, int):
        raise ValueError(f"not a whole number: {value!r}")
    return value


def _double(units: pl.DataFrame, left_out: dict[str, tuple[str, str]]) -> pl.DataFrame:
    rows = [
        {"unit": unit, "by": by, "relation": relation} for unit, (by, relation) in sorted(left_out.items())
    ]
    schema = {"unit": pl.String, "by": pl.String, "relation": pl.String}
    return pl.DataFrame(rows, schema=schema).join(units.select("unit", "value"), on="unit")
