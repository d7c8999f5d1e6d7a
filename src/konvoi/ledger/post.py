"""Entries of all submissions become one ledger: each fact once, the latest statements in force."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import polars as pl

from konvoi.ledger.units import owners
from konvoi.ledger.versions import AGE, DISPUTES, SUPERSEDED, current
from konvoi.model.entries import ENTRIES, RELATIONS, SCOPES
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.stages import Stage


class Ends(NamedTuple):
    """The relations that concern totals, the units at their ends, and the lines that these bring together."""

    relations: pl.DataFrame
    units: pl.DataFrame
    brought: pl.DataFrame


@dataclass(frozen=True)
class Ledger:
    """All facts submitted, and those of them in force.

    entries: ENTRIES of what is in force, sorted by id; of a package or line item one statement a stage.
    corrected: ENTRIES that a later entry put right. superseded: SUPERSEDED, the statements that later ones
    replaced. disputes, disputed: other readings of what is in force (konvoi.ledger.versions). plausible:
    entries in force whose scale or currency is questioned, under their ids, as they may be meant.
    relations, scopes: of the entries in force. tables: `rates`, `shares`, `parties` as read.
    owners: entry, owner: for reports of one party (a carrier, a consignee) on another's line, the source
    whose line it is; entries of a source's own lines are not in it. places: of each entry at the boundaries
    that were asked for (konvoi.ledger.basis). ends: of the relations as known on days that were asked for.
    """

    entries: pl.DataFrame
    corrected: pl.DataFrame
    scopes: pl.DataFrame
    relations: pl.DataFrame
    owners: pl.DataFrame
    superseded: pl.DataFrame = field(default_factory=SUPERSEDED.to_frame)
    disputes: pl.DataFrame = field(default_factory=DISPUTES.to_frame)
    disputed: pl.DataFrame = field(default_factory=ENTRIES.to_frame)
    plausible: pl.DataFrame = field(default_factory=ENTRIES.to_frame)
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    places: dict[tuple[object, ...], pl.Series] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    ends: dict[date | None, Ends] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def funds(self) -> frozenset[str]:
        """The parties that the table `parties` lists as funds."""
        rows = self.tables.get("parties")
        if rows is None or not {"party", "kind"} <= set(rows.columns):
            return frozenset()
        return frozenset(rows.filter(pl.col("kind") == "fund")["party"].drop_nulls())

    @property
    def history(self) -> pl.DataFrame:
        """Return ENTRIES in force, and earlier statements of the same: moved days, changed amounts."""
        key = ["source", "reference", "stage"]
        earlier = self.superseded.select(list(ENTRIES)).filter(pl.col("stage") != Stage.WITHDRAWN)
        of_these = earlier.join(self.entries.select(key), on=key, how="semi")
        return pl.concat([self.entries, of_these.join(self.entries, on="entry", how="anti")])


def post(
    entries: Iterable[pl.DataFrame],
    *,
    ages: Sequence[int] = (),
    scopes: Iterable[pl.DataFrame] = (),
    relations: pl.DataFrame | None = None,
    tables: Mapping[str, pl.DataFrame] | None = None,
) -> Ledger:
    """Put the entries of all readings into one ledger.

    The same entry twice (a file submitted twice) stands once, and of several statements of one reference the
    one in force (konvoi.ledger.versions). Nothing is refused for its values: what contradicts itself is a
    finding. ages: of each table of entries how late its document became known, later ones higher; without
    them the days on which entries became known decide.
    """
    stated = current(_aged(list(entries), ages), (tables or {}).get("rates"))
    everything = stated.entries
    wrong = everything["corrects"].drop_nulls().unique().implode()
    put_right = pl.col("entry").is_in(wrong)
    in_force = everything.filter(~put_right) if len(wrong[0]) else everything
    corrected = everything.filter(put_right) if len(wrong[0]) else everything.clear()
    kept = pl.concat([pl.DataFrame(schema=SCOPES), *scopes]).unique(maintain_order=True)
    return Ledger(
        entries=in_force.sort("entry"),
        corrected=corrected.sort("entry"),
        scopes=kept.join(in_force.select("entry"), on="entry", how="semi").sort(SCOPES.names()),
        relations=relations if relations is not None else pl.DataFrame(schema=RELATIONS),
        owners=owners(in_force),
        superseded=stated.superseded,
        disputes=stated.disputes,
        disputed=stated.disputed,
        tables=dict(tables or {}),
        findings=(*stated.findings, *_corrections(everything)),
    )


def _aged(entries: Sequence[pl.DataFrame], ages: Sequence[int]) -> pl.DataFrame:
    """All entries with the age of their document."""
    if ages:
        told = [age for one, age in zip(entries, ages, strict=True) for _ in range(one.height)]
        return pl.concat([pl.DataFrame(schema=ENTRIES), *entries]).with_columns(
            pl.Series(AGE, told, pl.Int64)
        )
    day = pl.col("known_on").dt.epoch("d").fill_null(-1).cast(pl.Int64)
    return pl.concat([pl.DataFrame(schema=ENTRIES), *entries]).with_columns(day.alias(AGE))


def _corrections(entries: pl.DataFrame) -> tuple[Finding, ...]:
    """Return findings on corrections of missing entries, and on entries with two corrections."""
    fixes = entries.filter(pl.col("corrects").is_not_null())
    lost = fixes.join(entries, left_on="corrects", right_on="entry", how="anti")
    twice = fixes.filter(pl.col("corrects").is_duplicated())
    return tuple(
        [
            _finding(row, "correction-unknown", "a previously submitted entry")
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
