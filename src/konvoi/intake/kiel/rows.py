"""The main sheet: the head row of a package carries its value, each row that names an item is a line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from konvoi.intake.kiel import records
from konvoi.intake.kiel.columns import MAIN, Columns, text_of
from konvoi.intake.kiel.days import announced
from konvoi.intake.kiel.faults import Faults
from konvoi.intake.kiel.goods import good_of, slug
from konvoi.intake.kiel.numbers import number_of, quantity
from konvoi.intake.sheet import Row
from konvoi.kit.days import Days
from konvoi.kit.text import fold
from konvoi.model.finding import Place
from konvoi.model.party import party_id

_KINDS = {"military": "military", "financial": "financial", "humanitarian": "humanitarian"}
_VALUATIONS = {
    "value is given by the source": "given",
    "value is given by hand": "by hand",
    "value is calculated with prices": "by price",
}
_MONEY = re.compile(r"\b(grant|loan|guarantee|swap|swap-line)s?\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://.+?(?=\s+https?://|\s*$)", re.DOTALL)
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass
class Reader:
    """Reads the rows of the main sheet one package after the other.

    rates: how each currency was converted, by its code, as the entries name it. strangers: the names of
    unknown parties already reported.
    """

    columns: Columns
    faults: Faults
    window: Days
    submission: str
    marking: str
    rates: dict[str, str]
    strangers: set[str] = field(default_factory=set)

    def entries(self, rows: Sequence[Row]) -> list[records.Entry]:
        """All entries of the sheet, in its order."""
        return [entry for package in self._packages(rows) for entry in self._package(*package)]

    def _packages(self, rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
        """The rows of each package, in the order in which the packages are first named."""
        found: dict[str, list[Row]] = {}
        for row in rows:
            name = text_of(self.columns.of(row, "package"))
            if name:
                found.setdefault(name, []).append(row)
            else:
                self.faults.add("package-missing", at=self._at(row, "package"))
        yield from found.items()

    def _package(self, name: str, rows: list[Row]) -> Iterator[records.Entry]:
        origins = {row.number: self._origin(name, row) for row in rows}
        heads = [row for row in rows if number_of(self.columns.of(row, "head")).value == 1]
        if len(heads) != 1:
            self.faults.add("package-heads", at=self._at(rows[0], "head"), read=str(len(heads)))
        head = (heads or rows)[0]
        form = text_of(self.columns.of(head, "form"))
        yield records.package_entry(
            origins[head.number],
            self._value(head),
            text=form,
            route=_route(origins[head.number].kind, form),
            column=self.columns.letter("eur"),
        )
        seen: dict[str, int] = {}
        for row in rows:
            if fold(item := text_of(self.columns.of(row, "item"))):
                line = f"{name}/{slug(item)}"
                seen[line] = seen.get(line, 0) + 1
                line += f"~{seen[line]}" if seen[line] > 1 else ""
                yield from self._line(origins[row.number], row, line, item)
            elif isinstance(units := self.columns.of(row, "units"), int | float):
                self.faults.add("item-missing", at=self._at(row, "item"), read=units)

    def _line(self, origin: records.Origin, row: Row, line: str, item: str) -> list[records.Entry]:
        kind, class_ = (text_of(self.columns.of(row, name)) for name in ("type", "class"))
        units = self._number(row, "units")
        delivered = self._number(row, "delivered")
        return records.line_entries(
            origin,
            records.Item(
                line=line,
                name=item,
                good=good_of(item, kind, class_),
                units=units if units is None else quantity(units),
                delivered=delivered if delivered is None else quantity(delivered),
                value=self._number(row, "value"),
                value_delivered=self._number(row, "value delivered"),
            ),
            last=self.window.last,
            columns=(self.columns.letter("units"), self.columns.letter("delivered")),
        )

    def _origin(self, package: str, row: Row) -> records.Origin:
        return records.Origin(
            submission=self.submission,
            sheet=MAIN,
            row=row.number,
            package=package,
            party=self._party(row),
            kind=self._kind(row),
            days=self._days(row),
            known_on=self.window.last,
            address=self._address(row),
            marking=self.marking,
        )

    def _value(self, row: Row) -> records.Value:
        """Return the value of the package by its head row; an amount that is not converted stays unknown.

        An amount of 0 beside a positive value in euro is not given: the value in euro is the amount.
        """
        eur, total, given = (self._number(row, name) for name in ("eur", "total", "given"))
        amount = total if total is not None else given
        currency = text_of(self.columns.of(row, "currency"))
        valuation = _VALUATIONS.get(fold(text_of(self.columns.of(row, "valuation"))), "none")
        if amount is not None and eur is None:
            values = {"amount": f"{currency} {amount:f}"}
            self.faults.add("value-not-converted", at=self._at(row, "eur"), values=values)
            amount = None
        if amount == 0 and eur is not None and eur > 0:
            at = self._at(row, "given" if total is None else "total")
            self.faults.add("amount-zero-converted", at=at, read=f"{currency} 0, EUR {eur:f}")
            amount = eur
            currency = "EUR"
        if amount is not None and not _CURRENCY.fullmatch(currency):
            self.faults.add("currency-missing", at=self._at(row, "currency"), read=currency)
            amount = None
        return records.Value(amount, currency, eur, valuation, self.rates.get(currency))

    def _number(self, row: Row, name: str) -> Decimal | None:
        cell = self.columns.of(row, name)
        found = number_of(cell)
        code = {"text": "number-as-text", "unclear": "number-unclear", "no number": "number-none"}
        if found.fault:
            values = {"proposal": found.proposal}
            self.faults.add(code[found.fault], at=self._at(row, name), read=cell, values=values)
        return found.value

    def _party(self, row: Row) -> str:
        name = text_of(self.columns.of(row, "party"))
        found = party_id(name)
        if found is None and name not in self.strangers:
            self.strangers.add(name)
            self.faults.add("party-unknown", at=self._at(row, "party"), read=name)
        return found or name

    def _kind(self, row: Row) -> str:
        text = text_of(self.columns.of(row, "kind"))
        found = _KINDS.get(fold(text))
        if found is None:
            self.faults.add("kind-unknown", at=self._at(row, "kind"), read=text)
        return found or ""

    def _days(self, row: Row) -> Days:
        cell = self.columns.of(row, "day")
        found = announced(cell, self.window)
        at = self._at(row, "day")
        span = {"from": found.days.first.isoformat(), "to": found.days.last.isoformat()}
        if found.fault == "impossible":
            proposal = f"{self.window.first.year}{text_of(cell)[4:]}"
            self.faults.add("day-impossible", at=at, read=cell, values=span | {"proposal": proposal})
        elif found.fault:
            self.faults.add("day-uncertain", at=at, read=cell, values=span)
        if found.fault == "beyond the release":
            values = {"to": self.window.last.isoformat()}
            self.faults.add("day-after-release", at=at, read=cell, values=values)
        return found.days

    def _address(self, row: Row) -> str | None:
        """The first address among the sources that a row names."""
        for name in ("source 1", "source 2", "source 3", "source 4"):
            found = _ADDRESS.match(text_of(self.columns.of(row, name)))
            if found:
                return re.sub(r"\s", "%20", found[0])
        return None

    def _at(self, row: Row, name: str) -> Place:
        return self.faults.place(MAIN, row.number, self.columns.letter(name))


def _route(kind: str, form: str) -> str | None:
    """Return the route of a package as a whole, if its form states it; else its lines do."""
    if "facility" in form.lower():
        return "pooled fund"
    return "money" if kind == "financial" or _MONEY.search(form) else None
