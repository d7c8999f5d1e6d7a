"""A screening alert: its evidence, what it blocks, and the form of a decision on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from konvoi.align.clearing import FALSE_POSITIVE, LICENSED
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import key as digest_of
from konvoi.report.language import Language
from konvoi.report.sanctions.evidence import evidence
from konvoi.web.access.roles import Right
from konvoi.web.access.view import Opened
from konvoi.web.access.viewer import Viewer
from konvoi.web.form_rows.actions import may_enter
from konvoi.web.matching.answers import person_names
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say

Row = Mapping[str, Any]
DISPOSITIONS = (FALSE_POSITIVE, "true match", LICENSED, "undecided")
LICENCE = ("authority", "reference", "scope", "from", "to")
MOST = 200
_NAMED_BY = (
    ("lanes", "carrier", "lane"),
    ("hulls", "carrier", "hull"),
    ("hulls", "hull", "hull"),
    ("contracts", "supplier", "contract"),
    ("offers", "supplier", "offer"),
    ("needs", "recipient", "need"),
)
"""Tables that a blocked party stops: column that names it, and column of the record."""
_FREEZE = "asset freeze"


@dataclass(frozen=True)
class Alert:
    """An alert as a viewer may see it."""

    viewer: Viewer
    opened: Opened
    row: Row

    @property
    def name(self) -> str:
        """Its id."""
        return str(self.row["hit"])

    @property
    def about(self) -> str:
        """The record that forms of its page are about."""
        return f"alert/{self.name}"

    @property
    def may_decide(self) -> bool:
        """True for the sanctions desk of the coordination cell, where the alert waits or was decided."""
        return may_enter(self.viewer, Right.SCREEN, "")

    @property
    def needs_two(self) -> bool:
        """True where two persons have to find it false: it is about an asset freeze."""
        return _FREEZE in (self.row["measures"] or ())

    def speaks(self, side: str) -> list[str]:
        """Return the evidence for or against a match, as sentences."""
        language = Language(code())
        return [language.text(evidence(one)) for one in self.row[side] or ()]

    def reviewers(self) -> list[str]:
        """Return who decided on it, for the coordination cell."""
        known = [str(one) for one in self.row.get("reviewers") or ()]
        return list(person_names(known).values())

    def stopped(self) -> list[tuple[str, str]]:
        """Return the records that it stops while it blocks: table and id."""
        if not self.row["stops"]:
            return []
        found: list[tuple[str, str]] = []
        for table, column, named in _NAMED_BY:
            if column in self.opened.columns(table):
                rows = self.opened.rows(table, where={column: self.row["party"]}, limit=MOST).rows
                found += [(table, str(row[named])) for row in rows]
        return list(dict.fromkeys(found))

    def state(self) -> str:
        """Return a digest of how it was decided: a form states on which it was filled in."""
        return digest_of(self.name, self.row["state"], *(self.row.get("reviewers") or ()), self.row["day"])


def alert_of(viewer: Viewer, opened: Opened, name: str) -> Alert | None:
    """Return an alert; None where the viewer sees none of the name."""
    rows = opened.rows("screening_hits", where={"hit": name}, limit=1).rows
    return Alert(viewer, opened, rows[0]) if rows else None


def decision_row(alert: Alert, given: Mapping[str, str]) -> dict[str, str]:
    """Return the decision that a form states; Refused with what is wrong."""
    row = {name: " ".join(given.get(name, "").split()) for name in ("disposition", "reason", *LICENCE)}
    if row["disposition"] not in DISPOSITIONS or not row["reason"]:
        raise Refused(say("Choose a decision and state the reason. Nothing was recorded."))
    if row["disposition"] == LICENSED:
        if not all(row[name] for name in LICENCE):
            raise Refused(say("A licence needs its authority, number, scope, first and last day."))
        try:
            first, last = (date.fromisoformat(row[name]) for name in ("from", "to"))
        except ValueError:
            raise Refused(say("Write a day as 2026-03-31.")) from None
        if last < first:
            raise Refused(say("The last day of the licence is before its first one."))
    else:
        row |= dict.fromkeys(LICENCE, "")
    return {"hit": alert.name, **row}
