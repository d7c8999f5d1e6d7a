"""Lists side by side: days for which each can speak, gaps of those days, names, what was kept, changes."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from tests.flow.sided import BEFORE, DAY, sided

from konvoi.flow.name_lookup import Several, Unknown
from konvoi.flow.sanctions.comparison_workbook import workbook_of
from konvoi.flow.sanctions.list_changes import changed
from konvoi.flow.sanctions.list_comparison import Sanctions, sanctions
from konvoi.flow.sanctions.listed import meant, one_meant
from konvoi.gateways.refusal import Refused

IVAN = "ca:sema:russia:1:7:ivan petrovich sample"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lists taken in."""
    return sided(tmp_path_factory.mktemp("sided"))


@pytest.fixture(scope="module")
def found(folder: Path) -> Sanctions:
    """All of it on the day of the lists of Canada and the EU."""
    return sanctions(folder)


def test_a_party_that_two_lists_name_is_one_row_for_each_measure(found: Sanctions) -> None:
    cells = found.matrix.filter(party=IVAN, order="asset freeze")
    assert cells.select("regime", "cell", "covered").rows() == [
        ("ca", "listed", True),
        ("eu", "listed", True),
        ("un", "not known", False),
    ]


def test_each_gap_is_of_the_day_for_which_the_list_that_lacks_it_can_speak(found: Sanctions) -> None:
    """Whom the UN lists stands in the matrix of September, but its list of February opens no gap there."""
    assert found.spoken == {"ca": DAY, "eu": DAY, "un": date(2031, 2, 27)}
    gaps = found.gaps.select("lacks", "has", "acts", "day")
    assert gaps.rows() == [
        ("ca", "eu", "39999R0001", DAY),
        ("ca", "eu", "39999R0003", DAY),
        ("ca", "eu", "39999R0001", DAY),
        ("eu", "ca", "Russia / Russie, Schedule 1, item 7", DAY),
        ("eu", "ca", "Zimbabwe, item 1", DAY),
    ]


def test_on_the_day_of_an_older_list_those_of_later_days_speak_of_whom_they_list_with_days(
    folder: Path,
) -> None:
    """On 27 February the EU's first good list is of August: what it lists since March is not known then."""
    early = sanctions(folder, on=date(2031, 2, 27))
    assert [(one.taken.snapshot.regime, one.state.value) for one in early.used] == [
        ("ca", "later"),
        ("eu", "later"),
        ("un", "in force"),
    ]
    # The UN lists an Ivan Sample who may be the same: nobody says that it does not list him.
    his = early.matrix.filter(party=IVAN)
    assert his["cell"].to_list() == ["not known", "not known", "not known"]
    assert his["possible"].to_list() == ["", "", "un:consolidated:KPi.900"]
    assert set(early.gaps["lacks"]) <= {"un"}


def test_what_was_found_once_is_kept_and_damage_of_it_is_mended(folder: Path, found: Sanctions) -> None:
    whole = {path: path.read_bytes() for path in (folder / ".konvoi").glob("parties-*")}
    assert sanctions(folder).matrix.equals(found.matrix)
    assert set((folder / ".konvoi").glob("parties-*")) == set(whole)
    for path, content in whole.items():
        path.write_bytes(content[:-9])
    assert sanctions(folder).matrix.equals(found.matrix)
    assert [path.read_bytes() for path in whole if path.read_bytes() in whole.values()] != []


def test_a_party_is_meant_by_id_by_a_whole_name_or_by_a_part_of_one(found: Sanctions) -> None:
    assert meant(found, IVAN) == meant(found, "ivan petrovich SAMPLE") == (IVAN,)
    assert len(meant(found, "sample")) > 3
    with pytest.raises(Unknown, match="Did you mean"):
        meant(found, "Ivan Petrowitsch Sample")
    with pytest.raises(Several, match=r"may be any of .*Added SAMPLE.*name one by its id"):
        one_meant(found, "sample")


def test_between_two_lists_of_a_regime_a_party_came(folder: Path) -> None:
    found = changed(folder, BEFORE, DAY)
    assert found.changes.select("regime", "name", "change").rows() == [("eu", "Added SAMPLE", "new")]
    assert found.days["eu"] == (BEFORE, DAY)
    assert found.left_out == ("ca",)


def test_the_workbook_holds_each_sheet_and_no_formula_in_any_language(found: Sanctions) -> None:
    hostile = found.titles.with_columns(name=pl.lit("=HYPERLINK(1)"))
    found.__dict__["titles"] = hostile
    for code, sheet in (("en", "Matrix"), ("de", "Matrix"), ("uk", "Матриця")):
        content = workbook_of(found, code)
        assert content == workbook_of(found, code)
        book = openpyxl.load_workbook(io.BytesIO(content))
        rows = list(book[sheet].iter_rows())
        assert len(rows) == found.matrix.height / 3 + 1
        assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}
        assert rows[1][1].value == "=HYPERLINK(1)"
    del found.__dict__["titles"]


def test_a_workspace_without_lists_says_how_they_come_in(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="konvoi sanctions lists FILE --of REGIME"):
        sanctions(tmp_path)
