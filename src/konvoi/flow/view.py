"""A view: the day and the reader for whom everything is computed."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from konvoi.model.markings import COALITION, OWN, PUBLIC, admits

if TYPE_CHECKING:
    import polars as pl

CELL = "cell"
"""The reader that sees every row: the coordination cell."""


@dataclass(frozen=True)
class View:
    """The inputs of everything that is computed: what was known on a day, cut to what a reader may see.

    as_of: only documents and decisions known by that day; None: all of them. reader: `cell`, a party's id,
    `coalition` (what all partners may see), or `public`. partner: whether a party is one of the coalition's;
    a carrier, a supplier or an implementer sees what is public, its own, and what names it. narrowed: whether
    rows of a past day have the narrower markings that were stated since, too.
    """

    as_of: date | None = None
    reader: str = CELL
    partner: bool = True
    narrowed: bool = False

    def __post_init__(self) -> None:
        if not self.reader or self.reader == OWN:
            raise ValueError(f"no such reader: {self.reader!r}")

    @property
    def is_cell(self) -> bool:
        """True if the reader sees every row."""
        return self.reader == CELL

    def owns(self, party: str) -> bool:
        """Return True if the reader sees all that a party submitted, down to the row of a file."""
        return self.is_cell or (bool(party) and self.reader == party)

    @property
    def is_party(self) -> bool:
        """True if the reader is one party."""
        return self.reader not in (CELL, COALITION, PUBLIC)

    def admits(self, marking: str, *parties: str) -> bool:
        """Return True if the reader may see a record with a marking; parties: those to whom it belongs."""
        return self.is_cell or admits(marking, parties, self.reader, partner=self.partner)

    def admitted(
        self, rows: "pl.DataFrame", *, marking: str = OWN, holder: str = "", owner: str = "party"
    ) -> "pl.DataFrame":
        """Return the rows that the reader may see, in their order.

        rows: their columns `marking` and owner are used where they are there; a row without a marking has
        that of its document. marking, holder: of the document; its rows are the holder's alone, whomever they
        name. owner: the column that names to whom a row belongs where no holder is known; empty for none.
        """
        if self.is_cell or rows.is_empty():
            return rows
        marks = _texts(rows, "marking")
        owners = _texts(rows, owner)
        admits = {
            one: self.admits(one[0].strip() or marking, holder or one[1])
            for one in {*zip(marks, owners, strict=True)}
        }
        if all(admits.values()):
            return rows
        import polars as pl

        return rows.filter(
            pl.Series([admits[one] for one in zip(marks, owners, strict=True)], dtype=pl.Boolean())
        )


def _texts(rows: "pl.DataFrame", column: str) -> list[str]:
    """Return the values of a column as texts, empty ones where it or they are missing."""
    if column not in rows.columns:
        return [""] * rows.height
    return ["" if value is None else str(value) for value in rows.get_column(column).to_list()]
