"""A release of figures: composed of the coordination cell's view, checked for disclosure, and recorded."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from konvoi.flow.ask import ask, full
from konvoi.flow.cases import today
from konvoi.flow.collect import gathering
from konvoi.flow.cut import cut, with_partnership
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.known import Unknown, good, party
from konvoi.flow.receipts import Action, Kind
from konvoi.flow.released_figures import line, releases
from konvoi.flow.store import RELEASED_FIGURES, Edit, refuse_altered, store
from konvoi.flow.view import CELL, View
from konvoi.flow.workspace import Workspace, viewed, workspace
from konvoi.gateways.refusal import Refused
from konvoi.kit.money import places
from konvoi.kit.progress import Stop, never
from konvoi.kit.union import components
from konvoi.ledger.basis import QUANTITY_PLACES
from konvoi.ledger.disclosure import Exposure, Protection, dominant, exposures, too_few
from konvoi.ledger.links import unit_name
from konvoi.ledger.question import Question
from konvoi.ledger.release import BAND, EXPLICIT_MODES, Contribution, Figure, Release, figure, plain, topic
from konvoi.model.finding import Finding, Place, Severity, filled
from konvoi.model.markings import COALITION, PUBLIC

ROWS = ("", "group", "kind", "good", "month")
"""Rows in which figures can be released: none of them names a partner."""


@dataclass(frozen=True)
class Inference:
    """What one reader can infer. before: the same without the new figures, where it was released before."""

    reader: str
    exposure: Exposure
    before: Exposure | None = None

    def as_dict(self) -> dict[str, object]:
        """The inference as plain JSON values; ends are decimal strings, null: without an end."""
        one = self.exposure
        before = self.before.ends if self.before else (plain(0, one.places), None)
        return {
            "reader": self.reader,
            "subject": one.subject,
            "name": one.name,
            "party": one.party,
            "key": one.key,
            "amount": format(plain(one.value, one.places), "f"),
            "unit": one.unit,
            "before": [None if end is None else format(end, "f") for end in before],
            "after": [None if end is None else format(end, "f") for end in one.ends],
        }


@dataclass(frozen=True)
class Draft:
    """A release before it is made, with what each reader could infer, and what forbids it."""

    release: Release
    inferences: tuple[Inference, ...]
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        """True if something forbids the release."""
        return any(one.severity == Severity.ERROR for one in self.findings)

    @property
    def closest(self) -> tuple[Inference, ...]:
        """For each amount the inference of the reader who could know the most, the closest first."""
        found: dict[tuple[object, ...], Inference] = {}
        for one in self.inferences:
            at = _subject(one.exposure)
            if at not in found or one.exposure.margin < found[at].exposure.margin:
                found[at] = one
        return tuple(sorted(found.values(), key=lambda one: (one.exposure.margin, one.exposure.name)))

    def as_dict(self) -> dict[str, object]:
        """The release with all inferences, as plain JSON values; for the coordination cell."""
        figures = [{**one.as_dict(), "contributors": list(one.contributors)} for one in self.release.figures]
        return {
            **self.release.as_dict(),
            "figures": figures,
            "exposures": [one.as_dict() for one in self.inferences],
            "refused": self.refused,
            "findings": [one.as_dict() for one in self.findings],
        }


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
        """Return whether a reader knows a contribution anyway: as its own, or as released to it by name."""
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
    seen, counted = base.entries_seen(reader), base.records_seen(reader) | frozenset(also)
    twice = base.related(seen)
    scale = _scale(question, total.unit)
    found: dict[tuple[str, str], list[tuple[dict[str, object], int, int]]] = defaultdict(list)
    left_out: set[str] = set()
    for row in total.rows or ():
        if not row.counted or row.entry not in entries or row.entry in seen:
            continue
        if row.unit in counted or row.entry in twice:
            left_out.add(row.unit)
            continue
        value = int((row.value or row.counted).scaleb(scale))
        found[row.key, row.unit].append((entries[row.entry], int(row.counted.scaleb(scale)), value))
    rows: dict[str, list[Contribution]] = defaultdict(list)
    for (key, unit), some in sorted(found.items()):
        one = _contribution(unit, some, question, total.unit)
        if one.value > 0:
            rows[key].append(one)
        else:
            left_out.add(unit)
    return dict(rows), tuple(sorted(left_out)), total.unit


def _scale(question: Question, unit: str) -> int:
    return places(unit) if question.what == "amount" else QUANTITY_PLACES


def _contribution(
    unit: str, some: Sequence[tuple[dict[str, object], int, int]], question: Question, measure: str
) -> Contribution:
    """What one record adds: its entries with what of them counts, and their value."""
    counted = sum(part for _, part, _ in some)
    currencies = {str(row["currency"]) for row, _, _ in some}
    if question.what == "amount" and len(currencies) == 1 and all(whole for _, _, whole in some):
        # The stated amount stays the same where only the rate of another day differs.
        stated = sum(int(str(row["amount_minor"])) * part / whole for row, part, whole in some)
        basis = f"{currencies.pop()} {round(stated)}"
    else:
        basis = f"{measure} {counted}"
    first = some[0][0]
    mode = BAND if any(row["count_mode"] == BAND for row, _, _ in some) else str(first["count_mode"])
    party, source = str(first["party"] or first["source"] or ""), str(first["source"] or "")
    return Contribution(unit, party, source, mode, basis, counted)


def figures(
    question: Question, rows: Mapping[str, Sequence[Contribution]], unit: str, only: Sequence[str] = ()
) -> tuple[Figure, ...]:
    """Return the figures of a question: the total and its rows, or only some of the rows."""
    measure, about = (unit, _scale(question, unit)), topic(question)
    whole = [one for some in rows.values() for one in some]
    total = [] if only or not whole else [figure(about, "", whole, measure)]
    if not question.by:
        return tuple(total)
    return (
        *total,
        *(figure(about, key, rows[key], measure) for key in sorted(rows) if not only or key in only),
    )


def audiences(base: Ground, reader: str, known: Iterable[str]) -> list[str]:
    """Return all who read what is released to a reader; known: further parties."""
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


def inferred(base: Ground, reader: str, before: Sequence[Release], new: Sequence[Figure]) -> list[Inference]:
    """Return what a reader can infer from all figures released to it, and from new ones besides."""
    old = [one for release in released_to(base, reader, before) for one in release.figures]
    sees = base.sees(reader)
    earlier = {_subject(one): one for one in exposures(old, sees)}
    return [Inference(reader, one, earlier.get(_subject(one))) for one in exposures([*old, *new], sees)]


def _subject(one: Exposure) -> tuple[object, ...]:
    return one.subject, one.name, one.key, one.value


def drafted(
    base: Ground,
    question: Question,
    reader: str,
    before: Sequence[Release],
    *,
    only: Sequence[str] = (),
    with_bands: bool = True,
) -> Draft:
    """Return the release of a question to a reader, with what each reader could infer and what forbids it."""
    settings = base.work.settings
    protection = Protection(**settings.release)
    own = loaded(viewed(base.work, replace(base.work.view, reader=reader)))
    counted = [row.unit for row in ask(own, question, settings, with_rows=True).rows or () if row.counted]
    rows, left_out, unit = contributions(base, question, reader, with_bands=with_bands, also=counted)
    if missing := sorted(set(only) - set(rows)):
        raise Unknown("--only", missing[0], sorted(rows))
    new = figures(question, rows, unit, only)
    day = today(base.gathered, base.work)
    release = Release(
        len(before) + 1,
        reader,
        day,
        day,
        replace(question, currency=unit if question.what == "amount" else ""),
        new,
    )
    known = {one.reader for one in before} | {
        party for one in before for some in one.figures for party in some.contributors
    }
    found = [one for who in audiences(base, reader, known) for one in inferred(base, who, before, new)]
    told = [*_unfit(release, protection), *_exposed(release, found, protection)]
    if not new:
        told.append(_finding("release-empty", "", "", *_EMPTY, {"reader": reader}))
    told += [_finding("release-counted", "", one, *_COUNTED, {"reader": reader}) for one in left_out]
    return Draft(release, tuple(found), tuple(told))


_EMPTY = (
    "records with the count mode “in total, not named” or “band only” that {reader} may not see",
    "The owner sets the count mode in the column count_mode of packages or lines.",
)
_COUNTED = (
    "a record that is not in the total of {reader} already, nor below zero",
    "Nothing to do: the record is left out, so that nothing counts twice.",
)
_FEW = (
    "at least {least} contributors besides {reader}",
    "Release without this row (--only, or without --by), or when more partners contribute.",
)
_DOMINATED = (
    "that the {largest} largest contributors state at most {share} % of the figure",
    "Release a wider figure, or when others contribute more.",
)
_EXPOSED = (
    "for {record}, as {reader} could infer it, an interval that reaches at least {percent} % below and above "
    "the amount",
    "Leave the earlier figures as they stand, release fewer rows (--only, or without --by), or wait until "
    "more contributions have changed.",
)


def _finding(
    code: str, key: str, read: str, expected: str, remedy: str, values: Mapping[str, str]
) -> Finding:
    severity = Severity.NOTE if code == "release-counted" else Severity.ERROR
    return Finding(severity, code, Place(RELEASED_FIGURES, column=key), read, expected, remedy, values)


def _unfit(release: Release, protection: Protection) -> list[Finding]:
    """Figures with too few contributors, or of which some state too much."""
    told = []
    for one in release.figures:
        if too_few(one, release.reader, protection):
            values = {"least": str(protection.contributors), "reader": release.reader}
            told.append(_finding("release-few", one.key, ", ".join(one.contributors), *_FEW, values))
        elif largest := dominant(one, release.reader, protection):
            values = {"largest": str(protection.largest), "share": str(protection.share)}
            told.append(_finding("release-dominated", one.key, ", ".join(largest), *_DOMINATED, values))
    return told


def _exposed(release: Release, found: Iterable[Inference], protection: Protection) -> list[Finding]:
    """What a reader could infer too closely: each amount once, by the reader who would know the most."""
    # A release is not at fault for what could be inferred before it.
    narrower = [
        one
        for one in found
        if one.exposure.narrow(protection.interval)
        and (one.before is None or one.before.interval != one.exposure.interval)
    ]
    told = []
    for one in Draft(release, tuple(narrower), ()).closest:
        subject = one.exposure
        values = {
            "record": subject.name,
            "percent": str(protection.interval),
            "reader": one.reader,
        }
        read = interval_text(subject)
        told.append(_finding("release-exposed", subject.key, read, *_EXPOSED, values))
    return told


def interval_text(one: Exposure) -> str:
    """An interval in its unit, such as `0–45 EUR`."""
    ends = [("…" if end is None else f"{end.normalize():f}") for end in one.ends]
    return f"{ends[0]}–{ends[1]} {one.unit}"


@dataclass(frozen=True)
class Wish:
    """What is to be released to whom, by whom and why.

    only: rows, where not all are. with_bands: with contributions that are `band only`. as_of: the day of the
    figures.
    """

    question: Question
    reader: str
    only: tuple[str, ...] = ()
    with_bands: bool = True
    as_of: date | None = None
    by: str = ""
    reason: str = ""


def release_figures(
    folder: Path, wish: Wish, *, dry: bool = False, at: str = "", stop: Stop = never
) -> Draft:
    """Release figures of a workspace, unless something forbids it; dry: only tell what it would be.

    The workspace is held from the check to the record, so that two releases cannot be checked apart.
    """
    kept = store(folder)
    with nullcontext() if dry else kept.writing():
        work = workspace(folder)
        refuse_altered(work.differences)
        latest = ground(work, stop=stop)
        base = ground(viewed(work, View(wish.as_of)), stop=stop) if wish.as_of else latest
        before = releases(folder)
        reader = party("--for", wish.reader, base.gathered, work.settings, also=(PUBLIC, COALITION))
        question = replace(wish.question, good=good("--good", wish.question.good, base.gathered))
        question = replace(question, rule=full(base.gathered, question, work.settings).rule)
        draft = drafted(base, question, reader, before, only=wish.only, with_bands=wish.with_bands)
        # What is released today about an earlier day does not change what was given on that day.
        day = max(draft.release.as_of, today(latest.gathered, latest.work))
        draft = replace(draft, release=replace(draft.release, day=day, at=at, by=wish.by, reason=wish.reason))
        if not dry and not draft.refused:
            content = f"{kept.text(RELEASED_FIGURES) or ''}{line(draft.release)}\n"
            change = Action(Kind.PUBLISHED, (), draft.release.as_of.isoformat(), at, wish.by, wish.reason)
            kept.commit(change, [Edit(RELEASED_FIGURES, content.encode())])
    return draft
