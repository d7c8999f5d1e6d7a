"""An offer that is tied goes only where it is tied to."""

import json
from collections import defaultdict

import polars as pl

from konvoi.plan.constraint import Barrier, shut
from konvoi.plan.parts import Need
from konvoi.plan.problem import Problem


def _shut(problem: Problem) -> pl.DataFrame:
    """Each source and need that do not go together; of several ties of one offer any one is enough."""
    ties: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in problem.tables["earmarks"].iter_rows(named=True):
        ties[row["offer"]].add((row["to"], row["value"]))
    served = defaultdict(list)
    for pair in problem.pairs:
        served[pair.good].append(problem.needs[pair.need])
    return shut(
        {
            "at": "pair",
            "key": source.key,
            "need": need.id,
            "cause": "earmarked",
            "values": json.dumps({"offer": source.offer, "to": _words(ties[source.offer])}, sort_keys=True),
        }
        for source in problem.sources
        if source.offer in ties
        for need in served[source.good]
        if not ties[source.offer] & _places(problem, need)
    )


def _places(problem: Problem, need: Need) -> set[tuple[str, str]]:
    """All that an offer may be tied to so that it serves a need."""
    site = problem.sites[need.site]
    return {
        ("need", need.id),
        ("site", site.id),
        ("region", site.region),
        ("recipient", need.recipient),
    } - {("region", ""), ("recipient", "")}


def _words(ties: set[tuple[str, str]]) -> str:
    """What an offer is tied to, in one text."""
    return ", ".join(f"{to} {value}" for to, value in sorted(ties))


MEMBER = Barrier("earmark", _shut)
