"""Forms of rows of a table: their fields, and what a person wrote into them."""

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

MARKINGS = (COALITION, PUBLIC, "own")


@dataclass(frozen=True)
class RowForm:
    """The form of a table, declared once.

    table: its name. title: message id of the page. key: column of the row's reference. columns: that are
    asked for. states: values of `state` or `stage` with which a row can be handed in; empty: the table has
    none. party: column of the party whose row it is; empty: the document says it. of_recipient: True where
    the recipient hands rows in, False where partners do. back: route of the list.
    """

    table: str
    title: str
    key: str
    columns: tuple[str, ...]
    of_recipient: bool
    back: str
    states: tuple[str, ...] = ()
    state: str = "state"
    party: str = ""


LONGEST = 500
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


def written(form: RowForm, given: Mapping[str, str]) -> dict[str, str]:
    """Return what was written into the fields of a form."""
    names = (*form.columns, *((form.state,) if form.states else ()), "marking")
    return {one: given.get(one, "").strip()[:LONGEST] for one in names}


def fields(form: RowForm, case: Case | None, values: Mapping[str, str], *, checked: bool) -> list[Field]:
    """Return the fields of a form. checked: whether to say what is missing."""
    columns = {one.name: one for one in BY_NAME[form.table].columns}
    found = [_field(columns[one], case, values, checked=checked) for one in form.columns]
    chosen = [(form.state, form.states)] if form.states else []
    for other, options in (*chosen, ("marking", MARKINGS)):
        choices = tuple((one, localized("choice", one, code())) for one in options)
        value, label = values.get(other, ""), _label(columns[other])
        found.append(Field(other, label, "", "choice", must=True, value=value, choices=choices))
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
    options = ("no", "yes") if column.type == Type.YES else column.choices
    if options:
        return tuple((one, localized("choice", one, code())) for one in options)
    if column.refers not in ("goods", "sites") or case is None:
        return ()
    key = {"goods": "good", "sites": "site"}[column.refers]
    names = Names(case)
    named = names.good if key == "good" else names.site
    known = sorted({str(one) for one in table(case, column.refers)[key].drop_nulls()})
    return tuple((one, f"{Language(code()).text(named(one))} ({one})") for one in known)
