"""Answers close questions: each is checked, then does what it does, and what it does is gathered anew."""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from konvoi.flow.cases import bare
from konvoi.flow.gathered import Gathered, Inputs
from konvoi.flow.matching.relate import judged as read_judgements
from konvoi.flow.party_views import PartyInputs, party_inputs
from konvoi.flow.submissions.answer_effects import (
    Answered,
    Patch,
    Row,
    corrected,
    patched,
    patches,
    with_receipts,
    without,
)
from konvoi.flow.submissions.party_questions import party_questions
from konvoi.flow.today import known_today
from konvoi.flow.workspace import Workspace
from konvoi.intake.answers import SCHEMA
from konvoi.ledger.units import owned
from konvoi.model.document import Reading
from konvoi.model.finding import Finding, Place, Severity
from konvoi.reconcile.judgement import JUDGEMENTS, judged
from konvoi.report.asked import Question

Build = Callable[[Sequence[Reading], Sequence[Reading], Workspace, str], Gathered]
"""Gather readings beside withdrawn ones, in a workspace, with a text of judgements."""

_DECIDED = {"same", "different"}
_FAULTS = {
    "answer-other-party": (
        Severity.ERROR,
        "an answer to a question that was put to {holder}",
        "The question was put to {to}; submit the answer as {to}. It was not imported.",
    ),
    "answer-twice": (
        Severity.ERROR,
        "one answer per question; row {first} contains another answer",
        "Keep one of the two rows; neither was taken.",
    ),
    "answer-older": (
        Severity.WARNING,
        "an answer to the current question",
        "What was asked has changed since; konvoi ask puts it again. The answer was not taken.",
    ),
    "answer-settled": (
        Severity.NOTE,
        "a question that is open",
        "No action required: the question is already settled or was not asked in this workspace.",
    ),
    "answers-disagree": (
        Severity.WARNING,
        "one answer on a pair; another desk answered otherwise",
        "Ask both desks, then decide on the pair with konvoi review.",
    ),
}


def settled(inputs: Inputs, build: Build) -> Gathered:
    """Return the gathered inputs with every answer that can be taken in them.

    An answer is taken where its question is open in the view of the party that answers. It may open the next
    question (a new promised day passes, too), so this goes on until no answer meets an open question; a
    finding tells of each answer that is left over.
    """
    work = inputs.work
    first = state = build(inputs.readings, inputs.aside, work, work.judgements)
    if "answers" not in state.tables or known_today(state, work.settings) is None:
        return state
    book = _Book(dict(state.documents.select("name", "party").iter_rows()))
    waiting = book.checked(_in_order(state.tables["answers"]))
    state = book.on(state, inputs.readings)
    views = _PartyViews(inputs, build)
    parties = sorted({str(row["party"]) for row in waiting})
    open_ = views.open(state, book, parties)
    while fresh := [row for row in waiting if row["question"] in open_]:
        waiting = [row for row in waiting if row["question"] not in open_]
        book.take([Answered(open_[str(row["question"])], row) for row in fresh], state)
        state = _built(inputs, book, build)
        open_ = views.open(state, book, parties)
    book.leave(waiting, open_)
    state = corrected(first, book.on(state, inputs.readings), book.patches)
    return replace(
        state, findings=(*state.findings, *sorted(book.findings, key=lambda one: (one.place, one.code)))
    )


def _built(inputs: Inputs, book: "_Book", build: Build) -> Gathered:
    work = inputs.work
    state = build(book.readings(inputs.readings), inputs.aside, work, book.judgements(work.judgements))
    return book.on(state, inputs.readings)


@dataclass
class _PartyViews:
    """The questions that are open in the views of the parties that answer.

    For a reader other than the coordination cell all is computed from what that reader may see already.
    """

    inputs: Inputs
    build: Build
    cut: dict[str, PartyInputs] = field(default_factory=dict)

    def open(self, state: Gathered, book: "_Book", parties: Sequence[str]) -> dict[str, Question]:
        """Return the open questions to parties by their number; state: with the answers taken so far."""
        found: dict[str, Question] = {}
        states: dict[str, Gathered] = {}
        for party in parties:
            seen = state
            if self.inputs.work.view.is_cell:
                own = self.cut.setdefault(party, party_inputs(self.inputs, party))
                if own.key not in states:
                    states[own.key] = _built(own.inputs, book, self.build) if own.key else state
                seen = states[own.key]
            if known_today(seen, self.inputs.work.settings) is None:
                continue
            found |= {one.id: one for one in party_questions(bare(seen, self.inputs.work), party)}
        return found


def _in_order(rows: pl.DataFrame) -> list[Row]:
    """Answers by day, file and row."""
    return rows.sort("known_on", "_file", "_row", nulls_last=False).to_dicts()  # type: ignore[return-value]


@dataclass
class _Book:
    """The answers of a workspace: which were taken, what they do, what is to be told."""

    holders: dict[str, str]
    taken: list[Answered] = field(default_factory=list)
    patches: list[Patch] = field(default_factory=list)
    judged: list[dict[str, str]] = field(default_factory=list)
    outcomes: list[tuple[Row, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def checked(self, rows: Sequence[Row]) -> list[Row]:
        """The answers that may be taken: of the party that was asked, one for each question."""
        found: dict[str, Row] = {}
        for row in rows:
            question = str(row["question"])
            holder = self.holders.get(str(row["_file"]), "")
            before = found.get(question)
            if row["party"] != holder:
                self._tell("answer-other-party", row, holder=holder, to=str(row["party"] or ""))
            elif row["answer"] is None:
                self.outcomes.append((row, "remark"))
            elif before and before["_file"] == row["_file"] and not _alike(before, row):
                self._tell("answer-twice", row, first=str(before["_row"]))
                self.outcomes.append((before, "twice"))
                found[question] = {**before, "answer": None}
            else:
                if before:
                    self.outcomes.append((before, "replaced"))
                found[question] = row
        return [row for row in found.values() if row["answer"] is not None]

    def take(self, fresh: Sequence[Answered], state: Gathered) -> None:
        """Take answers in."""
        self.taken += fresh
        self.outcomes += [(row, "taken") for _, row in fresh]
        self.patches += [patch for question, row in fresh for patch in patches(question, row)]
        pairs: dict[str, list[Answered]] = defaultdict(list)
        for question, row in fresh:
            if question.kind == "duplicates":
                pairs[question.record].append(Answered(question, row))
        for record in sorted(pairs):
            self._judge(pairs[record], state)

    def _judge(self, answers: Sequence[Answered], state: Gathered) -> None:
        """A pair as its desks see it; where they differ nothing is decided."""
        verdicts = {str(row["answer"]) for _, row in answers} & _DECIDED
        if len(verdicts) > 1:
            for _, row in answers:
                self._tell("answers-disagree", row, outcome="")
            return
        ledger = state.ledger
        for question, row in answers:
            if verdicts and row["answer"] not in verdicts:
                continue
            who = f"{question.party}: {row['by']}" if row["by"] else question.party
            values = question.values
            pair = (values["left"], values["right"])
            entries = owned(ledger.entries, ledger.owners)
            at = f"{row['known_on'] or state.day}T00:00:00+00:00"
            reason = str(row["remark"] or "")
            decision = judged(
                pair,
                str(row["answer"]),
                relation=values["relation"],
                by=who,
                at=at,
                entries=entries,
                reason=reason,
            )
            # What was seen stands in the question's number already.
            self.judged.append(decision | {"seen": ""})

    def leave(self, rows: Sequence[Row], open_: dict[str, Question]) -> None:
        """Tell of answers that meet no open question."""
        standing = {(one.kind, one.party, one.record) for one in open_.values()}
        for row in rows:
            changed = (row["kind"], row["party"], row["record"]) in standing
            self._tell("answer-older" if changed else "answer-settled", row)

    def readings(self, readings: Sequence[Reading]) -> list[Reading]:
        """Return readings with all that the answers among them put right."""
        here = _answer_rows(readings)
        own = [one for one in self.patches if _at(one.answer) in here]
        taken = [one for one in self.taken if _at(one.row) in here]
        return with_receipts(patched(readings, own), taken)

    def judgements(self, text: str) -> str:
        """The text of judgements with those of the desks."""
        rows, broken = read_judgements(text)
        if broken or not self.judged:
            return text
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(JUDGEMENTS)
        writer.writerows(rows.rows())
        writer.writerows([row[name] for name in JUDGEMENTS] for row in self.judged)
        return out.getvalue()

    def on(self, state: Gathered, readings: Sequence[Reading]) -> Gathered:
        """Return a state with the answers among readings, less the findings that they have settled."""
        schema = {**dict(SCHEMA), "outcome": pl.String(), "order": pl.Int64()}
        here = _answer_rows(readings)
        outcomes = [(row, outcome) for row, outcome in self.outcomes if _at(row) in here]
        rows = [{**row, "outcome": outcome, "order": at} for at, (row, outcome) in enumerate(outcomes)]
        answers = pl.DataFrame({name: [row.get(name) for row in rows] for name in schema}, schema=schema)
        kept = without(state.findings, (question for question, _ in self.taken))
        return replace(state, tables={**state.tables, "answers": answers}, findings=kept)

    def _tell(self, code: str, row: Row, *, outcome: str | None = None, **values: str) -> None:
        severity, expected, remedy = _FAULTS[code]
        place = Place(str(row["_file"]), str(row["_sheet"]), int(str(row["_row"])), "answer")
        read = str(row["answer"] or "")
        self.findings.append(Finding(severity, code, place, read, expected, remedy, values))
        if outcome is None:
            self.outcomes.append((row, code.removeprefix("answer-").replace("-", " ")))


def _alike(one: Row, other: Row) -> bool:
    return (one["answer"], one["day"]) == (other["answer"], other["day"])


def _at(row: Row) -> tuple[object, ...]:
    return row["_file"], row["_sheet"], row["_row"]


def _answer_rows(readings: Iterable[Reading]) -> set[tuple[object, ...]]:
    """Return the places of the answers in readings."""
    tables = [one.tables["answers"] for one in readings if "answers" in one.tables]
    return {place for rows in tables for place in rows.select("_file", "_sheet", "_row").iter_rows()}
