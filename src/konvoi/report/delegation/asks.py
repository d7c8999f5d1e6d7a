"""Requests of the recipient to its partners: what depends on each, and what remains if it is not met."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from konvoi.kit.money import to_major
from konvoi.plan.oversupply import Supply
from konvoi.report.case import Case
from konvoi.report.forecast.promises import Promise, own_promises, promises
from konvoi.report.front.decisions import Effect, every_decision
from konvoi.report.front.dependence import Dependence
from konvoi.report.names import Names, table
from konvoi.report.page import Message, Number, Value
from konvoi.report.planning.need_status import served

AHEAD = timedelta(days=28)
"""So far ahead payments are asked for."""

NO_OTHER = Message("No other offer of the same good")
NO_PAYMENT = Message("No other payment is expected")
ANY = Message("All partners")


@dataclass(frozen=True)
class Ask:
    """A request to one partner; party: empty for all of them. share: of validated needs, by value, that
    depends on it. amount: money that is asked for. fallback: what remains if it is not met. root: the line
    item that it is about.
    """

    party: str
    what: Message
    by: date | None
    share: Decimal
    fallback: Value
    amount: Number | None = None
    root: str = ""


def asks_for_goods(case: Case) -> tuple[Ask, ...]:
    """Return requests for goods and approvals: partners by what depends on them, and so their requests."""
    needs = Dependence(case)
    due = list(_due(case, needs))
    asked = {(one.party, one.root) for one in due}
    undated = (one for one in _without_a_day(case, needs) if (one.party, one.root) not in asked)
    found = [*due, *undated, *_unpledged(case, needs)]
    whole: dict[str, Decimal] = {}
    for one in found:
        whole[one.party] = whole.get(one.party, Decimal(0)) + one.share
    found.sort(key=lambda one: (-whole[one.party], one.party, -one.share, one.by or date.max, one.what.id))
    return tuple(found)


def _due(case: Case, needs: Dependence) -> Iterator[Ask]:
    """Yield what the brief's list asks partners for, as far as needs depend on it."""
    for one in every_decision(case, "cell"):
        if one.effect is Effect.NEEDS and one.party not in ("", case.recipient) and one.share:
            fallback = _fallback(case, needs, one.about)
            yield Ask(one.party, one.what, one.by, one.share, fallback, root=one.root)


def _without_a_day(case: Case, needs: Dependence) -> Iterator[Ask]:
    """Yield line items that could serve a need and have no promised day."""
    names = Names(case)
    for one in _stated(case):
        if one.kept is not None or one.last is not None or not needs.share(one.line):
            continue
        supplies = needs.supplies(one.line)
        goods = names.good(supplies[0].good)
        quantity = sum((each.quantity for each in supplies), Decimal(0))
        what = (Number(quantity, names.unit(supplies[0].good), "", case.day, one.entries), " ", goods)
        text = Message("State the delivery day of {what}, line item {line}", {"what": what, "line": one.line})
        fallback = _fallback(case, needs, one.line)
        yield Ask(one.party, text, None, needs.share(one.line), fallback, root=needs.root(one.line))


def _stated(case: Case) -> list[Promise]:
    """Return the line items that partners state themselves; of a partner that states none, all."""
    known = promises(case)
    found = {party: own_promises(case, known, party) for party in {one.party for one in known}}
    return [one for one in known if one in found[one.party]]


def _unpledged(case: Case, needs: Dependence) -> Iterator[Ask]:
    """Yield what of each need no offer covers: asked of the partner that offers most of the good, else of
    all."""
    names = Names(case)
    whole = sum((one.value(one.needed) for one in served(case)), Decimal(0))
    covered = needs.covered()
    for one in served(case):
        rest = one.needed - one.met - covered.get(str(one.need["need"]), Decimal(0))
        if rest <= 0 or not whole:
            continue
        good = str(one.need["good"])
        able = needs.offers_for(str(one.need["need"]))
        values: dict[str, Value] = {
            "what": (Number(rest, names.unit(good), "needed", case.day, one.ids), " ", names.good(good)),
            "place": names.site(str(one.need["site"])),
            "need": str(one.need["need"]),
        }
        text = Message("Offer a further {what} for {place}, need {need}", values)
        due = one.need["due"]
        later = next((each for each in able if each.party != able[0].party), None)
        fallback = NO_OTHER if later is None else Message("Ask {party}", {"party": names.party(later.party)})
        share = one.value(rest) / whole
        yield Ask(
            able[0].party if able else "", text, due if isinstance(due, date) else None, share, fallback
        )


def _fallback(case: Case, needs: Dependence, record: str) -> Value:
    """Return the most useful offer of another partner, and what blocks it."""
    others = needs.others(record)
    if not others:
        return NO_OTHER
    names = Names(case)
    one = others[0]
    values: dict[str, Value] = {
        "what": (Number(one.quantity, names.unit(one.good)), " ", names.good(one.good)),
        "party": names.party(one.party),
        "offer": one.record,
    }
    text = "{what} of {party}, offer {offer}"
    waits = _waits(case, one)
    if waits is not None:
        values |= {"kind": Message(str(waits["kind"])), "decides": names.party(str(waits["party"] or ""))}
        text = "{what} of {party}, offer {offer}; it waits for the {kind} of {decides}"
    return Message(text, values)


def _waits(case: Case, supply: Supply) -> dict[str, Any] | None:
    """Return the first approval that an offer waits for, or that was refused."""
    covers = [supply.record, str(supply.row.get("line") or supply.record)]
    rows = table(case, "approvals").filter(pl.col("covers").is_in(covers) & pl.col("given").is_null())
    return next(rows.sort("approval").iter_rows(named=True), None)


def asks_for_money(case: Case) -> tuple[Ask, ...]:
    """Return tranches that were decided or requested and not paid in full, the largest amount first."""
    rows = case.tables.get("tranche_standing")
    if rows is None or rows.is_empty():
        return ()
    ahead = [one for row in rows.iter_rows(named=True) if (one := _payment(case, row)) is not None]
    ahead.sort(key=lambda one: (-(one[0].value or Decimal(0)), one[0].unit, str(one[1]["tranche"])))
    found = []
    for amount, row in ahead:
        others = [each for each in ahead if each[1]["programme"] != row["programme"]]
        fallback = _other_payment(*others[0]) if others else NO_PAYMENT
        what = _payment_text(row)
        found.append(Ask(str(row["party"]), what, row["expected_on"], Decimal(0), fallback, amount))
    return tuple(found)


def _other_payment(amount: Number, row: dict[str, Any]) -> Message:
    day = row["expected_on"]
    text = "Tranche {tranche}: {amount}" if day is None else "Tranche {tranche}: {amount}, {day}"
    return Message(text, {"tranche": str(row["tranche"]), "amount": amount, "day": day})


def _payment(case: Case, row: dict[str, Any]) -> tuple[Number, dict[str, Any]] | None:
    """Return the amount of a tranche that is still to be paid; None if nothing is, or not yet."""
    asked = row["decided"] if row["decided"] is not None else row["requested"]
    day = row["expected_on"]
    if asked is None and (row["expected"] is None or day is None or day > case.day + AHEAD):
        return None
    rest = (asked if asked is not None else row["expected"]) - (row["paid"] or 0)
    if rest <= 0 or row["part"] == "guarantee":
        return None
    unit = str(row["currency"])
    return Number(to_major(rest, unit), unit, "", case.day, tuple(row["behind"] or ())), row


def _payment_text(row: dict[str, Any]) -> Message:
    """Return the request of one tranche by how far it has come."""
    text = "Pay tranche {tranche}"
    if row["decided"] is None:
        text = "Decide on tranche {tranche}" if row["requested"] is not None else "Confirm tranche {tranche}"
    return Message(text, {"tranche": str(row["tranche"])})
