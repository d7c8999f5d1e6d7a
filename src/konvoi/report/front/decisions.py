"""Decisions and tasks that are due: what, who, by when, and the consequence of not acting."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Any

import polars as pl

from konvoi.accord.steps import ENDED
from konvoi.kit.money import to_major
from konvoi.model.finding import Severity
from konvoi.model.stages import Stage
from konvoi.report.case import Case
from konvoi.report.forecast.lateness import Late, late
from konvoi.report.forecast.promises import SOON
from konvoi.report.front.dependence import Dependence
from konvoi.report.front.missing import unwaived_limits
from konvoi.report.front.pairs import heaviest_pairs
from konvoi.report.ledger.basis import listed
from konvoi.report.names import Names, table
from konvoi.report.page import Column, Message, Number, Share, Table, Value

MOST = 7
MOST_OF_A_KIND = 3
"""So many tasks of one kind stand on the first page, so that one kind does not fill it."""

_CONFIRM = {
    "allocated": "Confirm allocation of {what}, line item {line}",
    "approved": "Confirm approval of {what}, line item {line}",
    "at hub": "Confirm arrival at the hub of {what}, line item {line}",
    "committed": "Confirm commitment of {what}, line item {line}",
    "completed": "Confirm completion of {what}, line item {line}",
    "contracted": "Confirm the contract for {what}, line item {line}",
    "disbursed": "Confirm disbursement of {what}, line item {line}",
    "dispatched": "Confirm dispatch of {what}, line item {line}",
    "handed over": "Confirm hand-over of {what}, line item {line}",
    "paid in": "Confirm payment into the fund of {what}, line item {line}",
    "produced": "Confirm production of {what}, line item {line}",
    "received": "Confirm receipt of {what}, line item {line}",
    "started": "Confirm the start of {what}, line item {line}",
}
"""Sentences by the next stage of a line item."""

CELL = Message("Coordination cell")
NONE = Message("Nothing is overdue or due within 7 days, and no decision blocks needs, money or figures.")


class Effect(IntEnum):
    """Effect of not acting, the weightiest first."""

    NEEDS = 0
    MONEY = 1
    FIGURES = 2
    AGREED = 3


@dataclass(frozen=True)
class Decision:
    """One row of the list.

    party: who has to act; empty: the coordination cell. by: the day until which. share: of needs or of the
    total affected, by which decisions of one effect are ordered. about: the record that it is about; root:
    the line item behind that record, else the record. amount: of money that is held or counted in doubt.
    """

    what: Message
    party: str
    by: date | None
    consequence: Value
    effect: Effect
    share: Decimal = Decimal(0)
    about: str = ""
    root: str = ""
    amount: Number | None = None

    def order(self, day: date) -> tuple[object, ...]:
        """Return the sort key: overdue or due soon first, then by effect, then by share."""
        soon = self.by is not None and self.by <= day + SOON
        return not soon, self.effect, -self.share, self.by or date.max, self.party


def decisions(case: Case, audience: str) -> tuple[Table | None, int]:
    """Return the decisions on which the reader may act, and how many more there are than are shown.

    The public and the coalition as a whole cannot act on any: for them there is no list.
    """
    if audience in ("public", "coalition"):
        return None, 0
    found = every_decision(case, audience)
    shown = _varied(found)
    names = Names(case)
    rows = tuple(
        (one.what, names.party(one.party) if one.party else CELL, one.by, one.consequence) for one in shown
    )
    columns = (
        Column(Message("What")),
        Column(Message("Who")),
        Column(Message("By when"), "", "day"),
        Column(Message("If not done")),
    )
    title = Message("Decide or do today")
    return Table("decisions-due", title, columns, rows, NONE), len(found) - len(shown)


def every_decision(case: Case, audience: str) -> list[Decision]:
    """Return all decisions on which the coordination cell or a party may act, the most urgent first."""
    found = [one for one in _every(case) if audience == "cell" or one.party == audience]
    return sorted(found, key=lambda one: one.order(case.day))


def most_urgent(case: Case, most: int) -> tuple[Decision, ...]:
    """Return the most urgent decisions, of each line item one."""
    found: dict[str, Decision] = {}
    for at, one in enumerate(every_decision(case, "cell")):
        found.setdefault(one.root or f"#{at}", one)
    return tuple(found.values())[:most]


def _varied(found: list[Decision]) -> list[Decision]:
    """Return the first decisions in their order, of one kind at most a few while others wait."""
    count: Counter[str] = Counter()
    ranks = []
    for at, one in enumerate(found):
        count[one.what.id] += 1
        ranks.append((count[one.what.id] > MOST_OF_A_KIND, at))
    return [found[at] for at in sorted(at for _, at in sorted(ranks)[:MOST])]


def _every(case: Case) -> Iterator[Decision]:
    needs = Dependence(case)
    items = list(_action_items(case, needs))
    approvals = list(_approvals(case, needs, items))
    # An agreed action item on an approval that its own party decides is that decision: it stands once.
    decided = {(one.party, one.about) for one in approvals}
    yield from _deliveries(case, needs)
    yield from approvals
    yield from _alerts(case)
    yield from _tranches(case)
    yield from _unread_limits(case)
    yield from _duplicates(case)
    yield from _errors(case)
    yield from (one for one in items if (one.party, one.about) not in decided)


def _deliveries(case: Case, needs: Dependence) -> Iterator[Decision]:
    """Yield open line items whose promised day has passed or comes soon."""
    names = Names(case)
    under_way = _under_way(case)
    for one in late(case, SOON.days):
        if one.promised <= case.day + SOON:
            yield _delivery(case, names, needs, one, settled=one.line not in under_way)


def _under_way(case: Case) -> set[str]:
    """Return the line items of which something was sent that no receipt accounts for."""
    rows = case.tables.get("consignments")
    if rows is None or rows.is_empty():
        return set()
    return set(rows.filter(pl.col("open") > 0)["line"].drop_nulls())


def _delivery(case: Case, names: Names, needs: Dependence, one: Late, *, settled: bool) -> Decision:
    """Return the decision on one line item. settled: receipts account for all that was sent of it."""
    what: Value = names.good(one.good) if one.good else one.line
    values: dict[str, Value] = {"line": one.line, "what": what}
    part = one.unsent if one.next == Stage.DISPATCHED and one.unsent else one.open
    if part:
        values["what"] = (Number(part, one.unit, one.stage, case.day, one.entries), " ", what)
    text = _CONFIRM.get(one.next, "Report the next stage of {what}, line item {line}")
    if one.unsent == 0 and settled:
        text = "Replace or settle {what}, line item {line}"
    days = (case.day - one.promised).days
    share = needs.share(one.line)
    told = [Message("Overdue: {days}", {"days": Number(Decimal(days), "d")})] if days > 0 else []
    told += depends(share)
    consequence = listed(told, "; ") if told else Message("Delivery becomes overdue")
    return Decision(
        Message(text, values),
        one.mover or one.party,
        one.promised,
        consequence,
        Effect.NEEDS,
        share,
        one.line,
        needs.root(one.line),
    )


def depends(share: Decimal) -> list[Message]:
    """Return the sentence on the needs that depend on a record; none if no need does."""
    if not share:
        return []
    return [Message("{share} of needs, by value, depend on it", {"share": Share(share)})]


def _approvals(case: Case, needs: Dependence, items: Iterable[Decision]) -> Iterator[Decision]:
    """Yield approvals that were asked for and are neither given nor refused.

    One without a day is due when the first action item about it is.
    """
    rows = table(case, "approvals")
    if rows.is_empty():
        return
    agreed: dict[str, date] = {}
    for one in items:
        if one.by is not None:
            agreed[one.about] = min(one.by, agreed.get(one.about, one.by))
    waiting = rows.filter(
        pl.col("given").is_null() & pl.col("refused").is_null() & pl.col("party").is_not_null()
    )
    for row in waiting.sort("approval").iter_rows(named=True):
        values: dict[str, Value] = {"kind": Message(str(row["kind"])), "covers": str(row["covers"] or "")}
        values["days"] = Number(Decimal((case.day - row["asked"]).days), "d") if row["asked"] else None
        asked = "{covers} cannot be moved; waiting time: {days}" if row["asked"] else "{covers} cannot move"
        name = str(row["approval"])
        share = needs.share(name)
        yield Decision(
            Message("Decide on the {kind} for {covers}", values),
            str(row["party"]),
            row["due"] or agreed.get(name),
            listed([Message(asked, values), *depends(share)], "; "),
            Effect.NEEDS,
            share,
            name,
            needs.root(name),
        )


def _alerts(case: Case) -> Iterator[Decision]:
    """Yield sanctions alerts that block a carrier or supplier until they are decided."""
    rows = case.tables.get("screening_hits")
    if rows is None or rows.is_empty():
        return
    for row in (
        rows.filter(pl.col("stops")).unique("party", keep="first", maintain_order=True).iter_rows(named=True)
    ):
        values: dict[str, Value] = {
            "party": str(row["name"] or row["party"]),
            "listed": str(row["listed"] or ""),
        }
        yield Decision(
            Message("Decide on the sanctions alert: {party} may be {listed}", values),
            "",
            None,
            Message("{party} is blocked in plans and contracts", values),
            Effect.NEEDS,
        )


def _tranches(case: Case) -> Iterator[Decision]:
    """Yield tranches that are expected soon or overdue while conditions are late or not met."""
    rows = case.tables.get("tranche_standing")
    if rows is None or rows.is_empty():
        return
    for row in rows.iter_rows(named=True):
        due = row["expected_on"]
        if row["paid"] or due is None or due > case.day + 4 * SOON or not (row["late"] or row["not_met"]):
            continue
        open_ones = int(row["late"] or 0) + int(row["not_met"] or 0)
        values: dict[str, Value] = {"tranche": str(row["tranche"]), "count": open_ones}
        yield Decision(
            Message(
                "Fulfil {count} open condition of tranche {tranche}",
                values,
                "Fulfil {count} open conditions of tranche {tranche}",
                open_ones,
            ),
            str(case.recipient),
            due,
            Message("The tranche is delayed or reduced"),
            Effect.MONEY,
            about=str(row["tranche"]),
            amount=_tranche_amount(case, row),
        )


def _tranche_amount(case: Case, row: Mapping[str, Any]) -> Number | None:
    """Return the amount of a tranche by the latest stage that states one."""
    known = (row[stage] for stage in ("decided", "assessed", "requested", "expected"))
    minor = next((one for one in known if one is not None), None)
    unit = str(row["currency"])
    if minor is None:
        return None
    return Number(to_major(minor, unit), unit, "", case.day, tuple(row["behind"] or ()))


def _unread_limits(case: Case) -> Iterator[Decision]:
    """Yield the limits of the plan that could not be read and are not waived."""
    count = unwaived_limits(case)
    if not count:
        return
    yield Decision(
        Message(
            "Correct or waive {count} limit of the plan that could not be read",
            {"count": count},
            "Correct or waive {count} limits of the plan that could not be read",
            count,
        ),
        "",
        None,
        Message("What they limit is closed, and orders are refused"),
        Effect.NEEDS,
    )


def _duplicates(case: Case) -> Iterator[Decision]:
    """Yield the duplicate candidates with the largest effect on the total pledged."""
    names = Names(case)
    for one in heaviest_pairs(case, MOST_OF_A_KIND):
        values: dict[str, Value] = {
            "left": (names.party(one.left_party), " ", one.left),
            "right": (names.party(one.right_party), " ", one.right),
            "amount": one.effect,
        }
        yield Decision(
            Message("Review the duplicate candidate {left} = {right}", values),
            "",
            None,
            Message("The total pledged may be {amount} too high", values),
            Effect.FIGURES,
            one.share,
            amount=one.effect,
        )


def _errors(case: Case) -> Iterator[Decision]:
    """Yield documents with errors, which are not or not fully counted."""
    party = dict(case.documents.select("name", "party").iter_rows())
    errors: Counter[str] = Counter(
        one.place.file for one in case.findings if one.severity == Severity.ERROR and one.place.file in party
    )
    for file, count in sorted(errors.items(), key=lambda one: (-one[1], one[0])):
        values: Mapping[str, Any] = {"file": file, "count": count}
        yield Decision(
            Message("Correct {count} error in {file}", values, "Correct {count} errors in {file}", count),
            party[file] or "",
            None,
            Message("The cells concerned are not counted"),
            Effect.FIGURES,
        )


def _action_items(case: Case, needs: Dependence) -> Iterator[Decision]:
    """Yield open action items that are overdue or due soon; those on which needs depend block needs."""
    rows = case.tables.get("standing")
    if rows is None or rows.is_empty():
        return
    for row in rows.filter(~pl.col("state").is_in(ENDED)).iter_rows(named=True):
        due = row["due"]
        if due is None or due > case.day + SOON:
            continue
        days = (case.day - due).days
        told: dict[str, Value] = {"days": Number(Decimal(max(days, 0)), "d")}
        text = "Action item overdue by {days}" if days > 0 else "Action item becomes overdue"
        about = str(row["moved"] or "")
        share = needs.share(about)
        yield Decision(
            Message("{title}", {"title": str(row["title"])}),
            str(row["party"] or ""),
            due,
            listed([Message(text, told), *depends(share)], "; "),
            Effect.NEEDS if share else Effect.AGREED,
            share,
            about,
            needs.root(about) if about else "",
        )
