"""Columns of lists: what they hold, how they are named, and how their values are shown to a reader."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

import polars as pl

from konvoi.flow.catalogue import CATALOGUE
from konvoi.model.naming import localized
from konvoi.model.table import Type
from konvoi.model.tables import TABLES
from konvoi.report.language import Language
from konvoi.report.money_columns import major
from konvoi.web.pages.languages import code
from konvoi.web.pages.party_names import party_text, party_texts
from konvoi.web.pages.texts import say

Row = Mapping[str, Any]


class Kind(StrEnum):
    """Kinds of columns."""

    TEXT = "text"
    CHOICE = "choice"
    """A term of the vocabulary; a page shows it in the reader's language."""
    WORDS = "words"
    """A message id; a page shows it in the reader's language."""
    PARTY = "party"
    PARTIES = "parties"
    """A text of ids of parties, separated by semicolons; a page names them."""
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    MONEY = "money"
    """An amount in minor units; it is shown and written in major units."""
    UNIT = "unit"
    """A currency, or a unit of quantity; a page names it in the reader's language."""
    YES = "yes or no"
    TEXTS = "texts"
    """Several texts."""


@dataclass(frozen=True)
class Column:
    """A column of a list.

    title: message id of its heading; empty: the name that the tables of the product have for it.
    currency: of MONEY, the column that names the currency. more: shown where it is asked for, and in files,
    but not on the page at first. absent: message id for a missing value; empty: nothing is shown.
    """

    name: str
    kind: Kind = Kind.TEXT
    title: str = ""
    currency: str = ""
    more: bool = False
    absent: str = ""

    @property
    def heading(self) -> str:
        """The heading in the reader's language."""
        found = say(self.title) if self.title else localized("column", self.name, code())
        if found == self.name:
            found = found.lstrip("_").replace("_", " ")
        return found[:1].upper() + found[1:]

    @property
    def is_number(self) -> bool:
        """True for a column that is set to the right."""
        return self.kind in (Kind.NUMBER, Kind.MONEY)

    def text(self, row: Row) -> str:
        """Return the value of a row as a page shows it."""
        value = row.get(self.name)
        if value is None or value == "":
            return say(self.absent) if self.absent else ""
        return _text(self, value, row)


def _text(column: Column, value: Any, row: Row) -> str:
    language = Language(code())
    match column.kind:
        case Kind.CHOICE:
            # A term that the engine derives stands among the messages.
            found = localized("choice", str(value), code())
            return language.say(found) if found == value else found
        case Kind.WORDS:
            return language.say(str(value))
        case Kind.PARTY:
            return party_text(str(value))
        case Kind.PARTIES:
            return ", ".join(party_texts(value))
        case Kind.MONEY:
            currency = row.get(column.currency) if column.currency else None
            return language.decimal(major(value, currency))
        case Kind.UNIT:
            return language.unit(str(value), 2)
        case Kind.TEXTS:
            return "; ".join(str(one) for one in value)
    return _plain(value, language)


def _plain(value: Any, language: Language) -> str:
    match value:
        case bool():
            return localized("choice", "yes" if value else "no", language.code)
        case datetime():
            when = value.astimezone(UTC)
            return f"{language.day(when.date())}, {when:%H:%M} UTC"
        case date():
            return language.day(value)
        case Decimal() | int():
            return language.decimal(value)
        case float():
            # Files hold the whole value.
            return language.decimal(Decimal(str(round(value, 3))))
    return str(value)


def column(table: str, name: str) -> Column:
    """Return a column of a declared table; KeyError for one that it does not have."""
    return _columns(table)[name]


def columns(table: str) -> tuple[Column, ...]:
    """Return all columns of a declared table; those that say where a row was read are shown on request."""
    return tuple(_columns(table).values())


@cache
def _columns(table: str) -> dict[str, Column]:
    return {
        one.name: replace(
            Column(one.name, _kind(one.name, one.type, money=bool(one.currency))),
            currency=one.currency,
            more=one.name.startswith("_") or one.cell_only,
            absent="no value stated" if one.currency else "",
        )
        for one in CATALOGUE[table].columns
    }


def _kind(name: str, type: pl.DataType, *, money: bool) -> Kind:
    if money:
        return Kind.MONEY
    if isinstance(type, pl.String) and name == "parties":
        return Kind.PARTIES
    if isinstance(type, pl.String):
        known = _types().get(name)
        return Kind.CHOICE if known == Type.CHOICE else Kind.PARTY if known == Type.PARTY else Kind.TEXT
    if isinstance(type, pl.Boolean):
        return Kind.YES
    if isinstance(type, pl.Date):
        return Kind.DAY
    return Kind.TEXTS if isinstance(type, pl.List) else Kind.NUMBER


@cache
def _types() -> dict[str, Type]:
    """Return what columns of text hold, by name: the same in every table where it is a choice or a party."""
    declared = [one for table in TABLES for one in table.columns]
    parties: dict[str, Type] = {one.name: one.type for one in declared if one.type == Type.PARTY}
    choices: dict[str, Type] = {one.name: one.type for one in declared if one.type == Type.CHOICE}
    return parties | choices | {"severity": Type.CHOICE, "marking": Type.CHOICE, "source": Type.PARTY}
