"""konvoi table: every table of the catalogue, under a view, on the terminal and as a file."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import workspace

from konvoi.flow.catalogue import CATALOGUE
from konvoi.kit.digest import digest

MONEY = (
    "package,party,day,kind,amount,currency",
    "P-1,AR,2031-01-10,humanitarian,800,EUR",
    "P-2,AR,2031-01-10,humanitarian,800,JPY",
    "P-3,AR,2031-01-10,humanitarian,,EUR",
)


def test_the_list_names_every_table() -> None:
    listed = konvoi("table", "--list").out
    assert all(name in listed for name in CATALOGUE)


def test_a_table_is_printed_with_the_columns_that_are_filled(tmp_path: Path) -> None:
    out = konvoi("table", "packages", workspace(tmp_path)).out
    assert "P-1" in out
    assert "count_mode" not in out


@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "parquet"])
def test_all_formats_have_the_same_rows(form: str, tmp_path: Path) -> None:
    folder, out = workspace(tmp_path), tmp_path / f"entries.{form}"
    called = konvoi("table", "entries", folder, "--out", out)
    assert called.code == 0
    content = out.read_bytes()
    found = _entries(content, form)
    printed = pl.read_csv(konvoi("table", "entries", folder, "--format", "csv").out.encode())
    assert found == printed["entry"].to_list()
    assert found


def _entries(content: bytes, form: str) -> list[object]:
    """The first column of a file that was written."""
    if form == "csv":
        return pl.read_csv(content)["entry"].to_list()
    if form == "parquet":
        return pl.read_parquet(content)["entry"].to_list()
    if form == "json":
        return [row["entry"] for row in json.loads(content)["rows"]]
    return [row[0] for row in _sheet(content)[1:]]


def _sheet(content: bytes) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))


@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "parquet"])
def test_money_is_written_in_major_units_with_the_places_of_its_currency(form: str, tmp_path: Path) -> None:
    folder, out = workspace(tmp_path, packages=MONEY), tmp_path / f"packages.{form}"
    assert konvoi("table", "packages", folder, "--out", out).code == 0
    content = out.read_bytes()
    if form == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        at = [cell.value for cell in sheet[1]].index("amount") + 1
        cells = [sheet.cell(row, at) for row in (2, 3, 4)]
        assert [cell.value for cell in cells] == [800, 800, None]
        assert [cell.number_format for cell in cells[:2]] == ["#,##0.00", "#,##0"]
    elif form == "parquet":
        found = pl.read_parquet(content)["amount"]
        assert found.dtype.is_decimal()
        assert found.to_list() == [Decimal(800), Decimal(800), None]
    else:
        text = content.decode()
        rows = json.loads(text)["rows"] if form == "json" else csv.DictReader(text.splitlines())
        wanted = [800, 800, None] if form == "json" else ["800.00", "800", None]
        assert [row["amount"] or None for row in rows] == wanted


def test_money_is_printed_in_major_units(tmp_path: Path) -> None:
    printed = konvoi("table", "packages", workspace(tmp_path, packages=MONEY)).out.splitlines()
    assert [line.split()[4] for line in printed if line.startswith("P-")] == ["800.00", "800", "EUR"]


def test_a_column_that_is_called_minor_keeps_minor_units(tmp_path: Path) -> None:
    rows = konvoi("table", "entries", workspace(tmp_path, packages=MONEY), "--json").json["rows"]
    assert {(row["amount_minor"], row["currency"]) for row in rows if row["amount_minor"]} == {
        (80000, "EUR"),
        (800, "JPY"),
    }


@pytest.mark.parametrize("name", ["findings", "packages"])
def test_errors_in_the_submissions_give_exit_code_1(name: str, tmp_path: Path) -> None:
    """The table is printed all the same; 40 is written with a letter."""
    folder = workspace(tmp_path, packages=(MONEY[0], "P-1,AR,2031-01-10,humanitarian,4O,EUR"))
    called = konvoi("table", name, folder, "--format", "csv")
    assert called.code == 1
    assert "P-1" in called.out or "number-unreadable" in called.out


def test_a_refused_file_gives_exit_code_3(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    (folder / "submissions" / "AR" / "damaged.xlsx").write_bytes(b"PK")
    called = konvoi("table", "packages", folder)
    assert called.code == 3
    assert "P-1" in called.out


def test_parameters_choose_what_is_computed(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    called = konvoi("table", "totals", folder, "--where", "by=kind", "--format", "json")
    assert {row["key"] for row in called.json["rows"]} == {"", "humanitarian"}
    wrong = konvoi("table", "totals", folder, "--where", "colour=red")
    assert wrong.code == 2
    assert "stage" in wrong.err


def test_a_name_that_is_no_table_is_refused_with_the_nearest() -> None:
    called = konvoi("table", "entreis")
    assert called.code == 2
    assert "entries" in called.err


def test_a_file_that_is_there_is_replaced_only_on_request(tmp_path: Path) -> None:
    out = tmp_path / "lines.csv"
    out.write_text("mine")
    folder = workspace(tmp_path / "cell")
    assert konvoi("table", "lines", folder, "--out", out).code == 3
    assert out.read_text() == "mine"
    assert konvoi("table", "lines", folder, "--out", out, "--over").code == 0


def test_a_format_that_nobody_knows_is_wrong_usage(tmp_path: Path) -> None:
    assert konvoi("table", "lines", workspace(tmp_path), "--out", tmp_path / "lines.docx").code == 2


def test_a_reader_gets_the_rows_that_the_reader_may_see(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    own = folder / "submissions" / "AR" / "packages-own.csv"
    (folder / "submissions" / "AR" / "own").mkdir()
    (folder / "submissions" / "AR" / "own" / "packages.csv").write_text(
        "package,party,day,kind,amount,currency,marking\nP-OWN,AR,2022-11-01,military,5,EUR,own\n"
    )
    assert not own.exists()

    def packages(reader: str) -> set[str]:
        rows = konvoi("table", "packages", folder, "--for", reader, "--format", "json").json["rows"]
        return {row["package"] for row in rows}

    assert "P-OWN" in packages("cell")
    assert "P-OWN" in packages("AR")
    assert "P-OWN" not in packages("coalition")
    assert "P-OWN" not in packages("public")


def test_a_reader_that_no_document_names_is_refused(tmp_path: Path) -> None:
    called = konvoi("table", "packages", workspace(tmp_path), "--for", "ZZ")
    assert called.code == 2
    assert "ZZ" in called.err


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_tags_of_hxl_stand_in_the_second_row(form: str, tmp_path: Path) -> None:
    folder, out = workspace(tmp_path), tmp_path / f"packages.{form}"
    assert konvoi("table", "packages", folder, "--hxl", "--out", out).code == 0
    content = out.read_bytes()
    if form == "csv":
        rows: list[tuple[object, ...]] = [tuple(row) for row in csv.reader(io.StringIO(content.decode()))]
    else:
        rows = _sheet(content)
    plain = konvoi("table", "packages", folder, "--format", "csv").out.splitlines()
    tagged = dict(zip(rows[0], rows[1], strict=True))
    assert (tagged["amount"], tagged["currency"]) == ("#value", "#currency+code")
    assert len(rows) == len(plain) + 1
    assert str(rows[2][0]) == plain[1].split(",")[0]


def test_all_tables_are_written_as_a_data_package(tmp_path: Path) -> None:
    folder, out = workspace(tmp_path), tmp_path / "data"
    called = konvoi("table", "--all", "--dir", folder, "--out", out, "--licence", "CC-BY-4.0")
    assert called.code == 0, called.err
    package = json.loads((out / "datapackage.json").read_text("utf-8"))
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    files = {one["path"] for one in package["resources"]}
    assert files | {"datapackage.json"} == {path.name for path in out.iterdir()}
    assert {"packages.csv", "entries.csv"} <= files
    for one in package["resources"]:
        content = (out / one["path"]).read_bytes()
        assert one["hash"] == f"sha256:{digest(content)}"
        rows = list(csv.reader(io.StringIO(content.decode())))
        fields = one["schema"]["fields"]
        assert rows[0] == [field["name"] for field in fields]
        assert len(rows) > 1
        for at, field in enumerate(fields):
            for row in rows[1:]:
                assert row[at] == "" or _reads(row[at], field), (one["name"], field, row[at])


def _reads(text: str, field: dict[str, object]) -> bool:
    """Return True if a cell is of the type that its field states."""
    if field["type"] == "number":
        return float(text) is not None
    if field["type"] == "integer":
        return int(text) is not None
    if field["type"] == "date":
        return date.fromisoformat(text) is not None
    return field["type"] == "string" or text in ("yes", "no")


def test_a_data_package_replaces_nothing_unless_told(tmp_path: Path) -> None:
    folder, out = workspace(tmp_path), tmp_path / "data"
    out.mkdir()
    (out / "mine.txt").write_text("kept")
    called = konvoi("table", "--all", "--dir", folder, "--out", out)
    assert called.code == 2
    assert (out / "mine.txt").read_text() == "kept"
