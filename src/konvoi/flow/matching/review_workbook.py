"""Pairs as a workbook: written for a desk, and its decisions taken when it comes back."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from konvoi.flow.matching.review import Decision, Pair, Review
from konvoi.flow.parse_documents import limits
from konvoi.flow.submissions.origins import Origins
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.gateways.sandbox import run
from konvoi.intake.verdicts import TABLE
from konvoi.intake.wire import packed_document, read_apart
from konvoi.kit.money import to_major
from konvoi.kit.text import fold, shown, tidy
from konvoi.model.document import Document, Reading
from konvoi.model.entries import RELATION_KINDS
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.naming import localized
from konvoi.model.party import LANGUAGES
from konvoi.model.review import check
from konvoi.reconcile.judgement import RANDOM, VERDICTS, WEIGHT
from konvoi.report.language import Language
from konvoi.report.matching.review_book import Book, Sheet, review_book
from konvoi.report.matching.sides import CHANCE, holds
from konvoi.report.page import Message
from konvoi.report.readers import marking

_READER = "konvoi.intake.verdicts:read_verdicts"
_LONG = 2_000

_FAULTS = {
    "review-verdict-unknown": (
        Severity.ERROR,
        "one of: {choices}",
        "Select a decision from the list; the row was not imported.",
    ),
    "review-verdict-twice": (
        Severity.ERROR,
        "one decision per pair; row {first} contains another",
        "Keep one of the two rows; neither was taken.",
    ),
    "review-row-altered": (
        Severity.ERROR,
        "the hidden cells of the row as they were written",
        "Decide in the workbook as konvoi review wrote it; the row was not taken.",
    ),
    "review-pair-gone": (
        Severity.WARNING,
        "a pair that is proposed here now",
        "No action required: konvoi review --out writes the pairs that are open now. The row "
        "was not imported.",
    ),
    "review-values-changed": (
        Severity.WARNING,
        "the values of both records as they were when the workbook was written",
        "Review the pair again: konvoi review shows it with its new values. The row was not imported.",
    ),
    "review-decided-since": (
        Severity.WARNING,
        "a pair not decided since the workbook was written; {who} decided: {verdict}",
        "Agree on a decision, then use konvoi review; the row was not imported.",
    ),
}


def review_workbook(desk: Review, pairs: Sequence[Pair], language: str) -> bytes:
    """The workbook of these pairs, in a language; the same pairs give the same bytes."""
    origins = Origins(desk.work, desk.gathered, desk.entries)
    sheets = tuple(
        Sheet(
            pair=pair,
            names=desk.named(pair),
            drawn=RANDOM if pair.random else WEIGHT,
            rows=(desk.entry(pair.left), desk.entry(pair.right)),
            places=tuple(origins.of(entry).place for entry in (pair.left, pair.right)),
            cells=tuple(origins.of(entry).cells for entry in (pair.left, pair.right)),
            changes=CHANCE if pair.random else desk.effect(pair),
        )
        for pair in pairs
    )
    audience = marking(desk.case, desk.party) if desk.party else Message("for the cell only")
    return review_book(Book(desk.case, sheets, audience, desk.weighing.currency), language)


@dataclass
class Taken:
    """The outcome of a workbook's rows: their decisions, and rows that were not taken, with the reason.

    empty: rows without a verdict. unchanged: rows that say what is decided already. unread: whether nothing
    of it could be read.
    """

    rows: list[dict[str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unchanged: int = 0
    empty: int = 0
    refused: int = 0
    unread: bool = False

    def counts(self) -> dict[str, int]:
        """Return the number of rows by outcome."""
        return {
            "taken": len(self.rows),
            "unchanged": self.unchanged,
            "empty": self.empty,
            "refused": self.refused,
        }

    def as_dict(self) -> dict[str, object]:
        """The outcome as plain JSON values."""
        return {
            **self.counts(),
            "decisions": self.rows,
            "findings": [finding.as_dict() for finding in self.findings],
        }


def take(desk: Review, path: Path, *, by: str, at: str) -> Taken:
    """Take the decisions of a workbook that came back: those that can be taken, all at once."""
    content = files.content(path)
    if content is None:
        raise Refused(f"{path}: cannot be read")
    document = Document(path.name, content, desk.party)
    outcome = run(_READER, packed_document(document), limits(desk.work.settings))
    reading = read_apart(document, outcome.answer, why=outcome.why)
    taken = Taken(findings=list(reading.findings), unread=reading.refused)
    if TABLE not in reading.tables:
        return taken
    said = list(_Desk(desk, reading, taken, by).decisions())
    if said:
        taken.rows = desk.decide_all(said, by=by, at=at)
    return taken


@dataclass
class _Desk:
    """A workbook that came back, before the pairs as they stand now."""

    desk: Review
    reading: Reading
    taken: Taken
    by: str

    @cached_property
    def language(self) -> str:
        """The language in which the workbook was written."""
        heads = {names.get("verdict", "") for names in self.reading.headings.values()}
        known = {fold(localized("column", "verdict", code)): code for code in LANGUAGES}
        return next((known[fold(head)] for head in sorted(heads) if fold(head) in known), "en")

    def decisions(self) -> Iterator[Decision]:
        """The decisions that can be taken; of the others a finding is kept."""
        known = {_about(*self.desk.named(pair), pair.relation): pair for pair in self.desk.known()}
        rows = [row for row in self.reading.tables[TABLE].iter_rows(named=True) if self._says(row)]
        first: dict[str, dict[str, object]] = {}
        twice: set[str] = set()
        for row in rows:
            before = first.setdefault(str(row["check"]), row)
            if before is not row and _folded(before) != _folded(row):
                twice.add(str(row["check"]))
                self._tell("review-verdict-twice", row, first=str(before["_row"]))
        self.taken.refused += len(twice)
        for key, row in first.items():
            if key not in twice and (found := self._decision(row, known)):
                yield found

    def _says(self, row: Mapping[str, object]) -> bool:
        """Return True if a row holds a verdict."""
        said = bool(row["verdict"])
        self.taken.empty += not said and bool(row["left"])
        return said

    def _decision(
        self, row: Mapping[str, object], known: Mapping[tuple[str, str, str], Pair]
    ) -> Decision | None:
        """A row's decision; None where it cannot be taken (then with a finding) or changes nothing."""
        left, right, relation, seen, drawn = (
            str(row[name] or "") for name in ("left", "right", "relation", "values seen", "drawn")
        )
        verdict = _words(relation).get(fold(str(row["verdict"])), "")
        pair = known.get(_about(left, right, relation))
        if row["check"] != check(left, right, relation, seen, drawn):
            self._tell("review-row-altered", row)
        elif pair is None:
            self._tell("review-pair-gone", row)
        elif not verdict:
            self._tell("review-verdict-unknown", row, choices=_choices(self.language, relation))
        elif pair.seen != seen:
            self._tell("review-values-changed", row)
        elif (held := self.desk.verdict(pair.key)) == verdict:
            self.taken.unchanged += 1
        elif held and (who := self.desk.decided_by(pair)) != self.desk.signed(self.by):
            self._tell("review-decided-since", row, who=who, verdict=held)
        else:
            reason = tidy(str(row["reason"] or ""))[:_LONG]
            return Decision(replace(pair, random=drawn == RANDOM), verdict, reason)
        return None

    def _tell(self, code: str, row: Mapping[str, object], **values: str) -> None:
        severity, expected, remedy = _FAULTS[code]
        place = Place(str(row["_file"]), str(row["_sheet"]), int(str(row["_row"])), "verdict")
        read = shown(str(row["verdict"] or ""))
        found = Finding(severity, code, self.reading.found(place), read, expected, remedy, values)
        self.taken.findings.append(found)
        self.taken.refused += 1


def _about(left: str, right: str, relation: str) -> tuple[str, str, str]:
    """Return the subject of a pair; the same undertaking looks the same from both sides."""
    ends = sorted((left, right)) if relation == "same_as" else (left, right)
    return ends[0], ends[1], relation


def _folded(row: Mapping[str, object]) -> str:
    return fold(str(row["verdict"]))


def _choices(language: str, relation: str) -> str:
    """The verdicts as the cell's list has them."""
    say = Language(language).text
    return ", ".join(
        (*(say(word) for word in holds(relation)[1:]), localized("choice", VERDICTS[2], language))
    )


def _words(relation: str) -> dict[str, str]:
    """All spellings of the verdicts of a relation, folded."""
    found: dict[str, str] = {}
    for code in reversed(LANGUAGES):
        say = Language(code).text
        yes_no = holds(relation)[1:] if relation in RELATION_KINDS else ()
        found |= {fold(say(word)): verdict for word, verdict in zip(yes_no, VERDICTS, strict=False)}
        found |= {fold(localized("choice", verdict, code)): verdict for verdict in VERDICTS}
    return found


def as_dict(desk: Review, pair: Pair) -> dict[str, object]:
    """A pair as plain JSON values."""
    left, right = desk.named(pair)

    def money(minor: int | None) -> Decimal | None:
        return None if minor is None else to_major(minor, desk.weighing.currency)

    return {
        "left": pair.left,
        "right": pair.right,
        "left_name": left,
        "right_name": right,
        "relation": pair.relation,
        "queue": pair.queue,
        "change": money(pair.change),
        "proxy": money(pair.proxy),
        "prices": pair.prices,
        "currency": desk.weighing.currency,
        "good": pair.good or None,
        "quantity": pair.quantity,
        "unit": pair.unit or None,
        "probability": pair.probability,
        "evidence": json.loads(pair.evidence),
    }
