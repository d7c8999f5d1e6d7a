"""The money of a project: commitments of funders, contracts, and payments to contractors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from konvoi.intake.json_text import plain
from konvoi.intake.members import Object, day, member, objects, text
from konvoi.intake.oc4ids.rows import Row, Rows
from konvoi.model.tables.projects import COMMITTED, CONTRACTED, PAID


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


def financing(project: Object, spot: Spot, rows: Rows) -> Iterator[Row]:
    """The rows of `financing` of a project.

    Payments that stand beside the contracting processes go from a funder to the owner: they are not added
    to what was paid to suppliers.
    """
    yield from _committed(project, spot, rows)
    for number, process in enumerate(objects(project, "contractingProcesses"), start=1):
        id = plain(process.get("id")) or str(number)
        yield from _process(member(process, "summary"), id, spot, rows)


def _row(spot: Spot, rows: Rows, **values: object) -> Row:
    return {"project": spot.reference, **values, **rows.origin(spot.at)}


def _committed(project: Object, spot: Spot, rows: Rows) -> Iterator[Row]:
    """Yield commitments by the first breakdown with a source for each part; else the approved budget."""
    for number, breakdown in enumerate(objects(member(project, "budget"), "budgetBreakdowns"), start=1):
        parts = objects(breakdown, "budgetBreakdown")
        if not parts or not all(one.get("sourceParty") for one in parts):
            continue
        for at, part in enumerate(parts, start=1):
            column = f"budgetBreakdowns[{number - 1}].budgetBreakdown[{at - 1}].amount"
            amount, currency = rows.money(member(part, "amount"), spot.at, column)
            yield _row(
                spot,
                rows,
                financing=spot.named(plain(part.get("id")) or str(at)),
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
        more = {"day": approved, "amount": amount, "currency": currency}
        named = {"financing": spot.named("budget"), "party": spot.owner, "stage": COMMITTED}
        yield _row(spot, rows, **named, **more)


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
    for at, paid in enumerate(objects(summary, "transactions"), start=1):
        number = plain(paid.get("id")) or str(at)
        column = f"contractingProcesses[{id}].transactions[{at - 1}].value"
        amount, currency = rows.money(member(paid, "value"), spot.at, column)
        yield _row(
            spot,
            rows,
            financing=number if spot.ours else spot.named(f"{id}/{number}"),
            party=rows.party(member(paid, "payer"), spot.listed) or entity,
            stage=PAID,
            day=day(text(paid, "date")),
            amount=amount,
            currency=currency,
            record=None if number == id else record or id,
            address=text(paid, "uri"),
        )
