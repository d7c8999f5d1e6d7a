"""Rows of a sheet that are the total of other rows of it, by a word such as TOTAL, Summe or Разом."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from konvoi.intake.cell import text_of
from konvoi.intake.sheets import Row
from konvoi.intake.sums import currencies
from konvoi.kit.text import fold
from konvoi.model.party import party_id
from konvoi.model.spelling import party_named
from konvoi.model.table import Column, Table, Type

_TOTALS = frozenset(
    fold(word)
    for word in (
        "total totals totaal totale totali totaux totalt totalsumme sum sums summe summen summa suma somme "
        "somma gesamt gesamtsumme gesamtbetrag insgesamt endsumme subtotal zwischensumme sammanlagt celkem "
        "spolu razem ogółem łącznie ukupno skupaj összesen viso kopā kokku yhteensä samtals σύνολο "
        "разом усього всього загалом підсумок сума підсумкова всего итого общо"
    ).split()
)
_BESIDE = frozenset(
    fold(word)
    for word in (
        "grand general général generale generalny overall all of the sub amount amounts value sheet page "
        "ogólna загальна загальний проміжний sous parziale celkový iš in i alt im der die das de und and"
    ).split()
)
_LONGEST = 60
_NEAR = Decimal("0.001")
"""Largest distance of a total from the sum of rounded rows, as a part of itself."""

Values = Mapping[str, object]


def says_total(table: Table, columns: Mapping[int, Column], row: Row) -> tuple[str, bool] | None:
    """Return the column that marks a row as a total, and True if the row states nothing else; None if none.

    A reference or title with a year, currency or party beside the word may also be the name of a gift.
    """
    if not any(column.type == Type.MONEY or column.name == "quantity" for column in table.columns):
        return None
    found = [
        (column.name, said)
        for index, column in columns.items()
        if column.name in (*table.key[:1], "title", "party", "package")
        and (said := _says(text_of(row[index])[: _LONGEST + 1])) is not None
    ]
    return max(found, key=lambda one: one[1], default=None)


def sums(table: Table, rows: Sequence[Values], currency: str) -> Mapping[str, Decimal]:
    """Return the sums of the columns of amounts over some rows; of money over those in one currency."""
    found: dict[str, Decimal] = {}
    for column in _summed(table):
        for row in rows:
            value = row.get(column.name)
            if isinstance(value, int | Decimal) and (
                column.type != Type.MONEY or row.get("currency") == currency
            ):
                found[column.name] = found.get(column.name, Decimal(0)) + value
    return found


def fits(total: Values, sums: Mapping[str, Decimal]) -> bool | None:
    """Return True if what a row states is near the sums of other rows; None if nothing can be compared."""
    stated = {name: value for name in sums if isinstance(value := total.get(name), int | Decimal)}
    near = [abs(value - sums[name]) <= abs(sums[name]) * _NEAR for name, value in stated.items()]
    return all(near) if near else None


def only_currency(rows: Sequence[Values]) -> str:
    """Return the currency that all of several rows have; empty if they have none or several."""
    found = {str(row["currency"]) for row in rows if row.get("currency")}
    return found.pop() if len(found) == 1 else ""


def _summed(table: Table) -> Iterator[Column]:
    return (column for column in table.columns if column.type == Type.MONEY or column.name == "quantity")


@lru_cache(maxsize=1 << 12)
def _says(text: str) -> bool | None:
    """Return True for a word of total alone, False with a year, currency or party beside it, else None.

    >>> _says("TOTAL"), _says("Total général:"), _says("Total Belgium 2026"), _says("Total support for Kyiv")
    (True, True, False, None)
    """
    if len(text) > _LONGEST:
        return None
    words = fold(text).split()
    rest = [word for word in words if word not in _TOTALS]
    if len(rest) == len(words):
        return None
    rest = [word for word in rest if word not in _BESIDE]
    if not rest:
        return True
    named = [word for word in rest if not word.isdigit() and word.upper() not in currencies()]
    party = " ".join(named)
    known = not named or party_id(party.upper()) or party_id(party) or party_named(party)
    return False if known else None
