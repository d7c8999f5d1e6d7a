"""Closures: nothing departs on a closed lane, and nothing leaves or reaches a closed site."""

import polars as pl

from konvoi.plan.constraint import Barrier, shut
from konvoi.plan.exact import offset
from konvoi.plan.problem import Problem


def _shut(problem: Problem) -> pl.DataFrame:
    """Return the days of each closure; an id of neither a lane nor a site closes nothing, of both both."""
    places = {"lane": {lane.id for lane in problem.lanes}, "site": {site.id for site in problem.sites}}
    return shut(
        {
            "at": kind,
            "key": row["on"],
            "first": offset(row["from"], problem.start),
            "last": offset(row["to"], problem.start),
            "cause": "no-route",
        }
        for row in problem.tables["closures"].iter_rows(named=True)
        for kind, ids in places.items()
        if row["on"] in ids
    )


MEMBER = Barrier("closure", _shut)
