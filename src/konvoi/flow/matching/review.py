"""Undecided pairs put to one reviewer, the weightiest first and now and then one by chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import polars as pl

from konvoi.flow.cases import bare
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.matching.judging import written
from konvoi.flow.matching.relate import judged as read_judgements
from konvoi.flow.matching.review_impact import Weighing
from konvoi.flow.store import kept_text
from konvoi.flow.today import known_today
from konvoi.flow.view import CELL
from konvoi.flow.workspace import JUDGEMENTS as FILE
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused
from konvoi.kit.progress import Progress, Stop, never
from konvoi.ledger.units import owned
from konvoi.reconcile.error import published
from konvoi.reconcile.judgement import (
    RANDOM,
    WEIGHT,
    decided,
    in_force,
    judged,
    names,
    seen_of,
    standing,
    taken_back,
)
from konvoi.reconcile.queue import QUEUES
from konvoi.reconcile.random_sample import drawn, labelled, order
from konvoi.reconcile.relate import decide
from konvoi.report.matching.sides import changes
from konvoi.report.names import Names
from konvoi.report.page import Message

Key = tuple[str, str, str]
"""Left and right (entries) and the relation between them."""

_PAIR = ["left", "right", "relation"]


@dataclass(frozen=True)
class Pair:
    """Two records and the relation that may hold between them, as it is put to a person.

    change: by how much the total of amounts falls if it holds, in minor units; proxy: the same for lines
    without an amount, by `prices` known prices. quantity: by how much the total of `good` falls, in `unit`.
    random: whether chance chose it. seen: digest of the values that are shown.
    """

    left: str
    right: str
    relation: str
    probability: float | None
    evidence: str
    queue: str
    seen: str
    change: int | None = None
    proxy: int | None = None
    prices: int | None = None
    good: str = ""
    unit: str = ""
    quantity: Decimal | None = None
    random: bool = False

    @property
    def key(self) -> Key:
        """The key of the pair: left, right, relation."""
        return self.left, self.right, self.relation


class Decision(NamedTuple):
    """A verdict of a person on a pair, and the reason for it."""

    pair: Pair
    verdict: str
    reason: str = ""


class Review:
    """The pairs of a workspace that one reviewer may read, and his decisions; each is written at once.

    party: a reviewer who sees what is marked for this party; empty for the cell, which sees all. skipped:
    pairs that he put off for now.
    """

    def __init__(self, work: Workspace, gathered: Gathered, *, party: str = "") -> None:
        if work.folder is None:
            raise Refused("decisions are kept in a workspace; make one with: konvoi init DIR")
        self.work = work
        self.gathered = gathered
        self.party = party
        self.folder = work.folder
        ledger = gathered.ledger
        whole = bare(gathered, work)
        self.case = whole
        shown = whole.entries
        self.shown = frozenset(shown["entry"])
        self._all = owned(ledger.entries, ledger.owners)
        self.entries = owned(shown, ledger.owners)
        self._rows_of = {row["entry"]: row for row in self.entries.iter_rows(named=True)}
        self._names = names(self._all)
        self._named = {entry: (name, digest) for entry, name, digest in self._names.iter_rows()}
        self._proposed = self._readable(gathered.proposed)
        readable = ledger.entries.filter(pl.col("entry").is_in(shown["entry"].implode()))
        self.weighing = Weighing.of(gathered, work.settings, replace(ledger, entries=readable))
        self._chance = order(self._proposed, self._all, work.settings.seed)
        self.skipped: set[Key] = set()
        self._text = work.judgements
        self._answers = _beside(gathered.judgements, read_judgements(work.judgements)[0])
        self._take()

    def _readable(self, relations: pl.DataFrame) -> pl.DataFrame:
        """Relations of which the reviewer may read both ends."""
        ids = pl.Series(sorted(self.shown), dtype=pl.String).implode()
        return relations.filter(pl.col("left").is_in(ids) & pl.col("right").is_in(ids))

    def _take(self) -> None:
        """All decisions as they stand in the file, and what follows from them."""
        rows, broken = read_judgements(self._text)
        if broken:
            raise Refused(f"{FILE}: cannot be read ({broken[0].read}); mend it before the next decision")
        self._rows = rows
        every = pl.concat([rows, self._answers]) if self._answers.height else rows
        relations, self.findings = decide(self.gathered.proposed, every, self._all, self._names)
        self.relations = self._readable(relations)
        verdicts = decided(every, self._all, self._names).pairs.filter("current")
        self._held = {
            (a, b, r): verdict for a, b, r, verdict in verdicts.select(*_PAIR, "verdict").iter_rows()
        }
        self._queue: tuple[Pair, ...] | None = None

    def refresh(self) -> None:
        """Take in what others have written since."""
        now = kept_text(self.folder, FILE) or ""
        if now != self._text:
            self._text = now
            self._take()

    def verdict(self, key: Key) -> str:
        """Return a person's decision on a pair, as long as its values stand; empty where nobody decided."""
        left, right, relation = key
        turned = self._held.get((right, left, relation), "") if relation == "same_as" else ""
        return self._held.get(key, "") or turned

    def queue(self) -> tuple[Pair, ...]:
        """The open pairs, the weightiest first; those that a person has looked at and left are not among
        them."""
        if self._queue is None:
            rows = self.weighing.queue(self.relations).iter_rows(named=True)
            found = (self._pair(row) for row in rows)
            self._queue = tuple(pair for pair in found if self.verdict(pair.key) != "unsure")
        return self._queue

    def counts(self) -> dict[str, int]:
        """Return the number of pairs that wait in each queue."""
        waiting = [pair.queue for pair in self.queue()]
        return {name: waiting.count(name) for name in QUEUES}

    @property
    def unsure(self) -> int:
        """The number of undecided pairs that a person has looked at without being able to tell."""
        open_ = self.relations.filter(pl.col("status") == "undecided").select(_PAIR)
        return sum(self.verdict((a, b, r)) == "unsure" for a, b, r in open_.iter_rows())

    def next(self) -> Pair | None:
        """The pair to be put now; None where none is left."""
        waiting = [pair for pair in self.queue() if pair.key not in self.skipped]
        if drawn(self.asked, self.work.settings.seed) and (pair := self._by_chance(self.skipped)):
            return pair
        return waiting[0] if waiting else None

    @property
    def asked(self) -> int:
        """The number of pairs that reviewers have decided so far, of those that this one may read."""
        mine = {name for entry, (name, _) in self._named.items() if entry in self.shown}
        rows = standing(self._rows).filter(pl.col("drawn").is_in([RANDOM, WEIGHT]))
        ends = rows.select("left", "right").iter_rows()
        return sum(left in mine and right in mine for left, right in ends)

    def _by_chance(self, without: set[Key]) -> Pair | None:
        """The first pair in the order of chance that nobody has judged and that is not left out."""
        waiting = {pair.key: pair for pair in self.queue()}
        for left, right, relation in self._chance.select(_PAIR).iter_rows():
            key = (left, right, relation)
            if key not in without and not self.verdict(key):
                pair = waiting.get(key) or self._pair(self._row(key))
                return replace(pair, random=True)
        return None

    def _row(self, key: Key) -> Mapping[str, Any]:
        """A pair that no longer waits, such as one accepted for its probability, as it was proposed."""
        left, right, relation = key
        is_it = (pl.col("left") == left) & (pl.col("right") == right) & (pl.col("relation") == relation)
        return self._proposed.filter(is_it).row(0, named=True)

    def _pair(self, row: Mapping[str, Any]) -> Pair:
        left = row["left"]
        right = row["right"]
        return Pair(
            left=left,
            right=right,
            relation=row["relation"],
            probability=row["probability"],
            evidence=row["evidence"] or "[]",
            queue=row.get("queue") or QUEUES[-1],
            seen=seen_of(self._named[left], self._named[right]),
            change=row.get("change_minor"),
            proxy=row.get("proxy_minor"),
            prices=row.get("prices"),
            good=row.get("good") or "",
            unit=row.get("unit") or "",
            quantity=row.get("change_quantity"),
        )

    def batch(self, most: int) -> list[Pair]:
        """The next pairs that would be put if none were decided in between, no pair twice."""
        chosen: dict[Key, Pair] = {}
        waiting = list(self.queue())
        for number in range(self.asked, self.asked + most):
            pair = self._by_chance(set(chosen)) if drawn(number, self.work.settings.seed) else None
            pair = pair or next((one for one in waiting if one.key not in chosen), None)
            if pair:
                chosen[pair.key] = pair
        return sorted(chosen.values(), key=_weight)

    def decide(self, pair: Pair, verdict: str, *, by: str, at: str, reason: str = "") -> dict[str, str]:
        """Write one decision and take it in."""
        return self.decide_all([Decision(pair, verdict, reason)], by=by, at=at)[0]

    def decide_all(self, decisions: Sequence[Decision], *, by: str, at: str) -> list[dict[str, str]]:
        """Write several decisions, all or none, and take them in."""
        self.refresh()
        force = in_force(self._rows).iter_rows(named=True)
        before = {frozenset((row["left"], row["right"], row["relation"])): row["judgement"] for row in force}
        taken = set(self._rows["judgement"].drop_nulls())
        rows = []
        for pair, verdict, reason in decisions:
            row = self._decision(pair, verdict, by=by, at=at)
            while row["judgement"] in taken:
                at = _later(at)
                row = self._decision(pair, verdict, by=by, at=at)
            taken.add(row["judgement"])
            earlier = before.get(frozenset((row["left"], row["right"], row["relation"])), "")
            rows.append(row | {"reason": reason, "supersedes": earlier})
        self._write(rows)
        return rows

    def _decision(self, pair: Pair, verdict: str, *, by: str, at: str) -> dict[str, str]:
        """A row of JUDGEMENTS that says how the pair came before the person."""
        ends = self._all.filter(pl.col("entry").is_in([pair.left, pair.right]))
        name = self.signed(by)
        made = judged((pair.left, pair.right), verdict, relation=pair.relation, by=name, at=at, entries=ends)
        likely = "" if pair.probability is None else f"{pair.probability:.6f}"
        return made | {"drawn": RANDOM if pair.random else WEIGHT, "probability": likely}

    def undo(self, *, by: str, at: str) -> dict[str, str] | None:
        """Take back this reviewer's last decision that stands; None where there is none."""
        self.refresh()
        own = in_force(self._rows).filter(
            (pl.col("by") == self.signed(by)) & (pl.col("drawn").fill_null("") != "")
        )
        if own.is_empty():
            return None
        last = own.sort("at", maintain_order=True).row(-1, named=True)
        row = taken_back({name: str(value or "") for name, value in last.items()}, by=self.signed(by), at=at)
        self._write([row])
        return row

    def signed(self, by: str) -> str:
        """Return a name as it stands in the file: behind that of the party."""
        return f"{self.party}: {by}" if self.party else by

    def decided_by(self, pair: Pair) -> str:
        """Return the person who decided a pair; empty where nobody has."""
        wanted = frozenset((*self.named(pair), pair.relation))
        rows = in_force(self._rows).select("left", "right", "relation", "by").iter_rows()
        return next((str(by) for left, right, relation, by in rows if {left, right, relation} == wanted), "")

    def _write(self, rows: Sequence[Mapping[str, str]]) -> None:
        written(self.folder, rows, self._rows, known_today(self.gathered, self.work.settings))
        self.refresh()

    def entry(self, entry: str) -> Mapping[str, object]:
        """A record as its reviewer may read it, as a row of ENTRIES."""
        return self._rows_of[entry]

    def effect(self, pair: Pair) -> Message:
        """Return the changes if a pair holds, in words."""
        return changes(pair, self.weighing.currency, Names(self.case).good(pair.good) if pair.good else "")

    def named(self, pair: Pair) -> tuple[str, str]:
        """The stable names of both records."""
        return self._named[pair.left][0], self._named[pair.right][0]

    def known(self) -> list[Pair]:
        """All pairs that were proposed and that the reviewer may read, whatever became of them."""
        waiting = {pair.key: pair for pair in self.queue()}
        rows = self._proposed.iter_rows(named=True)
        return [waiting.get((row["left"], row["right"], row["relation"])) or self._pair(row) for row in rows]

    def labelled(self) -> pl.DataFrame:
        """Return people's decisions, as konvoi.reconcile.random_sample.LABELLED: for calibration and the
        stated error.
        """
        return labelled(self._rows, self._proposed, self._all, seed=self.work.settings.seed)

    def error(self) -> pl.DataFrame:
        """Return the error rate of the engine on pairs drawn at random: konvoi.reconcile.error.ERROR."""
        return published(self.labelled(), self.entries)


def review(work: Workspace, *, party: str = "", stop: Stop = never) -> Review:
    """The review of a workspace for the cell, or for a reviewer of a party."""
    work = replace(work, view=replace(work.view, reader=party or CELL))
    gathered = loaded(work, stop=stop)
    stop(Progress("Weighing pairs", 0))
    return Review(work, gathered, party="" if gathered.view.is_cell else gathered.view.reader)


def _weight(pair: Pair) -> tuple[int, int, Decimal, Key]:
    """The order in which pairs stand in a workbook: that of the queues, whether or not chance chose them."""
    minor = pair.change if pair.change else pair.proxy
    return QUEUES.index(pair.queue), -abs(minor or 0), -(pair.quantity or Decimal(0)), pair.key


def _beside(every: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """The judgements that come of answers, beside those of the file."""
    return every.tail(every.height - own.height) if every.height > own.height else own.clear()


def _later(at: str) -> str:
    return (datetime.fromisoformat(at) + timedelta(microseconds=1)).isoformat(timespec="microseconds")
