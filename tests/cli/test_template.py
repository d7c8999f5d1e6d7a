"""konvoi template: a workbook that Konvoi reads again."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.cli.calling import konvoi
from tests.flow.workspaces import workspace


def test_the_template_is_read_again_without_a_finding(tmp_path: Path) -> None:
    out = tmp_path / "liste.xlsx"
    assert konvoi("template", out, "--lang", "de").code == 0
    called = konvoi("read", out, "--json")
    assert called.json["documents"][0]["format"] == "konvoi-workbook"
    assert called.json["documents"][0]["findings"] == []
    assert called.code == 0


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "list.xlsx"
    out.write_bytes(b"mine")
    assert konvoi("template", out).code == 3
    assert out.read_bytes() == b"mine"


def test_a_readers_template_holds_its_sheets_and_tags_where_asked(tmp_path: Path) -> None:
    out = tmp_path / "needs.xlsx"
    assert konvoi("template", out, "--for", "recipient", "--hxl", "--lang", "uk").code == 0
    called = konvoi("read", out, "--json")
    assert "needs" in called.json["documents"][0]["tables"]
    assert "lanes" not in called.json["documents"][0]["tables"]
    assert called.json["documents"][0]["findings"] == []


def test_the_template_tells_its_sheets_in_json(tmp_path: Path) -> None:
    document = konvoi("template", tmp_path / "list.xlsx", "--json").json
    assert "packages" in document["sheets"]


def test_a_name_that_is_no_workbooks_is_refused_with_one_that_is(tmp_path: Path) -> None:
    called = konvoi("template", tmp_path / "list.txt")
    assert (called.code, "list.xlsx" in called.err) == (2, True)
    assert not (tmp_path / "list.txt").exists()


def test_the_full_template_is_read_again_without_a_finding(tmp_path: Path) -> None:
    out = tmp_path / "full.xlsx"
    assert konvoi("template", out, "--all").code == 0
    assert konvoi("read", out, "--json").json["documents"][0]["findings"] == []


def visible(path: Path) -> list[str]:
    return [sheet.title for sheet in load_workbook(path) if sheet.sheet_state == "visible"]


def test_the_template_of_a_desk_has_four_visible_sheets_and_all_of_its_own_where_asked(
    tmp_path: Path,
) -> None:
    for name, words in (("small", ()), ("whole", ("--full",))):
        assert konvoi("template", tmp_path / f"{name}.xlsx", "--for", "desk", *words).code == 0
    assert visible(tmp_path / "small.xlsx") == ["Pledge", "Items", "Movements", "Contacts"]
    assert len(visible(tmp_path / "whole.xlsx")) > 20


def test_the_cells_template_holds_the_sheets_of_its_subjects(tmp_path: Path) -> None:
    out = tmp_path / "cell.xlsx"
    made = konvoi("template", out, "--for", "cell", "--subjects", "agreements,deliveries", "--json")
    assert made.json["sheets"] == [
        "documents",
        "undertakings",
        "guarantees",
        "milestones",
        "rounds",
        "positions",
    ]
    wrong = konvoi("template", out, "--over", "--subjects", "planing")
    assert (wrong.code, "planning" in wrong.err) == (2, True)


@pytest.mark.slow
def test_what_a_desk_fills_in_changes_the_total(tmp_path: Path) -> None:
    """From the template with the workspace's lists to the total."""
    folder = workspace(tmp_path / "w")
    out = tmp_path / "list.xlsx"
    assert konvoi("template", out, "--for", "desk", "--dir", folder, "--party", "AR").code == 0
    book = load_workbook(out)
    assert [cell.value for cell in book["Pledge"]["B"][1:2]] == ["AR"]
    book["Pledge"]["B3"] = date(2031, 2, 11)
    pledge = ("P-7", "New", date(2031, 2, 11), "energy", "pledged", 250, "EUR")
    for at, value in enumerate(pledge, start=1):
        book["Pledge"].cell(10, at).value = value  # type: ignore[assignment]
    for at, text in ((1, "L-7"), (2, "P-7"), (3, "Tent")):
        book["Items"].cell(4, at, text)
    book["Items"].cell(4, 5, 4)
    book.save(out)
    before = konvoi("total", folder, "--stage", "pledged", "--json").json
    added = konvoi("add", out, "--from", "AR", "--dir", folder)
    assert (added.code, "error" in added.err) == (0, False)
    after = konvoi("total", folder, "--stage", "pledged", "--json").json
    assert Decimal(after["value"]) - Decimal(before["value"]) == 250
    goods = konvoi("table", "lines", folder, "--format", "csv").out
    assert [row.split(",")[2] for row in goods.splitlines() if row.startswith("L-7")] == ["tent"]


def test_a_template_holds_nothing_that_its_receiver_may_not_see(tmp_path: Path) -> None:
    sites = ("site,name,kind,country,marking", "town,Town,destination,BO,public", "hide,Hideout,depot,AR,own")
    folder = workspace(tmp_path / "w", sites=sites)
    for words, seen in ((("--party", "AR"), True), (("--party", "DE"), False), ((), False)):
        out = tmp_path / "list.xlsx"
        assert konvoi("template", out, "--for", "desk", "--dir", folder, "--over", *words).code == 0
        texts = {str(cell.value) for row in load_workbook(out)["_lists"].iter_rows() for cell in row}
        assert ("Hideout" in texts, "Town" in texts) == (seen, True)


def test_lists_of_a_workspace_are_for_the_small_templates(tmp_path: Path) -> None:
    called = konvoi("template", tmp_path / "a.xlsx", "--dir", tmp_path)
    assert (called.code, "--for desk" in called.err) == (2, True)
