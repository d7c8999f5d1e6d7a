"""All pages of one FTS search together: whether they are complete and give the totals they state."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

import polars as pl

from konvoi.kit.money import to_major
from konvoi.model.boundary import parsed, sides
from konvoi.model.document import Reading
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.stages import Stage

FORMAT = "fts-flows"
_CLAIMED = {
    "incoming funding": ("incoming", (Stage.COMMITTED, Stage.DISBURSED)),
    "incoming pledges": ("incoming", (Stage.PLEDGED,)),
    "outgoing funding": ("outgoing", (Stage.COMMITTED, Stage.DISBURSED)),
    "outgoing pledges": ("outgoing", (Stage.PLEDGED,)),
}
_COUNTED = {"incoming flows": "incoming", "outgoing flows": "outgoing", "internal flows": "internal"}


def pages(readings: Iterable[Reading]) -> tuple[Finding, ...]:
    """Compare the flows on all pages of a search with the totals and counts that each page states.

    Pages belong together if they state one boundary. If there are fewer flows than the search has, only
    that is reported. Totals leave shared flows out, counts include them: so FTS draws them.
    """
    found = [reading for reading in readings if reading.format == FORMAT and reading.boundary]
    boundaries = sorted({reading.boundary for reading in found})
    return tuple(
        finding
        for boundary in boundaries
        for finding in _search([reading for reading in found if reading.boundary == boundary])
    )


def _search(readings: Sequence[Reading]) -> list[Finding]:
    """Return the findings on the pages of one search."""
    flows = _flows(readings)
    claims = readings[0].claims
    stated = _claim(claims, "flows")
    if stated is not None and flows["reference"].n_unique() < stated:
        return [_missing(readings, flows["reference"].n_unique(), stated)]
    drawn = [(measure, _sum(flows, side, stages)) for measure, (side, stages) in _CLAIMED.items()] + [
        (measure, _count(flows, side)) for measure, side in _COUNTED.items()
    ]
    return [
        _differs(readings, measure, value, claimed)
        for measure, value in drawn
        if (claimed := _claim(claims, measure)) is not None and claimed != value
    ]


def _flows(readings: Sequence[Reading]) -> pl.DataFrame:
    """The entries of all pages with the side on which each lies; a flow on two pages once."""
    entries = pl.concat([reading.entries for reading in readings]).unique("entry").sort("entry")
    scopes = pl.concat([reading.scopes for reading in readings])
    return entries.join(sides(scopes, parsed(readings[0].boundary)), on="entry", how="left")


def _sum(flows: pl.DataFrame, side: str, stages: Sequence[Stage]) -> Decimal:
    alone = ~pl.col("shared") & (pl.col("side") == side) & pl.col("stage").is_in([str(s) for s in stages])
    # As totals take an amount: in its own currency before the converted one.
    counted = pl.when(pl.col("currency") == "USD").then("amount_minor").otherwise("stated_minor")
    return to_major(int(flows.filter(alone).select(counted).to_series().sum()), "USD")


def _count(flows: pl.DataFrame, side: str) -> Decimal:
    return Decimal(flows.filter(pl.col("side") == side)["reference"].n_unique())


def _claim(claims: pl.DataFrame, measure: str) -> Decimal | None:
    values = claims.filter(pl.col("measure") == measure)["value"].to_list()
    return values[0] if values else None


def _missing(readings: Sequence[Reading], there: int, stated: Decimal) -> Finding:
    return Finding(
        Severity.WARNING,
        "fts-pages-missing",
        Place(readings[0].document, "meta", 0, "count"),
        read=str(there),
        expected="the {count} flows that the search has",
        remedy="submit the other pages of the search; until then totals cannot be computed",
        values={"count": f"{stated.normalize():f}"},
    )


def _differs(readings: Sequence[Reading], measure: str, value: Decimal, claimed: Decimal) -> Finding:
    return Finding(
        Severity.WARNING,
        "fts-total-differs",
        Place(readings[0].document, "data", 0, measure),
        read=f"{claimed.normalize():f}",
        expected="{value}, by the flows of all pages",
        remedy="fetch all pages again at one time; the flows count, not the stated total",
        values={"value": f"{value.normalize():f}"},
    )
