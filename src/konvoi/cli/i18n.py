"""The language of the terminal: --lang, else KONVOI_LANG, else the workspace's first, else English.

Codes, ids, options and JSON are the same in all languages.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from konvoi.model.document import Reading
    from konvoi.model.finding import Finding
    from konvoi.report.page import Value

VARIABLE = "KONVOI_LANG"
LANGUAGES = ("en", "de", "uk")

_code = ContextVar("konvoi_language", default="en")
_chosen = ContextVar("konvoi_language_chosen", default=False)


def begin() -> str:
    """Speak as the environment says; gives a word about a language there that is none of ours."""
    asked = os.environ.get(VARIABLE, "").strip()
    code = asked.replace("-", "_").partition("_")[0].lower()
    _code.set(code if code in LANGUAGES else "en")
    _chosen.set(code in LANGUAGES)
    if not asked or code in LANGUAGES:
        return ""
    return f"{VARIABLE}={asked}: none of {', '.join(LANGUAGES)}; this is English."


def speak(code: str) -> None:
    """Speak the language that --lang names; empty for none."""
    if code:
        _code.set(code)
        _chosen.set(True)


def follow(paths: Sequence[Path]) -> None:
    """Speak the first language of the workspace that is named, unless another was asked for."""
    from konvoi.flow.settings import FILE, settings
    from konvoi.flow.store import kept_text

    if _chosen.get() or len(paths) != 1:
        return
    found = kept_text(paths[0], FILE)
    if found is not None:
        _code.set(settings(found)[0].languages[0])


def code() -> str:
    """The language that is spoken: en, de or uk."""
    return _code.get()


def said(id: str, many: str = "", count: int | None = None, /, **values: object) -> str:
    """A message id in the language that is spoken, its placeholders filled; `{count}` is the count."""
    from konvoi.model.finding import filled
    from konvoi.report.language import Language

    language = Language(code())
    known = values if count is None else {"count": count, **values}
    return filled(language.say(id, many, count), {name: figure(one) for name, one in known.items()})


def figure(value: object) -> str:
    """A value as it is written in the language that is spoken, with all the places that it has."""
    from konvoi.report.language import Language

    language = Language(code())
    match value:
        case bool():
            return str(value)
        case int():
            return language.decimal(value)
        case Decimal():
            exponent = value.as_tuple().exponent
            return language.decimal(value, max(0, -exponent) if isinstance(exponent, int) else 0)
    return str(value)


def text_of(value: "Value") -> str:
    """Return a value of a page, such as a sentence, in the language that is spoken."""
    from konvoi.report.language import Language

    return Language(code()).text(value)


def titled(column: str) -> str:
    """Return the name of a column of an entry or a table in the language of the terminal; in English as it
    is.
    """
    from konvoi.model.naming import localized

    known = localized("column", column, code())
    return known if known != column else said(column)


def chosen(column: str, value: object) -> str:
    """A value of a column: a choice or a yes in the language that is spoken, all else as it is."""
    from konvoi.model.naming import localized

    if isinstance(value, bool):
        return said("yes") if value else said("no")
    return localized("choice", str(value), code()) if column in _CHOSEN else str(value)


_CHOSEN = frozenset(
    {"kind", "route", "stage", "proof", "rule", "valuation", "marking", "count_mode", "mode", "state", "role"}
)
"""Columns of which a value is a word of ours."""


def written_in(readings: Iterable["Reading"]) -> dict[str, str]:
    """The language in which each document is filled in, as far as its head says so."""
    return {one.document: one.facts["language"] for one in readings if one.facts.get("language") in LANGUAGES}


def as_written(finding: "Finding", languages: Mapping[str, str]) -> "Finding":
    """A finding that names columns and choices as its document does; help is in the language spoken.

    languages: of documents, by name; another document's names are those of the tables, in English.
    """
    from konvoi.report.localized_finding import finding_as_written

    return finding_as_written(finding, languages.get(finding.place.file, ""), code())
