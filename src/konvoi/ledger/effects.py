"""Effect on a total of deciding about one undecided pair, by the total's own rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from konvoi.kit.union import components
from konvoi.ledger.basis import Basis, basis
from konvoi.ledger.once import counting
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question
from konvoi.ledger.summing import between, units_at

EFFECTS = pl.Schema(
    {"left": pl.String(), "right": pl.String(), "relation": pl.String(), "effect": pl.Int64()}
)
"""One row for each undecided relation. effect: by how much the total falls if it holds, in the smallest parts
of the total's unit; none where a value is not known."""

Row = dict[str, Any]
Pair = tuple[str, str, str]
"""Left, right, relation."""


def effects(ledger: Ledger, question: Question, *, recipient: str = "") -> pl.DataFrame:
    """EFFECTS on the total of this question, each pair taken alone beside all that is accepted.

    Amounts are converted, levels chosen and reports preferred as in the total itself. A pair of which one
    side is not in the total, or both lie in one package or line, changes nothing.
    """
    return Scale.of(ledger, question, recipient=recipient).effects(ledger.relations)


@dataclass(frozen=True)
class Scale:
    """The units of one total, on which pairs are weighed again and again while people decide.

    What a pair does depends on the accepted relations near it alone: a pair is weighed anew only where those
    have changed since.
    """

    base: Basis
    units: dict[str, Row]
    unit_of: dict[str, str]
    unknown: frozenset[str]
    _clusters: dict[tuple[Any, ...], int] = field(default_factory=dict, repr=False)
    _weighed: dict[tuple[Any, ...], int] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, ledger: Ledger, question: Question, *, recipient: str = "") -> "Scale":
        """Return the scale of a question's total; it does not depend on the relations of the ledger."""
        base = basis(ledger, question, recipient)
        members = units_at(base.counting, question)
        units = {row["unit"]: row for row in members.sort("unit").iter_rows(named=True)}
        unknown = frozenset(base.unvalued()["unit"]) - set(units)
        return cls(base, units, dict(base.levelled.select("entry", "unit").iter_rows()), unknown)

    @property
    def weighed(self) -> int:
        """Return the number of pairs weighed so far, each again only if something near it had changed."""
        return len(self._weighed)

    def effects(
        self, relations: pl.DataFrame, brought: Mapping[Pair, Sequence[tuple[str, str]]] | None = None
    ) -> pl.DataFrame:
        """EFFECTS of the undecided relations beside the accepted ones.

        brought: the pairs (left, right) of lines that would hold with a pair of packages, in its relation.
        """
        pairs = [row for row in between(relations, self.base.counting).iter_rows(named=True) if self._in(row)]
        near = _Near.of(self.units, [pair for pair in pairs if pair["status"] == "accepted"])
        by_pair = {(p["left"], p["right"], p["relation"], p["subtype"]): p for p in pairs}
        rows = list(self._rows(relations, near, by_pair, brought or {}))
        return pl.DataFrame(rows, schema=EFFECTS, orient="row")

    def _in(self, pair: Row) -> bool:
        return pair["left"] in self.units and pair["right"] in self.units and pair["left"] != pair["right"]

    def _rows(
        self,
        relations: pl.DataFrame,
        near: "_Near",
        by_pair: Mapping[tuple[str, str, str, str], Row],
        brought: Mapping[Pair, Sequence[tuple[str, str]]],
    ) -> Iterator[tuple[str, str, str, int | None]]:
        open_ = relations.filter(pl.col("status") == "undecided").sort("left", "right", "relation")
        for row in open_.iter_rows(named=True):
            left = str(row["left"])
            right = str(row["right"])
            relation = str(row["relation"])
            ends = (self.unit_of.get(left, ""), self.unit_of.get(right, ""))
            first = by_pair.get((*ends, relation, row["subtype"] or ""))
            more = [
                self._below(by_pair, pair, relation, row["subtype"] or "")
                for pair in brought.get((left, right, relation), ())
            ]
            held = [pair for pair in (first, *more) if pair]
            falls: int | None = None if self.unknown & {*ends} else 0
            yield left, right, relation, self._falls(near, held) if held else falls

    def _below(
        self, by_pair: Mapping[tuple[str, str, str, str], Row], pair: tuple[str, str], relation: str, sub: str
    ) -> Row | None:
        """Two lines that would hold with their packages, as a pair of units; None where they are not in."""
        left, right = (self.unit_of.get(entry, "") for entry in pair)
        made = {"left": left, "right": right, "relation": relation, "subtype": sub}
        if not self._in(made):
            return None
        return by_pair.get((left, right, relation, sub)) or made | {"most": None}

    def _falls(self, near: "_Near", pairs: Sequence[Row]) -> int:
        """Return the fall of the total with these pairs; as weighed before, if nothing near has changed."""
        names = near.clusters(pairs)
        held = tuple((*_order(pair), pair["subtype"], pair["most"]) for pair in pairs)
        signs = tuple(self._clusters.setdefault(near.sign(name), len(self._clusters)) for name in names)
        known = self._weighed.get((held, signs))
        if known is None:
            known = self._weighed[held, signs] = near.falls(pairs, names)
        return known


@dataclass(frozen=True)
class _Near:
    """The units of a total with the accepted relations between them, by cluster."""

    units: dict[str, Row]
    cluster: dict[str, str]
    members: dict[str, set[str]]
    accepted: dict[str, list[Row]]
    signs: dict[str, tuple[Any, ...]] = field(default_factory=dict)

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

    def clusters(self, pairs: Sequence[Row]) -> tuple[str, ...]:
        """The clusters that pairs touch, sorted."""
        return tuple(
            sorted({str(self.cluster.get(pair[side], pair[side])) for pair in pairs for side in _SIDES})
        )

    def sign(self, name: str) -> tuple[Any, ...]:
        """Return the identity of a cluster: its one unit, or the relations that hold it together."""
        if name not in self.signs:
            held = sorted((*_order(one), one["subtype"], one["most"]) for one in self.accepted.get(name, ()))
            self.signs[name] = (name, *held)
        return self.signs[name]

    def falls(self, pairs: Sequence[Row], names: Sequence[str]) -> int:
        """Return the fall of the sum over the units near pairs when these hold, too."""
        near = {u: self.units[u] for name in names for u in sorted(self.members.get(name, {name}))}
        known = sorted((one for name in names for one in self.accepted.get(name, ())), key=_order)
        more = sorted([*known, *pairs], key=_order)
        return sum(counting(near, known)[1].values()) - sum(counting(near, more)[1].values())


_SIDES = ("left", "right")


def _order(pair: Row) -> tuple[str, str, str]:
    return pair["relation"], pair["left"], pair["right"]
