"""The page of one party on all lists: its dossier, who lists it and who does not."""

from dataclasses import replace
from pathlib import Path

import polars as pl

from konvoi.align.dossier import dossier
from konvoi.flow.sanctions.list_comparison import Sanctions, cells
from konvoi.flow.settings import Settings
from konvoi.flow.workspace import settings_of
from konvoi.report.sanctions.party_page import Coverage, party_page
from konvoi.report.writers.html import write


def party_page_of(found: Sanctions, party: str, code: str, name: str, folder: Path | None) -> bytes:
    """Return the page of a party in a language.

    name: of the file. folder: the workspace, whose title the page bears.
    """
    known = settings_of(folder) if folder else Settings()
    title = found.titles.row(by_predicate=pl.col("party") == party, named=True)
    listings = found.parties.filter(party=party)["listing"].to_list()
    told = dossier(found.frames, listings, name=title["name"], original=title["original"], kind=title["kind"])
    rows = cells(found, party)
    days = dict(found.covers.select("regime", "day").iter_rows())
    possible = {
        one: found.names_of(one) for many in rows["possible"].unique() for one in many.split("; ") if one
    }
    coverage = Coverage(rows, found.regimes, days, possible, found.lists.most)
    page = party_page(
        told, coverage, title=known.name, day=found.on, exercise=known.exercise, file=name.rpartition(".")[0]
    )
    return next(iter(write(replace(page, languages=(code,)), code).values()))
