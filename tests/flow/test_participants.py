"""Who takes part in a joint package stands in the workbook, and what they undertake is then part of it."""

from pathlib import Path

import polars as pl
from tests.flow.workspaces import workspace

from konvoi.flow.load_workspace import gathering
from konvoi.flow.workspace import workspace as opened

PACKAGES = (
    "package,party,day,kind,amount,currency,stage,title",
    "J-1,LEAGUE,2031-01-12,humanitarian,4610000.00,EUR,pledged,Ambulances for Sumy (clinic 37)",
    "C-1,CO,2031-01-10,humanitarian,1000000.00,EUR,committed,Ambulances for Sumy (clinic 37)",
    "D-1,DE,2031-01-14,humanitarian,3210000.00,EUR,committed,Ambulances for Sumy (clinic 37)",
    "S-1,SE,2031-01-11,humanitarian,400000.00,EUR,committed,Ambulances for Sumy (clinic 37)",
    "F-1,FR,2031-01-11,humanitarian,1000000.00,EUR,committed,Ambulances for Sumy (clinic 37)",
)
NAMED = ("package,party", "J-1,CO", "J-1,Germany", "J-1,SE")


def parts(folder: Path, named: tuple[str, ...]) -> list[tuple[str, str]]:
    """Parts of a joint package as (reference of the part, of the whole)."""
    made = opened(
        workspace(folder, packages=PACKAGES, lines=(), movements=(), receipts=(), participants=named)
    )
    ledger = gathering(made).ledger
    called = dict(ledger.entries.select("entry", "reference").iter_rows())
    rows = ledger.relations.filter(pl.col("relation") == "part_of").select("left", "right").iter_rows()
    return sorted((called[left], called[right]) for left, right in rows)


def test_what_named_participants_undertake_is_part_of_the_whole(tmp_path: Path) -> None:
    """France gives the same sum for the same thing and is not named."""
    assert parts(tmp_path, NAMED) == [("C-1", "J-1"), ("D-1", "J-1"), ("S-1", "J-1")]


def test_where_nobody_is_named_nothing_is_part(tmp_path: Path) -> None:
    assert parts(tmp_path, NAMED[:1]) == []
