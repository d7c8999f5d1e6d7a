"""Figures of sanctions lists and of screening as tables."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from konvoi.align.hits import Hit, Said
from konvoi.align.matrix import Cell
from konvoi.flow.sanctions.tables import (
    AGES,
    ENDING,
    GAPS,
    HITS,
    LAGS,
    REGIMES,
    SCREENING_SUM,
    SHARES,
    SUM,
)
from konvoi.model.document import COALITION

if TYPE_CHECKING:
    from konvoi.flow.sanctions.list_comparison import Sanctions
    from konvoi.flow.sanctions.screening import Screened

WARNED = (Said.EXPIRED, Said.PART)


def regimes(*, lists: "Sanctions | None") -> pl.DataFrame:
    """Return each regime of the manifest with the days for which its list speaks; without lists, no row."""
    if lists is None:
        return REGIMES.schema().to_frame()
    states = [(one.taken.snapshot.regime, one.state.value) for one in lists.used]
    state = pl.DataFrame(states, schema={"regime": pl.String(), "state": pl.String()}, orient="row")
    listed = lists.matrix.filter(cell=Cell.LISTED.value).group_by("regime")
    counts = listed.agg(listed=pl.col("party").n_unique().cast(pl.Int64))
    rows = pl.DataFrame({"regime": lists.regimes}, schema={"regime": pl.String()})
    for other in (lists.covers, state, counts):
        rows = rows.join(other, on="regime", how="left")
    age = (pl.lit(lists.on) - pl.col("day")).dt.total_days()
    return rows.with_columns(age=age).select(REGIMES.schema().names()).sort("regime")


def total(*, lists: "Sanctions | None") -> pl.DataFrame:
    """Return one row: the number of parties listed, of regimes that list, and of open pairs."""
    rows = [] if lists is None else [(lists.listed, len(lists.regimes), lists.asked, lists.lists.most)]
    return pl.DataFrame(rows, schema=SUM.schema(), orient="row")


def shares(*, lists: "Sanctions | None") -> pl.DataFrame:
    """Return the number of parties that each regime lists, of those known to be listed or not, by measure."""
    return SHARES.schema().to_frame() if lists is None else lists.shares


def gaps(*, lists: "Sanctions | None") -> pl.DataFrame:
    """Return measures that some regimes order against a party and one regime does not, the widest first."""
    if lists is None:
        return GAPS.schema().to_frame()
    found = lists.gaps.join(lists.titles, on="party", how="left")
    return found.select(GAPS.schema().names())


def ending(*, lists: "Sanctions | None") -> pl.DataFrame:
    """Return listings about to end."""
    if lists is None:
        return ENDING.schema().to_frame()
    return lists.ending.join(lists.titles, on="party", how="left")


def lags(*, lists: "Sanctions | None") -> pl.DataFrame:
    """Return the days by which one regime lists before another."""
    return LAGS.schema().to_frame() if lists is None else lists.lags


def hits(*, screening: "Screened | None") -> pl.DataFrame:
    """Return a row for each party and listing that were brought together."""
    rows = [] if screening is None else [_hit(one) for one in screening.hits]
    return pl.DataFrame(rows, schema=HITS.schema())


def screening_total(*, screening: "Screened | None") -> pl.DataFrame:
    """Return one row: the number of parties screened, blocked, warned of, and in no list."""
    if screening is None:
        return SCREENING_SUM.schema().to_frame()
    row = {
        "on": screening.against.on,
        "parties": len(screening.parties),
        "blocked": len({one.party for one in screening.hits if one.stops}),
        "open": sum(one.asks for one in screening.hits),
        "warned": len({one.party for one in screening.hits if one.said in WARNED}),
        "clean": len(screening.clean),
        "most": screening.against.most,
    }
    return pl.DataFrame([row], schema=SCREENING_SUM.schema())


def ages(*, screening: "Screened | None") -> pl.DataFrame:
    """Return each list in force with its day and age."""
    rows = []
    if screening is not None:
        where = screening.against
        rows = [(regime, day, where.ages[regime]) for regime, day in sorted(where.ready.days.items())]
    return pl.DataFrame(rows, schema=AGES.schema(), orient="row")


def _hit(hit: Hit) -> Mapping[str, object]:
    """Return the row of an alert, for the coalition alone, since its statement about a party may be wrong."""
    source = hit.source
    return {
        "hit": hit.id,
        "party": hit.party,
        "name": hit.name,
        "said": str(hit.said),
        "how": str(hit.how),
        "score": hit.score,
        "state": str(hit.state),
        "disposition": str(hit.disposition),
        "stops": hit.stops,
        "blocks": [str(role) for role in hit.blocks],
        "regime": source.regime,
        "reference": source.reference,
        "listed": source.name,
        "day": source.day,
        "age": source.age,
        "measures": [one.order for one in hit.measures],
        "stands": [one.stands for one in hit.measures],
        "since": hit.since,
        "for": list(hit.speaks_for),
        "against": list(hit.against),
        "chain": list(hit.chain),
        "reason": hit.reason,
        "reviewers": list(hit.reviewers),
        "decided": hit.decided,
        "earlier": hit.earlier,
        "reopened": [one.text for one in hit.reopened],
        "marking": COALITION,
    }
