"""Lists of the ledger: packages, line items, entries, and changes in new versions."""

from dataclasses import dataclass, replace

from django.urls import reverse

from konvoi.flow.snapshots import PACKAGE_LIST
from konvoi.report.language import Language
from konvoi.report.submissions.revised import changed
from konvoi.web.access.roles import Right
from konvoi.web.lists.columns import Column, Kind, Row, column
from konvoi.web.lists.query import Filter, ListQuery
from konvoi.web.pages.languages import code

_EMPTY = "No package that you may see. Packages appear here once a submission with them is in force."


def _package(row: Row) -> str:
    return reverse("package", kwargs={"package": row["package"]}) if row["package"] else ""


def _source(row: Row) -> str:
    return reverse("source", kwargs={"record": row["entry"]})


@dataclass(frozen=True)
class _Changes(Column):
    """Changes of a package in words."""

    def text(self, row: Row) -> str:
        """Return the changes in the reader's language."""
        return Language(code()).text(changed(row["changes"] or ()))


PACKAGES = ListQuery(
    name="packages",
    title="Packages",
    table=PACKAGE_LIST,
    columns=(
        Column("package"),
        Column("party", Kind.PARTY),
        Column("kind", Kind.CHOICE),
        Column("entries", Kind.NUMBER, title="Entries"),
    ),
    filters=(Filter("party", Kind.PARTY), Filter("kind"), Filter("package", Kind.TEXT)),
    sorts=("package", "party", "kind", "entries"),
    order=("party", "package", "kind"),
    key="package",
    right=Right.PUBLIC,
    links={"package": _package},
    empty=_EMPTY,
)
ENTRIES = ListQuery(
    name="entries",
    title="Entries",
    table="entries",
    columns=(
        *("entry", "party", "package", "line", "kind", "stage"),
        *(column("entries", name) for name in ("good", "quantity")),
        replace(column("entries", "unit"), kind=Kind.UNIT),
        Column("amount_minor", Kind.MONEY, title="Amount", currency="currency", absent="no value stated"),
        *("currency", "day_to", "known_on", "route", "text"),
        *(
            replace(column("entries", name), more=True)
            for name in ("day_from", "rule", "promised", "source", "reference")
        ),
        *(
            replace(column("entries", name), more=True)
            for name in ("submission", "sheet", "column", "marking")
        ),
    ),
    filters=(
        Filter("party", Kind.PARTY),
        Filter("kind"),
        Filter("stage"),
        Filter("package", Kind.TEXT),
        Filter("line", Kind.TEXT),
        Filter("good", Kind.TEXT, more=True),
        Filter("route", more=True),
        Filter("known", Kind.DAY, column="known_on", more=True),
        Filter("promised", Kind.DAY, more=True),
    ),
    sorts=("party", "package", "line", "kind", "stage", "day_to", "known_on", "entry"),
    titles={
        "entry": "Entry",
        "day_from": "Day, from",
        "day_to": "Day, to",
        "known_on": "Reported on",
        "submission": "Submission (id)",
        "sheet": "Sheet",
    },
    order=("party", "package", "line", "day_to", "entry"),
    key="entry",
    right=Right.PUBLIC,
    links={"entry": _source, "package": _package},
    empty=_EMPTY,
)
REVISIONS = ListQuery(
    name="revisions",
    title="Changes in new versions",
    table="revisions",
    columns=(
        *("package", "party"),
        Column("kind", Kind.WORDS),
        _Changes("changes", Kind.TEXTS),
    ),
    filters=(Filter("party", Kind.PARTY), Filter("kind", Kind.TEXT), Filter("package", Kind.TEXT)),
    sorts=("package", "party", "kind"),
    order=("party", "package", "kind"),
    key="package",
    right=Right.PUBLIC,
    links={"package": _package},
    empty="No package was changed in a new version.",
)
LEDGER = (PACKAGES, ENTRIES, REVISIONS)
TEMPLATE = "ledger/list.html"
