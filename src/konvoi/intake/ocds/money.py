"""Values of contracts and prices of their items, in minor units and a currency."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from konvoi.intake.json_text import plain
from konvoi.intake.members import Object, member, objects
from konvoi.intake.ocds.rows import Rows
from konvoi.intake.sums import currencies, number
from konvoi.kit.money import to_major
from konvoi.model.finding import Place, Severity

_MOST = 10**18
"""Minor units that no sum of goods reaches and that fit into 64 bits; a larger sum is not compared."""


def contract_value(
    contract: Object, award: Object, rows: Rows, spot: Place, *, alone_in_award: bool
) -> tuple[int | None, str | None]:
    """The value of a contract, else of its award; 0 beside positive values of the same is not given.

    A contract of 0 withdraws what was stated before, so that a field that a system fills in by itself must
    not be taken for one.
    """
    own = stated(contract, "value", rows, replace(spot, column="value"))
    awarded = member(award, "value") if own else stated(award, "value", rows, replace(spot, column="value"))
    value = own or awarded
    if number(value.get("amount")) != 0:
        return money(value, rows, replace(spot, column="value"))
    beside = _beside(value, contract, award)
    alone = bool(own) and number(awarded.get("amount")) not in (None, 0) and alone_in_award
    if alone:
        beside = f"{plain(awarded.get('amount'))} {plain(awarded.get('currency')) or ''}".strip()
    if not beside:
        return money(value, rows, replace(spot, column="value"))
    words = (
        "the value; 0 with positive values of the same contract ({beside}) is treated as not stated",
        "Enter the value of the contract. Until then that of its award is used, if it has one.",
    )
    read = f"0 {plain(value.get('currency')) or ''}".strip()
    rows.work.tell(
        Severity.WARNING,
        "amount-zero-converted",
        replace(spot, column="value"),
        words,
        read=read,
        beside=beside,
    )
    return money(awarded, rows, replace(spot, column="value")) if alone else (None, None)


def _beside(value: Object, contract: Object, award: Object) -> str:
    """The first positive sum that stands beside a value of 0: another of its amounts, or an item's price."""
    currency = plain(value.get("currency")) or ""
    for name in sorted(value.keys() - {"amount"}):
        if name.startswith("amount") and (number(value.get(name)) or 0) > 0:
            return f"{name} {plain(value.get(name))}"
    for one in objects(contract, "items") or objects(award, "items"):
        price = member(one, "unit", "value")
        if (number(price.get("amount")) or 0) > 0 and number(one.get("quantity")) != 0:
            return f"{plain(price.get('amount'))} {plain(price.get('currency')) or currency}".strip()
    return ""


def stated(value: Object, name: str, rows: Rows, at: Place) -> Object:
    """Return the sum of a member; report one that is no object: its currency is not known."""
    found = value.get(name)
    if found is None or isinstance(found, Mapping):
        return member(value, name)
    words = ("a number and a currency of ISO 4217", "Correct it; until then it is unknown, not zero.")
    rows.work.tell(Severity.WARNING, "ocds-number-unreadable", at, words, read=plain(found) or "")
    return {}


def money(value: Object, rows: Rows, at: Place) -> tuple[int | None, str | None]:
    """Return a sum in minor units and its currency; report one that cannot be read: it is unknown."""
    if value.get("amount") is None:
        return None, None
    amount = rows.number(value.get("amount"), at)
    currency = plain(value.get("currency"))
    minor = rows.rounding.minor(amount, currency) if amount is not None and currency in currencies() else None
    if minor is None:
        words = ("a number and a currency of ISO 4217", "Correct it; until then it is unknown, not zero.")
        read = f"{plain(value.get('amount')) or ''} {currency or ''}"
        rows.work.tell(Severity.WARNING, "ocds-number-unreadable", at, words, read=read)
        return None, None
    return minor, currency


def worth(quantity: Decimal | None, price: Decimal | None, currency: str | None) -> Decimal | None:
    """Return quantity times price in minor units, not rounded; None if one of them is unknown."""
    if quantity is None or price is None or currency is None:
        return None
    found = quantity * price / to_major(1, currency)
    return round(found, 6) if abs(found) < _MOST else None


def minor_units(amount: Decimal | None, currency: str | None) -> int | None:
    """Return an amount in whole minor units; None if it is unknown."""
    found = worth(Decimal(1), amount, currency)
    return None if found is None else round(found)
