"""One meeting as a viewer may see it, with what was recorded in the room and is not computed yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from konvoi.accord.sessions import reservations
from konvoi.accord.trace import ORDER, way
from konvoi.flow.reader_papers import DECISIONS, PROTOCOL
from konvoi.model.naming import localized
from konvoi.web.access.roles import Right
from konvoi.web.access.view import Opened
from konvoi.web.access.viewer import Viewer
from konvoi.web.form_rows.models import FormRow
from konvoi.web.form_rows.shown import ShownRow, rows_about
from konvoi.web.pages.languages import code
from konvoi.web.reports.papers import Paper, papers

Row = Mapping[str, Any]
MOST = 2_000


@dataclass(frozen=True)
class Decided:
    """A decision. state: of the form where it is not computed yet; empty otherwise."""

    row: Row
    words: str
    reservations: Sequence[tuple[str, str]]
    state: str = ""


@dataclass(frozen=True)
class Meeting:
    """A meeting."""

    viewer: Viewer
    opened: Opened
    row: Row

    @property
    def name(self) -> str:
        """The id of the meeting."""
        return str(self.row["session"])

    @property
    def about(self) -> str:
        """The record that forms of its page are about."""
        return f"meeting/{self.name}"

    @property
    def sender(self) -> str:
        """The party that handed the meeting in: its record is kept as submissions of the same party."""
        return sender_of(self.row)

    def rows(self, table: str, order: Sequence[str] = ()) -> Sequence[Row]:
        """Return the rows of a table that name the meeting."""
        return self.opened.rows(table, where={"session": self.name}, order=order, limit=MOST).rows

    @cached_property
    def recorded(self) -> list[ShownRow]:
        """Rows that were filled in on its pages, as far as the viewer may see it, the newest first."""
        return rows_about(self.viewer, self.about, Right.DECIDE)

    def waiting(self, table: str) -> list[Row]:
        """Return the rows of forms that no results hold yet, the oldest first."""
        known = [one for one in reversed(self.recorded) if one.one.table == table]
        return [one.one.row for one in known if one.state in (FormRow.State.STORING, FormRow.State.STORED)]

    def agenda(self) -> list[Row]:
        """Return the points of the agenda, each with its title in the reader's language."""
        return [
            {**row, "shown": row.get(f"title_{code()}") or row["title"]}
            for row in self.rows("agenda", ("topic", "item"))
        ]

    def attendance(self) -> list[Row]:
        """Return who takes part: what was recorded in the room last counts."""
        found = {row["party"]: dict(row) for row in self.rows("attendance", ("how", "party"))}
        for row in self.waiting("attendance"):
            found[row["party"]] = {**found.get(row["party"], {}), **row}
        return list(found.values())

    def decisions(self) -> list[Decided]:
        """Return the decisions, those that were recorded and are not computed yet with their state."""
        found = {row["decision"]: _decided(row) for row in self.rows("decided", ("day", "decision"))}
        for one in reversed(self.recorded):
            if one.one.table != "decisions" or one.state == FormRow.State.DROPPED:
                continue
            row = {"reservations": "", "state": "", "about": "", "item": "", **one.one.row}
            before = found.get(row["decision"])
            if before is not None and _same(before.row, row):
                continue
            if one.state != FormRow.State.REFUSED:
                found[row["decision"]] = _decided({**row, "became": row["state"]}, one.state)
        return list(found.values())

    def steps(self) -> list[Row]:
        """Return the action items that follow from it, those that are not computed yet last."""
        found = {row["step"]: dict(row) for row in self.rows("standing", ("due", "step"))}
        for row in self.waiting("steps"):
            found[row["step"]] = {**found.get(row["step"], {}), **row, "late": None}
        return list(found.values())

    def paper(self, kind: str) -> Paper | None:
        """Return a paper of the meeting; None where the results hold none."""
        found = papers(self.opened)
        return next((one for one in found if one.kind == kind and one.about == self.name), None)

    @property
    def sheet(self) -> Paper | None:
        """The decision sheet."""
        return self.paper(DECISIONS)

    @property
    def protocol(self) -> Paper | None:
        """The protocol."""
        return self.paper(PROTOCOL)

    def sheet_text(self) -> str:
        """Return the decision sheet as HTML; empty where there is none."""
        if self.sheet is None:
            return ""
        at = f"/reports/papers/{self.sheet.id}/records#"
        return self.sheet.figures(self.opened).replace('href="records#', f'href="{at}')

    def parties(self) -> list[str]:
        """Return the parties that the results name, by id."""
        return sorted(str(row["party"]) for row in self.opened.rows("parties", limit=MOST).rows)


def _same(row: Row, other: Row) -> bool:
    names = ("words", "item", "state", "reservations")
    return all(str(row.get(name) or "") == str(other.get(name) or "") for name in names)


def _decided(row: Row, state: str = "") -> Decided:
    words = row.get(f"words_{code()}") or row["words"]
    return Decided(row, str(words), reservations(row), state)


def sender_of(row: Row) -> str:
    """Return who handed a row in, by the name of its document."""
    return str(row.get("_file") or "").partition("/")[0]


def meeting_of(viewer: Viewer, opened: Opened, name: str) -> Meeting | None:
    """Return a meeting; None where the viewer sees none of the name."""
    rows = opened.rows("sessions", where={"session": name}, limit=1).rows
    return Meeting(viewer, opened, rows[0]) if rows else None


@dataclass(frozen=True)
class Traced:
    """A record that came of a decision. table: its name in the reader's language."""

    table: str
    id: str
    via: str


def traced(opened: Opened, decision: str) -> list[Traced]:
    """Return what came of a decision, from the nearest record on."""
    names = {name for tables in ORDER for name in tables if name != "clauses"}
    frames = {name: rows for name in sorted(names) if (rows := opened.frame(name)) is not None}
    found = way(frames, decision).filter(direction="on")
    return [
        Traced(localized("table", row["table"], code()).replace("_", " "), row["id"], row["via"])
        for row in found.iter_rows(named=True)
    ]
