"""Decisions that published figures raise: sums that have run out, gaps of money, what does not count yet.

Nobody's position is stated: options say what can be asked of whom, consequences what the figures say then.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from konvoi.accord.renewals import SUMS_ENDED
from konvoi.kit.money import to_major
from konvoi.ledger.convert import converted
from konvoi.ledger.units import FULFILLED
from konvoi.model.stages import Stage
from konvoi.report.case import Case
from konvoi.report.ledger.basis import listed
from konvoi.report.ledger.figures import FUNNEL, Step, is_reported, whole
from konvoi.report.ledger.support import supports
from konvoi.report.names import Names, table
from konvoi.report.page import Message, Number, Value

MOST_NAMED = 5
NOT_COUNTED = "not counted yet"


@dataclass(frozen=True)
class Raised:
    """A decision: its text, options with consequences, the cost of no decision, and who can unblock it."""

    text: Message
    options: tuple[tuple[Message, Message], ...]
    without: Message
    unblocks: Value


def raised(case: Case) -> list[Raised]:
    """Return the decisions that published figures raise; none where no register publishes any."""
    if not supports(case):
        return []
    return [*_run_out(case), *_money(case), *_allocation(case), *_not_counted(case), *_deliveries(case)]


def _run_out(case: Case) -> Iterator[Raised]:
    """Agreements in force of which all sums have ended."""
    ended = case.tables.get("renewals")
    over = [] if ended is None else ended.filter(pl.col("state") == SUMS_ENDED).to_dicts()
    if not over:
        return
    behind = tuple(sorted({str(one) for row in over for one in row["behind"]}))
    values: dict[str, Value] = {
        "count": Number(Decimal(len(over)), "", "", case.day, behind),
        "last": max(row["due"] for row in over),
        "year": str(case.day.year),
    }
    parties = {
        str(row["party"])
        for row in table(case, "undertakings").iter_rows(named=True)
        if f"undertakings/{row['undertaking']}" in behind
    }
    yield Raised(
        Message("Sums of {count} agreements have run out (the latest on {last})", values),
        (
            (
                Message("ask the parties to state sums for {year}", values),
                Message("{count} agreements would state what is undertaken from {year} on", values),
            ),
            (
                Message("rely on yearly announcements"),
                Message("announcements cannot be compared with what the agreements undertake"),
            ),
        ),
        Message("the agreements stay in force without a sum to measure them by"),
        _parties(case, sorted(parties)),
    )


def _money(case: Case) -> Iterator[Raised]:
    """The stated need of external financing that has no source."""
    open_ = [
        row
        for row in table(case, "published_sums").iter_rows(named=True)
        if row["stage"] == "unfunded" and row["kind"] == "financial" and _ahead(case, row)
    ]
    if not open_:
        return
    row = max(open_, key=lambda one: (one["to"], one["amount"] or 0, one["figure"]))
    planned = [
        one
        for one in table(case, "published_sums").iter_rows(named=True)
        if one["stage"] == "planned" and one["kind"] == "financial" and _ahead(case, one)
    ]
    day: Value = row.get("stated") or Message("not stated")
    values: dict[str, Value] = {"gap": _amount(case, row), "from": row["from"], "to": row["to"], "day": day}
    told: list[Value] = [_decided(case, one) for one in planned]
    values["planned"] = listed(told, ", ") if told else Message("none stated")
    yield Raised(
        Message("Gap of external financing, {from} to {to}: {gap}, stated on {day}", values),
        (
            (
                Message("agree who states by quarter what is still missing"),
                Message("the gap can be followed by quarter; planned for this period: {planned}", values),
            ),
            (
                Message("wait for the pending decisions on programmes"),
                Message("how much of the gap they cover is not stated in the sources here"),
            ),
        ),
        Message("how much of {gap} is still missing stays unknown", values),
        _parties(case, sorted({str(one["party"]) for one in (row, *planned)})),
    )


def _decided(case: Case, row: dict[str, Any]) -> Message:
    """A sum that is planned, with who planned it and when."""
    party = Names(case).party(row["party"])
    values: dict[str, Value] = {"amount": _amount(case, row), "party": party, "day": row.get("stated")}
    return Message("{amount} ({party}, {day})" if row.get("stated") else "{amount} ({party})", values)


def _ahead(case: Case, row: dict[str, object]) -> bool:
    first, last = row["from"], row["to"]
    return isinstance(first, date) and isinstance(last, date) and first <= case.day <= last


def _allocation(case: Case) -> Iterator[Raised]:
    """Amounts committed and not allocated, by a register."""
    for of in supports(case)[:1]:
        gap, _ = of.outstanding()
        if not gap.value:
            continue
        owed = [(party, of.of("outstanding", party=party)) for party in of.parties]
        ranked = sorted(owed, key=lambda one: (-(one[1].value or Decimal(0)), one[0]))
        values: dict[str, Value] = {"gap": gap, "source": of.source}
        ahead = of.next_year()
        values["pace"] = Message("not known") if ahead is None else ahead
        yield Raised(
            Message("{gap} committed and not yet allocated ({source})", values),
            (
                (
                    Message("ask the largest partners for a calendar of allocations"),
                    Message(
                        "allocations can be planned; at the pace of the last three years a year brings "
                        "{pace}",
                        values,
                    ),
                ),
                (Message("leave the calendar to each partner"), Message("no day is known for any of it")),
            ),
            Message("when {gap} becomes support stays unknown", values),
            _parties(case, [party for party, one in ranked if one.value is not None and one.value > 0]),
        )


def _not_counted(case: Case) -> Iterator[Raised]:
    """Announcements that may be part of others, or that nobody named made."""
    rows = case.entries.filter(
        pl.col("count_mode") == NOT_COUNTED, pl.col("line").is_null(), pl.col("amount_minor").is_not_null()
    )
    total = case.totals.get(f"{FUNNEL}{Stage.PLEDGED}")
    if rows.is_empty() or total is None or total.value is None:
        return
    valued = converted(rows, case.tables.get("rates"), total.unit)
    amount = Number(
        to_major(int(valued["value"].sum()), total.unit),
        total.unit,
        str(Stage.PLEDGED),
        case.day,
        tuple(sorted(rows["entry"])),
    )
    values: dict[str, Value] = {"count": rows.height, "amount": amount}
    yield Raised(
        Message(
            "{count} announcements ({amount}) do not count yet: they may be parts of others, or name no "
            "speaker",
            values,
        ),
        (
            (
                Message("each partner says which are additional"),
                Message("the total pledged rises by at most {amount}", values),
            ),
            (Message("treat all as parts of earlier sums"), Message("the total pledged stays as it is")),
        ),
        Message("up to {amount} stays outside the total pledged", values),
        _parties(case, sorted(set(rows["party"].drop_nulls()), key=lambda one: _heaviest(valued, one))),
    )


def _heaviest(valued: pl.DataFrame, party: str) -> tuple[int, str]:
    return -int(valued.filter(pl.col("party") == party)["value"].sum()), party


def _deliveries(case: Case) -> Iterator[Raised]:
    """Pledges of which nobody reports a delivery."""
    total, end = (case.totals.get(f"{FUNNEL}{stage}") for stage in (str(Stage.PLEDGED), FULFILLED))
    if total is None or not total.value or (end is not None and is_reported(Step(FULFILLED, end))):
        return
    values: dict[str, Value] = {
        "pledged": whole(case, Step(str(Stage.PLEDGED), total)),
        "count": len(total.by),
    }
    yield Raised(
        Message("The sources here report no delivery for {pledged} pledged by {count} partners", values),
        (
            (
                Message("partners report deliveries by line item before the next meeting"),
                Message("the outstanding amount can be computed, partner by partner"),
            ),
            (
                Message("the recipient reports receipts"),
                Message("what arrived is known; what is under way is not"),
            ),
        ),
        Message("how much of {pledged} arrived stays unknown", values),
        _parties(case, [one.key for one in total.by]),
    )


def _amount(case: Case, row: dict[str, object]) -> Number:
    currency = str(row["currency"] or "EUR")
    value = to_major(int(str(row["amount"])), currency) if row["amount"] is not None else None
    return Number(value, currency, str(row["stage"]), case.day, (f"published_sums/{row['figure']}",))


def _parties(case: Case, parties: Sequence[str]) -> Value:
    """The first of some parties, and how many more there are."""
    names = Names(case)
    first = listed([Message("{name}", {"name": names.party(one)}) for one in parties[:MOST_NAMED]], ", ")
    more = len(parties) - MOST_NAMED
    return Message("{first} and {count} more", {"first": first, "count": more}) if more > 0 else first
