"""A release of figures: composed of the coordination cell's view, checked for disclosure, and recorded."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from konvoi.flow.kept_views import loaded
from konvoi.flow.ledger.contributions import Ground, audiences, contributions, figures, ground, released_to
from konvoi.flow.ledger.released_figures import line, releases
from konvoi.flow.name_lookup import Unknown, good, party
from konvoi.flow.receipts import Action, Kind
from konvoi.flow.store import RELEASED_FIGURES, Edit, refuse_altered, store
from konvoi.flow.today import today
from konvoi.flow.totals_asked import ask, full
from konvoi.flow.view import View
from konvoi.flow.workspace import viewed, workspace
from konvoi.kit.progress import Stop, never
from konvoi.ledger.disclosure import Exposure, Protection, dominant, exposures, too_few
from konvoi.ledger.question import Question
from konvoi.ledger.release import Figure, Release, plain
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.markings import COALITION, PUBLIC

ROWS = ("", "group", "kind", "good", "month")
"""Rows in which figures can be released: none of them names a partner."""


@dataclass(frozen=True)
class Inference:
    """An inference that one reader can draw. before: the same without the new figures, where it was released
    before.
    """

    reader: str
    exposure: Exposure
    before: Exposure | None = None

    def as_dict(self) -> dict[str, object]:
        """The inference as plain values; None: without an end."""
        one = self.exposure
        before = self.before.ends if self.before else (plain(0, one.places), None)
        return {
            "reader": self.reader,
            "subject": one.subject,
            "name": one.name,
            "party": one.party,
            "key": one.key,
            "amount": plain(one.value, one.places),
            "unit": one.unit,
            "before": list(before),
            "after": list(one.ends),
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
        """The inference of the reader who could know the most, for each amount, the closest first."""
        found: dict[tuple[object, ...], Inference] = {}
        for one in self.inferences:
            at = _subject(one.exposure)
            if at not in found or one.exposure.closeness < found[at].exposure.closeness:
                found[at] = one
        return tuple(sorted(found.values(), key=lambda one: (one.exposure.closeness, one.exposure.name)))

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


def inferred(base: Ground, reader: str, before: Sequence[Release], new: Sequence[Figure]) -> list[Inference]:
    """Return the inferences a reader can draw from all figures released to it, and from new ones besides."""
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
    """Return the release of a question to a reader, with the inferences of each reader and the findings that
    forbid it.
    """
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
        exact=not with_bands,
    )
    known = {one.reader for one in before} | {
        party for one in before for some in one.figures for party in some.contributors
    }
    found = [one for who in audiences(base, reader, known) for one in inferred(base, who, before, new)]
    told = [*_unfit(release, protection), *_exposed(release, found, protection)]
    if not new:
        told.append(_finding("release-empty", {"reader": reader}))
    told += [_finding("release-counted", {"reader": reader}, read=one) for one in left_out]
    return Draft(release, tuple(found), tuple(told))


_WORDS = {
    "release-empty": (
        "records with the count mode “in total, not named” or “band only” that {reader} may not see",
        "The owner sets the count mode in the column count_mode of packages or items.",
    ),
    "release-counted": (
        "a record above 0 that the total of {reader} does not contain already",
        "Nothing to do: the record is left out, so that nothing counts twice.",
    ),
    "release-few": (
        "at least {least} contributors besides {reader}",
        "Release without this row (--only, or without --by), or when more partners contribute.",
    ),
    "release-dominated": (
        "that the {largest} largest contributors state at most {share} % of the figure",
        "Release a broader figure, or wait until others contribute more.",
    ),
    "release-exposed": (
        "for {record}, as {reader} could infer it, an interval that reaches at least {percent} % below and "
        "above the amount",
        "Leave the earlier figures unchanged, release fewer rows (--only, or without --by), or wait "
        "until more contributions have changed.",
    ),
}
"""Expected value and remedy of each finding, by its code."""


def _finding(code: str, values: Mapping[str, str], *, key: str = "", read: str = "") -> Finding:
    """A finding on a figure; key: its row."""
    severity = Severity.NOTE if code == "release-counted" else Severity.ERROR
    return Finding(severity, code, Place(RELEASED_FIGURES, column=key), read, *_WORDS[code], values)


def _unfit(release: Release, protection: Protection) -> list[Finding]:
    """Figures with too few contributors, or of which some state too much."""
    told = []
    for one in release.figures:
        if too_few(one, release.reader, protection):
            values = {"least": str(protection.contributors), "reader": release.reader}
            told.append(_finding("release-few", values, key=one.key, read=", ".join(one.contributors)))
        elif largest := dominant(one, release.reader, protection):
            values = {"largest": str(protection.largest), "share": str(protection.share)}
            told.append(_finding("release-dominated", values, key=one.key, read=", ".join(largest)))
    return told


def _exposed(release: Release, found: Iterable[Inference], protection: Protection) -> list[Finding]:
    """Return findings on amounts that could be inferred too closely: each once, by the reader who would know
    the most.
    """
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
        told.append(_finding("release-exposed", values, key=subject.key, read=read))
    return told


def interval_text(one: Exposure) -> str:
    """An interval in its unit, such as `0–45 EUR`."""
    ends = [("…" if end is None else f"{end.normalize():f}") for end in one.ends]
    return f"{ends[0]}–{ends[1]} {one.unit}"


@dataclass(frozen=True)
class Wish:
    """A request to release figures: the question, the reader, the person who releases, and the reason.

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
