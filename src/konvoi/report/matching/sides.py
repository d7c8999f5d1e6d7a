"""The two records of a pair beside each other: field by field, in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from konvoi.kit.money import to_major
from konvoi.kit.text import shown
from konvoi.model.finding import Place
from konvoi.report.names import Names
from konvoi.report.page import Message, Number, Value
from konvoi.report.sentences import place

Row = Mapping[str, object]

_LONG = 400


class Weight(Protocol):
    """The change a pair would make, in minor units and as a quantity; see konvoi.reconcile.queue.QUEUE."""

    @property
    def change(self) -> int | None:
        """The fall of the total of amounts; None where that is not known."""

    @property
    def proxy(self) -> int | None:
        """The same, of lines without an amount, by known prices."""

    @property
    def prices(self) -> int | None:
        """The number of those prices."""

    @property
    def quantity(self) -> Decimal | None:
        """The fall of the total of a good."""

    @property
    def unit(self) -> str:
        """The unit of the quantity."""


def sides(names: Names, left: Row, right: Row) -> list[tuple[Message, Value, Value]]:
    """Label, one record, the other, for each field that at least one of them fills.

    left, right: rows of ENTRIES. Texts of strangers are made safe to be shown.
    """
    one = fields(names, left)
    other = fields(names, right)
    return [
        (label, value, other[at][1])
        for at, (label, value) in enumerate(one)
        if value not in ("", None, ()) or other[at][1] not in ("", None, ())
    ]


def fields(names: Names, row: Row) -> list[tuple[Message, Value]]:
    """A record field by field, each with its label; a field that it does not fill is empty.

    An amount is the number, a space and the currency; so is a quantity, as a Number.
    """
    good = str(row["good"] or "")
    return [
        (Message("Partner"), names.party(_text(row, "party"))),
        (Message("Recipient"), names.party(_text(row, "counterparty")) if row["counterparty"] else ""),
        (Message("Stage"), Message(str(row["stage"])) if row["stage"] else ""),
        (Message("Kind of support"), names.kind(_text(row, "kind")) if row["kind"] else ""),
        (Message("Good"), names.good(good) if good else ""),
        (Message("Quantity"), _quantity(names, row)),
        (Message("Amount"), _amount(row, "amount_minor", "currency")),
        (Message("Amount as the source converts it"), _amount(row, "stated_minor", "stated_currency")),
        (Message("Day"), _days(row)),
        (Message("Known since"), row["known_on"] if isinstance(row["known_on"], date) else ""),
        (Message("Implementer"), _text(row, "implementer")),
        (Message("Wording"), _text(row, "text")),
        (Message("Reference"), _text(row, "reference")),
        (Message("Package"), _text(row, "package")),
        (Message("Line item"), _text(row, "line")),
        (Message("Address"), _text(row, "address")),
    ]


def _text(row: Row, column: str) -> str:
    return shown(str(row[column] or ""), _LONG)


def _quantity(names: Names, row: Row) -> Value:
    quantity = row["quantity"]
    if not isinstance(quantity, Decimal):
        return ""
    return Number(quantity.normalize(), str(row["unit"] or "") or names.unit(str(row["good"] or "")))


def _amount(row: Row, minor: str, currency: str) -> Value:
    """An amount with all its digits: two reports are told apart by the last ones."""
    value = row[minor]
    code = str(row[currency] or "")
    return (to_major(value, code), " ", code) if isinstance(value, int) and code else ""


def _days(row: Row) -> Value:
    first = row["day_from"]
    last = row["day_to"]
    if isinstance(first, date) and isinstance(last, date) and first != last:
        return (first, " – ", last)
    day = last or first
    return day if isinstance(day, date) else ""


CHANCE = Message("Randomly drawn; used to estimate the error rate.")
"""What is said of a pair that chance drew, in the place of what it would change, so that nobody is led."""


def where(at: Place) -> Value:
    """Return the place of a record: its file, and the cell as far as it is known; empty where nothing is."""
    if not at.file:
        return ""
    return Message("{file}: {place}", {"file": shown(at.file, _LONG), "place": place(at)})


def quoted(cells: Sequence[tuple[str, str]]) -> str:
    """Return the text of a row as it was submitted, one cell a line, each under its head."""
    return "\n".join(f"{head}: {text}" if head else text for head, text in cells)


def changes(weight: Weight, currency: str, good: Value = "") -> Message:
    """Return the changes if a pair holds; good: the name of the good whose total it moves."""
    if weight.change:
        return Message(
            "If so, the total (pledged) falls by {amount}.", {"amount": _exact(weight.change, currency)}
        )
    if weight.proxy:
        told: dict[str, Value] = {
            "count": weight.prices or 0,
            "amount": _exact(weight.proxy, currency),
            "good": good,
        }
        return Message(
            "No amount is stated. At {count} known price of {good}, about {amount} would fall away.",
            told,
            "No amount is stated. At the median of {count} prices of {good}, about {amount} would fall away.",
            weight.prices or 0,
        )
    if weight.quantity:
        told = {"good": good, "quantity": Number(weight.quantity.normalize(), weight.unit)}
        return Message("If so, the total of {good} falls by {quantity}.", told)
    return Message("It changes no total.") if weight.change == 0 else Message("What it changes is not known.")


def _exact(minor: int, currency: str) -> Value:
    return (to_major(minor, currency), " ", currency)


def holds(relation: str) -> tuple[Message, Message, Message]:
    """Return the question on a pair, and the meanings of same and different for this relation."""
    if relation == "same_as":
        return (
            Message("Is this the same commitment, reported twice?"),
            Message("the same"),
            Message("different"),
        )
    question, yes, no = SENTENCES[relation]
    return Message(question), Message(yes), Message(no)


SENTENCES = {
    "restates": (
        "Does the first restate and replace the second?",
        "tells it again",
        "reports something else",
    ),
    "part_of": ("Is the first a part of the other?", "a part of it", "not a part of it"),
    "passes_through": (
        "Does the first pass on funds received through the second?",
        "passes it on",
        "other money",
    ),
    "reimburses": ("Does the first pay back what the other gave?", "pays it back", "does not pay it back"),
    "contracts_for": ("Is the first a contract for the other?", "a contract for it", "for another thing"),
    "serves": ("Does the first serve the other, a need?", "serves this need", "does not serve it"),
}
"""The question of each directed relation, and its own words for yes and no."""
