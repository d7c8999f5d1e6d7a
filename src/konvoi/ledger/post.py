"""Entries of all submissions become one ledger: each fact once, corrections in force."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from konvoi.ledger.units import owners
from konvoi.model.entries import ENTRIES, RELATIONS, SCOPES
from konvoi.model.finding import Finding, Place, Severity


@dataclass(frozen=True)
class Ledger:
    """All facts that were handed in, and which of them are in force.

    entries: ENTRIES of what is in force, sorted by id. corrected: ENTRIES that a later entry put right.
    relations, scopes: of the entries in force. tables: `rates`, `shares`, `parties` as read.
    owners: entry, owner: for what one party (a carrier, a consignee) tells of another's line, the source
    whose line it is; entries of a source's own lines are not in it.
    """

    entries: pl.DataFrame
    corrected: pl.DataFrame
    scopes: pl.DataFrame
    relations: pl.DataFrame
    owners: pl.DataFrame
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def post(
    entries: Iterable[pl.DataFrame],
    *,
    scopes: Iterable[pl.DataFrame] = (),
    relations: pl.DataFrame | None = None,
    tables: Mapping[str, pl.DataFrame] | None = None,
) -> Ledger:
    """Put the entries of all readings into one ledger.

    The same entry twice (a file handed in twice) stands once. Nothing is refused for its values:
    what contradicts itself is a finding.
    """
    everything = pl.concat([pl.DataFrame(schema=ENTRIES), *entries])
    if everything["entry"].n_unique() < everything.height:
        everything = everything.unique("entry", keep="first", maintain_order=True)
    wrong = everything["corrects"].drop_nulls().unique().implode()
    put_right = pl.col("entry").is_in(wrong)
    current = everything.filter(~put_right) if len(wrong[0]) else everything
    corrected = everything.filter(put_right) if len(wrong[0]) else everything.clear()
    kept = pl.concat([pl.DataFrame(schema=SCOPES), *scopes]).unique(maintain_order=True)
    return Ledger(
        entries=current.sort("entry"),
        corrected=corrected.sort("entry"),
        scopes=kept.join(current.select("entry"), on="entry", how="semi").sort(SCOPES.names()),
        relations=relations if relations is not None else pl.DataFrame(schema=RELATIONS),
        owners=owners(current),
        tables=dict(tables or {}),
        findings=_corrections(everything),
    )


def _corrections(entries: pl.DataFrame) -> tuple[Finding, ...]:
    """Corrections of what is not there, and entries that two corrections put right."""
    fixes = entries.filter(pl.col("corrects").is_not_null())
    lost = fixes.join(entries, left_on="corrects", right_on="entry", how="anti")
    twice = fixes.filter(pl.col("corrects").is_duplicated())
    return tuple(
        [
            _finding(row, "correction-unknown", "an entry that was handed in before")
            for row in lost.sort("entry").iter_rows(named=True)
        ]
        + [
            _finding(row, "correction-twice", "one correction of an entry; a later one corrects the first")
            for row in twice.sort("entry").iter_rows(named=True)
        ]
    )


def _finding(row: Mapping[str, object], code: str, expected: str) -> Finding:
    number = row["row"]
    place = Place(
        file=str(row["submission"] or ""),
        sheet=str(row["sheet"] or ""),
        row=number if isinstance(number, int) else 0,
        column="corrects",
    )
    return Finding(
        Severity.WARNING,
        code,
        place,
        read=str(row["corrects"]),
        expected=expected,
        remedy="name the reference of the entry that this one puts right",
    )
