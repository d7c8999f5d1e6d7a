"""Days that goods took from place to place, beside the days that lanes state."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.flow.deliveries.tables import LEG_DAYS
from konvoi.model.stages import Stage

Row = Mapping[str, object]
_ARRIVING = (Stage.AT_HUB, Stage.HANDED_OVER)


def leg_days(*, movements: pl.DataFrame, receipts: pl.DataFrame, lanes: pl.DataFrame) -> pl.DataFrame:
    """Return each pair of places between which goods were sent, with planned and actual days.

    A leg begins with a dispatch that names both places. It ends with the first later event of its waybill
    (without one, of its movement) and line item at the second place: at hub, handed over, or a receipt there
    or at no stated place. Events come from tables, EPCIS or UBL alike. Planned days are stated where one lane
    joins the places; of several nobody knows which was taken.
    """
    events = _arrivals(movements, receipts)
    legs: dict[tuple[str, str], list[tuple[str, int | None]]] = {}
    for row in movements.sort("movement").iter_rows(named=True):
        if row["stage"] == Stage.DISPATCHED and row["from"] and row["to"] and row["_until"] is None:
            came = _came(row, events)
            took = (came - row["day"]).days if came else None
            legs.setdefault((row["from"], row["to"]), []).append((row["movement"], took))
    joined: dict[tuple[str, str], list[Row]] = {}
    for lane in lanes.sort("lane").iter_rows(named=True):
        joined.setdefault((lane["from"], lane["to"]), []).append(lane)
    rows = [_row(ends, taken, joined.get(ends, [])) for ends, taken in sorted(legs.items())]
    return pl.DataFrame(rows, schema=LEG_DAYS.schema())


def _arrivals(movements: pl.DataFrame, receipts: pl.DataFrame) -> dict[str, list[Row]]:
    """Return events of arrival by movement and waybill: day, place, line item."""
    found: dict[str, list[Row]] = {}
    for row in _dated(movements):
        if row["stage"] in _ARRIVING:
            event = {"day": row["day"], "place": row["to"] or row["from"], "line": row["line"]}
            for name in {row["movement"], row["waybill"]} - {None}:
                found.setdefault(str(name), []).append(event)
    for row in _dated(receipts):
        event = {"day": row["day"], "place": row["place"], "line": None}
        found.setdefault(str(row["reference"]), []).append(event)
    return found


def _dated(rows: pl.DataFrame) -> Iterator[Row]:
    return rows.filter(pl.col("day").is_not_null(), pl.col("_until").is_null()).iter_rows(named=True)


def _came(sent: Row, events: Mapping[str, Sequence[Row]]) -> date | None:
    """Return the day on which a dispatch arrived at its place."""
    left = sent["day"]
    days = [
        day
        for name in {sent["movement"], sent["waybill"]} - {None}
        for one in events.get(str(name), ())
        if isinstance(day := one["day"], date)
        and isinstance(left, date)
        and day >= left
        and one["place"] in (sent["to"], None)
        and one["line"] in (sent["line"], None)
    ]
    return min(days, default=None)


def _row(ends: tuple[str, str], taken: Sequence[tuple[str, int | None]], lanes: Sequence[Row]) -> Row:
    days = sorted(took for _, took in taken if took is not None)
    lane: Row = lanes[0] if len(lanes) == 1 else {}
    last = lane.get("days_p90") or lane.get("days_p50")
    return {
        "from": ends[0],
        "to": ends[1],
        "lanes": [str(one["lane"]) for one in lanes],
        "planned_p10": lane.get("days_p10"),
        "planned_p50": lane.get("days_p50"),
        "planned_p90": lane.get("days_p90"),
        "cases": len(days),
        "open": len(taken) - len(days),
        "actual_p10": _quantile(days, 10),
        "actual_p50": _quantile(days, 50),
        "actual_p90": _quantile(days, 90),
        "longer": sum(took > last for took in days) if isinstance(last, Decimal) else None,
        "movements": [movement for movement, _ in taken],
    }


def _quantile(days: Sequence[int], per_cent: int) -> int | None:
    """Return the least number of days that so many per cent of cases did not exceed."""
    if not days:
        return None
    return days[max(-(-len(days) * per_cent // 100), 1) - 1]
