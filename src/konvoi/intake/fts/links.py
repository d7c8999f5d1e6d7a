"""Links between flows: onward flows are children of the flow that they are drawn from."""

import json
from collections.abc import Sequence
from itertools import pairwise

from konvoi.intake.fts.flow import Flow, Row

_EVIDENCE = json.dumps([["FTS parent and child", "named by the flow"]])


def relations(flows: Sequence[Flow]) -> list[Row]:
    """part_of from each child to its parent, and restates from a later version of a flow to the earlier.

    An end that is not among these flows is given by its reference (`fts-flow:123`) instead of an entry.
    """
    latest = {flow.number: str(flow.entry["entry"]) for flow in sorted(flows, key=_age)}
    pairs = {
        (child, parent)
        for flow in flows
        for child, parent in (
            *((flow.number, parent) for parent in _numbers(flow, "parents")),
            *((child, flow.number) for child in _numbers(flow, "children")),
        )
        if child != parent
    }
    rows = [
        _row(_end(child, latest), _end(parent, latest), "part_of", "fts-parent")
        for child, parent in sorted(pairs)
    ]
    return rows + _versions(flows)


def current(flows: Sequence[Flow]) -> list[Flow]:
    """Return the flows without versions that were never in force: a later one was known on the same day.

    Versions that became known on different days stay: an earlier one counts until the day of the later.
    """
    last: dict[str, Flow] = {}
    outdated = set()
    for flow in sorted(flows, key=_age, reverse=True):
        newer = last.setdefault(flow.number, flow)
        days = str(flow.entry["known_on"] or ""), str(newer.entry["known_on"] or "")
        if newer is not flow and not ("" < days[0] < days[1]):
            outdated.add(flow.entry["entry"])
        else:
            last[flow.number] = flow
    return [flow for flow in flows if flow.entry["entry"] not in outdated]


def _age(flow: Flow) -> tuple[int, str, str]:
    version = str(flow.facts["version"] or "")
    return (
        int(version) if version.isdecimal() and len(version) < 10 else 0,
        str(flow.facts["updated"]),
        flow.number,
    )


def _numbers(flow: Flow, column: str) -> list[str]:
    return str(flow.facts[column] or "").split(";") if flow.facts[column] else []


def _end(number: str, latest: dict[str, str]) -> str:
    return latest.get(number, f"fts-flow:{number}")


def _versions(flows: Sequence[Flow]) -> list[Row]:
    """Each later version of a flow restates the one before it."""
    by_number: dict[str, list[Flow]] = {}
    for flow in sorted(flows, key=_age):
        by_number.setdefault(flow.number, []).append(flow)
    return [
        _row(str(later.entry["entry"]), str(earlier.entry["entry"]), "restates", "fts-version")
        for _, versions in sorted(by_number.items())
        for earlier, later in pairwise(versions)
    ]


def _row(left: str, right: str, relation: str, subtype: str) -> Row:
    return {
        "left": left,
        "right": right,
        "relation": relation,
        "subtype": subtype,
        "probability": 1.0,
        "status": "accepted",
        "basis": "structure",
        "evidence": _EVIDENCE,
    }
