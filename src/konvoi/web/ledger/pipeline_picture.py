"""The support pipeline in one sentence and one picture, for the rows that a list is asked for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import mark_safe

from konvoi.model.stages import ROUTES
from konvoi.report.chart import Pen
from konvoi.report.charts.bars import draw
from konvoi.report.language import Language
from konvoi.report.ledger.figures import shade, stage_name
from konvoi.report.page import Bar, Bars, Message, Number, Share, Value
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.selection import Condition, Op
from konvoi.web.ledger.pipeline import BY, WHAT, items_address, named
from konvoi.web.lists.asked import NONE
from konvoi.web.lists.found import Found
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say

MOST_BARS = 24
_ITEM = "line"
"""Unit of a number of line items."""
_NONE = Decimal(0)


@dataclass(frozen=True)
class End:
    """State of some line items at the last stage of their channels, in one unit.

    silent: of items without a report on that stage.
    """

    pledged: Decimal = _NONE
    reached: Decimal = _NONE
    silent: Decimal = _NONE

    def __add__(self, other: "End") -> "End":
        return End(self.pledged + other.pledged, self.reached + other.reached, self.silent + other.silent)


def shown(request: HttpRequest, found: Found) -> Mapping[str, object]:
    """Return what the page shows above the table: sentences, picture, and links to other rows."""
    what = found.asked.value("what") or next(iter(WHAT))
    by = found.asked.value("by") or next(iter(BY))
    rows = _rows(request, found, what, by)
    ways = [
        *((text(), found.asked.query("key", by=one, what=what), one == by) for one, text in BY.items()),
        *((text(), found.asked.query(by=by, what=one), one == what) for one, text in WHAT.items()),
    ]
    unit = _unit(rows, what)
    ends = _ends(rows, unit)
    day = found.part.day
    charts = []
    if by == "route" or len(ends) == 1:
        charts = [_stages(route, of, day) for route, of in _by_route(rows).items() if len(of) > 1]
    elif ends:
        to = {key: f"?{found.asked.query(by=by, key=key or NONE)}" for key in ends}
        charts = [_keys(by, ends, unit, day, to)]
    pen = Pen(Language(code()), lambda number: number.to)
    return {
        "ways": ways,
        "answer": _answer(ends, rows, unit),
        "pictures": [
            (pen.language.text(one.title), mark_safe(draw(one, pen)), pen.language.text(one.source))
            for one in charts
        ],
    }


def _rows(request: HttpRequest, found: Found, what: str, by: str) -> list[Mapping[str, Any]]:
    """Return the rows that are asked for, of one sort of figures and one way to draw them, at all stages."""
    fixed = (Condition("what", Op.IS, (what,)), Condition("by", Op.IS, (by,)))
    kept = (one for one in found.asked.wanted.conditions if one.column not in ("what", "by", "stage"))
    wanted = replace(found.asked.wanted, conditions=(*kept, *fixed), order=(), after=None, before=None)
    return [row for part in found.query.source.batches(viewer_of(request), wanted) for row in part]


def _unit(rows: Sequence[Mapping[str, Any]], what: str) -> str:
    """Return the unit in which rows are added: their currency, or that of one good; otherwise line items."""
    measures = {row["measure"] for row in rows if row["measure"]}
    one_good = len({row["key"] for row in rows}) == 1 and all(row["by"] == "good" for row in rows)
    return measures.pop() if len(measures) == 1 and (what == "amount" or one_good) else _ITEM


def _by_route(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Return the rows of each channel by stage."""
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["route"]].append(row)
    return found


def _ends(rows: Sequence[Mapping[str, Any]], unit: str) -> dict[str | None, End]:
    """Return the end of each key, the largest pledge first."""
    found: dict[str | None, End] = defaultdict(End)
    groups: dict[tuple[str | None, str], dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for row in rows:
        groups[row["key"], row["route"]][row["stage"]] = row
    for (key, route), stages in groups.items():
        last = stages.get(str(ROUTES[route][-1])) if route in ROUTES else None
        found[key] += _silent(next(iter(stages.values())), unit) if last is None else _end(last, unit)
    return dict(sorted(found.items(), key=lambda one: (-one[1].pledged, one[0] or "")))


def _end(row: Mapping[str, Any], unit: str) -> End:
    names = (
        ("lines", "lines_reached", "lines_not_reported")
        if unit == _ITEM
        else ("pledged", "reached", "not_reported")
    )
    return End(*(Decimal(row[name] or 0) for name in names))


def _silent(row: Mapping[str, Any], unit: str) -> End:
    """Return the end of items of whose last stage nobody says anything."""
    whole = _end(row, unit).pledged
    return End(whole, _NONE, whole)


def _answer(ends: Mapping[str | None, End], rows: Sequence[Mapping[str, Any]], unit: str) -> list[str]:
    """Return the sentences about all rows together."""
    if not ends:
        return []
    whole = sum(ends.values(), End())
    values: dict[str, Value] = {
        "pledged": Number(whole.pledged, unit),
        "reached": Number(whole.reached, unit),
        "share": Share(whole.reached / whole.pledged if whole.pledged else None),
        "silent": Number(whole.silent, unit),
    }
    text = (
        "{pledged} pledged; {reached} ({share}) reached the last stage of the delivery channel, and for "
        "{silent} no figure at that stage is reported."
    )
    if unit == _ITEM:
        text = (
            "{pledged}; {reached} ({share}) reached the last stage of the delivery channel in full or in "
            "part, and for {silent} that stage is not reported."
        )
    valueless = sum(
        next(iter(sorted(of, key=lambda row: row["stage"] != "pledged")))["lines_without_value"]
        for of in _by_key_and_route(rows)
    )
    more = []
    if valueless and unit != _ITEM:
        one = "{count} line item has no stated value and is in no sum."
        more = [
            say(one, "{count} line items have no stated value and are in no sum.", valueless, count=valueless)
        ]
    return [say(text, **values), *more]


def _by_key_and_route(rows: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    groups: dict[tuple[str | None, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["key"], row["route"]].append(row)
    return list(groups.values())


def _stages(route: str, rows: Sequence[Mapping[str, Any]], day: Any) -> Bars:
    """Return the line items of a channel at each stage against all, and what nobody reports as a bar."""
    bars = []
    for row in rows:
        whole, came, silent = (
            Number(Decimal(row[name]), _ITEM, row["stage"], day, to=items_address(row, told))
            for name, told in (("lines", ""), ("lines_reached", "yes"), ("lines_not_reported", "no"))
        )
        label, hatch = stage_name(row["stage"]), None
        if silent.value:
            values: dict[str, Value] = {"stage": label, "count": silent}
            label = Message("{stage} (not reported: {count})", values)
            hatch = replace(silent, value=Decimal(row["lines_reached"] + row["lines_not_reported"]))
        bars.append(Bar(label, ((came, shade(row["stage"])),), whole, hatch=hatch))
    return Bars(
        f"stages-{route.replace(' ', '-')}",
        Message(
            "Items by stage, channel “{route}” (outline: all; hatched: status not reported)",
            {"route": Message(route)},
        ),
        _ITEM,
        tuple(bars),
        Message("Source: submissions, as of {day}.", {"day": day}),
    )


def _keys(by: str, ends: Mapping[str | None, End], unit: str, day: Any, to: Mapping[str | None, str]) -> Bars:
    """Return a bar for each key: pledged as its outline, what reached the last stage, and what is silent."""
    bars = []
    for key, end in list(ends.items())[:MOST_BARS]:
        whole, came, silent = (
            Number(value, unit, stage, day, to=to[key])
            for value, stage in (
                (end.pledged, "pledged"),
                (end.reached, "received"),
                (end.reached + end.silent, "not reported"),
            )
        )
        bars.append(Bar(named(by, key), ((came, 5),), whole, hatch=silent if end.silent else None))
    title = (
        "Pledged, and reached the last stage of the channel (outline: pledged; hatched: status not reported)"
    )
    source = Message("Source: submissions, as of {day}.", {"day": day})
    if len(ends) > MOST_BARS:
        text = (
            "{drawn} of {all} shown, largest pledges first; the table lists all. Source: submissions, as "
            "of {day}."
        )
        source = Message(text, {"drawn": len(bars), "all": len(ends), "day": day})
    return Bars(f"pipeline-{by}", Message(title), unit, tuple(bars), source)
