"""Forms of needs and offers: their fields, and what a person wrote into them."""

from collections.abc import Mapping
from dataclasses import dataclass

from konvoi.model.markings import COALITION, PUBLIC
from konvoi.model.naming import localized
from konvoi.model.table import Column, Type
from konvoi.model.tables import BY_NAME
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.names import Names, table
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say

OWN = "own"
COLUMNS = {
    "needs": ("need", "good", "quantity", "site", "due", "last_useful", "weight", "whole"),
    "offers": ("offer", "good", "quantity", "site", "ready", "until", "line"),
}
"""Columns that a form asks for, by table; the others follow from who fills it in."""
STATES = {
    "needs": ("requested", "validated"),
    "offers": ("made", "accepted"),
}
"""States with which a row can be handed in by form."""
MARKINGS = (COALITION, PUBLIC, OWN)
_LONGEST = 500
_NUMBERS = (Type.NUMBER, Type.MONEY, Type.WHOLE, Type.SHARE)


@dataclass(frozen=True)
class Field:
    """A field of a form. kind: choice, day, number or text. wrong: what is to be corrected."""

    name: str
    label: str
    help: str
    kind: str
    must: bool
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    wrong: str = ""


def written(given: Mapping[str, str], name: str) -> dict[str, str]:
    """Return what was written into the fields of a table's form."""
    names = (*COLUMNS[name], "state", "marking")
    return {one: given.get(one, "").strip()[:_LONGEST] for one in names}


def fields(name: str, case: Case | None, values: Mapping[str, str], *, checked: bool) -> list[Field]:
    """Return the fields of the form of a table. checked: whether to say what is missing."""
    columns = {one.name: one for one in BY_NAME[name].columns}
    found = [_field(columns[one], case, values, checked=checked) for one in COLUMNS[name]]
    for other, options in (("state", STATES[name]), ("marking", MARKINGS)):
        choices = tuple((one, localized("choice", one, code())) for one in options)
        label = _label(columns[other])
        found.append(
            Field(other, label, "", "choice", must=True, value=values.get(other, ""), choices=choices)
        )
    return found


def _field(column: Column, case: Case | None, values: Mapping[str, str], *, checked: bool) -> Field:
    value = values.get(column.name, "")
    choices = _choices(column, case)
    kind = "text"
    if choices:
        kind = "choice"
    elif column.type == Type.DAY:
        kind = "day"
    elif column.type in _NUMBERS:
        kind = "number"
    wrong = say("Fill in this field.") if checked and column.must and not value else ""
    help = Language(code()).say(column.help)
    return Field(column.name, _label(column), help, kind, column.must, value, choices, wrong)


def _label(column: Column) -> str:
    text = localized("column", column.name, code())
    return text[:1].upper() + text[1:].replace("_", " ")


def _choices(column: Column, case: Case | None) -> tuple[tuple[str, str], ...]:
    if column.type == Type.YES:
        return tuple((one, localized("choice", one, code())) for one in ("no", "yes"))
    if column.refers not in ("goods", "sites") or case is None:
        return ()
    key = {"goods": "good", "sites": "site"}[column.refers]
    names = Names(case)
    named = names.good if key == "good" else names.site
    known = sorted({str(one) for one in table(case, column.refers)[key].drop_nulls()})
    return tuple((one, f"{Language(code()).text(named(one))} ({one})") for one in known)
