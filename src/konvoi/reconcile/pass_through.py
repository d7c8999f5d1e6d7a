"""Flows and their reported receipts: one flow for each report, and no more out of a flow than went in."""

import json
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from konvoi.reconcile.policy import Policy
from konvoi.reconcile.relation import proposals
from konvoi.reconcile.shares import selections

# Weights of parts that add up, and of others (natural logarithm of odds).
_ADD_UP = 2.3
_LONE = -1.6
# A flow with so much less in its favour is out of the question beside the best one.
_CLOSE = 4.0
_ALONE = 1.05
# Largest probability: even the likeliest may be wrong, as the true flow may not be reported.
_MOST = 0.97
# A receipt may be larger by rounding, or by the rate of another day.
_ROUND = 1.01
_RATED = 1.06
_MOST_PARTS = 40
LIKELY = 0.6
"""Probability from which a flow counts as found; below, it is one of several for review."""
Same = Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class Claim:
    """A flow (left) and a reported receipt (right). odds: natural logarithm; share: of the flow's sum.

    kind: variant of the source and stage of the flow; day: two flows of one kind on other days are two.
    """

    left: str
    right: str
    odds: float
    share: float | None
    evidence: str
    kind: tuple[str | None, str]
    day: int


def passed(
    pairs: pl.DataFrame, flows: pl.DataFrame, policy: Policy, alike: pl.DataFrame | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return those of the pairs that hold together (RELATIONS), and those that were not tried.

    Each report has one flow, where one is the likeliest; the shares of one flow add up to no more than the
    whole. If several flows are as likely, each is proposed, with its part of the probability: alike (left_id,
    right_id, probability) gives those that may be one; without it those of one kind of source and day are.
    """
    claims = _claims(pairs, flows)
    weighed, untried = _parts(claims, policy.fees)
    chosen = likeliest(weighed, alike)
    rows = [
        {"left": one.left, "right": one.right, "probability": chance, "evidence": one.evidence}
        for one, chance in chosen
        if chance >= policy.least
    ]
    schema = {"left": pl.String, "right": pl.String, "probability": pl.Float64, "evidence": pl.String}
    large = [{"block": "parts of one flow", "key": left, "pairs": count} for left, count in untried]
    over = pl.DataFrame(large, schema={"block": pl.String, "key": pl.String, "pairs": pl.Int64})
    return proposals(pl.DataFrame(rows, schema=schema), "passes_through").relations, over


def likeliest(claims: Sequence[Claim], alike: pl.DataFrame | None = None) -> list[tuple[Claim, float]]:
    """The claims that stand beside one another, with their probability: of each report the likeliest flow.

    Where several flows are as likely, each of them with its part; alike as in `passed`.
    """
    return _conserved(claims, _same(alike, {one.left for one in claims}))


def odds_of(chance: float) -> float:
    """The natural logarithm of the odds of a probability, also of one that is certain."""
    return math.log(max(chance, 1e-12) / max(1 - chance, 1e-12))


def _claims(pairs: pl.DataFrame, flows: pl.DataFrame) -> list[Claim]:
    told = flows.select("id", "amount", "currency", "eur", "usd", "variant", "stage", "first")
    joined = pairs.join(told, left_on="left", right_on="id").join(
        told, left_on="right", right_on="id", suffix="_right"
    )
    share = (
        pl.when(pl.col("currency") == pl.col("currency_right"))
        .then(pl.col("amount_right") / pl.col("amount"))
        .when(pl.col("eur").is_not_null() & pl.col("eur_right").is_not_null())
        .then(pl.col("eur_right") / pl.col("eur"))
        .otherwise(pl.col("usd_right") / pl.col("usd"))
    )
    most = pl.when(pl.col("currency") == pl.col("currency_right")).then(_ROUND).otherwise(_RATED)
    ordered = (
        joined.with_columns(share=pl.when(share.is_finite()).then(share))
        .filter((pl.col("share") <= most).fill_null(True))
        .sort("left", "right")
    )
    return [
        Claim(left, right, odds_of(chance), part, evidence, (kind, stage), day)
        for left, right, chance, part, evidence, kind, stage, day in ordered.select(
            "left", "right", "probability", "share", "evidence", "variant", "stage", "first"
        ).iter_rows()
    ]


def _parts(claims: Sequence[Claim], fees: float) -> tuple[list[Claim], list[tuple[str, int]]]:
    """Claims on a part, weighed by whether with others they make up the flow less its fees."""
    of: dict[str, list[Claim]] = defaultdict(list)
    for one in claims:
        if one.share is not None and 0 < one.share < 1 - fees:
            of[one.left].append(one)
    better: dict[tuple[str, str], Claim] = {}
    untried = []
    for left, some in of.items():
        found = _added_up(some, fees)
        if found is None:
            untried.append((left, len(some)))
            found = set()
        for one in some:
            adds = one.right in found
            said = "with others it makes up the flow" if adds else "the other parts are not known"
            better[one.left, one.right] = replace(
                one,
                odds=one.odds + (_ADD_UP if adds else _LONE),
                evidence=_with(one.evidence, "parts of the flow", said),
            )
    return [better.get((one.left, one.right), one) for one in claims], untried


def _added_up(some: Sequence[Claim], fees: float) -> set[str] | None:
    """The reports that together make up their flow, in the likeliest way; None where it was not tried."""
    if len(some) > _MOST_PARTS:
        return None
    lists = [[round((one.share or 0) * 1_000_000)] for one in some]
    found = selections(lists, round((1 - fees) * 1_000_000), round(_ROUND * 1_000_000), each=False)
    if not found.ways:
        return set() if found.complete else None
    ways = [[some[n] for n, place in enumerate(way) if place is not None] for way in found.ways]
    best = max(ways, key=lambda way: (min(one.odds for one in way), -len(way), [one.right for one in way]))
    return {one.right for one in best}


def _same(alike: pl.DataFrame | None, among: Collection[str]) -> Same:
    """Return the probability that two flows are one, from either side."""
    if alike is None:
        return {}
    wanted = sorted(among)
    rows = alike.filter(pl.col("left_id").is_in(wanted) & pl.col("right_id").is_in(wanted))
    told = rows.select("left_id", "right_id", "probability").iter_rows()
    return {ends: chance for left, right, chance in told for ends in ((left, right), (right, left))}


def _conserved(claims: Sequence[Claim], same: Same) -> list[tuple[Claim, float]]:
    """The claims that stand beside one another, the surest first: each report once, no flow overdrawn."""
    drawn: dict[str, float] = defaultdict(float)
    of: dict[str, list[Claim]] = defaultdict(list)
    for one in claims:
        of[one.right].append(one)
    taken: list[tuple[Claim, float]] = []
    for one in sorted(claims, key=lambda c: (-c.odds, c.left, c.right)):
        over = drawn[one.left] > 0 and drawn[one.left] + (one.share or 0) > _ROUND
        if one.right not in of or over:
            continue
        close = [one, *_close(one, of.pop(one.right))]
        several = _several(close, same)
        told = close if several > _ALONE else close[:1]
        taken += [(each, _chance(each.odds) * math.exp(each.odds - one.odds) / several) for each in told]
        drawn[one.left] += one.share or 0
    return taken


def _close(best: Claim, claims: Iterable[Claim]) -> list[Claim]:
    """Other flows that are nearly as likely as the best one, also where something was drawn from them."""
    return [other for other in claims if other.left != best.left and best.odds - other.odds < _CLOSE]


def _several(claims: Sequence[Claim], same: Same) -> float:
    """Return the number of distinct flows, each weighted by its probability relative to the likeliest.

    A flow counts as far as it is none of those before it. If that is unknown, reports of one stage on several
    days by sources of one kind are several flows.
    """
    weights = [math.exp(one.odds - claims[0].odds) for one in claims]
    if same:
        new = [
            1 - max((same.get((one.left, other.left), 0.0) for other in claims[:n]), default=0.0)
            for n, one in enumerate(claims)
        ]
        return math.fsum(weight * part for weight, part in zip(weights, new, strict=True))
    days: dict[tuple[str | None, str], dict[int, float]] = defaultdict(dict)
    for one, weight in zip(claims, weights, strict=True):
        days[one.kind][one.day] = max(weight, days[one.kind].get(one.day, 0.0))
    return max(1.0, *(math.fsum(some.values()) for some in days.values()))


def _chance(odds: float) -> float:
    return _MOST / (1 + math.exp(-odds))


def _with(evidence: str, comparison: str, answer: str) -> str:
    return json.dumps(
        [*json.loads(evidence), [comparison, answer]], separators=(",", ":"), ensure_ascii=False
    )
