"""Wording that several readers of orders read alike, made once in each language."""

from dataclasses import dataclass, field
from functools import cached_property

from konvoi.report.language import Language
from konvoi.report.orders.sheet import Item, Lines, Sheet, leg, way
from konvoi.report.orders.wording import Row
from konvoi.report.page import Value


@dataclass
class Spoken:
    """The words of one issue in one language.

    cells: of the pages; fields: of the workbooks; both by consignment, what is hidden of it, and place.
    """

    code: str
    cells: dict[tuple[object, ...], str] = field(default_factory=dict)
    fields: dict[tuple[object, ...], tuple[Value, ...]] = field(default_factory=dict)
    legs: dict[tuple[object, ...], str] = field(default_factory=dict)

    @cached_property
    def language(self) -> Language:
        """The language, by its code."""
        return Language(self.code)

    def text(self, value: Value) -> str:
        """A value as plain text."""
        return value if isinstance(value, str) else self.language.text(value)

    def way(self, sheet: Sheet, item: Item, own: object) -> Lines:
        """The legs and the crossing of a consignment, the legs as text."""

        def said(one: Row) -> str:
            key = (one["consignment"], one["leg"], own)
            if key not in self.legs:
                self.legs[key] = self.text(leg(sheet.wording, one))
            return self.legs[key]

        return way(sheet.wording, item.row, item.legs, said)
