"""Rows of a sheet that are the total of other rows of it, by a word such as TOTAL, Zwischensumme or Разом."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from konvoi.intake.cell import text_of, unknown
from konvoi.intake.sheet import Row
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
_SUBTOTALS = tuple(
    tuple(fold(phrase).split())
    for phrase in (
        *("subtotal", "sub total", "subtotals", "running total", "partial total", "interim total"),
        *("zwischensumme", "zwischensummen", "teilsumme", "zwischentotal", "sous total", "sous totaux"),
        *("subtotale", "totale parziale", "somma parziale", "subtotales", "suma parcial", "total parcial"),
        *("soma parcial", "subtotaal", "tussentotaal", "deltotaal", "delsumma", "delsum", "mellemsum"),
        *("mellomsum", "välisumma", "millisumma", "vahesumma", "starpsumma", "tarpinė suma"),
        *("suma częściowa", "suma pośrednia", "suma cząstkowa", "razem częściowo", "podsuma"),
        *("mezisoučet", "dílčí součet", "medzisúčet", "čiastkový súčet", "részösszeg", "međuzbroj"),
        *("podzbroj", "vmesna vsota", "delna vsota", "subtotalul", "total parțial", "sumă parțială"),
        *("проміжний підсумок", "проміжна сума", "проміжний разом", "часткова сума", "підпідсумок"),
        *("промежуточный итог", "промежуточная сумма", "подытог", "междинна сума", "междинен сбор"),
        *("μερικό σύνολο", "υποσύνολο", "ara toplam"),
    )
)
"""Words of a total of some of the rows, whatever other words stand beside them."""

MAY_BE_TOTAL = "row-may-be-total"
"""Code of the finding on a row that counts and may be the total of others."""

_LONGEST = 60
_NEAR = Decimal("0.001")
"""Largest distance of a total from the sum of rounded rows, as a part of itself."""

_GROUPS = 12
"""So many other rows with a word of total, on either side, may bound the rows that one adds up."""

Values = Mapping[str, object]


class Word(StrEnum):
    """Kind of a text that marks a row as a total.

    alone: it says nothing else. part: it is a word of a subtotal with others beside it. named: a year,
    currency or party stands beside the word. nameless: there is no text, though a row of its own
    must have one.
    """

    ALONE = "alone"
    PART = "part"
    NAMED = "named"
    NAMELESS = "nameless"


class Said(NamedTuple):
    """The column that marks a row as a total, and the kind of its text."""

    word: Word
    column: str


def says_total(table: Table, columns: Mapping[int, Column], row: Row) -> Said | None:
    """Return what may mark a row as a total, first of all a word that stands alone; None for nothing.

    A reference or title with a year, currency or party beside the word may also be the name of a gift.
    """
    if not any(column.type == Type.MONEY or column.name == "quantity" for column in table.columns):
        return None
    naming = {
        index: column
        for index, column in columns.items()
        if column.name in (*table.key[:1], "title", "party", "package")
    }
    found = [
        Said(said, column.name)
        for index, column in naming.items()
        if (said := _says(text_of(row[index])[: _LONGEST + 1])) is not None
    ]
    if any(column.must for column in naming.values()) and all(unknown(row[index]) for index in naming):
        found = [
            Said(Word.NAMELESS, column.name)
            for index, column in columns.items()
            if column in _summed(table) and not unknown(row[index])
        ]
    order = tuple(Word)
    return min(found, key=lambda one: order.index(one.word), default=None)


class Sums:
    """Sums of the columns of amounts over the rows of a sheet, from any row to any other.

    marked: numbers of rows with a word of total, which part the rows into groups.
    """

    def __init__(self, table: Table, rows: Sequence[Values], marked: Collection[int], currency: str) -> None:
        """Add up the rows; of money those in one currency."""
        self._numbers = [int(str(row["_row"])) for row in rows]
        self._ends = sorted(bisect_left(self._numbers, number) for number in marked)
        amounts = {column.name: _amounts(column, rows, currency) for column in _summed(table)}
        self._sums = {
            name: list(accumulate((one or Decimal(0) for one in values), initial=Decimal(0)))
            for name, values in amounts.items()
            if any(one is not None for one in values)
        }

    def fit(self, total: Values, row: int) -> bool | None:
        """Return True if a row states the sum of all rows or of a group; None if nothing can be compared.

        A group ends at the row, or begins there, and reaches to any other row with a word of total.
        """
        stated = {
            name: Decimal(one) for name in self._sums if isinstance(one := total.get(name), int | Decimal)
        }
        if not stated or not self._numbers:
            return None
        at = bisect_left(self._numbers, row)
        place = bisect_left(self._ends, at)
        last = len(self._numbers)
        near = self._ends[max(place - _GROUPS, 0) : place + _GROUPS]
        spans = {(min(at, end), max(at, end)) for end in (0, last, *near)} | {(0, last)}
        return any(self._fits(stated, first, end) for first, end in spans if first < end)

    def _fits(self, stated: Mapping[str, Decimal], first: int, end: int) -> bool:
        return all(
            abs(value - (whole := self._sums[name][end] - self._sums[name][first])) <= abs(whole) * _NEAR
            for name, value in stated.items()
        )


def _amounts(column: Column, rows: Sequence[Values], currency: str) -> list[Decimal | None]:
    """Return the values of a column; None where a row states none, or states it in another currency."""
    counted = ((row.get(column.name), row.get("currency") == currency) for row in rows)
    return [
        Decimal(value) if isinstance(value, int | Decimal) and (own or column.type != Type.MONEY) else None
        for value, own in counted
    ]


def only_currency(rows: Sequence[Values]) -> str:
    """Return the currency that all of several rows have; empty if they have none or several."""
    found = {str(row["currency"]) for row in rows if row.get("currency")}
    return found.pop() if len(found) == 1 else ""


def _summed(table: Table) -> Iterator[Column]:
    return (column for column in table.columns if column.type == Type.MONEY or column.name == "quantity")


def begins_like_total(text: str) -> bool:
    """Return True if a text begins with a word of total, whatever follows.

    >>> begins_like_total("Total support for Kyiv"), begins_like_total("Support in total")
    (True, False)
    """
    words = [word for word in fold(text[: 4 * _LONGEST]).split() if word not in _BESIDE]
    return bool(words) and (words[0] in _TOTALS or any(tuple(words[: len(one)]) == one for one in _SUBTOTALS))


@lru_cache(maxsize=1 << 12)
def _says(text: str) -> Word | None:
    """Return the kind of a text with a word of total; None for a text without one, or that says more.

    >>> [str(_says(one)) for one in ("TOTAL", "Total général:", "Total Belgium 2026", "Sous-total énergie")]
    ['alone', 'alone', 'named', 'part']
    >>> _says("Total support for Kyiv")
    """
    if len(text) > _LONGEST:
        return None
    words = fold(text).split()
    part = _is_subtotal(words)
    rest = [word for word in words if word not in _TOTALS]
    if len(rest) == len(words) and not part:
        return None
    rest = [word for word in rest if word not in _BESIDE]
    if not rest or tuple(words) in _SUBTOTALS:
        return Word.ALONE
    if part:
        return Word.PART
    named = [word for word in rest if not word.isdigit() and word.upper() not in currencies()]
    party = " ".join(named)
    known = not named or party_id(party.upper()) or party_id(party) or party_named(party)
    return Word.NAMED if known else None


def _is_subtotal(words: Sequence[str]) -> bool:
    return any(
        tuple(words[at : at + len(phrase)]) == phrase for phrase in _SUBTOTALS for at in range(len(words))
    )
