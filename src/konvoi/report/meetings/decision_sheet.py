"""The decision sheet of a meeting: decisions with options on the first page, follow-up on the second."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from konvoi.accord.sessions import around, ended
from konvoi.model.tables.positions import ACCEPTANCE
from konvoi.model.tables.sessions import TOPICS
from konvoi.report.agreements.negotiation_tables import Drafts
from konvoi.report.case import Case
from konvoi.report.front.decisions import decisions
from konvoi.report.ledger.basis import listed
from konvoi.report.meetings.session_tables import Row, Talks, days
from konvoi.report.names import Names, table
from konvoi.report.on_page import first_rows
from konvoi.report.page import Column, Message, Name, Page, Section, Table, Value
from konvoi.report.page_files import page_files
from konvoi.report.readers import marking
from konvoi.report.records import records

MOST = 5
"""Decisions on the sheet: those of the agenda first, then computed ones."""

MOST_ACTIONS = 12
MOST_DUE = 6
NOT_QUANTIFIED = Message("not quantified")
AGENDA = Message("agenda")
PROPOSED = Message("proposed")
ADOPT = (Message("adopt"), Message("adopt with changes"), Message("postpone"))
ACT = (Message("act as stated"), Message("set another day"), Message("withdraw or replace"))


@dataclass(frozen=True)
class Item:
    """One decision: its text, where it comes from, who can unblock it, and what blocks it.

    about: the record it is about. options: at most three. without: the consequence of no decision.
    """

    text: Value
    origin: Message
    options: Sequence[Message]
    without: Value
    unblocks: Value
    blocked: Value


def decision_sheet(
    case: Case, session: Row, *, audience: str, languages: Sequence[str]
) -> Mapping[str, bytes]:
    """Return decisions-SESSION.LANG.html and .docx for each language; case: of the reader's view."""
    return page_files(_page(case, session, audience), languages)


def _page(case: Case, session: Row, audience: str) -> Page:
    talks = Talks(case)
    place: dict[str, Value] = {
        "meeting": str(session["title"] or session["session"]),
        "place": str(session["town"] or ""),
        "days": days(session),
    }
    sections = (_decisions(talks, session, place, audience), _follow_up(talks, session))
    return Page(
        title=case.title,
        day=case.day,
        audience=audience,
        marking=marking(case, audience),
        exercise=case.exercise,
        sections=sections,
        records=records(case),
        head=Message("Decision sheet as of {day}"),
        file=f"decisions-{session['session']}",
        shown=sections,
        sheets=2,
    )


def _decisions(talks: Talks, session: Row, place: Mapping[str, Value], audience: str) -> Section:
    found = [*_of_agenda(talks, session), *_computed(talks.case, audience)]
    rows = tuple(
        (
            str(number),
            one.text,
            one.origin,
            listed(list(one.options), " / "),
            one.without,
            one.unblocks,
            one.blocked,
            "",
        )
        for number, one in enumerate(found, 1)
    )
    heads = (
        "No.",
        "Decision",
        "Origin",
        "Options",
        "Without a decision",
        "Who can unblock it",
        "Open",
        "Result",
    )
    title = Message("Decisions")
    empty = Message("No point of the agenda and no decision that is due.")
    options = Message("Decisions and their options")
    shown = Table("decision-table", options, tuple(Column(Message(head)) for head in heads), rows, empty)
    shown = first_rows(shown, MOST, Message("The first {shown} of {count} decisions."))
    answer = Message("{meeting}, {place}, {days}.", place)
    return Section("decisions", title, (answer,), (), (shown,))


def _of_agenda(talks: Talks, session: Row) -> list[Item]:
    """Return the points of the agenda that no decision of the meeting has settled yet, by topic."""
    decided = {row["item"] for row in talks.of("decisions", session) if row["item"]}
    rows = [row for row in talks.of("agenda", session) if row["item"] not in decided]
    rows.sort(key=lambda row: (TOPICS.index(str(row["topic"])), str(row["item"])))
    blocked = _blocked(talks.case)
    return [
        Item(
            Name(str(row["title"] or ""), str(row["title_de"] or ""), str(row["title_uk"] or "")),
            AGENDA,
            ADOPT,
            NOT_QUANTIFIED,
            talks.names.party(str(row["party"])) if row["party"] else Message("not reported"),
            blocked.get(str(row["about"] or ""), ""),
        )
        for row in rows
    ]


def _blocked(case: Case) -> dict[str, Value]:
    """Return, by document, the parties that hold clauses open, and the silence procedure that runs."""
    drafts = Drafts(case)
    names = Names(case)
    found: dict[str, Value] = {}
    rounds = {row["round"]: row for row in table(case, "rounds").iter_rows(named=True)}
    for (document, number), _ in drafts.clauses.group_by("document", "round", maintain_order=True):
        rows = drafts.cells.filter(document=document).filter("open")
        parties = sorted({str(one) for one in rows["party"]})
        told: list[Message] = []
        if parties:
            who = listed([Message("{name}", {"name": names.party(one)}) for one in parties], ", ")
            told.append(Message("reservations: {who}", {"who": who}))
        one = rounds.get(str(number), {})
        silent = (one.get("rule") or ACCEPTANCE) == ACCEPTANCE
        if silent and isinstance(one.get("deadline"), date) and one["deadline"] >= case.day:
            told.append(Message("silence procedure until {day}", {"day": one["deadline"]}))
        if told:
            found[str(document)] = listed(told, "; ")
    return found


def _computed(case: Case, audience: str) -> list[Item]:
    """Return decisions that are due by the figures, marked as proposed."""
    shown, _ = decisions(case, "cell" if audience == "coalition" else audience)
    if shown is None:
        return []
    return [Item(what, PROPOSED, ACT, without, who, "") for what, who, _, without in shown.rows]


def _follow_up(talks: Talks, session: Row) -> Section:
    ahead = around(talks.case.tables, day=_after(session)).next
    when: Value = Message("not known") if ahead is None else days(ahead)
    where = "" if ahead is None else str(ahead["town"] or "")
    text = "Next meeting: {days}." if not where else "Next meeting: {days}, {place}."
    actions = talks.steps(
        talks.live[:MOST_ACTIONS], title=Message("Open action items, the most overdue first")
    )
    return Section(
        "follow-up",
        Message("Follow-up"),
        (Message(text, {"days": when, "place": where}),),
        (),
        (actions, _obligations(talks, ahead)),
    )


def _after(session: Row) -> date:
    return date.fromordinal(ended(session).toordinal() + 1)


def _obligations(talks: Talks, ahead: Row | None) -> Table:
    """Return obligations of agreements that are due before the next meeting."""
    last = ahead["day"] if ahead is not None and isinstance(ahead["day"], date) else None
    day = talks.case.day
    rows = [
        row
        for row in talks.rows("undertakings")
        if isinstance(row["until"], date) and day <= row["until"] and (last is None or row["until"] <= last)
    ]
    rows.sort(key=lambda row: (str(row["until"]), str(row["undertaking"])))
    cells: list[tuple[Value, ...]] = []
    for row in rows[:MOST_DUE]:
        until = row["until"]
        due = until if isinstance(until, date) else None
        party = talks.names.party(str(row["party"]))
        cells.append((str(row["document"]), str(row["clause"] or ""), party, due))
    heads = (Column(Message("Document")), Column(Message("Clause")), Column(Message("Party")))
    title = Message("Obligations due before the next meeting")
    empty = Message("No obligation with a day is due before the next meeting.")
    columns = (*heads, Column(Message("Due date"), "", "day"))
    return Table("obligations-due", title, columns, tuple(cells), empty)
