"""Confidential contributions: what the coordination cell's view adds to the figures of other readers."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import polars as pl

from konvoi.flow.cut import cut
from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.readers import with_partnership
from konvoi.flow.totals_asked import ask
from konvoi.flow.view import CELL, View
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused
from konvoi.kit.money import places
from konvoi.kit.progress import Stop, never
from konvoi.kit.union import components
from konvoi.ledger.basis import QUANTITY_PLACES
from konvoi.ledger.links import unit_name
from konvoi.ledger.question import Question
from konvoi.ledger.release import BAND, EXPLICIT_MODES, Contribution, Figure, Measure, Release, figure, topic
from konvoi.model.finding import filled
from konvoi.model.markings import COALITION, PUBLIC


@dataclass
class Ground:
    """The coordination cell's view, from which confidential contributions are counted for other readers."""

    work: Workspace
    gathered: Gathered
    _records: dict[str, frozenset[str]] = field(default_factory=dict)
    _entries: dict[str, frozenset[str]] = field(default_factory=dict)

    def view(self, reader: str) -> View:
        """Return the view of a reader on the day of the ground."""
        return with_partnership(View(self.work.view.as_of, reader), self.gathered.readings)

    def parties(self) -> tuple[str, ...]:
        """Return all parties that have sent a document, and all that contribute something confidential."""
        entries = self.gathered.ledger.entries.filter(pl.col("count_mode").is_in(EXPLICIT_MODES))
        senders = {one.party for one in self.gathered.readings}
        return tuple(sorted((senders | set(entries["party"].drop_nulls())) - {""}))

    def entries_seen(self, reader: str) -> frozenset[str]:
        """Return the entries that a reader may see."""
        if reader not in self._entries:
            shown = cut(self.gathered.readings, self.view(reader), self.work.settings)
            self._entries[reader] = frozenset(entry for one in shown for entry in one.entries["entry"])
        return self._entries[reader]

    def records_seen(self, reader: str) -> frozenset[str]:
        """Return the records (source, package, line) of which a reader may see an entry."""
        if reader not in self._records:
            seen = self.entries_seen(reader)
            named = self.gathered.ledger.entries.select("entry", record=record())
            rows = named.filter(pl.col("entry").is_in(sorted(seen)))
            self._records[reader] = frozenset(rows["record"])
        return self._records[reader]

    def sees(self, reader: str) -> Callable[[Contribution], bool]:
        """Return a test that is True if a reader knows a contribution anyway: as its own, or as released to
        it by name.
        """
        records = self.records_seen(reader)
        return lambda one: reader in (one.party, one.source) or one.record in records

    def related(self, entries: frozenset[str]) -> frozenset[str]:
        """Return the entries that accepted relations join with any of some entries."""
        known = self.gathered.ledger.relations.filter(
            pl.col("status") == "accepted", pl.col("relation") != "serves"
        )
        pairs = [(str(left), str(right)) for left, right in known.select("left", "right").iter_rows()]
        root = components(sorted(pairs))
        roots = {root[one] for one in entries if one in root}
        return frozenset(one for one, its in root.items() if its in roots)


def record() -> pl.Expr:
    """The record of an entry: its source, package and line, as source rows name it."""
    return unit_name().str.replace_all("\x1f", " / ", literal=True).str.strip_chars(" /")


def ground(work: Workspace, *, stop: Stop = never) -> Ground:
    """Return the coordination cell's view of a workspace on its day."""
    cell = replace(work, view=replace(work.view, reader=CELL))
    return Ground(cell, gathering(cell, stop=stop))


class _Counted(NamedTuple):
    """An entry with the part of it that counts and its value, in the smallest parts of the total's unit."""

    entry: dict[str, object]
    counted: int
    value: int


def contributions(
    base: Ground, question: Question, reader: str, *, with_bands: bool = True, also: Iterable[str] = ()
) -> tuple[dict[str, list[Contribution]], tuple[str, ...], str]:
    """Return the contributions to each row of a total that a reader may not see, by their explicit mode.

    also: records that the reader counts by its own view. Left out, and returned by name, is what the reader
    counts already by another record, so that nothing counts twice beside the reader's own total; then the
    unit of the total. Refused where the total itself cannot be drawn.
    """
    total = ask(base.gathered, question, base.work.settings, with_rows=True)
    if total.refused:
        raise Refused(f"No such figure: {filled(total.refused.reason, total.refused.values)}.")
    modes = EXPLICIT_MODES if with_bands else tuple(one for one in EXPLICIT_MODES if one != BAND)
    explicit = base.gathered.ledger.entries.filter(pl.col("count_mode").is_in(modes))
    entries = {row["entry"]: row for row in explicit.iter_rows(named=True)}
    seen = base.entries_seen(reader)
    counted = base.records_seen(reader) | frozenset(also)
    twice = base.related(seen)
    scale = _scale(question, total.unit)
    found: dict[tuple[str, str], list[_Counted]] = defaultdict(list)
    left_out: set[str] = set()
    for row in total.rows or ():
        if not row.counted or row.entry not in entries or row.entry in seen:
            continue
        if row.unit in counted or row.entry in twice:
            left_out.add(row.unit)
            continue
        value = int((row.value or row.counted).scaleb(scale))
        one = _Counted(entries[row.entry], int(row.counted.scaleb(scale)), value)
        found[row.key, row.unit].append(one)
    rows: dict[str, list[Contribution]] = defaultdict(list)
    for (key, unit), some in sorted(found.items()):
        whole = _contribution(unit, some, question, total.unit)
        if whole.value > 0:
            rows[key].append(whole)
        else:
            left_out.add(unit)
    return dict(rows), tuple(sorted(left_out)), total.unit


def _scale(question: Question, unit: str) -> int:
    return places(unit) if question.what == "amount" else QUANTITY_PLACES


def _contribution(unit: str, some: Sequence[_Counted], question: Question, measure: str) -> Contribution:
    """Return the contribution of one record: its entries with the part of them that counts, and their
    value.
    """
    counted = sum(one.counted for one in some)
    currencies = {str(one.entry["currency"]) for one in some}
    if question.what == "amount" and len(currencies) == 1 and all(one.value for one in some):
        # The stated amount stays the same where only the rate of another day differs.
        stated = sum(int(str(one.entry["amount_minor"])) * one.counted / one.value for one in some)
        basis = f"{currencies.pop()} {round(stated)}"
    else:
        basis = f"{measure} {counted}"
    first = some[0].entry
    mode = BAND if any(one.entry["count_mode"] == BAND for one in some) else str(first["count_mode"])
    party = str(first["party"] or first["source"] or "")
    source = str(first["source"] or "")
    return Contribution(unit, party, source, mode, basis, counted)


def figures(
    question: Question, rows: Mapping[str, Sequence[Contribution]], unit: str, only: Sequence[str] = ()
) -> tuple[Figure, ...]:
    """Return the figures of a question: the total and its rows, or only some of the rows."""
    measure = Measure(unit, _scale(question, unit))
    about = topic(question)
    whole = [one for some in rows.values() for one in some]
    total = [] if only or not whole else [figure(about, "", whole, measure)]
    if not question.by:
        return tuple(total)
    return (
        *total,
        *(figure(about, key, rows[key], measure) for key in sorted(rows) if not only or key in only),
    )


def audiences(base: Ground, reader: str, known: Iterable[str]) -> list[str]:
    """Return the readers of figures that are released to a reader; known: further parties."""
    if reader not in (PUBLIC, COALITION):
        return [reader]
    parties = sorted({*base.parties(), *known} - {PUBLIC, COALITION, CELL, ""})
    if reader == PUBLIC:
        return [PUBLIC, COALITION, *parties]
    return [COALITION, *(one for one in parties if base.view(one).partner)]


def released_to(base: Ground, reader: str, before: Iterable[Release]) -> list[Release]:
    """Return the releases whose figures a reader was given, directly or as one of the public or coalition."""
    partner = base.view(reader).partner
    return [one for one in before if one.reaches(reader, partner=partner)]
