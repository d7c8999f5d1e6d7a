"""Three public sets, each with its truth and its one file of settings.

fake_1000 (MIT) and febrl4 (BSD) are made up with slips, DBLP-ACM (Apache-2.0) is real. They are read from
where the real files of others lie; `../shared/data/README.md` tells whence they come.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl
from bench.record import ROOT

from konvoi.flow.matching.match_files import read, table_at
from konvoi.link.task import Task, task

FOLDER = Path(__file__).parent
DATA = Path(os.environ.get("KONVOI_REAL_DATA") or ROOT.parent / "shared" / "data") / "er"


@dataclass(frozen=True)
class Public:
    """One set. files: below DATA, each a table. once: whether each table holds each thing once."""

    name: str
    files: tuple[str, ...]
    once: bool = False

    @property
    def task(self) -> Task:
        """Its settings, as `konvoi match` reads them."""
        found, wrong = task((FOLDER / f"{self.name}.toml").read_text(encoding="utf-8"), self.name)
        if found is None:
            raise ValueError(wrong)
        return found

    @cached_property
    def tables(self) -> Mapping[str, pl.DataFrame]:
        """Its tables with the columns that the settings have made."""
        return read([DATA / file for file in self.files], self.task)[0]

    @cached_property
    def truth(self) -> pl.DataFrame:
        """The true cluster of each record: id, cluster."""
        return TRUTHS[self.name](self).sort("id")


def _of_people(public: Public) -> pl.DataFrame:
    """A column says which person each record is of."""
    return public.tables["fake_1000"].select("cluster", id="unique_id")


def _of_articles(public: Public) -> pl.DataFrame:
    """A third table pairs the numbers of both bibliographies; every other article stands alone."""
    pairs = table_at(DATA / "dblp-acm" / "gt.csv", "%")
    ids = pl.concat(table["id"] for table in public.tables.values())
    second = {f"acm:{b}": f"dblp:{a}" for a, b in pairs.iter_rows()}
    return pl.DataFrame({"id": ids, "cluster": [second.get(one, one) for one in ids]})


def _of_doubles(public: Public) -> pl.DataFrame:
    """The number in the middle of rec-7-org is the person's."""
    ids = pl.concat(table["rec_id"] for table in public.tables.values())
    return pl.DataFrame({"id": ids, "cluster": ids.str.split("-").list.get(1)})


TRUTHS = {"fake_1000": _of_people, "dblp_acm": _of_articles, "febrl4": _of_doubles}

SETS = (
    Public("fake_1000", ("fake_1000.csv",)),
    Public("dblp_acm", ("dblp-acm/dblp.csv", "dblp-acm/acm.csv"), once=True),
    Public("febrl4", ("dataset4a.csv", "dataset4b.csv"), once=True),
)
