"""Parts that a document states beside their total add up to it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import polars as pl

from konvoi.intake.check import Whole, by_place, decimal_of, percent, plain
from konvoi.model.finding import Finding, Severity, told
from konvoi.model.party import party_name

# Published figures are rounded; a difference of one part in a thousand is no contradiction.
_TOLERANCE = Decimal("0.001")
_WORDS = (
    "parts that add up to the total of {total} {unit}; their sum is {sum}, difference {rest}",
    "Correct a part or the total, or name the part that is missing; {fits} would fit.",
)


def parts_do_not_sum(whole: Whole) -> tuple[Finding, ...]:
    """Parts that a row states beside their total must add up to it.

    Claims of one row whose measures are `X|total` and `X|part|NAME`; a part that is not known leaves the
    row out.
    """
    found: list[Finding] = []
    for reading in (one for one in whole.readings if one.claims.height):
        for rows in _rows(reading.claims):
            found += _row(reading.document, rows)
    return by_place(found)


def _rows(claims: pl.DataFrame) -> list[list[dict[str, object]]]:
    """The claims of each row and subject that has parts, in the claims' order."""
    named = claims.with_columns(
        subject=pl.col("measure").str.split("|").list.get(0),
        role=pl.col("measure").str.split("|").list.get(1, null_on_oob=True),
        part=pl.col("measure").str.split("|").list.get(2, null_on_oob=True),
    ).filter(pl.col("role").is_in(["total", "part"]))
    keys = ["sheet", "row", "subject", "party", "good"]
    return [group.to_dicts() for _, group in named.group_by(keys, maintain_order=True)]


def _row(document: str, rows: Sequence[Mapping[str, object]]) -> list[Finding]:
    totals = [row for row in rows if row["role"] == "total"]
    parts = [row for row in rows if row["role"] == "part"]
    if len(totals) != 1 or not parts:
        return []
    total = _value(totals[0])
    sums = sum((_value(part) for part in parts), Decimal(0))
    if abs(total - sums) <= _TOLERANCE * max(abs(total), Decimal(1) / 1000):
        return []
    shares = ", ".join(_share(part, total) for part in parts)
    values = {
        "total": plain(total),
        "unit": str(totals[0]["unit"] or ""),
        "sum": plain(sums),
        "rest": plain(total - sums),
        "fits": f"{parts[-1]['part']} {plain(total - sums + _value(parts[-1]))}",
    }
    party = totals[0]["party"]
    read = f"{party_name(str(party)) if party else 'all'}: {shares}"
    place = {**totals[0], "submission": document}
    return [told(Severity.WARNING, "parts-do-not-sum", place, _WORDS, read=read, values=values)]


def _share(part: Mapping[str, object], total: Decimal) -> str:
    """One part with its share of the total, such as `disbursed 16.815 (47.5 %)`."""
    share = f" ({percent(_value(part), total)} %)" if total else ""
    return f"{part['part']} {plain(_value(part))}{share}"


def _value(row: Mapping[str, object]) -> Decimal:
    return decimal_of(row["value"])
