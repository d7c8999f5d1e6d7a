"""Days by leg, counted by hand from events of tables and receipts."""

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from tests.flow.workspaces import workspace

from konvoi.flow.dataset import Tables
from konvoi.flow.view import View
from konvoi.flow.workspace import workspace as opened

HEAD = "movement,line,day,stage,quantity,from,to,waybill,marking"
MOVES = (
    HEAD,
    "M-1,L-1,2031-02-01,dispatched,4,port,town,W-1,",
    "M-2,L-1,2031-02-03,dispatched,2,port,town,W-2,",
    "M-3,L-1,2031-02-12,handed over,2,port,town,W-2,",
    "M-4,L-1,2031-02-05,dispatched,1,port,town,,own",
)
RECEIPTS = (
    "receipt,reference,day,received,place,proof",
    "R-1,W-1,2031-02-04,4,town,signed by consignee",
)


def rows(folder: Path, reader: str = "cell") -> pl.DataFrame:
    return Tables(opened(folder), View(reader=reader)).table("leg_days")


def test_a_leg_ends_with_the_first_event_at_its_place(tmp_path: Path) -> None:
    """W-1 took 3 days by its receipt, W-2 9 by its hand-over, M-4 has not arrived; planned are 2, 3, 6."""
    row = rows(workspace(tmp_path, movements=MOVES, receipts=RECEIPTS)).row(0, named=True)
    assert (row["from"], row["to"], row["lanes"]) == ("port", "town", ["road"])
    assert (row["planned_p10"], row["planned_p50"], row["planned_p90"]) == (2, 3, 6)
    assert (row["cases"], row["open"], row["longer"]) == (2, 1, 1)
    assert (row["actual_p10"], row["actual_p50"], row["actual_p90"]) == (3, 3, 9)
    assert row["movements"] == ["M-1", "M-2", "M-4"]


def test_of_two_lanes_nobody_knows_which_was_taken(tmp_path: Path) -> None:
    lanes = (
        "lane,from,to,mode,days_p10,days_p50,days_p90",
        "road,port,town,road,2,3,6",
        "rail,port,town,rail,4,5,9",
    )
    row = rows(workspace(tmp_path, movements=MOVES, receipts=RECEIPTS, lanes=lanes)).row(0, named=True)
    assert (row["lanes"], row["planned_p50"], row["longer"]) == (["rail", "road"], None, None)


def test_an_event_elsewhere_or_before_ends_no_leg(tmp_path: Path) -> None:
    receipts = (RECEIPTS[0], "R-1,W-1,2031-01-30,4,town,", "R-2,W-1,2031-02-04,4,port,")
    row = rows(workspace(tmp_path, movements=MOVES[:2], receipts=receipts)).row(0, named=True)
    assert (row["cases"], row["open"], row["actual_p50"]) == (0, 1, None)


@pytest.mark.parametrize(("reader", "seen"), [("cell", 1), ("AR", 1), ("BO", 0)])
def test_a_movement_that_is_hidden_counts_for_its_owner_alone(tmp_path: Path, reader: str, seen: int) -> None:
    row = rows(workspace(tmp_path, movements=MOVES, receipts=RECEIPTS), reader).row(0, named=True)
    assert row["open"] == seen


def test_lanes_keep_the_days_that_they_state(tmp_path: Path) -> None:
    found = Tables(opened(workspace(tmp_path, movements=MOVES)), View()).table("lanes")
    assert found["days_p50"].to_list() == [Decimal(3)]
