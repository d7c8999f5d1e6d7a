"""Findings with names of columns, tables and choices in a language."""

from dataclasses import replace

from konvoi.model.finding import Finding
from konvoi.model.naming import heading, localized
from konvoi.model.sheet_names import is_head, table_of
from konvoi.report.language import Language

_CONTEXTS = {"help": "help", "name": "column", "table": "table"}
"""Values of a finding that are names, with the context of their translation."""


def localized_finding(finding: Finding, language: str) -> Finding:
    """Return a finding whose names of columns, tables and choices are those of the reader's workbook."""
    values = dict(finding.values)
    for name, context in _CONTEXTS.items():
        if name in values:
            values[name] = localized(context, values[name], language)
    if "choices" in values:
        choices = values["choices"].split(", ")
        values["choices"] = ", ".join(localized("choice", choice, language) for choice in choices)
    if finding.code == "choice-unknown" and "meant" in values:
        values["meant"] = localized("choice", values["meant"], language)
    if "effect" in values:
        values["effect"] = Language(language).say(values["effect"])
    return replace(finding, values=values)


def finding_as_written(finding: Finding, written: str, reader: str) -> Finding:
    """Return a finding that names columns and choices as its document does, with help for its reader.

    written: the language in which the document is filled in; empty where it does not say so: names are then
    those of the tables, in English. reader: the language of the reader.
    """
    told = localized_finding(finding, written) if written else finding
    values = dict(told.values)
    if "table" in values:
        values["table"] = localized("table", values["table"], reader)
    if "why" in values:
        values["why"] = Language(reader).say(values["why"])
    if "help" in finding.values:
        values["help"] = localized("help", finding.values["help"], reader)
    told = replace(told, values=values)
    if not written:
        return told
    return replace(told, place=replace(told.place, column=_head(told, written)))


def _head(finding: Finding, language: str) -> str:
    """Return the head of a column in a workbook of a language, without its unit."""
    name = finding.place.column
    table = table_of(finding.place.sheet)
    if is_head(finding.place.sheet):
        return localized("head", name, language)
    columns = {column.name: column for column in table.columns} if table else {}
    return heading(columns[name], language).removesuffix(" *").partition(" [")[0] if name in columns else name
