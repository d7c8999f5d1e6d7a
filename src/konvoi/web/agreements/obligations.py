"""Obligations of agreements with what became of each: allocated, contracted, delivered."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from konvoi.model.naming import localized
from konvoi.report.language import Language
from konvoi.report.money_columns import major
from konvoi.web.access.view import Opened
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say

MOST = 10_000
LEVEL = "undertaking"


def obligations(opened: Opened, document: str = "") -> list[Mapping[str, Any]]:
    """Return the obligations of a document, or of all, each with its stages in words."""
    where = {"document": document} if document else {}
    stages: dict[str, list[Mapping[str, Any]]] = {}
    for row in opened.rows("joints", where={"level": LEVEL}, limit=MOST).rows:
        stages.setdefault(row["record"], []).append(row)
    found: list[Mapping[str, Any]] = []
    for row in opened.rows("undertakings", where=where, order=("document", "undertaking"), limit=MOST).rows:
        own = stages.get(row["undertaking"], [])
        behind = sorted({one for joint in own for one in joint["behind"] or ()})
        contracts = [one.partition("/")[2] for one in behind if one.startswith(("contracts/", "call_offs/"))]
        found.append({**row, "became": "; ".join(map(in_words, own)), "contracts": "; ".join(contracts)})
    return found


def in_words(joint: Mapping[str, Any]) -> str:
    """Return how much of an obligation reached a stage."""
    stage = localized("choice", joint["to"], code())
    language = Language(code())
    if joint["came"] is not None:
        amount = language.exact(Decimal(joint["came"]).normalize(), joint["unit"] or "")
    elif joint["came_minor"] is not None:
        currency = joint["currency"] or ""
        amount = language.exact(major(joint["came_minor"], currency), currency)
    else:
        amount = say("not reported")
    return f"{stage}: {amount}"
