"""Lists of funding: programmes, tranches, conditions, payments, projects, and projects funded twice."""

from django.urls import reverse

from konvoi.web.access.roles import Right
from konvoi.web.lists.columns import Column, Kind, Row
from konvoi.web.lists.query import Filter, ListQuery

TEMPLATE = "funding/list.html"
PAYMENTS_TEMPLATE = "funding/payments.html"


def programme_address(row: Row) -> str:
    """Return the address of the programme that a row names."""
    return reverse("programme", kwargs={"programme": row["programme"]})


def condition_address(row: Row) -> str:
    """Return the address of the condition that a row names."""
    return reverse("condition", kwargs={"condition": row["condition"]})


def project_address(row: Row) -> str:
    """Return the address of the project that a row names."""
    return reverse("project", kwargs={"project": row["project"]})


def _money(name: str, title: str, *, more: bool = False) -> Column:
    return Column(name, Kind.MONEY, title=title, currency="currency", more=more, absent="no value stated")


PROGRAMMES = ListQuery(
    name="programmes",
    title="Programmes",
    table="programme_standing",
    columns=(
        Column("programme", title="Programme"),
        Column("title"),
        Column("party", Kind.PARTY),
        Column("rule", Kind.CHOICE, title="Rule"),
        Column("currency"),
        _money("committed", "Committed"),
        _money("decided", "Decided"),
        _money("disbursed", "Disbursed"),
        _money("left", "Remaining"),
        _money("guarantee", "Guarantee", more=True),
    ),
    filters=(Filter("party", Kind.PARTY), Filter("rule"), Filter("title", Kind.TEXT)),
    sorts=("programme", "party", "committed", "disbursed", "left"),
    counted="party",
    order=("programme",),
    key="programme",
    right=Right.PUBLIC,
    links={"programme": programme_address},
    empty="No programme is released to you.",
)
TRANCHES = ListQuery(
    name="tranches",
    title="Tranches and disbursable amounts",
    table="tranche_standing",
    columns=(
        Column("tranche", title="Tranche"),
        Column("programme", title="Programme"),
        Column("party", Kind.PARTY),
        Column("stage", Kind.CHOICE),
        Column("currency"),
        _money("expected", "Expected"),
        _money("estimate", "Disbursable amount"),
        Column("steps", Kind.NUMBER, title="Conditions of its own"),
        Column("late", Kind.NUMBER, title="Late conditions of earlier tranches"),
        Column("met", Kind.NUMBER, title="Met, own and late"),
        Column("not_met", Kind.NUMBER, title="Not met, own and late"),
        Column("reason", Kind.WORDS, title="Reason"),
        _money("held_proposed", "Withheld, proposed", more=True),
        _money("held_decided", "Withheld, decided", more=True),
        _money("paid", "Paid"),
        Column("expected_on", Kind.DAY, title="Expected on"),
    ),
    filters=(Filter("programme"), Filter("party", Kind.PARTY), Filter("stage")),
    sorts=("tranche", "programme", "party", "stage", "estimate", "expected_on"),
    counted="stage",
    order=("programme", "tranche"),
    right=Right.PUBLIC,
    links={"programme": programme_address},
    empty="No tranche is released to you.",
)
CONDITIONS = ListQuery(
    name="conditions",
    title="Conditions of tranches",
    table="step_standing",
    columns=(
        Column("condition", title="Condition"),
        Column("title"),
        Column("programme", title="Programme"),
        Column("tranche", title="Tranche"),
        Column("due", Kind.DAY, title="Due date", absent="no day stated"),
        _money("amount", "Weight"),
        Column("currency"),
        Column("verdict", Kind.CHOICE, title="Assessment", absent="not assessed"),
        Column("party", Kind.PARTY, title="By"),
        Column("met", Kind.DAY, title="Met on", more=True),
        Column("replaced", title="Replaced by", more=True),
    ),
    filters=(Filter("programme"), Filter("tranche"), Filter("verdict"), Filter("due", Kind.DAY, more=True)),
    sorts=("condition", "programme", "tranche", "due", "amount", "verdict"),
    counted="verdict",
    order=("programme", "condition"),
    key="condition",
    right=Right.PUBLIC,
    links={"condition": condition_address, "programme": programme_address},
    calendar="due",
    empty="No condition of a tranche is released to you.",
)
PAYMENTS = ListQuery(
    name="payments",
    title="Payment calendar",
    table="money",
    columns=(
        Column("day", Kind.DAY, title="When", absent="not reported"),
        Column("what", Kind.CHOICE, title="State"),
        Column("programme", title="Programme"),
        Column("party", Kind.PARTY),
        Column("tranche", title="Tranche"),
        Column("part", Kind.CHOICE, title="Part"),
        Column("condition", title="Held back by"),
        _money("amount", "Amount"),
        Column("currency"),
        Column("exactness", Kind.WORDS, title="Exactness"),
        Column("ours", Kind.YES, title="Our estimate"),
        Column("budget", title="Budget", more=True),
    ),
    filters=(
        Filter("what", title="State"),
        Filter("programme", title="Programme"),
        Filter("party", Kind.PARTY),
        Filter("tranche", title="Tranche"),
        Filter("paid", Kind.DAY, column="day", title="When", more=True),
    ),
    sorts=("day", "programme", "tranche", "amount"),
    counted="what",
    order=("day", "programme", "tranche"),
    right=Right.PUBLIC,
    links={
        "programme": programme_address,
        "condition": lambda row: condition_address(row) if row["condition"] else "",
    },
    calendar="day",
    empty="No payment is released to you.",
)
PROJECTS = ListQuery(
    name="projects",
    title="Reconstruction projects",
    table="project_standing",
    columns=(
        Column("project", title="Project"),
        Column("title"),
        Column("stage", Kind.CHOICE),
        Column("owner", Kind.PARTY, title="Owner"),
        Column("oblasts", title="Oblasts"),
        Column("sector", Kind.CHOICE),
        Column("currency"),
        _money("cost", "Cost"),
        _money("committed", "Committed"),
        _money("contracted", "Contracted"),
        _money("paid", "Paid"),
        _money("left", "Remaining"),
        Column("met", Kind.NUMBER, title="Principles met"),
        Column("not_met", Kind.NUMBER, title="Principles not met"),
        Column("unknown", Kind.NUMBER, title="Principles unknown"),
        Column("priority", Kind.NUMBER, title="Priority, at least"),
        Column("highest", Kind.NUMBER, title="Priority, at most", more=True),
    ),
    filters=(
        Filter("stage"),
        Filter("sector"),
        Filter("owner", Kind.PARTY, title="Owner"),
        Filter("oblasts", Kind.TEXT, title="Oblasts"),
        Filter("title", Kind.TEXT, more=True),
    ),
    sorts=("project", "stage", "owner", "cost", "left", "priority"),
    counted="stage",
    order=("-priority", "project"),
    key="project",
    right=Right.PUBLIC,
    links={"project": project_address},
    empty="No reconstruction project is released to you.",
)
TWICE = ListQuery(
    name="twice",
    title="Projects that may be funded twice",
    table="project_twice",
    columns=(
        Column("left", title="Project"),
        Column("right", title="Other project"),
        Column("probability", Kind.NUMBER, title="Match probability"),
        _money("amount", "Smaller amount committed to the two"),
        Column("currency"),
        Column("verdict", Kind.CHOICE, title="Decision", absent="not decided"),
    ),
    filters=(Filter("left", Kind.TEXT, title="Project"), Filter("verdict", title="Decision")),
    sorts=("left", "right", "probability", "amount"),
    counted="verdict",
    order=("-probability", "left", "right"),
    right=Right.PUBLIC,
    links={
        "left": lambda row: project_address({"project": row["left"]}),
        "right": lambda row: project_address({"project": row["right"]}),
    },
    empty="No two projects that you may see seem to be one.",
)
