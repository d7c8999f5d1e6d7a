"""What deciding about one undecided pair would do to a total, by the total's own rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from konvoi.kit.union import components
from konvoi.ledger.basis import Basis, basis
from konvoi.ledger.once import counting
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question
from konvoi.ledger.summing import between, summed

EFFECTS = pl.Schema(
    {"left": pl.String(), "right": pl.String(), "relation": pl.String(), "effect": pl.Int64()}
)
"""One row for each undecided relation. effect: by how much the total falls if it holds, in the smallest parts
of the total's unit; none where a value is not known."""

Row = dict[str, Any]


def effects(ledger: Ledger, question: Question, *, recipient: str = "") -> pl.DataFrame:
    """EFFECTS on the total of this question, each pair taken alone beside all that is accepted.

    Amounts are converted, levels chosen and reports preferred as in the total itself. A pair of which one
    side is not in the total, or both lie in one package or line, changes nothing.
    """
    base = basis(ledger, question, recipient)
    whole = summed(base.counting, ledger, question)
    units = {row["unit"]: row for row in whole.members.sort("unit").iter_rows(named=True)}
    open_ = ledger.relations.filter(pl.col("status") == "undecided").sort("left", "right", "relation")
    pairs = [row for row in between(ledger.relations, base.counting).iter_rows(named=True) if _in(row, units)]
    rows = list(_effects(open_, pairs, units, base))
    return pl.DataFrame(rows, schema=EFFECTS, orient="row")


def _in(pair: Row, units: dict[str, Row]) -> bool:
    return pair["left"] in units and pair["right"] in units and pair["left"] != pair["right"]


def _effects(
    open_: pl.DataFrame, pairs: Sequence[Row], units: dict[str, Row], base: Basis
) -> Iterator[tuple[str, str, str, int | None]]:
    near = _Near.of(units, [pair for pair in pairs if pair["status"] == "accepted"])
    by_pair = {(p["left"], p["right"], p["relation"], p["subtype"]): p for p in pairs}
    unit_of = dict(base.levelled.select("entry", "unit").iter_rows())
    unknown = set(base.unvalued()["unit"]) - set(units)
    for row in open_.iter_rows(named=True):
        left, right = (unit_of.get(row[side], "") for side in ("left", "right"))
        pair = by_pair.get((left, right, row["relation"], row["subtype"] or ""))
        falls: int | None = None if {left, right} & unknown else 0
        yield row["left"], row["right"], row["relation"], near.falls(pair) if pair else falls


@dataclass(frozen=True)
class _Near:
    """The units of a total with the accepted relations between them, by cluster."""

    units: dict[str, Row]
    cluster: dict[str, str]
    members: dict[str, set[str]]
    accepted: dict[str, list[Row]]

    @classmethod
    def of(cls, units: dict[str, Row], accepted: Sequence[Row]) -> "_Near":
        cluster = components(sorted((pair["left"], pair["right"]) for pair in accepted))
        members: dict[str, set[str]] = {}
        relations: dict[str, list[Row]] = {}
        for unit, name in cluster.items():
            members.setdefault(name, set()).add(unit)
        for pair in accepted:
            relations.setdefault(cluster[pair["left"]], []).append(pair)
        return cls(units, cluster, members, relations)

    def falls(self, pair: Row) -> int:
        """By how much the units near a pair together count less when it holds, too."""
        ends: tuple[str, str] = (pair["left"], pair["right"])
        names = sorted({self.cluster.get(unit, unit) for unit in ends})
        near = {u: self.units[u] for name in names for u in sorted(self.members.get(name, {name}))}
        known = sorted((one for name in names for one in self.accepted.get(name, ())), key=_order)
        more = sorted([*known, pair], key=_order)
        return sum(counting(near, known)[1].values()) - sum(counting(near, more)[1].values())


def _order(pair: Row) -> tuple[str, str, str]:
    return pair["relation"], pair["left"], pair["right"]
