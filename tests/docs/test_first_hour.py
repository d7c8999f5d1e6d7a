"""The first hour of a new user: from a clone to a first brief of one's own, by README.md alone."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST = 12
LONGEST = 600
"""Seconds that one command of the page may take on a busy machine."""
CLONE = "git clone REPOSITORY konvoi && cd konvoi"
HEADS = {
    "paket": "PL-1",
    "partei": "PL",
    "tag": date(2031, 1, 10),
    "art": "militärisch",
    "stufe": "zugesagt",
    "betrag": 1_000_000,
    "währung": "EUR",
    "titel": "Winter aid",
}
"""What the page tells a desk to write, by the heads of the German template."""

TOP = {"party": "PL", "partei": "PL", "day": date(2031, 1, 10), "tag": date(2031, 1, 10)}


def commands() -> list[str]:
    """The commands of the page, in their order."""
    lines = re.findall(r"^    ((?:\./konvoi|git) .*)$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    return [line.partition("  #")[0].strip() for line in lines]


def test_the_page_needs_few_commands() -> None:
    found = commands()
    assert found[0] == CLONE
    assert found[-1].startswith("./konvoi run ")
    assert len(found) <= MOST


def filled(path: Path) -> None:
    """Fill in the head and one row, as the page says."""
    from openpyxl import load_workbook

    book: Any = load_workbook(path)
    written = False
    for sheet in book.worksheets:
        heads = next(
            (row for row in sheet.iter_rows(max_row=15) if {"betrag", "währung"} <= set(map(_head, row))),
            None,
        )
        for row in sheet.iter_rows(max_row=heads[0].row - 1 if heads else 15):
            if _head(row[0]) in TOP and len(row) > 1:
                row[1].value = TOP[_head(row[0])]
        if heads is None or written or "art" not in set(map(_head, heads)):
            continue
        at = heads[0].row + 1
        at += str(sheet.cell(at, 1).value or "").startswith("Beispiel")
        sheet.cell(at, 1).value = HEADS["paket"]
        for cell in heads[1:]:
            if _head(cell) in HEADS:
                sheet.cell(at, cell.column).value = HEADS[_head(cell)]
        written = True
    assert written
    book.save(path)


def _head(cell: Any) -> str:
    return str(cell.value or "").partition(" [")[0].removesuffix(" *").strip().casefold()


@pytest.mark.slow
def test_from_a_clone_to_a_first_brief_of_ones_own(tmp_path: Path) -> None:
    cloned = tmp_path / "konvoi"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(cloned)], check=True)
    for command in commands()[1:]:
        words = command.split()[1:]
        # The first is this run; the second ends when its reader stops it.
        if words[:1] in (["test"], ["serve"]):
            continue
        if words[:1] == ["read"]:
            filled(cloned / words[1])
        # The script ./konvoi only makes the environment first; tests/test_start.py tries that.
        done = subprocess.run(
            [sys.executable, "-P", "-m", "konvoi.cli", *words],
            cwd=cloned,
            env={"PYTHONPATH": str(cloned / "src"), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST,
        )
        assert done.returncode in (0, 1), (command, done.stdout, done.stderr)
    brief = cloned / "my-coalition" / "out" / "brief.en.html"
    page = re.sub(r"<[^>]+>", "", brief.read_text("utf-8")).replace("\u00a0", " ")
    assert "EUR 1.0 m pledged" in page
    assert "Poland" in page
