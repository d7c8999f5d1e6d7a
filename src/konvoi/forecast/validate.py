"""Values of a plan and its tables that a forecast cannot use, and the values used instead."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import polars as pl

from konvoi.forecast.steps import Planned, rows
from konvoi.model.finding import Finding, Place, Severity

Row = Mapping[str, Any]
Tables = Mapping[str, pl.DataFrame]

YEARS = 20
"""A plan spans fewer years than these."""

SENTENCES = {
    "forecast-days-negative": ("no days below zero", "Correct the days; until then they count as none."),
    "forecast-days-turned": (
        "p10 ≤ p50 ≤ p90; p50 is {middle}",
        "Correct the days; until then this one counts as p50.",
    ),
    "forecast-contract-turned": (
        "a delivery not before the day of signature, {day}",
        "Correct one of the two days; until then nothing is taken to be late in production.",
    ),
    "forecast-no-contract": (
        "the contract required before production of item {line}",
        "Submit the contract; until then it is taken to be ready on its day.",
    ),
    "forecast-no-lead": (
        "the days from order to readiness of {good}",
        "Fill lead_days; until then it is taken to be ready when it is ordered.",
    ),
    "forecast-approval-undated": (
        "the day on which it is expected",
        "Ask {state} for a day; until then it is not taken to delay anything.",
    ),
    "forecast-closure-unknown": (
        "a lane, a site, or a kind of site of the problem",
        "Correct the name in konvoi.toml; until then nothing is shut by it.",
    ),
    "forecast-plan-turned": ("a day not before {day}", "Re-run the planner; there is no forecast."),
    "forecast-plan-long": (
        "a plan of fewer than {years} years",
        "Re-run the planner; there is no forecast.",
    ),
}
"""Expectation and remedy of each finding."""


def faults(tables: Tables, plan: Planned) -> tuple[Finding, ...]:
    """Return findings on days that run backwards or below zero, and on missing stages that a route requires.

    Those of severity error are of the plan itself: it cannot be simulated.
    """
    made = _made(tables, plan)
    papers = _papers(tables, plan)
    return (*_turned(plan), *_lanes(tables, plan), *made, *papers, *_closures(tables))


def _turned(plan: Planned) -> Iterator[Finding]:
    moves = plan.movements.rows(named=True)
    for number, move in enumerate(moves, 2):
        if move["arrives"] < move["departs"]:
            yield _of_plan("movements", number, move["arrives"], day=str(move["departs"]))
    legs = [{**leg, "_row": number} for number, leg in enumerate(plan.legs.iter_rows(named=True), 2)]
    legs.sort(key=lambda leg: (leg["movement"], leg["leg"]))
    for leg in legs:
        if leg["arrives"] < leg["departs"]:
            yield _of_plan("legs", leg["_row"], leg["arrives"], day=str(leg["departs"]))
    for before, leg in pairwise(legs):
        if before["movement"] == leg["movement"] and leg["departs"] < before["arrives"]:
            yield _of_plan("legs", leg["_row"], leg["departs"], "departs", day=str(before["arrives"]))
    days = [move[name] for move in moves for name in ("departs", "arrives")]
    if days and (max(days) - min(days)).days > 366 * YEARS:
        span = f"{min(days)} – {max(days)}"
        yield _of_plan("movements", 0, span, "", "forecast-plan-long", years=str(YEARS))


def _lanes(tables: Tables, plan: Planned) -> Iterator[Finding]:
    used = set(plan.legs["lane"])
    for row in rows(tables, "lanes"):
        if row["lane"] not in used:
            continue
        for name in ("days_p10", "days_p50", "days_p90"):
            if row.get(name) is not None and row[name] < 0:
                yield _told("forecast-days-negative", "lanes", row, name)
        middle = row["days_p50"]
        for name, wrong in (("days_p10", 1), ("days_p90", -1)):
            stated = row.get(name)
            if stated is not None and middle is not None and (stated - middle) * wrong > 0 <= stated:
                yield _told("forecast-days-turned", "lanes", row, name, middle=_plain(middle))


def _made(tables: Tables, plan: Planned) -> Iterator[Finding]:
    """Yield findings on purchases and on offers from production."""
    moves = plan.movements.rows(named=True)
    bought = {(move["budget"], move["good"]) for move in moves if move.get("budget")}
    for row in rows(tables, "budgets"):
        if (row["budget"], row["good"]) in bought:
            if row["lead_days"] is None:
                yield _told("forecast-no-lead", "budgets", row, "lead_days", good=row["good"])
            elif row["lead_days"] < 0:
                yield _told("forecast-days-negative", "budgets", row, "lead_days")
    offers = {move.get("offer") for move in moves}
    contracts = {row["line"]: row for row in rows(tables, "contracts")}
    procured = {row["line"] for row in rows(tables, "lines") if row["route"] == "procured"}
    for row in rows(tables, "offers"):
        line = row["line"]
        if row["offer"] not in offers or not line:
            continue
        contract = contracts.get(line)
        if contract is None and line in procured and row["ready"] is not None:
            yield _told("forecast-no-contract", "offers", row, "line", line=line)
        if contract and contract["day"] and contract["delivery"] and contract["delivery"] < contract["day"]:
            day = str(contract["day"])
            yield _told("forecast-contract-turned", "contracts", contract, "delivery", day=day)


def _papers(tables: Tables, plan: Planned) -> Iterator[Finding]:
    lines = {row["offer"]: row["line"] for row in rows(tables, "offers")}
    moves = plan.movements.rows(named=True)
    covered = {move.get(name) for move in moves for name in ("offer", "budget")}
    covered |= {lines.get(move.get("offer")) for move in moves}
    for row in rows(tables, "approvals"):
        undated = row["given"] is None and row["refused"] is None and row["due"] is None
        if undated and row["covers"] in covered:
            yield _told("forecast-approval-undated", "approvals", row, "due", state=row["party"] or "")


def _closures(tables: Tables) -> Iterator[Finding]:
    known = {row[name] for row in rows(tables, "sites") for name in ("site", "kind")}
    known |= {row["lane"] for row in rows(tables, "lanes")}
    for row in rows(tables, "shocks"):
        if row["on"] not in known:
            place = Place("konvoi.toml", "", 0, "forecast.closures")
            code = "forecast-closure-unknown"
            yield Finding(Severity.WARNING, code, place, row["on"], *SENTENCES[code])


def _of_plan(
    sheet: str,
    row: int,
    read: object,
    column: str = "arrives",
    code: str = "forecast-plan-turned",
    **values: str,
) -> Finding:
    place = Place(f"{sheet}.csv", sheet, row, column)
    return Finding(Severity.ERROR, code, place, str(read), *SENTENCES[code], values)


def _told(code: str, sheet: str, row: Row, column: str, **values: str) -> Finding:
    number = row.get("_row")
    place = Place(
        str(row.get("_file") or ""),
        str(row.get("_sheet") or sheet),
        number if isinstance(number, int) else 0,
        column,
    )
    severity = Severity.NOTE if code in ("forecast-no-contract", "forecast-no-lead") else Severity.WARNING
    return Finding(severity, code, place, _plain(row[column]), *SENTENCES[code], values)


def _plain(value: object) -> str:
    if value is None or isinstance(value, date | str):
        return str(value or "")
    return format(value, "f").rstrip("0").rstrip(".") if "." in str(value) else str(value)
