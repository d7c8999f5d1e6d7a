"""What screening says, as tables of a case: for the brief, and for the causes of unmet needs."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from konvoi.align.hits import Hit, Said
from konvoi.flow.gathered import Gathered
from konvoi.flow.screening import Screened
from konvoi.flow.screening_workspace import workspace_screened
from konvoi.gateways.refusal import Refused
from konvoi.model.document import COALITION
from konvoi.report.case import Case
from konvoi.report.screened import AGES, HITS, SUM

WARNED = (Said.EXPIRED, Said.PART)


def screening_tables(gathered: Gathered) -> Mapping[str, pl.DataFrame]:
    """screening_sum, screening_ages, screening_hits; none where a workspace has no lists.

    Where its lists cannot be read at all, the first is empty.
    """
    try:
        found = workspace_screened(gathered)
    except Refused:
        return {"screening_sum": pl.DataFrame(schema=SUM)}
    if found is None:
        return {}
    return {"screening_sum": _sum(found), "screening_ages": _ages(found), "screening_hits": _hits(found)}


def with_screening(case: Case, gathered: Gathered) -> Case:
    """Return the case with these tables: where their marking admits the reader of its view."""
    if not gathered.view.admits(COALITION):
        return case
    return replace(case, tables={**case.tables, **screening_tables(gathered)})


def _sum(found: Screened) -> pl.DataFrame:
    where = found.against
    row = {
        "on": where.on,
        "parties": len(found.parties),
        "blocked": len({one.party for one in found.hits if one.stops}),
        "open": sum(one.asks for one in found.hits),
        "warned": len({one.party for one in found.hits if one.said in WARNED}),
        "clean": len(found.clean),
        "most": where.most,
    }
    return pl.DataFrame([row], schema=SUM)


def _ages(found: Screened) -> pl.DataFrame:
    where = found.against
    rows = [(regime, day, where.ages[regime]) for regime, day in sorted(where.ready.days.items())]
    return pl.DataFrame(rows, schema=AGES, orient="row")


def _hits(found: Screened) -> pl.DataFrame:
    return pl.DataFrame([_row(one) for one in found.hits], schema=HITS)


def _row(hit: Hit) -> Mapping[str, object]:
    """A hit is for the coalition's eyes: it says of somebody what is perhaps not so."""
    source = hit.source
    return {
        "hit": hit.id,
        "party": hit.party,
        "name": hit.name,
        "said": str(hit.said),
        "how": str(hit.how),
        "score": hit.score,
        "state": str(hit.state),
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
        "marking": COALITION,
    }
