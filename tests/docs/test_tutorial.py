"""The tutorials are true: every command is run, and its answer begins as the page says."""

import contextlib
import io
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from konvoi.cli import main

PAGES = Path(__file__).resolve().parents[2] / "docs" / "tutorial"
REST = "…"
PROGRESS = re.compile(r"[A-Z][\w ;]+ …")

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Step:
    """A command of a page, and how its answer begins."""

    command: str
    answer: tuple[str, ...]


def steps(page: str) -> Iterator[Step]:
    """The commands of all blocks marked `console`, in their order."""
    text = (PAGES / page).read_text("utf-8")
    for block in re.findall(r"^```console\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *answer = part.rstrip("\n").split("\n")
            yield Step(command, tuple(answer))


def answered(command: str) -> list[str]:
    """What a terminal shows for a command: answer and talk, without the steps on the way."""
    program, *words = shlex.split(command)
    assert program == "./konvoi", command
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown), pytest.raises(SystemExit):
        main(words)
    lines = [line.rstrip() for line in shown.getvalue().splitlines()]
    return [line for line in lines if not PROGRESS.fullmatch(line)]


def begins(lines: list[str], expected: tuple[str, ...]) -> str:
    """The first expected line that is not there; empty where all are.

    A line of the page that ends in … is the beginning of one, and … alone stands for any lines.
    """
    at = 0
    skip = False
    for want in expected:
        if want.strip() == REST:
            skip = True
            continue
        fits = [_fits(line, want) for line in lines[at:]]
        if not any(fits if skip else fits[:1]):
            return want
        at += fits.index(True) + 1
        skip = False
    return ""


def _fits(line: str, want: str) -> bool:
    return line.startswith(want[:-1].rstrip()) if want.endswith(REST) else line == want.rstrip()


def walked(page: str, before: Mapping[str, Callable[[], None]]) -> None:
    """Take all steps of a page; `before`: what a person does by hand before a command."""
    found = list(steps(page))
    assert len(found) >= 5
    for step in found:
        before.get(step.command, lambda: None)()
        lines = answered(step.command)
        missing = begins(lines, step.answer)
        assert not missing, f"$ {step.command}\n  page: {missing}\n  was:\n" + "\n".join(lines[:40])


def test_the_week_of_the_cell_goes_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From Monday's post to Friday's brief, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    walked(
        "a-week-of-the-cell.md",
        {"./konvoi add week/corland-answers.xlsx --from XC --dir week": corlands_answers},
    )


def corlands_answers() -> None:
    """What the page tells Corland's desk to write, and nothing else."""
    from openpyxl import load_workbook

    book: Any = load_workbook("week/asks/XC/questions.xlsx")
    head, sheet = book.worksheets[0], book.worksheets[1]
    next(row for row in head.iter_rows() if row[0].value == "day")[1].value = date(2031, 3, 4)
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    written = {"XC-3/1": (date(2031, 5, 9), None), "A-02": ("given", date(2031, 3, 4))}
    found = {
        name: row for row in range(2, sheet.max_row + 1) for name in written if name in _about(sheet, row)
    }
    assert sorted(found) == sorted(written)
    for name, row in found.items():
        answer, day = written[name]
        sheet.cell(row, columns["Answer"]).value = answer
        sheet.cell(row, columns["Day"]).value = day
    book.save("week/corland-answers.xlsx")


def _about(sheet: Any, row: int) -> list[str]:
    """The words of what a question is about."""
    return re.split(r"[ ,;]+", str(sheet.cell(row, 2).value))


FILLED: dict[str, dict[str, Any]] = {
    "Pledge": {
        "B3": date(2031, 1, 10),
        "B4": "coalition",
        "A10": "PL-1",
        "B10": "Winter aid",
        "C10": date(2031, 1, 10),
        "D10": "energy",
        "E10": "pledged",
    },
    "Items": {"A4": "PL-1/1", "B4": "PL-1", "C4": "Generator, 100 kVA", "E4": "piece"},
}


def filled(quantity: str) -> Callable[[], None]:
    """Fill the template in as the page says, with one quantity."""
    from openpyxl import load_workbook

    def fill() -> None:
        book = load_workbook("pledges.xlsx")
        for sheet, cells in FILLED.items():
            for cell, value in cells.items():
                book[sheet][cell] = value
        book["Items"]["D4"] = quantity
        book.save("pledges.xlsx")

    return fill


def test_the_first_brief_comes_about_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From nothing to a brief, with a workbook that is first filled in wrongly, then put right."""
    monkeypatch.chdir(tmp_path)
    walked(
        "first-brief.md",
        {
            "./konvoi read pledges.xlsx": filled("4O"),
            "./konvoi add pledges.xlsx --from PL --dir friends": filled("40"),
        },
    )


@pytest.mark.parametrize(
    ("lines", "expected", "missing"),
    [
        (["a", "b"], ("a",), ""),
        (["a", "b"], ("b",), "b"),
        (["a", "b"], ("…", "b"), ""),
        (["abc"], ("ab …",), ""),
        ([], ("a",), "a"),
    ],
)
def test_an_answer_that_begins_otherwise_is_seen(
    lines: list[str], expected: tuple[str, ...], missing: str
) -> None:
    assert begins(lines, expected) == missing
