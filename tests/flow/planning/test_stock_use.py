"""What a partner drew of its stock, counted by hand; nobody but the partner and the cell sees it."""

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from tests.flow.workspaces import TABLES, workspace

from konvoi.flow.dataset import Tables
from konvoi.flow.view import View
from konvoi.flow.workspace import workspace as opened

STOCKS = ("party,good,stock,floor,marking", "AR,tent,50,30,public")


def stated(folder: Path, **changed: tuple[str, ...]) -> Path:
    """A workspace with a stock of Arvenia that was stated on 10 February."""
    made = workspace(folder, **{"stocks": STOCKS} | changed)
    settings = made / "konvoi.toml"
    settings.write_text(settings.read_text() + '[known_on]\n"AR/stocks.csv" = 2031-02-10\n')
    return made


def rows(folder: Path, reader: str = "cell") -> pl.DataFrame:
    return Tables(opened(folder), View(reader=reader)).table("stock_use")


def test_what_left_after_the_stock_was_stated_is_drawn_and_what_is_committed_is_reserved(
    tmp_path: Path,
) -> None:
    """Stated on 10 February, after 4 tents left; of the other 6 (P-2 restates P-1) 5 leave then."""
    moves = (*TABLES["movements"], "M-2,L-2,2031-02-20,dispatched,5")
    row = rows(stated(tmp_path, movements=moves)).row(0, named=True)
    assert (row["stock"], row["floor"], row["drawn"], row["share"]) == (50, 30, Decimal(5), 0.1)
    assert (row["left"], row["spare"], row["reserved"], row["free"]) == (45, 15, Decimal(1), 14)
    assert row["lines"] == ["L-1", "L-2"]


def test_what_left_before_is_not_in_the_stock(tmp_path: Path) -> None:
    row = rows(stated(tmp_path)).row(0, named=True)
    assert (row["drawn"], row["spare"], row["reserved"]) == (0, 20, 6)


def test_goods_that_are_bought_draw_on_no_stock(tmp_path: Path) -> None:
    lines = tuple(one.replace("from stock", "procured") for one in TABLES["lines"])
    row = rows(stated(tmp_path, lines=lines)).row(0, named=True)
    assert (row["drawn"], row["reserved"], row["lines"]) == (0, 0, [])


@pytest.mark.slow
def test_goods_of_which_nobody_says_how_they_travel_count_as_drawn_and_are_named(tmp_path: Path) -> None:
    """What says that it is not known, or cannot be read, is none of the channels, not even the default."""
    for at, word in enumerate(("not stated", "undisclosed", "by horse")):
        lines = tuple(one.replace("from stock", word) for one in TABLES["lines"])
        row = rows(stated(tmp_path / str(at), lines=lines)).row(0, named=True)
        assert (row["drawn"], row["reserved"], row["not_stated"]) == (0, 6, ["L-1", "L-2"])
    assert rows(stated(tmp_path / "from stock")).row(0, named=True)["not_stated"] == []


def test_a_stock_below_its_floor_is_shown_as_such(tmp_path: Path) -> None:
    moves = (*TABLES["movements"], "M-2,L-2,2031-02-20,dispatched,25")
    row = rows(stated(tmp_path, movements=moves)).row(0, named=True)
    assert row["spare"] == -5


@pytest.mark.slow(all=True)
@pytest.mark.parametrize(
    ("reader", "seen"), [("cell", 1), ("AR", 1), ("BO", 0), ("coalition", 0), ("public", 0)]
)
def test_only_the_owner_and_the_cell_see_it_whatever_the_row_says(
    tmp_path: Path, reader: str, seen: int
) -> None:
    folder = stated(tmp_path)
    assert rows(folder, reader).height == seen
    assert Tables(opened(folder), View(reader=reader)).table("stocks").height == seen


def test_a_stock_without_a_day_has_no_figure_of_use(tmp_path: Path) -> None:
    row = rows(workspace(tmp_path, stocks=STOCKS)).row(0, named=True)
    assert (row["stock"], row["drawn"], row["spare"], row["reserved"]) == (50, None, None, None)
