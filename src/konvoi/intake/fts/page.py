"""Statements of an FTS page about itself: its boundary, the side of each flow, and its totals."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from konvoi.intake.fts.flow import SHEET, Flow, Row
from konvoi.intake.sums import number
from konvoi.kit.digest import key
from konvoi.model.boundary import STATED, parsed, sides, written
from konvoi.model.document import Document
from konvoi.model.entries import SCOPES, frame
from konvoi.model.finding import Finding, Place, Severity

_SIDES = ("incoming", "outgoing", "internal")
_NAMED_YEAR = re.compile(r"year-(\d{4})")
_NAMED_PLACE = re.compile(r"locationid-(\d+)")

# A page of another search (by plan, say) has another boundary than the place and year that most flows share.
_AGREEMENT = (2, 3)


def boundary(document: Document, flows: Sequence[Flow]) -> str:
    """Return the country and year for which a page was drawn, such as `country:AFG,year:2020`; empty where
    unclear.

    It is the country and year that most destinations of incoming and internal flows share; the name of the
    file decides between equals. If fewer than two in three flows lie as the page states, there is none.
    """
    crossing = [flow for flow in flows if flow.facts["side"] in ("incoming", "internal")]
    places = Counter(_values(crossing, "country"))
    years = Counter(_values(crossing, "year"))
    place = _most(places, _place_named(document.name, flows))
    year = _most(years, _first(_NAMED_YEAR.search(document.name)))
    if not place or not year:
        return ""
    found = written({"country": place, "year": year})
    lying = _sides(flows, found)
    agreeing = sum(lying[str(flow.entry["entry"])][0] == flow.facts["side"] for flow in flows)
    return found if agreeing * _AGREEMENT[1] >= len(flows) * _AGREEMENT[0] else ""


def stated_scopes(flows: Sequence[Flow], found: str) -> list[Row]:
    """Return scope rows with the page's own side of each flow relative to its boundary."""
    return [
        {"entry": flow.entry["entry"], "side": STATED, "dimension": found, "value": flow.facts["side"]}
        for flow in flows
        if found and flow.facts["side"] in _SIDES
    ]


def disagreements(document: Document, flows: Sequence[Flow], found: str) -> list[Finding]:
    """Flows that lie to the boundary otherwise, by their places and years, than the page states."""
    lying = _sides(flows, found) if found else {}
    return [
        finding
        for flow in flows
        if found
        for finding in _disagreement(document, flow, *lying[str(flow.entry["entry"])])
    ]


def claims(document: Document, data: Mapping[str, object], meta: Mapping[str, object]) -> list[Row]:
    """The totals and counts that the page states: of its whole search, not of this page alone."""
    rows = [
        _claim(document, f"{side} {measure}", part.get(name), unit, sheet=f"data.{side}", column=name)
        for side in _SIDES
        if isinstance(part := data.get(side), dict)
        for name, measure, unit in _MEASURES
    ]
    rows.append(_claim(document, "flows", meta.get("count"), "flows", sheet="meta", column="count"))
    return [row for row in rows if row["value"] is not None]


_MEASURES = (
    ("fundingTotal", "funding", "USD"),
    ("pledgeTotal", "pledges", "USD"),
    ("flowCount", "flows", "flows"),
)


def _claim(document: Document, measure: str, value: object, unit: str, *, sheet: str, column: str) -> Row:
    return {
        "claim": key(document.digest, sheet, column),
        "measure": measure,
        "value": number(value),
        "unit": unit,
        "sheet": sheet,
        "column": column,
    }


def _sides(flows: Sequence[Flow], found: str) -> dict[str, tuple[str, bool]]:
    """For each entry the side recomputed from its places and years, and whether it is shared."""
    scopes = frame([row for flow in flows for row in flow.scopes], SCOPES)
    rows = sides(scopes, parsed(found)).select("entry", "recomputed", "shared").iter_rows()
    lying: dict[str, tuple[str, bool]] = {entry: (side, shared) for entry, side, shared in rows}
    return {str(flow.entry["entry"]): ("outside", False) for flow in flows} | lying


def _disagreement(document: Document, flow: Flow, side: str, shared: bool) -> list[Finding]:
    place = Place(document.name, SHEET, _row(flow), "boundary")
    values = {"flow": flow.number, "side": side}
    findings = []
    if flow.facts["side"] in _SIDES and flow.facts["side"] != side:
        findings.append(_differs("fts-side-differs", place, str(flow.facts["side"]), values))
    stated = flow.facts["on_boundary"]
    if stated in ("single", "shared") and (stated == "shared") != shared:
        values = values | {"side": "shared" if shared else "single"}
        findings.append(_differs("fts-shared-differs", place, str(stated), values))
    return findings


def _differs(code: str, place: Place, read: str, values: Mapping[str, str]) -> Finding:
    expected = "{side}, by the places and years of flow {flow}"
    remedy = "ask FTS which is correct; until then the value on the page is used"
    return Finding(Severity.WARNING, code, place, read, expected, remedy, values)


def _row(flow: Flow) -> int:
    row = flow.entry["row"]
    return row if isinstance(row, int) else 0


def _values(flows: Sequence[Flow], dimension: str) -> list[str]:
    """The places or years of all destinations, each once a flow."""
    return [
        value
        for flow in flows
        for value in sorted(
            {
                str(scope["value"])
                for scope in flow.scopes
                if scope["side"] == "destination" and scope["dimension"] == dimension
            }
        )
    ]


def _most(counted: Counter[str], named: str) -> str:
    """The one value that stands most often; of several such, the one that the file's name has."""
    most = max(counted.values(), default=0)
    first = sorted(value for value, count in counted.items() if count == most)
    if len(first) == 1:
        return first[0]
    return named if named in first else ""


def _place_named(name: str, flows: Sequence[Flow]) -> str:
    """Return the country whose FTS number is in the file's name, if a flow identifies it."""
    wanted = _first(_NAMED_PLACE.search(name))
    for flow in flows:
        places = (item for item in flow.objects if item["type"] == "Location")
        codes = (scope["value"] for scope in flow.scopes if scope["dimension"] == "country")
        for item, code in zip(places, codes, strict=True):
            if item["id"] == wanted:
                return str(code)
    return ""


def _first(found: re.Match[str] | None) -> str:
    return found[1] if found else ""
