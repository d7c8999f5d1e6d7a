"""The decision sheet of a meeting: decisions with options on the first page, follow-up on the second."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from konvoi.accord.rounds import silence_accepts
from konvoi.accord.sessions import around, ended
from konvoi.model.tables.sessions import TOPICS
from konvoi.report.agreements.negotiation_tables import Drafts
from konvoi.report.case import Case
from konvoi.report.front.decisions import CELL, Decision, every_decision
from konvoi.report.front.dependence import Dependence
from konvoi.report.ledger.basis import listed
from konvoi.report.meetings.options import Effects, Option, Options, Stake, draft, stake
from konvoi.report.meetings.published_items import Raised, raised
from konvoi.report.meetings.session_tables import Row, Talks, days, place_of
from konvoi.report.names import Names, table
from konvoi.report.page import Column, Message, Name, Page, Section, Table, Value
from konvoi.report.page_files import page_files
from konvoi.report.readers import marking
from konvoi.report.records import records

MOST = 5
"""Decisions on the sheet: those of the agenda first, then computed ones."""

MOST_OPTIONS = 3
MOST_ACTIONS = 12
MOST_DUE = 6
NEXT_STEPS = "next steps"
AGENDA = Message("agenda")
PROPOSED = Message("proposed")
PUBLISHED = Message("from published figures")


@dataclass(frozen=True)
class Item:
    """One decision: its text, draft wording, where it comes from, and who can unblock it.

    options: at most three. without: the consequence of no decision. blocked: reservations and silence
    procedures. about: the record of which the plan is re-solved for the options; empty for none.
    """

    text: Value
    draft: Value
    origin: Message
    options: Sequence[Option]
    without: Value
    unblocks: Value
    blocked: Value
    about: str = ""


def decision_sheet(
    case: Case,
    session: Row,
    *,
    audience: str,
    languages: Sequence[str],
    effects: Effects | None = None,
) -> Mapping[str, bytes]:
    """Return decisions-SESSION.LANG.html and .docx for each language; case: of the reader's view.

    effects: of the options on the plan, by record and option.
    """
    return page_files(decision_page(case, session, audience, effects or {}), languages)


def sheet_stakes(case: Case, session: Row, audience: str) -> list[Stake]:
    """Return what depends on the decisions of a sheet: for their options the plan is re-solved."""
    needs = Dependence(case)
    items = _items(Talks(case), session, audience, Options(case, needs, {}))
    return [stake(case, needs, one.about) for one in items[:MOST] if one.about]


def decision_page(case: Case, session: Row, audience: str, effects: Effects) -> Page:
    """Return the sheet as a page."""
    talks = Talks(case)
    place: dict[str, Value] = {
        "meeting": str(session["title"] or session["session"]),
        "place": place_of(session),
        "days": days(session),
    }
    items = _items(talks, session, audience, Options(case, Dependence(case), effects))
    sections = (_decisions(items, place), _follow_up(talks, session))
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


def _decisions(items: Sequence[Item], place: Mapping[str, Value]) -> Section:
    answer = [Message("{meeting}, {place}, {days}.", place)]
    if not items:
        answer.append(Message("No point of the agenda and no decision that is due."))
    also = [Message("{name}", {"name": one.text}) for one in items[MOST:] if one.origin == AGENDA]
    if also:
        answer.append(Message("Also on the agenda: {points}.", {"points": listed(also, "; ")}))
    tables = tuple(_table(number, one) for number, one in enumerate(items[:MOST], 1))
    return Section("decisions", Message("Decisions"), tuple(answer), (), tables)


def _table(number: int, one: Item) -> Table:
    """Return the options of one decision, and below them what is needed to take it."""
    words: dict[str, Value] = {"number": number, "text": one.text, "origin": one.origin}
    told = [Message("Draft: {text}", {"text": one.draft})] if one.draft else []
    told.append(Message("No decision: {text}.", {"text": one.without}))
    told.append(Message("Can unblock it: {text}.", {"text": one.unblocks}))
    if one.blocked:
        told.append(Message("Open: {text}.", {"text": one.blocked}))
    told.append(Message("Result: ____________________"))
    columns = (Column(Message("Option")), Column(Message("Consequence")))
    rows = tuple((each.text, each.consequence) for each in one.options[:MOST_OPTIONS])
    title = Message("{number}. {text} ({origin})", words)
    note = Message("{told}", {"told": listed(told, " ")})
    return Table(f"decision-{number}", title, columns, rows, Message("None."), note=note)


def _items(talks: Talks, session: Row, audience: str, options: Options) -> list[Item]:
    """Return the decisions of a sheet: those of the agenda, then computed ones, one for each subject.

    Those that published figures raise come first; points of the agenda about no record then come last.
    """
    case = talks.case
    due = (
        [] if audience == "public" else every_decision(case, "cell" if audience == "coalition" else audience)
    )
    by = min((one for one in (session["day"],) if isinstance(one, date)), default=case.day)
    found: list[Item] = []
    bare: list[Item] = []
    published = [_published(one) for one in raised(case)]
    used: set[str] = set()
    for row in _of_agenda(talks, session):
        one = next(
            (each for each in due if each.root not in used and _is_about(options.needs, row, each)), None
        )
        if one is not None:
            used.add(one.root)
        item = _agenda_item(talks, row, one, options, by)
        (bare if published and one is None and not item.blocked else found).append(item)
    for one in due:
        if one.root not in used:
            used |= {one.root} - {""}
            found.append(_proposed(talks, one, options, by))
    return [*published, *found, *bare] if published else found[:MOST]


def _of_agenda(talks: Talks, session: Row) -> list[Row]:
    """Return the points of the agenda that no decision of the meeting has settled yet, by topic.

    Next steps are the follow-up of the second sheet.
    """
    decided = {row["item"] for row in talks.of("decisions", session) if row["item"]}
    rows: list[Row] = [row for row in talks.of("agenda", session) if row["item"] not in decided]
    rows = [row for row in rows if row["topic"] != NEXT_STEPS]
    return sorted(rows, key=lambda row: (TOPICS.index(str(row["topic"])), str(row["item"])))


def _is_about(needs: Dependence, row: Row, one: Decision) -> bool:
    """Return True if a computed decision is about the record of an agenda item, or serves that need."""
    about = str(row["about"] or "")
    if not about or not one.about:
        return False
    same = about in (one.about, one.root) or needs.root(about) == one.root
    return same or about in {need for need, _ in needs.serves(one.about)}


def _agenda_item(talks: Talks, row: Row, one: Decision | None, options: Options, by: date) -> Item:
    title = Name(str(row["title"] or ""), str(row["title_de"] or ""), str(row["title_uk"] or ""))
    about = str(row["about"] or "")
    blocked = _blocked(talks.case).get(about)
    rapporteur = talks.names.party(str(row["party"])) if row["party"] else Message("not reported")
    if one is None:
        found, without = options.of_text(0 if blocked is None else blocked.clauses)
        told: Value = "" if blocked is None else blocked.told
        return Item(title, "", AGENDA, found, without, rapporteur, told)
    told = "" if blocked is None else blocked.told
    return replace(_proposed(talks, one, options, by), text=title, origin=AGENDA, blocked=told)


def _published(one: Raised) -> Item:
    options = [Option(text, consequence) for text, consequence in one.options]
    return Item(one.text, "", PUBLISHED, options, one.without, one.unblocks, "")


def _proposed(talks: Talks, one: Decision, options: Options, by: date) -> Item:
    found, without = options.of(one)
    who: Value = talks.names.party(one.party) if one.party else CELL
    wording = draft(one, talks.names, by)
    about = one.about if one.share else ""
    return Item(one.what, wording, PROPOSED, found, without, who, "", about)


@dataclass(frozen=True)
class Blocked:
    """Open clauses of a document: their number, and a sentence on who holds them open."""

    clauses: int
    told: Value


def _blocked(case: Case) -> dict[str, Blocked]:
    """Return, by document, the parties that hold clauses open, and the silence procedure that runs."""
    drafts = Drafts(case)
    names = Names(case)
    found: dict[str, Blocked] = {}
    rounds = {row["round"]: row for row in table(case, "rounds").iter_rows(named=True)}
    for (document, number), _ in drafts.clauses.group_by("document", "round", maintain_order=True):
        rows = drafts.cells.filter(document=document).filter("open")
        parties = sorted({str(one) for one in rows["party"]})
        told: list[Message] = []
        if parties:
            who = listed([Message("{name}", {"name": names.party(one)}) for one in parties], ", ")
            told.append(Message("reservations: {who}", {"who": who}))
        one = rounds.get(str(number), {})
        silent = bool(one) and silence_accepts(one)
        if silent and isinstance(one.get("deadline"), date) and one["deadline"] >= case.day:
            told.append(Message("silence procedure until {day}", {"day": one["deadline"]}))
        if told:
            found[str(document)] = Blocked(rows["clause"].n_unique(), listed(told, "; "))
    return found


def _follow_up(talks: Talks, session: Row) -> Section:
    ahead = around(talks.case.tables, day=_after(session)).next
    when: Value = Message("not known") if ahead is None else days(ahead)
    where: Value = "" if ahead is None else place_of(ahead)
    text = "Next meeting: {days}." if ahead is None else "Next meeting: {days}, {place}."
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
