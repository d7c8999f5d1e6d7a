"""The money of a project: commitments of funders, contracts, and payments to contractors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from konvoi.intake.json_text import plain
from konvoi.intake.members import Object, day, member, objects, text
from konvoi.intake.oc4ids.rows import SHEET, Row, Rows
from konvoi.intake.sums import currencies, number
from konvoi.model.finding import Severity
from konvoi.model.oc4ids import OWN
from konvoi.model.tables.projects import COMMITTED, CONTRACTED, PAID

# What a breakdown may lack or exceed: publishers round its parts.
_TOLERANCE = Decimal("0.001")


@dataclass(frozen=True)
class Spot:
    """A project that is read: reference, number from 1, whether its references are ours, its parties."""

    reference: str
    at: int
    ours: bool
    listed: Sequence[Object]
    owner: str | None

    def named(self, id: str) -> str:
        """A reference of money: as it is where it is ours, else with the project's before it."""
        return id if self.ours else f"{self.reference}/{id}"


class _Member(NamedTuple):
    """A member of a list: its id, or its number from 1 where it has none, its path, and what it states."""

    id: str
    path: str
    content: Object


def financing(project: Object, spot: Spot, rows: Rows) -> Iterator[Row]:
    """The rows of `financing` of a project.

    Payments that stand beside the contracting processes go from a funder to the owner: they are not added
    to what was paid to suppliers.
    """
    for breakdown in objects(member(project, "budget"), "budgetBreakdowns"):
        _compare(project, breakdown, spot, rows)
    yield from _committed(project, spot, rows)
    for process in _members(project, "contractingProcesses", "contractingProcesses", spot, rows):
        yield from _process(member(process.content, "summary"), process.id, spot, rows)


def _members(value: Object, name: str, path: str, spot: Spot, rows: Rows) -> Iterator[_Member]:
    """Yield the members of a list; report an id that stands twice.

    Of two members with one id and the same content the first alone is read: the second repeats it. Members
    with different content are all read: to leave one out would lose money.
    """
    seen: dict[str, list[Object]] = {}
    for at, one in enumerate(objects(value, name)):
        id = plain(one.get("id"))
        before = seen.setdefault(id, []) if id else []
        if before:
            remedy = (
                "Remove the second if it is a mistake; both have the same content, and the first was read."
                if one in before
                else "Assign a separate id to the second, or remove it; both were read."
            )
            words = ("each id once in a list", remedy)
            place = rows.work.place(SHEET, spot.at, f"{path}[{at}].id")
            rows.work.tell(Severity.ERROR, "oc4ids-money-twice", place, words, read=id or "")
        if one in before:
            continue
        before.append(one)
        yield _Member(id or str(at + 1), f"{path}[{at}]", one)


def _compare(project: Object, breakdown: Object, spot: Spot, rows: Rows) -> None:
    """Report a breakdown whose parts are not the budget together; nothing can be compared if one is unknown.

    A breakdown that Konvoi wrote lists what was committed, which may be less or more than the cost.
    """
    if plain(breakdown.get("id")) == OWN:
        return
    budget = member(project, "budget", "amount")
    whole, currency = number(budget.get("amount")), plain(budget.get("currency"))
    parts = [member(one, "amount") for one in objects(breakdown, "budgetBreakdown")]
    amounts = [number(one.get("amount")) for one in parts if plain(one.get("currency")) == currency]
    known = [one for one in amounts if one is not None]
    if whole is None or currency not in currencies() or not parts or len(known) < len(parts):
        return
    made = sum(known, Decimal(0))
    if abs(made - whole) <= _TOLERANCE * abs(whole):
        return
    words = (
        "{sum} {currency}, the sum of the parts of its breakdown {id}; the difference is {rest}",
        "Correct the budget, or its parts; the budget is the cost, the parts with a source are committed.",
    )
    rows.work.tell(
        Severity.WARNING,
        "oc4ids-breakdown-differs",
        rows.work.place(SHEET, spot.at, "budget.amount"),
        words,
        read=f"{whole:f} {currency}",
        sum=f"{made:f}",
        currency=str(currency),
        id=plain(breakdown.get("id")) or "–",
        rest=f"{abs(made - whole):f}",
    )


def _row(spot: Spot, rows: Rows, *, financing: str, **values: object) -> Row:
    """Return a row under a reference of its own, as rows of one reference replace one another."""
    reference = rows.unused(financing)
    return {"project": spot.reference, "financing": reference, **values, **rows.origin(spot.at)}


def _committed(project: Object, spot: Spot, rows: Rows) -> Iterator[Row]:
    """Yield commitments by the first breakdown with a source for each part; else the approved budget."""
    for at, breakdown in enumerate(objects(member(project, "budget"), "budgetBreakdowns")):
        parts = objects(breakdown, "budgetBreakdown")
        if not parts or not all(one.get("sourceParty") for one in parts):
            continue
        path = f"budgetBreakdowns[{at}].budgetBreakdown"
        for id, column, part in _members(breakdown, "budgetBreakdown", path, spot, rows):
            amount, currency = rows.money(member(part, "amount"), spot.at, f"{column}.amount")
            yield _row(
                spot,
                rows,
                financing=spot.named(id),
                party=rows.party(member(part, "sourceParty"), spot.listed),
                stage=COMMITTED,
                day=day(text(part, "approvalDate")),
                amount=amount,
                currency=currency,
                record=text(part, "description") if spot.ours else None,
                address=text(part, "uri"),
            )
        return
    approved = day(text(project, "budget", "approvalDate"))
    if approved:
        amount, currency = rows.money(member(project, "budget", "amount"), spot.at, "budget.amount")
        more = {"stage": COMMITTED, "day": approved, "amount": amount, "currency": currency}
        yield _row(spot, rows, financing=spot.named("budget"), party=spot.owner, **more)


def _process(summary: Object, id: str, spot: Spot, rows: Rows) -> Iterator[Row]:
    """Yield the amounts contracted and paid in one contracting process."""
    own = text(summary, "externalReference") if spot.ours else None
    record = None if own == id else id
    entity = rows.party(member(summary, "tender", "procuringEntity"), spot.listed) or spot.owner
    if own or summary.get("contractValue"):
        column = f"contractingProcesses[{id}].contractValue"
        amount, currency = rows.money(member(summary, "contractValue"), spot.at, column)
        yield _row(
            spot,
            rows,
            financing=own or spot.named(id),
            party=entity,
            stage=CONTRACTED,
            day=day(text(summary, "contractPeriod", "startDate")),
            amount=amount,
            currency=currency,
            record=record,
        )
    path = f"contractingProcesses[{id}].transactions"
    for own_id, column, paid in _members(summary, "transactions", path, spot, rows):
        amount, currency = rows.money(member(paid, "value"), spot.at, f"{column}.value")
        yield _row(
            spot,
            rows,
            financing=own_id if spot.ours else spot.named(f"{id}/{own_id}"),
            party=rows.party(member(paid, "payer"), spot.listed) or entity,
            stage=PAID,
            day=day(text(paid, "date")),
            amount=amount,
            currency=currency,
            record=None if own_id == id else record or id,
            address=text(paid, "uri"),
        )
