"""The form of a position: what was filled in, what is wrong with it, and the row that it becomes."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from konvoi.model.tables.positions import ACCEPT, AMEND, REJECT, RESERVES, STANCES, SUPPORT
from konvoi.web.access.roles import Right, Role
from konvoi.web.access.viewer import Viewer
from konvoi.web.agreements.rounds import OfRound
from konvoi.web.form_rows.actions import may_enter
from konvoi.web.form_rows.days import day_for
from konvoi.web.pages.texts import say

MARKINGS = ("coalition", "own", "public")
FIELDS = ("party", "clause", "stance", "amendment", "words", "lifts", "marking")
_ON_AMENDMENT = (ACCEPT, SUPPORT, REJECT)


def may_position(viewer: Viewer, shown: OfRound) -> bool:
    """Return True if a viewer may take a position for one of the parties of a round."""
    return bool(parties_for(viewer, shown))


def parties_for(viewer: Viewer, shown: OfRound) -> list[str]:
    """Return the parties of a round for which a viewer may take positions."""
    return [one for one in shown.parties if may_enter(viewer, Right.NEGOTIATE, one)]


@dataclass(frozen=True)
class PositionForm:
    """Values that were filled in. faults: sentences by field."""

    values: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)
    lifts: date | None = None

    @property
    def party(self) -> str:
        """The party whose position it is."""
        return self.values["party"]

    def row(self, shown: OfRound, key: uuid.UUID) -> dict[str, Any]:
        """Return the row of the table of positions."""
        given = self.values
        return {
            "position": f"{self.party}-{shown.name}-{key.hex[:6]}",
            "round": shown.name,
            "party": self.party,
            "stance": given["stance"],
            "day": day_for(shown.viewer),
            "clause": given["clause"] or None,
            "amendment": given["amendment"] or None,
            "words": given["words"] or None,
            "lifts": self.lifts,
            "marking": given["marking"],
        }


def filled(viewer: Viewer, shown: OfRound, given: Mapping[str, str]) -> PositionForm:
    """Return what a form says, with what is wrong."""
    values = {name: " ".join(given.get(name, "").split()) for name in FIELDS}
    known = parties_for(viewer, shown)
    if viewer.acting is not None and viewer.acting.role != Role.PLANNER:
        values["party"] = viewer.party
    values["marking"] = values["marking"] or MARKINGS[0]
    lifts: date | None = None
    faults = dict(_faults(values, known, shown))
    if values["lifts"]:
        try:
            lifts = date.fromisoformat(values["lifts"])
        except ValueError:
            faults["lifts"] = say("Write a day as 2026-03-31.")
    if values["stance"] not in RESERVES:
        lifts = None
    if lifts is not None and lifts < day_for(viewer):
        faults["lifts"] = say("The day is before that of the position. Choose a later one.")
    return PositionForm(values, faults, lifts)


def _faults(values: Mapping[str, str], parties: list[str], shown: OfRound) -> Iterator[tuple[str, str]]:
    if values["party"] not in parties:
        yield "party", say("Choose a party that is asked in this round.")
    if values["stance"] not in STANCES:
        yield "stance", say("Choose a position.")
    if values["clause"] and values["clause"] not in {one for one, _ in shown.asked()}:
        yield "clause", say("Choose a clause of the text.")
    if values["marking"] not in MARKINGS:
        yield "marking", say("Choose who may see it.")
    tabled = shown.tabled.get(values["amendment"])
    if values["amendment"] and (tabled is None or values["stance"] not in _ON_AMENDMENT):
        yield "amendment", say("Only support, acceptance and rejection name an amendment that is tabled.")
    elif tabled is not None and not tabled.on(values["clause"]):
        text = "The amendment is to clause {clause}. Choose one of the same clause."
        yield "amendment", say(text, clause=tabled.clause)
    if values["stance"] == SUPPORT and not values["amendment"]:
        yield "amendment", say("Choose the amendment that is supported.")
    if values["stance"] == AMEND and not values["words"]:
        yield "words", say("Write the clause as it is to read.")
    if values["stance"] == AMEND and not values["clause"]:
        yield "clause", say("Choose a clause of the text.")
