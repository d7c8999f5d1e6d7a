"""Totals stated in a document's figures and matrices, compared with the rows behind them."""

from collections.abc import Mapping
from decimal import Decimal

import polars as pl

from konvoi.intake.check import Whole, by_place, decimal_of, plain
from konvoi.model.document import Reading
from konvoi.model.finding import Finding, Severity, told
from konvoi.model.goods import descendants
from konvoi.model.party import GROUPS, party_name
from konvoi.model.stages import KINDS
from konvoi.model.table import QUANTITY

_TOLERANCE = Decimal("0.001")
_WORDS = (
    "{rows} {unit}, the sum of the rows; the difference is {rest}",
    "Correct the figure, or the rows it is made from.",
)
_SCALE = {"EUR bn": Decimal("1e-11")}
"""Units of claims that are amounts, and what one minor unit of the currency is in them."""


def claims_against_rows(whole: Whole) -> tuple[Finding, ...]:
    """A figure that a document states must agree with its own rows.

    Compared are claims of the measure `units` with the quantities of lines, by party, good (with the goods
    below it) and stage; claims of `committed|total`, `committed|part|KIND`
    and `KIND|total` with the values of packages. A claim without a party refers to all; a party that is
    neither in the rows nor a known group is not compared.
    """
    found: list[Finding] = []
    for reading in whole.readings:
        if reading.claims.is_empty() or reading.entries.is_empty():
            continue
        groups = _groups(reading)
        units = _units(reading.entries)
        amounts = _amounts(reading.entries)
        for claim in _claims(reading.claims).iter_rows(named=True):
            parties = None if claim["party"] is None else groups.get(claim["party"])
            if claim["party"] is not None and parties is None:
                continue
            rows = (
                _quantity(units, claim, parties, descendants(reading.tables, str(claim["good"])))
                if claim["measure"] == "units"
                else _value(amounts, claim, parties)
            )
            if rows is not None and abs(rows - claim["value"]) > _TOLERANCE * max(
                abs(rows), Decimal(1) / 1000
            ):
                found.append(_finding(reading, claim, rows))
    return by_place(found)


def _claims(claims: pl.DataFrame) -> pl.DataFrame:
    """One claim for each sheet, measure, party, good and stage: cells that state parts of it add up."""
    keys = ["sheet", "measure", "stage", "party", "good", "unit"]
    return claims.group_by(keys, maintain_order=True).agg(
        pl.col("value").sum(),
        # The place is that of the largest of the cells, where a person looks first.
        pl.struct("row", "column").sort_by("value", descending=True, maintain_order=True).first().alias("at"),
    )


def _groups(reading: Reading) -> dict[str, tuple[str, ...]]:
    """The parties that each name of a party in a claim means."""
    found = {party: (party,) for party in reading.entries["party"].drop_nulls().unique().to_list()}
    table = reading.tables.get("groups")
    own: dict[str, list[str]] = {}
    for group, party in table.select("group", "party").rows() if table is not None else ():
        own.setdefault(group, []).append(party)
    return found | GROUPS | {group: tuple(parties) for group, parties in own.items()}


def _units(entries: pl.DataFrame) -> dict[tuple[str, str, str], Decimal]:
    """Quantities of lines by party, good and stage."""
    lines = entries.filter(pl.col("line").is_not_null() & pl.col("quantity").is_not_null())
    sums = lines.group_by("party", "good", "stage").agg(pl.col("quantity").sum())
    return {
        (party or "", good or "", stage): quantity
        for party, good, stage, quantity in sums.select("party", "good", "stage", "quantity").rows()
    }


def _amounts(entries: pl.DataFrame) -> dict[tuple[str, str, str], Decimal]:
    """Values in euro of packages by party, kind and stage, in minor units."""
    stated = pl.when(pl.col("stated_currency") == "EUR").then("stated_minor")
    packages = entries.filter(pl.col("line").is_null()).with_columns(
        value=pl.coalesce(stated, pl.when(pl.col("currency") == "EUR").then("amount_minor")).cast(QUANTITY)
    )
    sums = packages.group_by("party", "kind", "stage").agg(pl.col("value").sum())
    return {
        (party or "", kind or "", stage): value
        for party, kind, stage, value in sums.select("party", "kind", "stage", "value").rows()
    }


def _quantity(
    units: Mapping[tuple[str, str, str], Decimal],
    claim: Mapping[str, object],
    parties: tuple[str, ...] | None,
    goods: frozenset[str],
) -> Decimal:
    return sum(
        (
            quantity
            for (party, of, stage), quantity in units.items()
            if (parties is None or party in parties) and stage == claim["stage"] and of in goods
        ),
        Decimal(0),
    )


def _value(
    amounts: Mapping[tuple[str, str, str], Decimal],
    claim: Mapping[str, object],
    parties: tuple[str, ...] | None,
) -> Decimal | None:
    subject, role, *part = (*str(claim["measure"]).split("|"), "", "")
    kind = subject if subject in KINDS and role == "total" else (part[0] if part else "")
    scale = _SCALE.get(str(claim["unit"]))
    if scale is None or (kind not in KINDS and (subject, role) != ("committed", "total")):
        return None
    return scale * sum(
        (
            value
            for (party, of, stage), value in amounts.items()
            if (parties is None or party in parties) and stage == claim["stage"] and kind in ("", of)
        ),
        Decimal(0),
    )


def _finding(reading: Reading, claim: Mapping[str, object], rows: Decimal) -> Finding:
    value = decimal_of(claim["value"])
    place = {**claim, "submission": reading.document}
    at = claim["at"]
    place |= at if isinstance(at, dict) else {}
    what = str(claim["good"] or claim["measure"]).replace("|", " ")
    who = party_name(str(claim["party"])) if claim["party"] else "all"
    values = {"rows": plain(rows), "unit": str(claim["unit"] or ""), "rest": plain(value - rows)}
    read = f"{who}, {what}, {claim['stage']}: {plain(value)}"
    return told(Severity.WARNING, "figure-and-rows-differ", place, _WORDS, read=read, values=values)
