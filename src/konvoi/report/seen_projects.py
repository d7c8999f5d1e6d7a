"""Projects as far as all that they rest on may be seen."""

from collections.abc import Iterator, Mapping

import polars as pl

from konvoi.fund.principle import FACTS, fact_key
from konvoi.fund.steps import key

Tables = Mapping[str, pl.DataFrame]

_DRAWN = ("project_standing", "project_answers", "project_twice")
_OWN = (
    *("projects", "financing", "damages", "principles", "attestations", "people_in_need"),
    *("allocations", "contracts", "call_offs", "tranches"),
)
_NAMED = (
    *(("projects", "project"), ("financing", "financing"), ("allocations", "allocation")),
    *(("contracts", "contract"), ("call_offs", "call_off"), ("tranches", "tranche")),
)


def seen_projects(every: Tables, shown: Tables) -> dict[str, pl.DataFrame]:
    """The shown tables, of what is drawn of projects only the rows that rest on nothing hidden.

    What a row says of money, of an answer or of a pair would be false beside a hidden payment or attestation.
    Facts of a hidden project are hidden, too.
    """
    found = dict(shown)
    if FACTS in shown and "projects" in shown:
        ids = shown["projects"]["project"].implode()
        found[FACTS] = shown[FACTS].filter(pl.col("project").is_in(ids))
    known = frozenset(_keys(found))
    for name in _DRAWN:
        if name in every:
            found[name] = every[name].filter(_visible(every[name], known))
    return found


def unseen_projects(every: Tables, shown: Tables) -> frozenset[str]:
    """The references of projects, their money and its records that are hidden."""
    return frozenset(
        str(one)
        for name, column in _NAMED
        if name in every and "projects" in every
        for one in set(every[name][column]) - set(shown[name][column])
    )


def _keys(tables: Tables) -> Iterator[str]:
    for name in _OWN:
        if name in tables:
            yield from (key(name, row) for row in tables[name].iter_rows(named=True))
    if FACTS in tables:
        yield from (fact_key(row) for row in tables[FACTS].iter_rows(named=True))


def _visible(rows: pl.DataFrame, known: frozenset[str]) -> pl.Series:
    return pl.Series([all(one in known for one in behind) for behind in rows["behind"]], dtype=pl.Boolean)
