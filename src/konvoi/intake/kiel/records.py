"""One package and its items become entries: pure values, no workbook."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from konvoi.intake.kiel.goods import Good
from konvoi.kit.days import Days
from konvoi.kit.digest import key
from konvoi.kit.money import to_minor
from konvoi.model.stages import Stage

SOURCE = "kiel"
SCHEME = "kiel-7"
VARIANT = "kiel"
RULE = "as stated by the source"
RECIPIENT = "UA"

Entry = dict[str, object]

# Values whose change makes another entry; its place in the workbook is not one of them.
_SAID = (
    *("reference", "party", "counterparty", "kind", "good", "stage", "day_from", "day_to"),
    *("amount_minor", "currency", "stated_minor", "stated_currency", "quantity", "unit", "valuation"),
)


@dataclass(frozen=True)
class Origin:
    """Values that all entries of one row share.

    address: the first address of a source that the row names.
    """

    submission: str
    sheet: str
    row: int
    package: str
    party: str
    kind: str
    days: Days
    known_on: date
    address: str | None
    marking: str

    def entry(self) -> Entry:
        """The columns that every entry of the row has."""
        return {
            "submission": self.submission,
            "source": SOURCE,
            "party": self.party or None,
            "counterparty": RECIPIENT,
            "package": self.package,
            "kind": self.kind or None,
            "variant": VARIANT,
            "day_from": self.days.first,
            "day_to": self.days.last,
            "known_on": self.known_on,
            "address": self.address,
            "sheet": self.sheet,
            "row": self.row,
            "marking": self.marking,
        }


@dataclass(frozen=True)
class Value:
    """The value of a package: as announced, and as the workbook converts it to euro."""

    amount: Decimal | None
    currency: str
    eur: Decimal | None
    valuation: str
    rate: str | None


@dataclass(frozen=True)
class Item:
    """One item of a package with what is known of its quantity and price."""

    line: str
    name: str
    good: Good
    units: Decimal | None
    delivered: Decimal | None
    value: Decimal | None
    value_delivered: Decimal | None


def package_entry(origin: Origin, value: Value, *, text: str, route: str | None, column: str) -> Entry:
    """The commitment that the head row of a package states; its line is null."""
    return _named(
        origin.entry()
        | {
            "reference": origin.package,
            "route": route,
            "stage": str(Stage.COMMITTED),
            "amount_minor": minor(value.amount, value.currency),
            "currency": value.currency if value.amount is not None else None,
            "stated_minor": minor(value.eur, "EUR"),
            "stated_currency": "EUR" if value.eur is not None else None,
            "valuation": value.valuation,
            "rate": value.rate if value.eur is not None else None,
            "text": text or None,
            "column": column,
        }
    )


def line_entries(origin: Origin, item: Item, *, last: date, columns: tuple[str, str]) -> list[Entry]:
    """Return a row's commitment of a good and, if a number of delivered units is known, its hand-over.

    columns: the letters of the column of units and of delivered units. last: the last day of the release.
    """
    shared = origin.entry() | {
        "reference": item.line,
        "line": item.line,
        "route": "from stock",
        "good": item.good.good,
        "text": item.name,
    }
    committed = shared | {
        "stage": str(Stage.COMMITTED),
        "column": columns[0],
        **_measure(item.units, item.good.unit, item.value),
    }
    if item.delivered is None:
        return [_named(committed)]
    handed_over = shared | {
        "stage": str(Stage.HANDED_OVER),
        "rule": RULE,
        "day_to": max(last, origin.days.last),
        "column": columns[1],
        **_measure(item.delivered, item.good.unit, item.value_delivered),
    }
    return [_named(committed), _named(handed_over)]


def minor(amount: Decimal | None, currency: str) -> int | None:
    """An amount in minor units; None stays None."""
    return None if amount is None or not currency else to_minor(amount, currency)[0]


def _named(entry: Entry) -> Entry:
    """Return an entry with its id: reference, stage, and a digest of its content, which changes with it."""
    said = key(*(entry.get(name) for name in _SAID))
    stage = str(entry["stage"]).replace(" ", "-")
    return entry | {"entry": f"{SCHEME}:{entry['reference']}#{stage}-{said[:8]}"}


def _measure(quantity: Decimal | None, unit: str, usd: Decimal | None) -> Entry:
    return {
        "quantity": quantity,
        "unit": unit if quantity is not None else None,
        "amount_minor": minor(usd, "USD"),
        "currency": "USD" if usd is not None else None,
        "valuation": "by price" if usd is not None else "none",
    }
