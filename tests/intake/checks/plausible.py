"""Packages and lines for checks of plausibility: a builder that states only what matters."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.intake.check import Whole, whole
from konvoi.model.document import Reading
from konvoi.model.entries import frame
from konvoi.model.finding import Finding


def package(amount: int, currency: str = "EUR", **more: object) -> dict[str, object]:
    """A pledge of Sweden; the amount in major units."""
    usual: dict[str, object] = {
        "source": "SE",
        "party": "SE",
        "kind": "military",
        "stage": "pledged",
        "variant": "konvoi",
        "day_from": date(2031, 3, 1),
        "amount_minor": amount * 100,
        "currency": currency,
        "submission": "SE/list.xlsx",
        "sheet": "Packages",
    }
    return usual | more


def line(amount: int, quantity: int, currency: str = "EUR", **more: object) -> dict[str, object]:
    """Generators of a Swedish package."""
    good = {"good": "generator", "quantity": Decimal(quantity), "unit": "piece", "line": "L"}
    return package(amount, currency, **good) | more


def told(
    check: Callable[[Whole], tuple[Finding, ...]],
    *rows: dict[str, object],
    currency: str = "",
    titles: pl.DataFrame | None = None,
) -> list[Finding]:
    """The findings of a check on rows, which stand in rows 2, 3, … of one sheet.

    titles: the table of packages.
    """
    numbered = [
        {"entry": f"e{at}", "package": f"P-{at}", "row": at, "known_on": date(2031, 3, 1)} | row
        for at, row in enumerate(rows, start=2)
    ]
    tables = {} if titles is None else {"packages": titles}
    reading = Reading("SE/list.xlsx", "", "t", entries=frame(numbered), currency=currency, tables=tables)
    return list(check(whole([reading])))
