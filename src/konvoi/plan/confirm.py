"""Reasons for unmet needs confirmed: the remedy of each is applied, and the need is planned anew, warm."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl

from konvoi.kit.progress import Progress, Stop, never
from konvoi.plan.core.field import field_of
from konvoi.plan.core.search import Pace, warm_search
from konvoi.plan.core.whole import Sent, Whole, brought, whole_of
from konvoi.plan.corridor import TRAIN, mondays
from konvoi.plan.exchange import improved
from konvoi.plan.executable import executable, is_limited
from konvoi.plan.goal import blend
from konvoi.plan.goals import MEMBERS as GOALS
from konvoi.plan.layout import limits, net
from konvoi.plan.near import remaining, warmth
from konvoi.plan.neighbourhood import Until, reconsidered
from konvoi.plan.plan import Plan
from konvoi.plan.problem import Problem
from konvoi.plan.read_problem import from_tables
from konvoi.plan.scenario import horizon
from konvoi.plan.solve import solve
from konvoi.plan.value import kits_of, usable
from konvoi.plan.vehicles import LORRY

Tables = Mapping[str, pl.DataFrame]
Values = Mapping[str, Any]
Remedy = Callable[[Tables, str, Values], pl.DataFrame | None]
"""Makes the changed table of a remedy, for a need and the parameters of its cause; None: it has none."""

YES, NO = "yes", "not confirmed"
TRIALS = 2_000
"""Remedies are tried for so many needs of the problem: the more needs, the longer a trial takes."""

_TURNS = 3
_AMPLE = Decimal(10**9)


@dataclass(frozen=True)
class Trial:
    """A line of `unmet` whose cause names a remedy, and the tables in which it is applied."""

    line: int
    need: str
    tables: Tables


def confirmed(
    tables: Tables,
    plan: Plan,
    *,
    most: int | None = None,
    trial: Callable[[Tables], Tables] | None = None,
    stop: Stop = never,
) -> Plan:
    """Return the plan with `confirmed` filled in `unmet`: whether a need receives more with the remedy.

    tables: those that the plan solves. most: number of remedies to try, the largest losses first; default:
    by the number of needs (TRIALS). Remedies that are not tried are not confirmed. trial: what else holds in
    the tables of each remedy.
    """
    posed = from_tables(tables, **plan.states())
    able = list(trials(posed, plan))
    # Parties tell which names of limits are known.
    named = {"parties": tables["parties"]} if "parties" in tables else {}
    marks: list[str | None] = [None] * plan.unmet.height
    for one in able:
        marks[one.line] = NO
    count = min(len(able), TRIALS // max(1, len(posed.needs)) if most is None else most)
    for number, one in enumerate(able[:count]):
        if stop(Progress("confirming reasons", number, count)):
            break
        changed = {**one.tables, **named}
        if receives_more(trial(changed) if trial else changed, plan, one.need):
            marks[one.line] = YES
    column = pl.Series("confirmed", marks, dtype=pl.String)
    return replace(plan, unmet=plan.unmet.with_columns(column))


def receives_more(tables: Tables, plan: Plan, need: str) -> bool:
    """Return True if a need receives more than by the plan, where its problem has changed to these tables.

    The plan in force stays as far as it can, and the need is filled first; if that brings no more, the need
    and those that compete with it are planned anew.
    """
    problem = from_tables(tables, **plan.states())
    ways = net(problem)
    rows = limits(problem)
    whole = whole_of(field_of(ways, rows), rows)
    number = next((at for at, one in enumerate(problem.needs) if one.id == need), -1)
    warm = warmth(whole, ways, rows, plan)
    if number < 0:
        return False
    before = _missing(plan, need)
    if warm is None:
        return _missing(solve(problem), need) < before
    parts = [need for kit in kits_of(problem).get(number, ()) for need, _ in kit.parts] or [number]
    together = list(dict.fromkeys(parts))
    kept = remaining(whole, warm, first=together)
    # Small consignments and whole vehicles are seen to when a plan is written.
    limited = is_limited(problem)
    kept = executable(whole, kept) if limited else kept
    if _lacks(whole, kept, number) < before:
        return True
    search = warm_search(rows, whole.field, blend(problem, GOALS), kept[0], Pace(), warm=warm)
    search.widen()
    better = kept if whole.many else improved(whole, kept)
    if not limited and _lacks(whole, better, number) < before:
        return True
    had = np.zeros(len(problem.needs), dtype=np.int64)
    for part in together:
        had[part] = problem.needs[part].quantity * 10**6 // whole.parts[part]
    until = Until(_TURNS, had=had)
    found = reconsidered(whole, better, search.programme, search.best.y, until=until)
    return _lacks(whole, executable(whole, found) if limited else found, number) < before


def _lacks(whole: Whole, plan: Sent, number: int) -> Decimal:
    """Return the units of a need that do not come at all."""
    need = whole.problem.needs[number]
    in_time, late = usable(need, brought(whole, plan).get(number, []))
    return Decimal(need.quantity * 10**6 - in_time - late).scaleb(-12)


def _missing(plan: Plan, need: str) -> Decimal:
    rows = plan.unmet.filter((pl.col("need") == need) & (pl.col("cause") != "arrives-late"))
    return sum(rows["quantity"], Decimal(0))


def trials(problem: Problem, plan: Plan) -> Iterator[Trial]:
    """Yield the lines that name a remedy, the largest loss first, each with the tables in which it holds."""
    weights = {need.id: Decimal(need.weight) for need in problem.needs}
    lines = list(enumerate(plan.unmet.iter_rows(named=True)))
    lines.sort(key=lambda one: (-one[1]["quantity"] * weights.get(one[1]["need"], Decimal(0)), one[0]))
    for at, line in lines:
        table, remedy = _REMEDIES.get(line["cause"], ("", None))
        if remedy is None:
            continue
        changed = remedy(problem.tables, line["need"], json.loads(line["parameters"]))
        if changed is not None:
            yield Trial(at, line["need"], {**problem.tables, table: changed})


def _set(rows: pl.DataFrame, mine: pl.Expr, **cells: object) -> pl.DataFrame:
    """Return a table with cells of some rows replaced."""
    return rows.with_columns(
        pl.when(mine).then(pl.lit(cell, dtype=rows.schema[name])).otherwise(pl.col(name)).alias(name)
        for name, cell in cells.items()
    )


def _ready(tables: Tables, need: str, values: Values) -> pl.DataFrame:
    return _set(tables["offers"], pl.col("offer") == values["offer"], ready=None)


def _until(tables: Tables, need: str, values: Values) -> pl.DataFrame:
    return _set(tables["offers"], pl.col("offer") == values["offer"], until=None)


def _money_now(tables: Tables, need: str, values: Values) -> pl.DataFrame:
    """All money of a budget is there on the first day."""
    mine = (pl.col("budget") == values["budget"]) & pl.col("amount").is_not_null()
    return _set(tables["budgets"], mine, day=horizon(tables["horizon"])[0])


def _more_money(tables: Tables, need: str, values: Values) -> pl.DataFrame:
    """Each tranche of a budget has ten times its money."""
    mine = (pl.col("budget") == values["budget"]) & pl.col("amount").is_not_null()
    more = pl.when(mine).then(pl.col("amount") * 10).otherwise("amount")
    return tables["budgets"].with_columns(amount=more.cast(tables["budgets"].schema["amount"]))


def _given(tables: Tables, need: str, values: Values) -> pl.DataFrame:
    """The approval is given on the first day and does not expire."""
    given = horizon(tables["horizon"])[0]
    mine = pl.col("approval") == values["approval"]
    return _set(tables["approvals"], mine, given=given, refused=None, expires=None)


def _free(tables: Tables, need: str, values: Values) -> pl.DataFrame:
    return tables["earmarks"].filter(pl.col("offer") != values["offer"])


def _unblocked(tables: Tables, need: str, values: Values) -> pl.DataFrame:
    same = (pl.col("kind") == values["kind"]) & (pl.col("value") == values["value"])
    return tables["blocked"].filter(~same)


def _without_standard(tables: Tables, need: str, values: Values) -> pl.DataFrame:
    return tables["standards"].filter(pl.col("standard") != values["standard"])


def _open(tables: Tables, need: str, values: Values) -> pl.DataFrame:
    return tables["closures"].filter(~pl.col("on").is_in(values["places"].split(", ")))


def _unlimited(tables: Tables, need: str, values: Values) -> pl.DataFrame:
    return tables["capacities"].filter(~pl.col("on").is_in(values["places"].split(", ")))


def _useful_later(tables: Tables, need: str, values: Values) -> pl.DataFrame:
    """The need is of use, and due, on the day of the earliest arrival."""
    day = date.fromisoformat(values["day"])
    return _set(tables["needs"], pl.col("need") == need, due=day, last_useful=day)


def _in_parts(tables: Tables, need: str, values: Values) -> pl.DataFrame:
    return _set(tables["needs"], pl.col("need") == need, whole=False)


def _dearer(tables: Tables, need: str, values: Values) -> pl.DataFrame | None:
    """The need is worth twice as much by the unit as the one that took what could come."""
    mine, theirs = (Decimal(values[name]) for name in ("weight", "other"))
    rows = tables["needs"]
    stated = rows.filter(pl.col("need") == need)["weight"]
    if not mine or stated.is_empty():
        return None
    weight = round((Decimal(1) if stated[0] is None else stated[0]) * 2 * theirs / mine, 6)
    return _set(rows, pl.col("need") == need, weight=weight)


def _more_bought(tables: Tables, need: str, values: Values) -> pl.DataFrame:
    return _set(tables["budgets"], pl.col("good") == values["good"], most=None)


def _no_cap(tables: Tables, need: str, values: Values) -> pl.DataFrame:
    return _set(tables["caps"], pl.col("party") == values["party"], most=_AMPLE)


def _no_floor(tables: Tables, need: str, values: Values) -> pl.DataFrame:
    mine = (pl.col("party") == values["party"]) & (pl.col("good") == values["good"])
    return _set(tables["stocks"], mine, floor=Decimal(0), stock=_AMPLE)


def _component(tables: Tables, need: str, values: Values) -> pl.DataFrame | None:
    """The missing component of a kit is offered where it is needed."""
    wanted = tables["needs"].filter(pl.col("need") == values["need"])
    if wanted.is_empty():
        return None
    row = wanted.row(0, named=True)
    offers = tables["offers"]
    new = dict.fromkeys(offers.columns) | {
        "offer": f"for {row['need']}",
        "party": "",
        "good": row["good"],
        "quantity": row["quantity"],
        "site": row["site"],
        "state": "accepted",
    }
    return pl.concat([offers, pl.DataFrame([new], schema=offers.schema)])


def _vehicle(tables: Tables, need: str, values: Values) -> pl.DataFrame:
    """One more lorry, or train, in each week of a row of capacities of the full places."""
    vehicle = TRAIN if "train" in values else LORRY
    weeks = mondays(values["weeks"])
    first = min(weeks)
    last = max(weeks) + timedelta(days=6)
    rows = []
    for row in tables["capacities"].iter_rows(named=True):
        if row["on"] not in values["places"].split(", "):
            rows.append(row)
            continue
        begins = row["from"] or date.min
        ends = row["to"] or date.max
        if begins < first:
            rows.append(row | {"to": min(ends, first - timedelta(days=1))})
        if begins <= last and ends >= first:
            wider = {n: None if row[n] is None else row[n] + vehicle[n] for n in vehicle}
            rows.append(row | {"from": max(begins, first), "to": min(ends, last)} | wider)
        if ends > last:
            rows.append(row | {"from": max(begins, last + timedelta(days=1))})
    return pl.DataFrame(rows, schema=tables["capacities"].schema)


_REMEDIES: Mapping[str, tuple[str, Remedy]] = {
    "ready-late": ("offers", _ready),
    "offer-lapses": ("offers", _until),
    "tranche-late": ("budgets", _money_now),
    "budget-spent": ("budgets", _more_money),
    "purchase-most": ("budgets", _more_bought),
    "approval-open": ("approvals", _given),
    "approval-late": ("approvals", _given),
    "approval-refused": ("approvals", _given),
    "approval-expires": ("approvals", _given),
    "earmarked": ("earmarks", _free),
    "blocked": ("blocked", _unblocked),
    "way-blocked": ("blocked", _unblocked),
    "standard": ("standards", _without_standard),
    "way-shut": ("closures", _open),
    "corridor-none": ("capacities", _unlimited),
    "corridor-small": ("capacities", _unlimited),
    "corridor-full-gain": ("capacities", _vehicle),
    "corridor-full-train": ("capacities", _vehicle),
    "too-late": ("needs", _useful_later),
    "outbid": ("needs", _dearer),
    "cap-reached": ("caps", _no_cap),
    "stock-floor": ("stocks", _no_floor),
    "offered-in-part": ("needs", _in_parts),
    "not-in-full": ("needs", _in_parts),
    "kit-incomplete": ("offers", _component),
}
"""The table and the change by which each cause would not hold. Other causes name no remedy in a table."""
