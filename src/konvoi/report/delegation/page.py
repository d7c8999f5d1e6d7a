"""One page for one delegation, from the view of that delegation."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from konvoi.accord.clause_positions import UNSPOKEN
from konvoi.ledger.units import FULFILLED
from konvoi.model.finding import Place, Severity
from konvoi.model.stages import Stage
from konvoi.report.agreements.negotiation_tables import Drafts
from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.delegation.published import published_answer, published_section
from konvoi.report.forecast.promises import Promise, own_promises, promises
from konvoi.report.front.decisions import decisions
from konvoi.report.front.pairs import heaviest_pairs
from konvoi.report.ledger.figures import FUNNEL, NOT_REPORTED, Figure, Step, gap, joined, part, share
from konvoi.report.names import Names
from konvoi.report.on_page import first_rows
from konvoi.report.page import Column, Front, Message, Number, Page, Section, Table, Tile, Value
from konvoi.report.readers import marking
from konvoi.report.records import records
from konvoi.report.sentences import place, sentence

MOST = {"items": 10, "questions": 5, "positions": 5, "findings": 3, "duplicates": 3}
"""Rows of each table, so that the page stays one sheet."""

PLEDGED = Message("Pledged")
ANNOUNCED = Message("Announced here")

_ORDER = ("overdue", "not yet due", "without a day", "late", "on time")
_STATES = {
    "overdue": Message("overdue"),
    "not yet due": Message("not yet due"),
    "without a day": Message("no promised day"),
    "late": Message("delivered late"),
    "on time": Message("delivered on time"),
}


def delegation_page(case: Case, party: str, questions: Sequence[Question]) -> Page:
    """Return the page of a delegation. case: of the view of the party; questions: open questions to it."""
    parts = (
        published_section(case, party),
        _items(case, party),
        questions_section(questions),
        _positions(case, party),
        checks_section(case, party, questions),
    )
    head = Message("Delegation page {party}, as of {day}", {"party": Names(case).party(party)})
    return one_sheet(case, party, head, _front(case, party, questions), parts)


def one_sheet(case: Case, party: str, head: Message, front: Front, parts: Sequence[Section | None]) -> Page:
    """Return the page of a party that prints on one sheet; parts: its sections, None for those left out."""
    sections = tuple(one for one in parts if one is not None)
    return Page(
        title=case.title,
        day=case.day,
        audience=party,
        marking=marking(case, party),
        exercise=case.exercise,
        sections=sections,
        records=records(case),
        head=head,
        file=f"delegation-{party}",
        front=front,
        shown=sections,
        sheets=1,
    )


def _front(case: Case, party: str, questions: Sequence[Question]) -> Front:
    pledged, delivered = (_own(case, party, stage) for stage in (str(Stage.PLEDGED), FULFILLED))
    table, further = decisions(case, party)
    asked = None if table is None else replace(table, title=Message("What we ask of you"))
    if asked is not None and questions:
        asked = replace(asked, empty=_only_questions(len(questions)))
    known = published_answer(case, party) is not None
    tiles = (
        Tile("pledged", ANNOUNCED if known else PLEDGED, _figure(pledged)),
        Tile("delivered", Message("Delivered or disbursed"), _figure(delivered)),
        _overdue(case, party),
    )
    return Front(_answer(case, party, pledged, delivered), tiles, asked, further, ())


def _only_questions(count: int) -> Message:
    """Return what is asked of a party where nothing is due, and questions are open."""
    return Message(
        "Nothing is overdue or due within 7 days. {count} question to you is open; see below.",
        {"count": Number(Decimal(count), to="own-questions")},
        "Nothing is overdue or due within 7 days. {count} questions to you are open; the first are listed "
        "below.",
        count,
    )


def _own(case: Case, party: str, stage: str) -> Figure:
    total = case.totals.get(f"{FUNNEL}{stage}")
    return NOT_REPORTED if total is None else part(case, Step(stage, total), party)


def _figure(figure: Figure) -> Value:
    if isinstance(figure, Number) and figure.value is None:
        return Message("no value stated")
    return figure


def _answer(case: Case, party: str, pledged: Figure, delivered: Figure) -> Message:
    values: dict[str, Value] = {"party": Names(case).party(party), "pledged": pledged, "delivered": delivered}
    if (register := published_answer(case, party)) is not None:
        values["register"] = register
        if not isinstance(pledged, Number) or pledged.value is None:
            return Message("{party} – {register} Announcements here have no value.", values)
        text = "{party} – {register} Announcements here, which are not the same items: {pledged}."
        return Message(text, values)
    if not isinstance(pledged, Number):
        return Message("{party}: no pledges are reported.", values)
    if pledged.value is None:
        return Message("{party}: pledges are reported, but none with a value.", values)
    if not isinstance(delivered, Number) or delivered.value is None:
        return Message("{party}: {pledged} pledged; deliveries with a value are not reported.", values)
    values |= {"share": share(delivered, pledged), "gap": gap(pledged, delivered)}
    text = "{party}: {pledged} pledged, {delivered} ({share}) delivered or disbursed. Outstanding: {gap}."
    return Message(text, values)


def _promised(case: Case, party: str) -> list[Promise]:
    return own_promises(case, promises(case), party)


def _overdue(case: Case, party: str) -> Tile:
    found = _promised(case, party)
    if not found:
        return Tile("overdue", Message("Overdue"), Message("no promised days reported"))
    late = [one for one in found if one.is_overdue(case.day)]
    figure = Number(Decimal(len(late)), "line item", "", case.day, joined(*(one.entries for one in late)))
    return Tile("overdue", Message("Overdue"), figure)


def _items(case: Case, party: str) -> Section:
    """Return the line items of the delegation, the overdue first."""
    goods = {
        (row["party"], row["line"]): row
        for row in case.entries.sort("entry").iter_rows(named=True)
        if row["line"]
    }
    found = sorted(
        _promised(case, party), key=lambda one: (_ORDER.index(one.state), -(one.slip or 0), one.line)
    )
    names = Names(case)
    rows = tuple(_item(names, one, goods.get((party, one.line))) for one in found)
    columns = (
        Column(Message("Line item")),
        Column(Message("Good")),
        Column(Message("Promised"), "", "day"),
        Column(Message("State")),
        Column(Message("Shift or delay"), "d", "number"),
    )
    empty = Message("No line items with a promised day are reported.")
    table = _cut(
        Table("own-items", Message("Your pledges by line item"), columns, rows, empty), MOST["items"]
    )
    return Section("items", Message("Pledges and deliveries"), (), (), (table,))


def _item(names: Names, one: Promise, row: Mapping[str, object] | None) -> tuple[Value, ...]:
    good = names.good(str(row["good"])) if row and row["good"] else Message("not reported")
    slip = None if one.slip is None else Number(Decimal(one.slip), "d", "", None, one.entries)
    return (one.line, good, one.last or one.first, _STATES[one.state], slip)


def questions_section(questions: Sequence[Question], most: int = MOST["questions"]) -> Section | None:
    """Return the open questions to a party; none if there are none."""
    if not questions:
        return None
    rows = tuple((one.about, one.asked, one.needed) for one in questions)
    columns = (
        Column(Message("What it is about")),
        Column(Message("Question")),
        Column(Message("Answer needed")),
    )
    table = Table("own-questions", Message("Open questions to you"), columns, rows, Message("None."))
    return Section("questions", Message("Questions"), (), (), (_cut(table, most),))


def _positions(case: Case, party: str) -> Section | None:
    """Return the clauses that the delegation holds open, or on which it has not spoken."""
    drafts = Drafts(case)
    rows = tuple(
        (
            str(row["document"]),
            str(row["clause"]),
            Message(str(row["stance"])) if row["stance"] else Message("no position stated"),
            row["since"],
        )
        for row in drafts.cells.iter_rows(named=True)
        if row["party"] == party and (row["open"] or row["how"] in UNSPOKEN)
    )
    if not rows:
        return None
    columns = (
        Column(Message("Document")),
        Column(Message("Clause")),
        Column(Message("Your position")),
        Column(Message("Since"), "", "day"),
    )
    table = Table("own-positions", Message("Clauses open with you"), columns, rows, Message("None."))
    return Section("positions", Message("Positions"), (), (), (_cut(table, MOST["positions"]),))


def checks_section(case: Case, party: str, questions: Sequence[Question]) -> Section | None:
    """Return duplicate candidates and findings that concern a party; those asked about are left out."""
    asked = [one.place for one in questions if one.kind == "findings"]
    found = (_duplicates(case, party), _findings(case, party, asked))
    tables = tuple(table for table in found if table.rows)
    if not tables:
        return None
    return Section("checks", Message("Duplicate candidates and findings"), (), (), tables)


def _duplicates(case: Case, party: str) -> Table:
    names = Names(case)
    rows = tuple(
        (
            (names.party(one.left_party), " ", one.left),
            (names.party(one.right_party), " ", one.right),
            one.effect,
        )
        for one in heaviest_pairs(case, len(case.relations))
        if party in (one.left_party, one.right_party)
    )
    columns = (
        Column(Message("Record")),
        Column(Message("Other record")),
        Column(Message("Effect if a duplicate"), "", "number"),
    )
    title = Message("Duplicate candidates with your records")
    return _cut(Table("own-duplicates", title, columns, rows, Message("None.")), MOST["duplicates"])


def _findings(case: Case, party: str, asked: Collection[Place]) -> Table:
    own = dict(case.documents.select("name", "party").iter_rows())
    order = (Severity.ERROR, Severity.WARNING)
    found = [
        one
        for one in case.findings
        if own.get(one.place.file) == party and one.severity in order and one.place not in asked
    ]
    found.sort(key=lambda one: (order.index(one.severity), one.place, one.code))
    rows = tuple((one.place.file, place(one.place), sentence(one)) for one in found)
    columns = (Column(Message("File")), Column(Message("Where")), Column(Message("Finding and remedy")))
    title = Message("Findings in your submissions")
    return _cut(Table("own-findings", title, columns, rows, Message("None.")), MOST["findings"])


def _cut(table: Table, most: int) -> Table:
    return first_rows(table, most, Message("The first {shown} of {count} rows."))
