"""Value of a package, compared with the sum of its lines."""

from decimal import Decimal

import polars as pl

from konvoi.intake.check import Whole, by_place, decimal_of, plain
from konvoi.kit.money import to_major
from konvoi.model.finding import Finding, Severity, told
from konvoi.model.stages import Stage

_TOLERANCE = Decimal("0.01")
_WORDS = (
    "items with a total value of at most their package, {package} {currency}",
    "Correct the value of the package or of an item; the two are not added.",
)


def lines_above_package(whole: Whole) -> tuple[Finding, ...]:
    """The lines of a package must not be worth more than the package, by more than one part in a hundred.

    Compared in the currency of the lines: with the package's amount in that currency, else with its value
    in euro at the rate of the document's table. Lines worth less are no contradiction: not each has a price.
    """
    committed = whole.entries.filter((pl.col("stage") == Stage.COMMITTED) & pl.col("package").is_not_null())
    keys = ["submission", "source", "package"]
    lines = (
        committed.filter(pl.col("line").is_not_null() & pl.col("amount_minor").is_not_null())
        .group_by([*keys, "currency"])
        .agg(lines=pl.col("amount_minor").sum())
    )
    packages = committed.filter(pl.col("line").is_null()).rename({"currency": "announced"})
    both = packages.join(lines, on=keys, how="inner").sort(*keys, "currency", "entry")
    rates = _rates(whole)
    found = []
    for row in both.iter_rows(named=True):
        currency = str(row["currency"])
        worth = _worth(row, currency, rates)
        lines_worth = to_major(row["lines"], currency)
        if worth is not None and lines_worth > worth * (1 + _TOLERANCE):
            values = {"package": plain(worth, 0), "currency": currency}
            read = f"{row['package']}: {plain(lines_worth, 0)} {currency}"
            found.append(told(Severity.WARNING, "lines-above-package", row, _WORDS, read=read, values=values))
    return by_place(found)


def _rates(whole: Whole) -> dict[tuple[str, str], Decimal]:
    """The last rate of each currency by document."""
    found: dict[tuple[str, str], Decimal] = {}
    for reading in whole.readings:
        table = reading.tables.get("rates")
        if table is not None:
            rows = table.drop_nulls(["currency", "day", "per_eur"]).sort("day", maintain_order=True)
            found |= {
                (reading.document, code): rate for code, rate in rows.select("currency", "per_eur").rows()
            }
    return found


def _worth(row: dict[str, object], currency: str, rates: dict[tuple[str, str], Decimal]) -> Decimal | None:
    """A package's value in a currency; None where it is unknown or has no rate."""
    if row["announced"] == currency and row["amount_minor"] is not None:
        return to_major(int(decimal_of(row["amount_minor"])), currency)
    if row["stated_currency"] != "EUR" or row["stated_minor"] is None:
        return None
    rate = Decimal(1) if currency == "EUR" else rates.get((str(row["submission"]), currency))
    return None if rate is None else rate * to_major(int(decimal_of(row["stated_minor"])), "EUR")
