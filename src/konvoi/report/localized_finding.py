"""Findings with names of columns, tables and choices in a language."""

from dataclasses import replace

from konvoi.model.finding import Finding
from konvoi.model.naming import localized
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
