"""Framework documents: what they say of themselves, what they seem to undertake, what changed in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

import polars as pl

from konvoi.accord.compare import compared, stood_on
from konvoi.accord.force import PAST
from konvoi.accord.promises import Parties, parties, proposed
from konvoi.accord.terms import Term, ends_on, signed_on, terms, upon_signature
from konvoi.flow.collect import CACHE
from konvoi.flow.understand import understand
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused
from konvoi.kit.money import to_major
from konvoi.kit.progress import Stop, never
from konvoi.model.clauses import Kind, counted
from konvoi.model.document import Reading
from konvoi.model.tables.agreed import UNDERTAKINGS
from konvoi.report.akoma import akoma
from konvoi.report.tables import csv_files

UKRAINE = "UA"
"""Who receives where no workspace says so."""


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
        """The sums that are still to come: what was given before is none of them."""
        return self.sums.filter(pl.col("force") != PAST)

    def term(self, point: str) -> Term | None:
        """What it says on a point; None where it says nothing."""
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


def agreements(
    work: Workspace, *, recipient: str = "", stop: Stop = never
) -> tuple[list[Agreement], list[Reading]]:
    """The framework documents among a workspace's documents, by day of signature; and all that was read.

    recipient: who receives, by id; empty: the workspace's.
    """
    cache = work.folder / CACHE if work.folder else None
    readings = understand(work.documents, settings=work.settings, stop=stop, cache=cache)
    to = recipient or work.settings.recipient or UKRAINE
    found = [agreement(one, recipient=to) for one in readings if "clauses" in one.tables]
    return sorted(found, key=lambda one: (one.signed or date.max, one.name)), readings


def agreement(reading: Reading, *, recipient: str) -> Agreement:
    """A document that was read as clauses, with what its words say."""
    clauses = reading.tables["clauses"]
    title = reading.facts.get("title", "")
    opening = clauses.filter(pl.col("kind") == Kind.RECITAL)["text"].head(2).to_list()
    who = parties(title, opening, recipient=recipient)
    signed, said = signed_on(clauses), tuple(terms(clauses))
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


def standing(found: Sequence[Agreement], day: date, known_on: Mapping[str, date]) -> Agreement:
    """Of several versions the one that stood on a day; refused where none did, or one has no day.

    known_on: days of documents by name, before the day of signature.
    """
    days = {one.reading.document: known_on.get(one.reading.document) or one.signed for one in found}
    if undated := [name for name, on in days.items() if on is None]:
        raise Refused(f"{undated[0]}: has no day; give it one under [known_on] in konvoi.toml")
    name = stood_on([(on, name) for name, on in days.items() if on], day)
    if name is None:
        raise Refused(f"{day}: no version is that old")
    return next(one for one in found if one.reading.document == name)


def changes(before: Agreement, after: Agreement) -> pl.DataFrame:
    """What changed from one version to the next (accord.compare.COMPARED), without what stayed."""
    return compared(before.clauses, after.clauses).filter(pl.col("change") != "same")


def as_akoma(one: Agreement, *, day: date | None) -> bytes:
    """A document as Akoma Ntoso, of the day of its signature or the one that is given."""
    of = day or one.signed
    if of is None:
        raise Refused(f"{one.name}: no day of signature was found in it; give its day with --day")
    return akoma(one.clauses, name=one.name, day=of, language=one.reading.facts.get("language", "en"))


def as_undertakings(found: Sequence[Agreement]) -> bytes:
    """The sums that documents promise as rows of the table `undertakings` (CSV), for a person to decide."""
    rows = [
        _undertaking(one, number, row)
        for one in found
        for number, row in enumerate(one.promised.filter(pl.col("amount").is_not_null()).to_dicts(), 1)
    ]
    if not rows:
        raise Refused("no sum is promised in what was read; nothing was written")
    return csv_files({"undertakings": pl.DataFrame(rows, schema=UNDERTAKINGS.schema())})["undertakings.csv"]


def _undertaking(one: Agreement, number: int, row: Mapping[str, object]) -> dict[str, object]:
    reserved = row["reservation"]
    until = row["until"]
    return {
        "undertaking": f"{one.name}/{row['clause']}/{number}",
        "document": one.name,
        "party": row["party"] or one.parties.giver or None,
        "clause": row["clause"],
        "force": row["force"],
        "reservation": reserved[0] if isinstance(reserved, list) and reserved else None,
        "amount": row["amount"],
        "currency": row["currency"],
        "until": date(until, 12, 31) if isinstance(until, int) else None,
    }


def _plain(row: Mapping[str, object]) -> dict[str, object]:
    amount, currency = row["amount"], str(row["currency"] or "")
    share = row["share"]
    return {
        **row,
        "amount": str(to_major(amount, currency)) if isinstance(amount, int) else None,
        "share": f"{share:f}" if share is not None else None,
    }
