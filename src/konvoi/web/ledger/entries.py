"""Entries in words: their fields in the reader's language, with links."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from konvoi.kit.text import shown
from konvoi.model.naming import localized
from konvoi.report.language import Language
from konvoi.report.money_columns import major
from konvoi.web.access.viewer import Viewer
from konvoi.web.ledger.links import package_address
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say

_SHOWN = (
    *("party", "package", "line", "kind", "route", "stage", "good", "quantity", "amount_minor"),
    *("stated_minor", "day", "promised", "known_on", "source", "reference", "counterparty", "implementer"),
    *("rule", "proof", "valuation", "rate", "text"),
)
_CHOICES = frozenset({"kind", "route", "stage", "rule", "proof", "valuation"})
_NAMES = {"amount_minor": "amount", "stated_minor": "stated"}


@dataclass(frozen=True)
class Fact:
    """A field of an entry with its value, and the page to which it leads."""

    name: str
    text: str
    address: str = ""


def entry_facts(viewer: Viewer, entry: Mapping[str, Any]) -> tuple[Fact, ...]:
    """Return the fields of an entry that are stated."""
    found = []
    for name in _SHOWN:
        text = days(entry) if name == "day" else value_of(entry, name)
        if text:
            found.append(Fact(named(_NAMES.get(name, name)), text, _address(viewer, entry, name)))
    return tuple(found)


def _address(viewer: Viewer, entry: Mapping[str, Any], name: str) -> str:
    if name != "package" or not entry["package"]:
        return ""
    return package_address(viewer, entry["package"])


def named(column: str) -> str:
    """Return the name of a column of an entry in the reader's language."""
    known = localized("column", column, code())
    text = known if known != column else say(column.replace("_", " "))
    return text[:1].upper() + text[1:]


def value_of(entry: Mapping[str, Any], name: str) -> str:
    """Return a field of an entry in words; empty where it is not stated."""
    value, language = entry.get(name), Language(code())
    if value in (None, ""):
        return ""
    match value:
        case date():
            return language.day(value)
        case Decimal():
            return language.exact(value.normalize(), entry.get("unit") or "")
        case int():
            currency = entry["currency" if name == "amount_minor" else "stated_currency"] or ""
            return language.exact(major(value, currency), currency, places(value, currency))
    text = shown(str(value), 400)
    return localized("choice", text, code()) if name in _CHOICES else text


def places(minor: int, currency: str) -> int:
    """Return how many decimals an amount is shown with: as many as its currency has, none for whole ones."""
    amount = major(minor, currency)
    return 0 if amount == amount.to_integral_value() else max(0, -int(amount.as_tuple().exponent))


def days(entry: Mapping[str, Any]) -> str:
    """Return the days of an entry: one, or the first and last on which it may have happened."""
    language = Language(code())
    known = sorted({one for one in (entry["day_from"], entry["day_to"]) if one is not None})
    return " – ".join(language.day(one) for one in known)
