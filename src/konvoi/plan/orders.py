"""Orders: weekly tasks of each partner, hub, carrier and consignee, and conflicts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from konvoi.kit.days import monday
from konvoi.kit.progress import Progress, Stop, never
from konvoi.model.finding import Finding, Place, Severity
from konvoi.plan import changes as compared
from konvoi.plan.clean import Notes, clean, digest_of
from konvoi.plan.conflict import Conflict, conflicts, parts
from konvoi.plan.consign import CONSIGNMENTS, HUBS, LEGS, Ground, consignments, legs
from konvoi.plan.loads import loads
from konvoi.plan.paperwork import PAPERS, papers
from konvoi.plan.plan import Plan
from konvoi.plan.remedy import Change, Search

READERS = ("partner", "hub", "carrier", "consignee")

CALLS = pl.Schema(
    {
        "kind": pl.String(),
        "reader": pl.String(),
        "week": pl.Date(),
        "consignment": pl.String(),
        "legs": pl.List(pl.Int64()),
    }
)
"""One line for each consignment on a reader's sheet of a week; legs: those that the reader has to do with.

A partner's week is that of loading, a carrier's that in which a leg of its loads, a consignee's that of
arrival; at a hub a consignment stands in each week in which it comes or leaves."""

CONFLICTS = pl.Schema(
    {
        "conflict": pl.String(),
        "severity": pl.String(),
        "kind": pl.String(),
        "on": pl.String(),
        "first": pl.Date(),
        "last": pl.Date(),
        "resource": pl.String(),
        "load": pl.String(),
        "limit": pl.String(),
        "paper": pl.String(),
        "state": pl.String(),
        "party": pl.String(),
        "parties": pl.List(pl.String()),
        "consignments": pl.List(pl.String()),
        "load_after": pl.String(),
    }
)
"""One line for each conflict (konvoi.plan.conflict.Conflict); load, limit and load_after are exact decimals,
empty where a limit plays no part. load_after: once the changes of SOLUTIONS are made; empty if none was
found."""

SOLUTIONS = pl.Schema(
    {
        "conflict": pl.String(),
        "step": pl.Int64(),
        "consignment": pl.String(),
        "party": pl.String(),
        "how": pl.String(),
        "departs": pl.Date(),
        "arrives": pl.Date(),
        "week": pl.Date(),
        "way": pl.String(),
    }
)
"""One line for each consignment whose change (how: week, day, way) would solve a conflict."""


@dataclass(frozen=True)
class Orders:
    """The orders of one plan; docs/reference/orders.md lists tables and columns."""

    day: date
    plan: str
    consignments: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=CONSIGNMENTS))
    legs: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=LEGS))
    papers: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PAPERS))
    calls: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=CALLS))
    conflicts: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=CONFLICTS))
    solutions: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SOLUTIONS))
    changes: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=compared.CHANGES))
    findings: tuple[Finding, ...] = ()


def orders(
    tables: Mapping[str, pl.DataFrame],
    plan: Plan,
    *,
    today: date,
    recipient: str = "",
    before: Mapping[str, Mapping[str, object]] | None = None,
    stop: Stop = never,
) -> Orders:
    """The orders of a plan on a day.

    tables: the problem's. recipient: the consignee of needs that name none. before: the last issue's
    consignments by id (`records`), None where this is the first.
    """
    ground = Ground.of(tables, plan, recipient=recipient)
    stop(Progress("Writing consignments", 0))
    sent = consignments(ground, before)
    ways = legs(ground)
    carried = papers(ground, today)
    found, solved = _conflicts(ground, today, stop)
    made = Orders(
        day=today,
        plan=plan.problem,
        consignments=sent,
        legs=ways,
        papers=carried,
        calls=_calls(ground, sent),
        conflicts=found,
        solutions=solved,
    )
    changed = compared.changes(before, records(made), today=today)
    told = (*_strange(ground), *_findings(found, dict(sent.select("consignment", "number").iter_rows())))
    return Orders(**{**made.__dict__, "changes": changed, "findings": told})


def records(made: Orders) -> dict[str, dict[str, object]]:
    """The consignments by id with the papers that each still lacks, as an issue keeps them."""
    lacking: dict[str, list[str]] = {}
    for row in made.papers.filter(pl.col("missing")).iter_rows(named=True):
        lacking.setdefault(row["consignment"], []).append(f"{row['paper']}: {row['state']}")
    return {
        row["consignment"]: row | {"papers": "; ".join(lacking.get(row["consignment"], []))}
        for row in made.consignments.iter_rows(named=True)
    }


def _calls(ground: Ground, sent: pl.DataFrame) -> pl.DataFrame:
    """Return the readers of each consignment, by week (CALLS)."""
    rows = [call for row in sent.iter_rows(named=True) for call in _readers(ground, row)]
    return pl.DataFrame(sorted(rows), schema=CALLS, orient="row")


def _readers(ground: Ground, row: Mapping[str, Any]) -> Iterator[tuple[str, str, date, str, list[int]]]:
    name = row["consignment"]
    found = ground.legs.get(name, [])
    every = [leg["leg"] for leg in found]
    if row["party"]:
        yield "partner", row["party"], row["week"], name, every
    if row["consignee"]:
        yield "consignee", row["consignee"], monday(row["arrives"]), name, every
    weeks: dict[tuple[str, str, date], set[int]] = {}
    for leg in found:
        carrier = ground.rows("lanes").get(leg["lane"], {}).get("carrier")
        if carrier:
            weeks.setdefault(("carrier", carrier, monday(leg["departs"])), set()).add(leg["leg"])
        for end, day in (("from", "departs"), ("to", "arrives")):
            if ground.rows("sites").get(leg[end], {}).get("kind") in HUBS:
                weeks.setdefault(("hub", leg[end], monday(leg[day])), set()).add(leg["leg"])
    for (kind, reader, week), mine in weeks.items():
        yield kind, reader, week, name, sorted(mine)


def _conflicts(ground: Ground, today: date, stop: Stop) -> tuple[pl.DataFrame, pl.DataFrame]:
    """All conflicts with the changes that would solve each."""
    taken = loads(ground)
    found = conflicts(ground, taken, today)
    search = Search(ground, taken, today)
    lines = []
    solved = []
    for at, conflict in enumerate(found):
        stop(Progress("Solving conflicts", at, len(found)))
        way_out = search.solve(conflict)
        after = parts(search.after(conflict, way_out)) if way_out and conflict.spot else ""
        lines.append(_line(conflict, after))
        solved += [_solution(ground, conflict, step, change) for step, change in enumerate(way_out, 1)]
    return (
        pl.DataFrame(lines, schema=CONFLICTS, orient="row"),
        pl.DataFrame(solved, schema=SOLUTIONS, orient="row"),
    )


def _line(conflict: Conflict, after: str) -> tuple[object, ...]:
    limited = conflict.spot is not None
    return (
        *(
            conflict.id,
            conflict.severity,
            conflict.kind,
            conflict.on,
            conflict.first,
            conflict.last,
            conflict.resource,
        ),
        parts(conflict.load) if limited else "",
        parts(conflict.limit) if limited else "",
        *(
            conflict.paper,
            conflict.state,
            conflict.party,
            list(conflict.parties),
            list(conflict.consignments),
            after,
        ),
    )


def _solution(ground: Ground, conflict: Conflict, step: int, change: Change) -> tuple[object, ...]:
    departs = change.move["departs"]
    arrives = change.move["arrives"]
    way = "; ".join(leg["lane"] for leg in change.legs)
    party = ground.party(ground.moves[change.consignment])
    return (
        *(conflict.id, step, change.consignment, party, change.how, departs, arrives, monday(departs), way),
    )


def _strange(ground: Ground) -> Iterator[Finding]:
    """Report that the plan was made from other tables than these."""
    world = ground.world
    states = ("validated",), ("accepted", "accepted in part")
    digest = digest_of(clean(ground.tables, Notes()), states)
    if digest != ground.plan.problem:
        yield Finding(
            Severity.WARNING,
            "orders-other-tables",
            Place("plan.json", column="problem"),
            read=ground.plan.problem,
            expected="the digest of these tables: {digest}",
            remedy="Plan anew, or issue the orders with the tables of the plan.",
            values={"digest": digest},
        )
    for name, move in ground.moves.items():
        for column, known in (("good", world.goods), ("need", world.needs)):
            if move[column] not in known:
                yield Finding(
                    Severity.ERROR,
                    "orders-id-unknown",
                    Place("movements.csv", "movements", column=column),
                    read=str(move[column] or ""),
                    expected="an id that the tables have; consignment {consignment} names it",
                    remedy="Plan anew; until then its load counts nowhere.",
                    values={"consignment": name},
                )


_SENTENCES = {
    "over": (
        "orders-conflict-over",
        Severity.ERROR,
        "no more than {limit} {resource} at {on} from {first} on",
    ),
    "near": (
        "orders-conflict-near",
        Severity.WARNING,
        "room to spare: partners share {limit} {resource} at {on}",
    ),
    "paper": (
        "orders-paper-missing",
        Severity.ERROR,
        "{on} given by the loading day {first} of {consignments}",
    ),
    "closure": ("orders-way-shut", Severity.ERROR, "an open way: {on} is shut on {first} for {consignments}"),
}


def _findings(found: pl.DataFrame, numbers: Mapping[str, str]) -> Iterator[Finding]:
    """Each conflict as a finding."""
    for row in found.iter_rows(named=True):
        code, severity, expected = _SENTENCES[row["kind" if row["severity"] == "stopped" else "severity"]]
        values = {name: str(row[name]) for name in ("limit", "resource", "on", "first")}
        yield Finding(
            severity,
            code,
            Place("plan", "conflicts", column=row["on"]),
            read=row["load"] or row["state"],
            expected=expected,
            remedy="See the change that the orders propose.",
            values=values | {"consignments": ", ".join(numbers.get(one, one) for one in row["consignments"])},
        )
