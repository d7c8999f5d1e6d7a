"""Reasons for late arrivals, possible changes, and the basis of days, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from konvoi.forecast.outlook import FEW
from konvoi.report.case import Case
from konvoi.report.names import Names
from konvoi.report.page import Message, Value

Row = Mapping[str, object]

STEPS = {
    "contract": "the contract with {key}",
    "production": "production at {key}",
    "approval": "the approval by {key}",
    "transit": "the lane {key}",
    "passing": "transit through {key}",
    "hand over": "hand-over at {key}",
    "closure": "a closure without notice of {key}",
    "plan": "the plan",
}
"""What a step that makes something late is called, by its kind."""

KINDS = {
    "contract": "contracts",
    "production": "production",
    "approval": "approvals",
    "transit": "lanes",
    "passing": "transit through crossings, ports and hubs",
    "hand over": "hand-over",
    "closure": "closures without notice",
}
"""What all steps of a kind are called."""

CHANGES = {
    "earlier": "dispatch or order earlier ({days} days)",
    "approval": "obtain the approvals earlier ({whose}, {days} days)",
    "way": "use {way} instead of {without}",
    "split earlier": "dispatch half of the largest consignment earlier ({days} days)",
    "split way": "send half of the largest consignment via {way}",
}
"""What could be changed first."""

BASES = {
    "assumed": "Assumed durations (10th, 50th, 90th percentile; no observed cases): {kinds}.",
    "few": "The days of {kinds} are learnt from few cases: {cases} at least, fewer than {few}.",
    "learnt": "The days of {kinds} are learnt from {data}: {cases} cases at least.",
    "closures": "Unannounced closures are simulated as set in konvoi.toml; affected transport legs: {count}.",
    "no closures": "Unannounced closures are not simulated: their frequency is not reported.",
}
"""What the days of steps rest on."""

SUPPOSED = {
    False: "{kind}: {low}, {middle}, {high} days",
    True: "{kind}: planned days × {low}, {middle}, {high}",
}
"""What is assumed of a kind of steps, in days or times the planned ones."""


@dataclass(frozen=True)
class Called:
    """Names of lanes, parties and sites: by a case's names, or by their ids where there is none."""

    case: Case | None = None

    def step(self, kind: str, key: str) -> Message:
        """A step that makes something late."""
        if kind == "plan":
            return Message(STEPS[kind])
        if self.case is None:
            return Message(STEPS[kind], {"key": key})
        names = Names(self.case)
        if kind == "transit":
            return Message(STEPS[kind], {"key": self.way([key])})
        if kind == "closure" and key in set(self.case.tables["lanes"]["lane"]):
            return Message(STEPS[kind], {"key": self.way([key])})
        at = names.site(key) if kind in ("passing", "hand over", "closure") else names.party(key)
        return Message(STEPS[kind], {"key": at})

    def change(self, row: Row) -> Message:
        """Return the change to make first: a row of konvoi.forecast.outlook.REMEDIES."""
        name = str(row["change"])
        if name == "split":
            name = "split way" if row["way"] else "split earlier"
        days = row["days"]
        way = row["way"]
        without = row["without"]
        values: dict[str, Value] = {
            "days": days if isinstance(days, int) else None,
            "way": self.way(str(way or "").split("; ")),
            "without": self.way([str(without or "")]),
            "whose": self._party(str(row["whose"] or "")),
        }
        return Message(
            CHANGES[name], {key: one for key, one in values.items() if f"{{{key}}}" in CHANGES[name]}
        )

    def _party(self, party: str) -> Value:
        return party if self.case is None else Names(self.case).party(party)

    def way(self, lanes: Sequence[str]) -> Value:
        """The sites that lanes lead through, in order."""
        if self.case is None:
            return ", ".join(lanes)
        names = Names(self.case)
        ends = {
            row["lane"]: (row["from"], row["to"]) for row in self.case.tables["lanes"].iter_rows(named=True)
        }
        if any(lane not in ends for lane in lanes):
            return ", ".join(lanes)
        sites = [ends[lanes[0]][0], *(ends[lane][1] for lane in lanes)]
        found: list[Value] = [names.site(sites[0])]
        for site in sites[1:]:
            found += [" → ", names.site(site)]
        return tuple(found)


def based(bases: Sequence[Row]) -> tuple[Message, ...]:
    """Return the basis of the days, where they are not all stated: rows of konvoi.forecast.outlook.BASES."""
    found = []
    assumed = [row for row in bases if row["assumed"]]
    if assumed:
        found.append(Message(BASES["assumed"], {"kinds": _supposed(assumed)}))
    few = [row for row in bases if row["few"]]
    if few:
        least = min(int(str(row["cases"])) for row in few)
        found.append(Message(BASES["few"], {"kinds": _kinds(few), "cases": least, "few": FEW}))
    for row in bases:
        if row["learnt"] and not row["few"]:
            values: dict[str, Value] = {
                "kinds": _kinds([row]),
                "data": str(row["data"]),
                "cases": int(str(row["cases"])),
            }
            found.append(Message(BASES["learnt"], values))
    shut = next((row for row in bases if row["kind"] == "closure"), None)
    if shut is not None:
        found.append(Message(BASES["closures"], {"count": int(str(shut["steps"]))}))
    elif bases:
        found.append(Message(BASES["no closures"]))
    return tuple(found)


def _supposed(rows: Sequence[Row]) -> Value:
    """The kinds of steps, in order, each with what is assumed of it."""
    found: list[Value] = []
    for row in rows:
        days = {name: Decimal(f"{row[name]:g}") for name in ("low", "middle", "high")}
        found += ["; "] if found else []
        found.append(
            Message(SUPPOSED[bool(row["times"])], {"kind": Message(KINDS[str(row["kind"])]), **days})
        )
    return tuple(found)


def _kinds(rows: Sequence[Row]) -> Value:
    """The kinds of steps, in order."""
    found: list[Value] = []
    for row in rows:
        found += [", "] if found else []
        found.append(Message(KINDS[str(row["kind"])]))
    return tuple(found)
