"""Progress of support of a workspace, by route, partner, kind, good or document."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.flow.workspaces import TABLES
from tests.flow.workspaces import workspace as small

from konvoi.flow.ledger.gap import Gap, fields, gap, scaled
from konvoi.flow.workspace import workspace
from konvoi.ledger.question import Question


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small(tmp_path_factory.mktemp("gap") / "cell")


def drawn(folder: Path, by: str = "route", **question: object) -> Gap:
    return gap(workspace(folder), Question(**question), by)  # type: ignore[arg-type]


def test_the_day_is_the_one_asked_or_that_of_the_workspace(folder: Path) -> None:
    assert drawn(folder).day == date(2031, 2, 10)
    asked = drawn(folder, on=date(2031, 1, 31), known=date(2031, 2, 2))
    assert asked.day == date(2031, 1, 31)
    assert (asked.as_dict()["day"], asked.as_dict()["known"]) == ("2031-01-31", "2031-02-02")
    assert drawn(folder).as_dict()["known"] is None


def test_quantities_leave_out_lines_whose_pledge_names_none(folder: Path) -> None:
    goods = drawn(folder, by="good", what="quantity")
    assert (goods.without_quantity, goods.rows["word"].null_count()) == (0, 0)
    row = next(one for one in goods.table.iter_rows(named=True) if one["stage"] == "dispatched")
    assert (row["key"], scaled(row["reached"], row["measure"])) == ("tent", Decimal(4))


def test_a_partner_and_a_good_may_be_written_as_people_write_them(folder: Path) -> None:
    found = drawn(folder, what="quantity", good="Tent", party="AR")
    assert (found.question.good, found.question.party) == ("tent", "AR")


def test_amounts_have_the_places_of_their_currency_and_quantities_six() -> None:
    assert scaled(12345, "EUR") == Decimal("123.45")
    assert scaled(12345, "JPY") == Decimal(12345)
    assert scaled(2_500_000, "piece") == Decimal("2.5")
    assert scaled(2_500_000, "box") == Decimal("2.5")
    assert scaled(2_500_000, "TON1") == Decimal("2.5")
    assert scaled(None, "EUR") is None
    assert scaled(5, None) is None


def test_of_line_items_without_a_stated_channel_no_last_stage_is_reported(tmp_path: Path) -> None:
    """L-1 and L-2 are the same ten tents, of which three were received."""
    lines = tuple(one.replace("from stock", "not stated") for one in TABLES["lines"])
    assert drawn(small(tmp_path / "stated")).line_counts() == (1, 0)
    assert drawn(small(tmp_path / "not stated", lines=lines)).line_counts() == (1, 1)


def test_a_row_is_told_with_exact_numbers() -> None:
    row: dict[str, object] = {
        "measure": "EUR",
        "word": 250,
        "reached": None,
        "open": 0,
        "silent": 5,
        "lines": 3,
    }
    assert fields(row) == {
        "measure": "EUR",
        "pledged": Decimal("2.50"),
        "reached": None,
        "outstanding": Decimal("0.00"),
        "not_reported": Decimal("0.05"),
        "lines": 3,
    }
