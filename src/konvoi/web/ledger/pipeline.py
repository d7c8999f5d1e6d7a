"""The support pipeline as lists: its sums, and the line items behind each figure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from urllib.parse import urlencode

from django.urls import reverse

from konvoi.ledger.funnel import NO_VALUE, NOT_REPORTED
from konvoi.model.naming import localized
from konvoi.web.access.roles import Right
from konvoi.web.lists.columns import Column, Kind, Row, column
from konvoi.web.lists.query import Filter, ListQuery
from konvoi.web.pages.languages import code
from konvoi.web.pages.party_names import party_text
from konvoi.web.pages.texts import say

BY: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "route": lambda: say("By channel"),
        "partner": lambda: say("By partner"),
        "kind": lambda: say("By kind"),
        "good": lambda: say("By good"),
        "document": lambda: say("By agreement"),
    }
)
"""Ways to draw rows, in words."""
WHAT: Mapping[str, Callable[[], str]] = MappingProxyType(
    {"amount": lambda: say("Amounts"), "quantity": lambda: say("Quantities")}
)
_OF_ITEM = {"partner": "party", "kind": "kind", "good": "good", "document": "document"}
"""Columns of a line item that a row may be drawn by."""
_EMPTY = "No line item that you may see. Line items appear here once a submission with them is in force."


def named(by: str, key: str | None) -> str:
    """Return the name of a row in the reader's language; of rows by channel each is of all items of it."""
    if by == "route":
        return say("All")
    if not key:
        return say("not stated")
    if by == "partner":
        return party_text(key)
    return localized("choice", key, code()) if by == "kind" else key


def items_address(row: Row, told: str = "") -> str:
    """Return the address of the line items behind a row; told: yes or no for those with or without a
    report on the stage.
    """
    asked = {"what": row["what"], "route": row["route"], "stage": row["stage"], "told": told}
    if row["by"] in _OF_ITEM:
        asked[_OF_ITEM[row["by"]]] = row["key"] or "-"
    values = {name: value for name, value in asked.items() if value}
    return f"{reverse('pipeline-items')}?{urlencode(values)}"


@dataclass(frozen=True)
class _Term(Column):
    """A column of terms with texts of their own. terms: text by value."""

    terms: Mapping[str, Callable[[], str]] = field(default_factory=dict)

    def text(self, row: Row) -> str:
        """Return the value of a row as a page shows it."""
        return self.terms[row[self.name]]() if row[self.name] in self.terms else str(row[self.name])


@dataclass(frozen=True)
class _Key(Column):
    """The column of what a row is drawn by."""

    def text(self, row: Row) -> str:
        """Return the name of the row."""
        return named(row["by"], row["key"])


@dataclass(frozen=True)
class _Sum(Column):
    """A sum; one that is missing says why."""

    def text(self, row: Row) -> str:
        """Return the figure, or why there is none."""
        if row[self.name] is not None:
            return super().text(row)
        if self.name in ("reached", "outstanding") and row["lines"] == row["lines_not_reported"]:
            return say(NOT_REPORTED)
        alike = row["what"] == "amount" or row["by"] == "good" or row["lines_without_value"]
        return say(NO_VALUE) if alike else say("different goods")


@dataclass(frozen=True)
class _Reached(Column):
    """The part of one line item that reached a stage; one that is missing says why."""

    def text(self, row: Row) -> str:
        """Return the figure, or why there is none."""
        if row[self.name] is not None:
            return super().text(row)
        return say(NO_VALUE if row["told"] else NOT_REPORTED)


def _column(table: str, name: str, title: str) -> Column:
    return replace(column(table, name), title=title)


_STAGES, _ITEMS = "pipeline_stages", "pipeline_items"
PIPELINE = ListQuery(
    name="pipeline",
    title="Support pipeline: pledged to delivered",
    table=_STAGES,
    columns=(
        _Key("key", Kind.CHOICE, "Name"),
        _column(_STAGES, "route", "Channel"),
        _column(_STAGES, "stage", "Stage"),
        Column("lines", Kind.NUMBER, "Line items"),
        Column("lines_reached", Kind.NUMBER, "Stage reached by"),
        Column("lines_not_reported", Kind.NUMBER, "Without a report"),
        Column("lines_without_value", Kind.NUMBER, "No value stated", more=True),
        _Sum("pledged", Kind.NUMBER, "Pledged"),
        _Sum("reached", Kind.NUMBER, "Reached"),
        _Sum("outstanding", Kind.NUMBER, "Outstanding"),
        _Sum("not_reported", Kind.NUMBER, "Not reported"),
        Column("measure", Kind.UNIT, "Unit", absent=NO_VALUE),
        _Term("by", Kind.CHOICE, "Rows", terms=BY, more=True),
        _Term("what", Kind.CHOICE, "Figures", terms=WHAT, more=True),
    ),
    filters=(
        Filter("what", title="Figures", labels=lambda: {one: text() for one, text in WHAT.items()}),
        Filter("by", title="Rows", labels=lambda: {one: text() for one, text in BY.items()}),
        Filter("route"),
        Filter("stage"),
        Filter("key", title="Partner, kind, good or agreement", more=True),
    ),
    sorts=("key", "lines", "lines_not_reported", "pledged", "reached", "outstanding"),
    right=Right.PUBLIC,
    links={
        "lines": items_address,
        "lines_reached": lambda row: items_address(row, "yes"),
        "lines_not_reported": lambda row: items_address(row, "no"),
        "pledged": items_address,
        "reached": lambda row: items_address(row, "yes"),
        "outstanding": lambda row: items_address(row, "yes"),
        "not_reported": lambda row: items_address(row, "no"),
    },
    empty=_EMPTY,
)
"""Sums of each stage; the order of the table is by what rows are drawn by, then channel and stage."""
ITEMS = ListQuery(
    name="pipeline-items",
    title="Line items in the pipeline",
    table=_ITEMS,
    columns=(
        *("party", "package", "line", "kind", "good"),
        _column(_ITEMS, "document", "Agreement"),
        _column(_ITEMS, "route", "Channel"),
        _column(_ITEMS, "stage", "Stage"),
        Column("pledged", Kind.NUMBER, "Pledged", absent=NO_VALUE),
        _Reached("reached", Kind.NUMBER, "Reached"),
        Column("measure", Kind.UNIT, "Unit", absent=NO_VALUE),
        Column("told", Kind.YES, "Reported", more=True),
        Column("pledged_entries", Kind.TEXTS, "Entries behind the pledge"),
        Column("entries", Kind.TEXTS, "Entries behind what was reached"),
        _Term("what", Kind.CHOICE, "Figures", terms=WHAT, more=True),
    ),
    filters=(
        Filter("what", title="Figures", labels=lambda: {one: text() for one, text in WHAT.items()}),
        Filter("party", Kind.PARTY),
        Filter("kind"),
        Filter("route"),
        Filter("stage"),
        Filter("told", Kind.YES, title="Reported"),
        Filter("good", more=True),
        Filter("document", title="Agreement", more=True),
        Filter("package", Kind.TEXT, more=True),
    ),
    sorts=("party", "package", "line", "pledged", "reached"),
    order=("party", "package", "line"),
    right=Right.PUBLIC,
    links={"package": lambda row: reverse("package", kwargs={"package": row["package"]})},
    each={
        name: lambda entry: reverse("source", kwargs={"record": entry})
        for name in ("pledged_entries", "entries")
    },
    empty=_EMPTY,
)
