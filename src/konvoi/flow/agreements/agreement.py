"""A framework document that was read: its clauses, what it says of itself, what it seems to undertake."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

import polars as pl

from konvoi.accord.obligation_strength import PAST
from konvoi.accord.promises import Parties, parties, proposed
from konvoi.accord.terms import Term, ends_on, signed_on, terms, upon_signature
from konvoi.kit.money import to_major
from konvoi.model.clauses import Kind, counted
from konvoi.model.document import Reading


@dataclass(frozen=True)
class Agreement:
    """One framework document.

    name: its file without folder and ending. signed: the day in its words of signature; None without one.
    ends: the day to which it holds by its own words. proposed: as accord.promises.PROPOSED.
    """

    name: str
    title: str
    parties: Parties
    signed: date | None
    ends: date | None
    terms: tuple[Term, ...]
    proposed: pl.DataFrame
    reading: Reading

    @property
    def clauses(self) -> pl.DataFrame:
        """Its clauses (model.clauses.CLAUSES)."""
        return self.reading.tables["clauses"]

    @property
    def sums(self) -> pl.DataFrame:
        """The proposals that name a sum or a share of GDP, those named before left out."""
        named = pl.col("amount").is_not_null() | pl.col("share").is_not_null()
        return self.proposed.filter(named & pl.col("repeats").is_null())

    @property
    def promised(self) -> pl.DataFrame:
        """The sums that are still to come: neither what was given before nor parts of another sum."""
        return self.sums.filter((pl.col("force") != PAST) & pl.col("part_of").is_null())

    def term(self, point: str) -> Term | None:
        """Return the document's term on a point; None where it says nothing."""
        return next((one for one in self.terms if one.point == point), None)

    def as_dict(self) -> dict[str, object]:
        """All of it as plain JSON values."""
        return {
            "document": self.reading.document,
            "title": self.title,
            "parties": list(self.parties.every),
            "signed": self.signed.isoformat() if self.signed else None,
            "in_force_upon_signature": upon_signature(self.terms),
            "ends": self.ends.isoformat() if self.ends else None,
            "terms": [vars(one) for one in self.terms],
            "clauses": counted(self.clauses).height,
            "text": self.clauses.select("clause", "kind", "label", "text").to_dicts(),
            "proposed": [_plain(row) for row in self.proposed.drop("_file", "_sheet", "_row").to_dicts()],
            "findings": [one.as_dict() for one in self.reading.findings],
        }


def agreement(reading: Reading, *, recipient: str) -> Agreement:
    """A document that was read as clauses, with what its words say."""
    clauses = reading.tables["clauses"]
    title = reading.facts.get("title", "")
    opening = clauses.filter(pl.col("kind") == Kind.RECITAL)["text"].head(2).to_list()
    who = parties(title, opening, recipient=recipient)
    signed = signed_on(clauses)
    said = tuple(terms(clauses))
    return Agreement(
        name=PurePosixPath(reading.document).stem,
        title=title,
        parties=who,
        signed=signed,
        ends=ends_on(signed, said) if signed else None,
        terms=said,
        proposed=proposed(clauses, who, signed=signed),
        reading=reading,
    )


def _plain(row: Mapping[str, object]) -> dict[str, object]:
    amount = row["amount"]
    currency = str(row["currency"] or "")
    whole = row["part_of"]
    return {
        **row,
        "amount": to_major(amount, currency) if isinstance(amount, int) else None,
        "part_of": to_major(whole, currency) if isinstance(whole, int) else None,
    }
