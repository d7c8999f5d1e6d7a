"""Sums that published data state are those of what they are made of."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

import polars as pl

from konvoi.intake.check import Whole, by_place
from konvoi.kit.money import to_major
from konvoi.model.document import Reading
from konvoi.model.finding import Finding, Place, Severity

# Publishers round prices of one unit.
_TOLERANCE = Decimal("0.001")
_ITEMS = (
    "{sum} {currency}, the sum of quantity times price of its items; the difference is {rest}",
    "Correct the value, or the items; the value of the contract is used.",
)
_LINES = (
    "at most the budget of {sum} {currency}; its lines exceed it by {rest}",
    "Correct the budget, or its lines; neither is in a total.",
)
_BUDGETS = (
    "at most the budgets of {sum} {currency} in the same file; they are exceeded by {rest}",
    "Check budgets and transactions; a total uses the transactions alone.",
)


def stated_sums_differ(whole: Whole) -> tuple[Finding, ...]:
    """A stated sum must be that of its parts: contract and items, budget and lines, budgets and spending.

    Compared are OCDS contracts all of whose items have quantity and price (with their value, or its net
    amount without value added tax), budgets of IATI organisation
    files with their lines, and disbursements and expenditure of an IATI activity with its own budgets, if all
    are in one currency.
    """
    found: list[Finding] = []
    for reading in whole.readings:
        found += (*_contracts(reading), *_budget_lines(reading), *_spending(reading))
    return by_place(found)


def _contracts(reading: Reading) -> Iterator[Finding]:
    items, contracts = reading.tables.get("ocds_items"), reading.tables.get("contracts")
    if items is None or contracts is None or items.is_empty():
        return
    sums: dict[str, tuple[Decimal, str] | None] = {}
    for row in items.iter_rows(named=True):
        held = sums.get(row["contract"], (Decimal(0), str(row["currency"] or "")))
        if held is None or row["_sum"] is None or row["currency"] != held[1]:
            sums[row["contract"]] = None
            continue
        sums[row["contract"]] = (held[0] + row["_sum"], held[1])
    for row in contracts.iter_rows(named=True):
        known = sums.get(row["contract"])
        if known is None or row["amount"] is None or row["amount"] == 0 or row["currency"] != known[1]:
            continue
        made = round(known[0])
        # Items may have their price without value added tax: the net value, if stated, is then their sum.
        stated = [one for one in (row["amount"], row["_net"]) if one is not None]
        if made and not any(_alike(made, one, Decimal(len(sums))) for one in stated):
            yield _finding(
                "value-items-differ", reading, row, "value", stated=row["amount"], made=made, words=_ITEMS
            )


def _alike(made: int, stated: int, least: Decimal) -> bool:
    """Return True if two sums differ by at most one part in a thousand, or `least` minor units."""
    return abs(made - stated) <= max(_TOLERANCE * abs(stated), least)


def _budget_lines(reading: Reading) -> Iterator[Finding]:
    budgets = reading.tables.get("iati_organisation_budgets")
    if budgets is None or budgets.is_empty():
        return
    whole: dict[str, Mapping[str, object]] = {}
    sums: dict[str, int | None] = {}
    for row in budgets.iter_rows(named=True):
        if row["line"] is None:
            whole[row["_sheet"]] = row
            continue
        above = str(row["_sheet"]).rpartition("/")[0]
        currency = whole.get(above, {}).get("currency")
        alike = row["amount_minor"] is not None and row["currency"] == currency
        held = sums.get(above, 0)
        sums[above] = held + row["amount_minor"] if alike and held is not None else None
    for path, made in sums.items():
        budget = whole.get(path, {})
        stated = budget.get("amount_minor")
        if isinstance(stated, int) and made is not None and made > stated:
            yield _finding(
                "budget-lines-exceed", reading, budget, "value", stated=made, made=stated, words=_LINES
            )


def _spending(reading: Reading) -> Iterator[Finding]:
    plans, activities = reading.tables.get("iati_plans"), reading.tables.get("iati_activities")
    if plans is None or activities is None or plans.is_empty() or reading.entries.is_empty():
        return
    budgets = plans.filter(pl.col("plan") == "budget")
    # A revised budget (type 2) replaces the original one of its period.
    revised = budgets.filter(pl.col("type") == "2").select("activity", "day_from", "day_to").unique()
    first = budgets.filter(pl.col("type") != "2").join(
        revised, on=["activity", "day_from", "day_to"], how="anti", nulls_equal=True
    )
    planned = _by_activity(pl.concat([budgets.filter(pl.col("type") == "2"), first]), "activity")
    own = (pl.col("stage") == "disbursed") & (pl.col("variant") == "iati")
    spent = _by_activity(reading.entries.filter(own), "package")
    rows = {row["activity"]: row for row in activities.iter_rows(named=True)}
    for activity, (amount, currency) in spent.items():
        budget = planned.get(activity)
        if budget and activity in rows and budget[1] == currency and amount > budget[0] > 0:
            row = {**rows[activity], "currency": currency}
            yield _finding(
                "spending-exceeds-budgets",
                reading,
                row,
                "budget",
                stated=amount,
                made=budget[0],
                words=_BUDGETS,
            )


def _by_activity(rows: pl.DataFrame, key: str) -> dict[str, tuple[int, str]]:
    """Return the sum of each activity whose rows all have an amount in one currency."""
    sums = rows.group_by(key, maintain_order=True).agg(
        pl.col("amount_minor").sum(),
        unknown=pl.col("amount_minor").null_count(),
        currencies=pl.col("currency").n_unique(),
        currency=pl.col("currency").first(),
    )
    return {
        row[key]: (row["amount_minor"], row["currency"])
        for row in sums.iter_rows(named=True)
        if row["unknown"] == 0 and row["currencies"] == 1 and row["currency"]
    }


def _finding(
    code: str,
    reading: Reading,
    row: Mapping[str, object],
    column: str,
    *,
    stated: int,
    made: int,
    words: tuple[str, str],
) -> Finding:
    currency = str(row["currency"])
    number = row["_row"]
    place = Place(reading.document, str(row["_sheet"]), number if isinstance(number, int) else 0, column)
    values = {"sum": str(to_major(made, currency)), "currency": currency}
    values["rest"] = str(to_major(abs(stated - made), currency))
    read = f"{to_major(stated, currency)} {currency}"
    return Finding(Severity.WARNING, code, place, read, *words, values)
