"""Framework documents: read, side by side, compared, and written in other forms."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from konvoi.accord.compare import compared, stood_on
from konvoi.accord.parallel_texts import Text, side_by_side
from konvoi.flow.agreements.agreement import Agreement, agreement
from konvoi.flow.agreements.paths import UKRAINE
from konvoi.flow.parse_documents import understand
from konvoi.flow.readers import known_reader, with_partnership
from konvoi.flow.view_readings import sources
from konvoi.flow.workspace import CACHE, Workspace
from konvoi.gateways.refusal import Refused
from konvoi.kit.progress import Stop, never
from konvoi.model.document import Reading
from konvoi.model.party import LANGUAGES, party_name
from konvoi.model.tables.agreed import UNDERTAKINGS
from konvoi.report.exports.akoma import akoma
from konvoi.report.tables import csv_files


def agreements(
    work: Workspace, *, recipient: str = "", stop: Stop = never
) -> tuple[list[Agreement], list[Reading]]:
    """The framework documents among a workspace's documents, by day of signature; and all that was read.

    recipient: who receives, by id; empty: the workspace's. Texts are those of the workspace's view.
    """
    cache = work.folder / CACHE if work.folder else None
    read = understand(work.documents, settings=work.settings, stop=stop, cache=cache)
    view = known_reader(work.view, read, work.settings)
    known = sources(read, work.documents, work.settings, cache=cache)
    readings = known.cut(with_partnership(view, read))
    to = recipient or work.settings.recipient or UKRAINE
    found = [agreement(one, recipient=to) for one in readings if "clauses" in one.tables]
    return sorted(found, key=lambda one: (one.signed or date.max, one.name)), readings


def standing(found: Sequence[Agreement], day: date, known_on: Mapping[str, date]) -> Agreement:
    """Return the version that stood on a day; refuse where none did, or where one has no day.

    known_on: days of documents by name, before the day of signature.
    """
    days = {one.reading.document: known_on.get(one.reading.document) or one.signed for one in found}
    if undated := [name for name, on in days.items() if on is None]:
        raise Refused(f"{undated[0]}: has no day; give it one under [known_on] in konvoi.toml")
    name = stood_on({name: on for name, on in days.items() if on}, day)
    if name is None:
        raise Refused(f"{day}: no version is that old")
    return next(one for one in found if one.reading.document == name)


def changes(before: Agreement, after: Agreement) -> pl.DataFrame:
    """Return the changes from one version to the next (accord.compare.COMPARED), without unchanged
    clauses.
    """
    return compared(before.clauses, after.clauses).filter(pl.col("change") != "same")


def by_clauses(found: Sequence[Agreement]) -> pl.DataFrame:
    """Several documents clause by clause side by side (accord.family.SIDE), in their order."""
    if len(found) < 2:
        raise Refused(f"two framework documents or more are wanted here, and {len(found)} were read")
    return side_by_side([Text(one.name, one.clauses, _names(one)) for one in found])


def _names(one: Agreement) -> tuple[str, ...]:
    """Return the names of a document's parties, in all languages."""
    return tuple(party_name(party, language) for party in one.parties.every for language in LANGUAGES)


def as_akoma(one: Agreement, *, day: date | None) -> bytes:
    """A document as Akoma Ntoso, of the day of its signature or the one that is given."""
    of = day or one.signed
    if of is None:
        raise Refused(f"{one.name}: no day of signature was found in it; give its day with --day")
    return akoma(one.clauses, name=one.name, day=of, language=one.reading.facts.get("language", "en"))


def as_undertakings(found: Sequence[Agreement]) -> bytes:
    """The sums that documents promise as rows of the table `undertakings` (CSV), for a person to decide.

    A sum for each of several years is a row for each of them.
    """
    rows = [
        _undertaking(one, name, {**row, "until": year})
        for one in found
        for number, row in enumerate(one.promised.filter(pl.col("amount").is_not_null()).to_dicts(), 1)
        for name, year in _by_year(number, row)
    ]
    if not rows:
        raise Refused("no sum is promised in what was read; nothing was written")
    return csv_files({"undertakings": pl.DataFrame(rows, schema=UNDERTAKINGS.schema())})["undertakings.csv"]


def _by_year(number: int, row: Mapping[str, object]) -> list[tuple[str, object]]:
    """Return the number and the last year of each row that a sum becomes."""
    first, last = row["from"], row["until"]
    if not row["yearly"] or not isinstance(first, int) or not isinstance(last, int) or first == last:
        return [(str(number), last)]
    return [(f"{number}-{year}", year) for year in range(first, last + 1)]


def _undertaking(one: Agreement, number: str, row: Mapping[str, object]) -> dict[str, object]:
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
