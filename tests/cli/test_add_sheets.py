"""konvoi add --sheet: a sheet of another name is read at a person's request, and from then on."""

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from tests.cli.calling import konvoi

HEAD = ("package", "party", "day", "kind", "title", "amount", "currency")


def book(path: Path, *amounts: int, sheet: str = "Packages 2026 (draft)") -> Path:
    """A workbook with a head of Poland's and one package for each amount on a sheet of another name."""
    whole = openpyxl.Workbook()
    first = whole.create_sheet("konvoi", 0)
    whole.remove(whole.worksheets[1])
    first.append(["party", "PL"])
    first.append(["day", date(2031, 1, 10)])
    second = whole.create_sheet(sheet)
    second.append(HEAD)
    for n, amount in enumerate(amounts, 1):
        second.append([f"PL-{n}", "PL", date(2031, 1, 5), "energy", f"Boilers {n}", amount, "EUR"])
    stream = BytesIO()
    whole.save(stream)
    path.write_bytes(stream.getvalue())
    return path


def cell(folder: Path) -> Path:
    konvoi("init", folder)
    return folder


def value(folder: Path) -> float | None:
    found: float | None = konvoi("total", folder, "--json").json["value"]
    return found


def add(path: Path, folder: Path, *options: str) -> object:
    return konvoi("add", path, "--from", "PL", "--dir", folder, *options)


def test_the_proposal_names_the_command_that_accepts_it(tmp_path: Path) -> None:
    called = konvoi("add", book(tmp_path / "a.xlsx", 10), "--from", "PL", "--dir", cell(tmp_path / "cell"))
    assert '--sheet "Packages 2026 (draft)"=packages' in called.err


@pytest.mark.slow
def test_an_accepted_sheet_counts_and_konvoi_toml_keeps_it(tmp_path: Path) -> None:
    folder = cell(tmp_path / "cell")
    add(book(tmp_path / "a.xlsx", 10), folder, "--sheet", "Packages 2026 (draft)=Packages")
    assert value(folder) == 10
    assert '[sheets]\n"Packages 2026 (draft)" = "packages"\n' in (folder / "konvoi.toml").read_text()
    add(book(tmp_path / "b.xlsx", 10, 5), folder)
    assert value(folder) == 15


@pytest.mark.slow
def test_a_file_that_was_added_before_is_read_anew(tmp_path: Path) -> None:
    folder, path = cell(tmp_path / "cell"), book(tmp_path / "a.xlsx", 10)
    add(path, folder)
    assert value(folder) in (None, 0)
    called = konvoi(
        "add", path, "--from", "PL", "--dir", folder, "--sheet", "Packages 2026 (draft)=packages", "--json"
    )
    assert called.json["files"][0]["counts"]["new"] == 1
    assert [(one["before"], one["after"]) for one in called.json["effects"]] != []
    assert value(folder) == 10


def test_a_dry_run_keeps_neither_file_nor_sheet(tmp_path: Path) -> None:
    folder = cell(tmp_path / "cell")
    before = (folder / "konvoi.toml").read_text()
    called = konvoi(
        *("add", book(tmp_path / "a.xlsx", 10), "--from", "PL", "--dir", folder),
        *("--sheet", "Packages 2026 (draft)=packages", "--dry-run", "--json"),
    )
    assert called.json["files"][0]["counts"]["new"] == 1
    assert (folder / "konvoi.toml").read_text() == before
    assert not (folder / "submissions" / "PL").exists()


@pytest.mark.parametrize("request_", ["Packages 2026 (draft)=parcels", "packages", "Notes=packages"])
def test_what_is_no_table_and_a_sheet_that_no_file_has_are_refused(tmp_path: Path, request_: str) -> None:
    folder = cell(tmp_path / "cell")
    called = konvoi(
        "add", book(tmp_path / "a.xlsx", 10), "--from", "PL", "--dir", folder, "--sheet", request_
    )
    assert called.code == 3
    assert "--sheet" in called.err
    assert not (folder / "submissions" / "PL").exists()


def test_a_sheet_that_is_read_as_another_table_is_refused(tmp_path: Path) -> None:
    folder = cell(tmp_path / "cell")
    settings = folder / "konvoi.toml"
    settings.write_text(settings.read_text() + '\n[sheets]\n"packages 2026 (draft)" = "lines"\n')
    called = konvoi(
        *("add", book(tmp_path / "a.xlsx", 10), "--from", "PL", "--dir", folder),
        *("--sheet", "Packages 2026 (draft)=packages"),
    )
    assert (called.code, "reads it as lines" in called.err) == (3, True)


def test_a_table_of_sheets_that_stands_already_is_added_to(tmp_path: Path) -> None:
    folder = cell(tmp_path / "cell")
    settings = folder / "konvoi.toml"
    settings.write_text(settings.read_text() + '\n[sheets] # ours\n"Old" = "lines"\n')
    add(book(tmp_path / "a.xlsx", 10), folder, "--sheet", "Packages 2026 (draft)=packages")
    assert '[sheets] # ours\n"Packages 2026 (draft)" = "packages"\n"Old" = "lines"\n' in settings.read_text()
