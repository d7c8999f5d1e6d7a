"""A condition of a tranche: its assessments, and what one more assessment would change."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from konvoi.flow.funding.figures import programmes_standing
from konvoi.kit.digest import key as digest_of
from konvoi.model.tables import BY_NAME
from konvoi.model.tables.funds import NOT_MET, VERDICTS
from konvoi.report.language import Language
from konvoi.report.money_columns import major
from konvoi.web.access.roles import Right
from konvoi.web.access.view import Opened
from konvoi.web.access.viewer import Viewer
from konvoi.web.form_rows.actions import may_enter
from konvoi.web.form_rows.days import day_for
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say

Row = Mapping[str, Any]
MOST = 2_000
_INPUTS = ("programmes", "tranches", "conditions", "assessments", "statements")


@dataclass(frozen=True)
class Change:
    """Changes that an assessment makes in a tranche: the disbursable amount, and what is held back."""

    tranche: str
    before: str
    after: str
    held_before: str
    held_after: str


@dataclass(frozen=True)
class OfCondition:
    """A condition as a viewer may see it."""

    viewer: Viewer
    opened: Opened
    row: Row

    @property
    def name(self) -> str:
        """Its id."""
        return str(self.row["condition"])

    @property
    def about(self) -> str:
        """The record that forms of its page are about."""
        return f"condition/{self.name}"

    @property
    def authority(self) -> str:
        """The party that gives the money of its programme, and assesses its conditions."""
        rows = self.opened.rows("programmes", where={"programme": self.row["programme"]}, limit=1).rows
        return str(rows[0]["party"]) if rows else ""

    @property
    def may_assess(self) -> bool:
        """True for the desk of the authority, and for a planner on its behalf."""
        return bool(self.authority) and may_enter(self.viewer, Right.SUBMIT, self.authority)

    def assessments(self) -> Sequence[Row]:
        """Return what was assessed, the last first."""
        where = {"condition": self.name}
        return self.opened.rows("assessments", where=where, order=("-day", "assessment"), limit=MOST).rows

    def statements(self) -> list[tuple[str, str]]:
        """Return the official statements of the authority, which can be evidence, the last first."""
        where = {"party": self.authority, "class": "official"}
        rows = self.opened.rows("statements", where=where, order=("-day", "statement"), limit=200).rows
        return [
            (
                row["statement"],
                f"{row['statement']} · {row['day'] or ''} · {str(row['words'] or '')[:80]}",
            )
            for row in rows
        ]

    def state(self) -> str:
        """Return a digest of its assessments: a form states on which it was filled in."""
        return digest_of(*(str(sorted(row.items(), key=str)) for row in self.assessments()))

    def with_assessment(self, row: Row) -> list[Change]:
        """Return what one more assessment changes, by the engine that computes the tranches."""
        frames = {name: self._frame(name) for name in _INPUTS}
        known = frames["assessments"]
        more = pl.DataFrame([{name: row.get(name) for name in known.columns}], schema=known.schema)
        day = max(self.opened.day or row["day"], row["day"])
        after = programmes_standing(day=day, **{**frames, "assessments": pl.concat([known, more])})
        before = programmes_standing(day=day, **frames)
        held = [_held(one["money"], self.row["programme"]) for one in (before, after)]
        found = []
        tables = [_by_tranche(one["tranche_standing"], self.row["programme"]) for one in (before, after)]
        for name, then in tables[1].items():
            now = tables[0].get(name, {})
            texts = [_amount(one, "estimate") for one in (now, then)]
            sums = [_words(each.get(name, 0), then["currency"]) for each in held]
            if texts[0] != texts[1] or sums[0] != sums[1]:
                found.append(Change(name, *texts, *sums))
        return found

    def _frame(self, name: str) -> pl.DataFrame:
        rows = self.opened.frame(name)
        return BY_NAME[name].empty() if rows is None else rows


def _by_tranche(rows: pl.DataFrame, programme: str) -> dict[str, Row]:
    return {row["tranche"]: row for row in rows.filter(programme=programme).iter_rows(named=True)}


def _held(money: pl.DataFrame, programme: str) -> dict[str, int]:
    """Return what is suspended or lost of each tranche."""
    rows = money.filter(pl.col("what").is_in(["suspended", "lost"]), programme=programme)
    found: dict[str, int] = {}
    for row in rows.iter_rows(named=True):
        found[row["tranche"]] = found.get(row["tranche"], 0) + (row["amount"] or 0)
    return found


def _amount(row: Row, name: str) -> str:
    value = row.get(name)
    return say("not known") if value is None else _words(value, row["currency"])


def _words(minor: int, currency: str) -> str:
    return Language(code()).exact(major(minor, currency), currency)


def condition_of(viewer: Viewer, opened: Opened, name: str) -> OfCondition | None:
    """Return a condition; None where the viewer sees none of the name."""
    rows = opened.rows("step_standing", where={"condition": name}, limit=1).rows
    return OfCondition(viewer, opened, rows[0]) if rows else None


@dataclass(frozen=True)
class AssessmentForm:
    """Values that were filled in. faults: sentences by field."""

    values: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def needs_two(self) -> bool:
        """True where the assessment lets money be paid: a second person has to confirm it."""
        return self.values["verdict"] != NOT_MET

    def row(self, condition: OfCondition, key: uuid.UUID) -> dict[str, Any]:
        """Return the row of the table of assessments."""
        day: date = day_for(condition.viewer)
        return {
            "assessment": f"{condition.name}-A-{key.hex[:4]}",
            "condition": condition.name,
            "party": condition.authority,
            "day": day,
            "verdict": self.values["verdict"],
            "words": self.values["words"] or None,
            "source": self.values["source"],
        }


def filled(condition: OfCondition, given: Mapping[str, str]) -> AssessmentForm:
    """Return what a form says, with what is wrong."""
    values = {name: " ".join(given.get(name, "").split()) for name in ("verdict", "source", "words")}
    faults = {}
    if values["verdict"] not in VERDICTS:
        faults["verdict"] = say("Choose a result.")
    if values["source"] not in {name for name, _ in condition.statements()}:
        faults["source"] = say("Choose the official statement that is the evidence.")
    return AssessmentForm(values, faults)
