"""The conversion rates of the workbook, and the shares of states in the Union's funds."""

import re
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.intake.kiel.columns import text_of
from konvoi.intake.kiel.days import long_days
from konvoi.intake.kiel.faults import Faults
from konvoi.intake.kiel.numbers import number_of, quantity
from konvoi.intake.kiel.tabular import tabular
from konvoi.intake.sheet import Sheet, letters
from konvoi.intake.sheets import Sheets
from konvoi.kit.text import fold
from konvoi.model.party import party_id
from konvoi.model.tables import BY_NAME

RATES_SHEET = "Exchange rates"
FUNDS = {"EU aid shares": "EU-COM", "EPF aid shares": "EPF", "EIB aid shares": "EIB"}
"""The sheets of shares, and the fund that each of them divides."""

SHARES = pl.Schema({"fund": pl.String(), "party": pl.String(), "share": pl.Decimal(38, 18)})
"""One line for each party that bears a part of a fund; share from 0 to 1, those of a fund add up to 1."""

_SHARE = re.compile(r"share on total|share of gni|capital share", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{3}")
_STEP = Decimal("1e-18")


def rates_of(sheet: Sheet, last: date, faults: Faults) -> tuple[pl.DataFrame, dict[str, str]]:
    """The table `rates`, and for each currency the words with which entries name its rate.

    The workbook's source line names the day of the rates and, apart, currencies with an older one.
    """
    source = _source(sheet)
    days = long_days(source) or [last]
    span = f"{days[1]}/{days[2]}" if "average" in source.lower() and len(days) > 2 else f"{days[0]}"
    rows: list[dict[str, object]] = []
    names: dict[str, str] = {}
    found = tabular(sheet, "Currency")
    for row, code in found.named() if found else ():
        worth = number_of(row[found.first + 1]) if found else number_of(None)
        if code.startswith("Source"):
            continue
        if not _CODE.fullmatch(code) or worth.value is None or worth.value <= 0:
            faults.add(
                "rate-unreadable", at=faults.place(sheet.name, row.number), read=f"{code} {text_of(row[1])}"
            )
            continue
        own = re.search(rf"\b{code}\b[^.]*", source)
        older = long_days(own[0]) if own else []
        names[code] = f"ECB {older[0] if older else span} (Kiel workbook)"
        rows.append(
            {"currency": code, "day": older[0] if older else days[0], "per_eur": quantity(worth.value)}
            | {"source": "ECB (Kiel workbook)"}
            | {"_file": faults.file, "_sheet": sheet.name, "_row": row.number}
        )
    names.pop("EUR", None)
    return pl.DataFrame(rows, schema=BY_NAME["rates"].schema()), names


def shares_of(book: Sheets, faults: Faults) -> pl.DataFrame:
    """The table `shares`: fund, party, share."""
    rows: list[dict[str, object]] = []
    for name, fund in FUNDS.items():
        shares = _fund(book[name], faults)
        rows += [{"fund": fund, "party": party, "share": share} for party, share in shares.items()]
    return pl.DataFrame(rows, schema=SHARES).sort("fund", "party")


def _fund(sheet: Sheet, faults: Faults) -> dict[str, Decimal]:
    found = tabular(sheet, "Country")
    column = next((at for text, at in found.headings.items() if _SHARE.search(text)), None) if found else None
    if found is None or column is None:
        return {}
    shares: dict[str, Decimal] = {}
    for row, name in found.named():
        if "total" in fold(name):
            continue
        share = number_of(row[column]).value
        if share is None or not 0 <= share <= 1:
            at = faults.place(sheet.name, row.number, letters(column + 1))
            faults.add("share-unreadable", at=at, read=f"{name} {text_of(row[column])}")
        elif share:
            shares[party_id(name) or name] = share.quantize(_STEP)
    return _to_one(shares)


def _to_one(shares: dict[str, Decimal]) -> dict[str, Decimal]:
    """Shares whose sum misses 1 by a rounding of the workbook, with the rest at the largest of them."""
    rest = 1 - sum(shares.values(), Decimal(0))
    if shares and rest and abs(rest) < Decimal("1e-9"):
        largest = max(sorted(shares), key=lambda party: shares[party])
        shares[largest] += rest
    return shares


def _source(sheet: Sheet) -> str:
    texts = (text_of(cell) for row in sheet.rows for cell in row.cells)
    return next((text for text in texts if text.startswith("Source")), "")
