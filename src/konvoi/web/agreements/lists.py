"""Lists of agreements: documents, positions, obligations, and clauses that an event triggers."""

from collections.abc import Iterator

from django.urls import reverse

from konvoi.web.access.roles import Right
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Viewer
from konvoi.web.agreements.calls import calls
from konvoi.web.agreements.obligations import obligations
from konvoi.web.lists.columns import Column, Kind, Row
from konvoi.web.lists.query import Filter, ListQuery
from konvoi.web.lists.sources import NotReady

TEMPLATE = "agreements/list.html"


def _agreements(viewer: Viewer) -> Iterator[Row]:
    """Yield the framework documents, each with the state of its term and the clauses that are open."""
    opened = view(viewer)
    if opened is None:
        raise NotReady
    ends = {row["document"]: row for row in opened.rows("renewals", limit=10_000).rows}
    last: dict[str, int] = {}
    open_clauses: dict[tuple[str, int], int] = {}
    for (document, number, state), count in opened.counts(
        "round_clauses", ("document", "number", "state")
    ).items():
        last[document] = max(number, last.get(document, 0))
        if state == "open":
            open_clauses[document, number] = count
    for row in opened.rows("documents", limit=10_000).rows:
        name = row["document"]
        yield {
            **row,
            "term": ends.get(name, {}).get("state"),
            "round": last.get(name),
            "open": open_clauses.get((name, last[name]), 0) if name in last else None,
        }


def agreement_address(row: Row) -> str:
    """Return the address of the document that a row names."""
    return reverse("agreement", kwargs={"agreement": row["document"]})


def round_address(row: Row) -> str:
    """Return the address of the round that a row names."""
    return reverse("round", kwargs={"round": row["round"]})


def _obligations(viewer: Viewer) -> list[Row]:
    opened = view(viewer)
    if opened is None:
        raise NotReady
    return obligations(opened)


def _calls(viewer: Viewer) -> list[Row]:
    return [
        {
            "call": str(call.id),
            "kind": "drill" if call.first.drill else "real",
            "guarantee": call.first.guarantee,
            "party": one.party,
            "event": call.first.event,
            "started": call.first.at,
            "until": one.until,
            "acknowledged": one.acknowledged,
            "minutes": call.minutes(one.acknowledged),
            "ended": call.ended,
        }
        for call in calls(viewer)
        for one in call.parties
    ]


AGREEMENTS = ListQuery(
    name="agreements",
    title="Framework documents",
    table=_agreements,
    columns=(
        Column("document"),
        Column("title"),
        Column("kind", Kind.CHOICE),
        Column("parties", Kind.PARTIES),
        Column("day", Kind.DAY, title="Signed", absent="not signed"),
        Column("in_force", Kind.DAY, title="In force from", absent="not reported"),
        Column("ends", Kind.DAY, title="Ends", absent="no end stated"),
        Column("term", Kind.WORDS, title="Term"),
        Column("round", Kind.NUMBER, title="Round"),
        Column("open", Kind.NUMBER, title="Open clauses"),
    ),
    filters=(
        Filter("kind"),
        Filter("title", Kind.TEXT),
        Filter("parties", Kind.TEXT),
        Filter("ends", Kind.DAY, more=True),
    ),
    sorts=("document", "title", "day", "ends", "open"),
    counted="kind",
    order=("document",),
    key="document",
    right=Right.PUBLIC,
    links={"document": agreement_address},
    calendar="ends",
    empty="No framework document is released to you. They appear here once they are handed in.",
)
POSITIONS = ListQuery(
    name="positions",
    title="Positions of parties",
    table="round_stands",
    columns=(
        Column("document"),
        Column("round"),
        Column("clause"),
        Column("party", Kind.PARTY),
        Column("stance", Kind.CHOICE, title="Position", absent="no position stated"),
        Column("how", Kind.WORDS, title="How"),
        Column("open", Kind.YES, title="Keeps the clause open"),
        Column("since", Kind.DAY, title="Open since"),
        Column("lifts", Kind.DAY, title="To be withdrawn by"),
        Column("late", Kind.NUMBER, title="Days overdue"),
        Column("after_deadline", Kind.YES, title="After the deadline"),
        Column("words", title="Wording"),
        Column("amendment", title="Amendment", more=True),
    ),
    filters=(
        Filter("document"),
        Filter("round"),
        Filter("party", Kind.PARTY),
        Filter("stance"),
        Filter("open", Kind.YES),
        Filter("clause", Kind.TEXT, more=True),
        Filter("lifts", Kind.DAY, more=True),
    ),
    sorts=("document", "round", "clause", "party", "since", "lifts", "late"),
    counted="stance",
    order=("document", "round", "clause", "party"),
    right=Right.PUBLIC,
    links={"document": agreement_address, "round": round_address},
    calendar="lifts",
    empty="No round of a text is released to you.",
)
OBLIGATIONS = ListQuery(
    name="obligations",
    title="Obligations and what became of them",
    table=_obligations,
    columns=(
        Column("undertaking", title="Obligation"),
        Column("document"),
        Column("clause"),
        Column("party", Kind.PARTY),
        Column("force", Kind.CHOICE, title="Force", absent="not judged yet"),
        Column("reservation", Kind.CHOICE, title="Subject to"),
        Column("good", title="Good"),
        Column("quantity", Kind.NUMBER, title="Quantity"),
        Column("amount", Kind.MONEY, title="Amount", currency="currency"),
        Column("currency"),
        Column("until", Kind.DAY, title="Due date", absent="no day stated"),
        Column("became", title="What became of it", absent="not reported"),
        Column("contracts", title="Contracts", more=True),
    ),
    filters=(
        Filter("document"),
        Filter("party", Kind.PARTY),
        Filter("force"),
        Filter("until", Kind.DAY, more=True),
    ),
    sorts=("undertaking", "document", "party", "until"),
    counted="force",
    order=("document", "undertaking"),
    key="undertaking",
    right=Right.PUBLIC,
    links={"document": agreement_address},
    calendar="until",
    empty="No obligation of an agreement is released to you.",
)
TRIGGERS = ListQuery(
    name="triggers",
    title="Consultation and guarantee clauses",
    table="guarantees_in_force",
    columns=(
        Column("guarantee", title="Clause, by its id"),
        Column("document"),
        Column("clause"),
        Column("kind", Kind.CHOICE),
        Column("trigger", title="Trigger"),
        Column("who", Kind.PARTIES, title="Who acts"),
        Column("whom", Kind.PARTIES, title="Towards whom"),
        Column("hours", Kind.NUMBER, title="Hours", absent="not stated"),
        Column("on_request", Kind.YES, title="On request"),
        Column("state", Kind.WORDS, title="State"),
        Column("ends", Kind.DAY, title="Ends", more=True),
    ),
    filters=(Filter("document"), Filter("kind"), Filter("trigger", Kind.TEXT), Filter("hours", Kind.NUMBER)),
    sorts=("guarantee", "document", "hours", "state"),
    counted="kind",
    order=("state", "hours", "guarantee"),
    key="guarantee",
    right=Right.PUBLIC,
    links={
        "guarantee": lambda row: reverse("trigger", kwargs={"trigger": row["guarantee"]}),
        "document": agreement_address,
    },
    empty="No clause with a trigger is released to you.",
)
CALLS = ListQuery(
    name="calls",
    title="Calls to consult",
    table=_calls,
    columns=(
        Column("call", title="Call"),
        Column("kind", Kind.WORDS, title="Drill or real"),
        Column("guarantee", title="Clause, by its id"),
        Column("party", Kind.PARTY),
        Column("event", Kind.MOMENT, title="Event"),
        Column("started", Kind.MOMENT, title="Called at"),
        Column("until", Kind.MOMENT, title="Not later than", absent="no time stated"),
        Column("acknowledged", Kind.MOMENT, title="Acknowledged at", absent="not acknowledged"),
        Column("minutes", Kind.NUMBER, title="Minutes to acknowledge"),
        Column("ended", Kind.MOMENT, title="Ended at", absent="running"),
    ),
    filters=(
        Filter("kind", title="Drill or real"),
        Filter("guarantee", title="Clause, by its id"),
        Filter("party", Kind.PARTY),
    ),
    sorts=("call", "started", "party", "minutes"),
    counted="kind",
    order=("-started", "call", "party"),
    right=Right.READ,
    links={"call": lambda row: reverse("call", kwargs={"call": row["call"]})},
    empty="No call is addressed to you. The coordination cell starts calls and drills on pages of clauses.",
)
LISTS = (AGREEMENTS, POSITIONS, OBLIGATIONS, TRIGGERS, CALLS)
