"""konvoi review: at a terminal one key a decision, in a pipe a plain word, as a workbook out and in."""

import contextlib
import os
import select
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.cli.calling import konvoi
from tests.examples.folders import copied
from tests.flow.reports import told_twice

pty = pytest.importorskip("pty")

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0


@dataclass(frozen=True)
class Session:
    """What a terminal showed, and the exit."""

    shown: str
    code: int


def at_terminal(words: Sequence[object], keys: Sequence[tuple[str, str]], *, columns: int = 120) -> Session:
    """Run konvoi on a terminal of its own; press each key once what it waits for is there to be seen."""
    size = {"COLUMNS": str(columns), "LINES": "60", "TERM": "xterm", "PYTHONPATH": str(ROOT / "src")}
    child, terminal = pty.fork()
    if not child:
        command = [sys.executable, "-m", "konvoi.cli", *(str(word) for word in words)]
        os.execve(sys.executable, command, {**os.environ, **size})
    shown, seen, waiting = b"", 0, list(keys)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                piece = os.read(terminal, 1 << 16)
            except OSError:
                break
            shown += piece
            if not piece:
                break
        if waiting and (at := shown.find(waiting[0][0].encode(), seen)) >= 0:
            # The key is read only once the terminal has left line by line, a moment after the last word.
            time.sleep(0.2)
            seen = at + len(waiting[0][0].encode())
            os.write(terminal, waiting.pop(0)[1].encode())
    else:
        os.kill(child, signal.SIGKILL)  # What waits for a key that nobody presses would wait for ever.
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(OSError):
        os.close(terminal)
    return Session(shown.decode("utf-8", "replace"), os.waitstatus_to_exitcode(status))


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return told_twice(tmp_path_factory.mktemp("review"), 3, hidden=1)


def decisions(folder: Path) -> list[list[str]]:
    return [line.split(",") for line in (folder / "judgements.csv").read_text().splitlines()[1:]]


@pytest.mark.slow
def test_one_key_a_decision_undo_skip_and_why(reports: Path) -> None:
    """Every key but those that decide leaves the file as it is; undo is a row."""
    (reports / "judgements.csv").unlink(missing_ok=True)
    (reports / "receipts.jsonl").unlink(missing_ok=True)
    (reports / "receipts.head").unlink(missing_ok=True)
    keys = [
        ("quit", "x"),
        ("quit", "w"),
        ("%", "s"),
        ("quit", "k"),
        ("quit", "z"),
        ("quit", "в"),
        ("quit", "q"),
    ]
    done = at_terminal(["review", "--dir", reports, "--by", "A. Nowak"], keys)
    assert done.code == 0
    assert "3 pairs are open: 3 change the total, 0 only that of a good, 0 neither." in done.shown
    assert "If so, the total (pledged) falls by 300 EUR." in done.shown
    assert "partner: the same partner" in done.shown
    assert "AR/packages.csv: Sheet “packages”, row 4" in done.shown
    assert "title: Shelter for winter" in done.shown
    assert "→ the same" in done.shown
    assert "Put off." in done.shown
    assert "Decision withdrawn: " in done.shown
    assert "1 decision in" in done.shown
    assert "2 still open." in done.shown
    assert [row[3] for row in decisions(reports)] == ["same", "undone", "different"]
    assert {row[4] for row in decisions(reports)} == {"A. Nowak"}


@pytest.mark.slow
def test_a_narrow_terminal_shows_one_record_below_the_other(reports: Path) -> None:
    (reports / "judgements.csv").unlink(missing_ok=True)
    (reports / "receipts.jsonl").unlink(missing_ok=True)
    (reports / "receipts.head").unlink(missing_ok=True)
    done = at_terminal(["review", "--dir", reports, "--by", "A"], [("quit", "q")], columns=40)
    lines = [line.rstrip() for line in done.shown.replace("\r", "").splitlines()]
    assert lines.index("[one]") < lines.index("[the other]")
    assert "─" * 41 not in done.shown


@pytest.mark.slow
def test_the_exercise_is_reviewed_to_its_end(tmp_path: Path) -> None:
    """Deciding all that waits in it ends the sitting, and the total's bounds meet."""
    folder = copied("exercise", tmp_path / "week")
    before = len(decisions(folder))
    waiting = sum(konvoi("review", "--dir", folder, "--json").json["waiting"].values())
    assert waiting > 2
    done = at_terminal(["review", "--dir", folder, "--by", "A"], [("quit", "s")] * waiting)
    assert done.code == 0
    assert 2 < len(decisions(folder)) - before <= waiting  # One decision may settle another pair.
    assert "0 still open." in done.shown
    answer = konvoi("total", folder, "--mix", "--json").json
    assert answer["lowest"] == answer["highest"]


@pytest.mark.slow
def test_ctrl_c_stops_and_what_was_decided_stands(reports: Path) -> None:
    (reports / "judgements.csv").unlink(missing_ok=True)
    (reports / "receipts.jsonl").unlink(missing_ok=True)
    (reports / "receipts.head").unlink(missing_ok=True)
    done = at_terminal(["review", "--dir", reports, "--by", "A"], [("quit", "d"), ("quit", "\x03")])
    assert done.code == 130
    assert [row[3] for row in decisions(reports)] == ["different"]


def test_in_a_pipe_it_says_that_it_needs_a_terminal_and_what_does_not(reports: Path) -> None:
    called = konvoi("review", "--dir", reports, "--by", "A")
    assert called.code == 2
    assert "needs a terminal" in called.err
    assert "--out FILE.xlsx" in called.err


def test_json_lists_what_waits_as_its_reader_may_see_it(reports: Path) -> None:
    (reports / "judgements.csv").unlink(missing_ok=True)
    (reports / "receipts.jsonl").unlink(missing_ok=True)
    (reports / "receipts.head").unlink(missing_ok=True)
    whole = konvoi("review", "--dir", reports, "--json").json
    assert whole["waiting"] == {"amount": 3, "quantity": 0, "nothing": 0}
    assert [pair["change"] for pair in whole["pairs"]] == [300, 200, 100]
    assert whole["stated_error"] == {"least": 20, "groups": []}
    seen = konvoi("review", "--dir", reports, "--as", "BE", "--json").json
    assert (seen["waiting"]["amount"], len(seen["pairs"])) == (2, 2)


def test_a_workbook_goes_out_and_comes_back(reports: Path, tmp_path: Path) -> None:
    (reports / "judgements.csv").unlink(missing_ok=True)
    (reports / "receipts.jsonl").unlink(missing_ok=True)
    (reports / "receipts.head").unlink(missing_ok=True)
    path = tmp_path / "pairs.xlsx"
    assert konvoi("review", "--dir", reports, "--out", path, "--most", "2").out.startswith(
        "2 pairs written to "
    )
    assert konvoi("review", "--dir", reports, "--out", path).code == 3
    book = load_workbook(path)
    book.worksheets[1]["B2"], book.worksheets[1]["B3"] = "the same", "never"
    book.save(path)
    called = konvoi("review", "--dir", reports, "--in", path, "--by", "A. Nowak")
    assert called.code == 1
    assert called.out.startswith("1 taken, 0 as before, 0 left open, 1 not taken.")
    assert "Sheet “Pairs”, row 3, column “Verdict”: Value: “never”." in called.err
    assert [row[3] for row in decisions(reports)] == ["same"]


@pytest.mark.parametrize(
    "words",
    [
        ("--in", "{file}"),
        ("--out", "list.txt"),
        ("--out", "a.xlsx", "--in", "{file}", "--by", "A"),
        ("--as", "ZZ", "--json"),
        ("--out", "a.xlsx", "--most", "0"),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(reports: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    file = tmp_path / "back.xlsx"
    file.write_bytes(b"PK")
    called = konvoi("review", "--dir", reports, *(word.format(file=file) for word in words))
    assert called.code == 2


def test_a_file_that_is_no_workbook_is_refused(reports: Path, tmp_path: Path) -> None:
    file = tmp_path / "back.xlsx"
    file.write_bytes(b"PK\x03\x04 cut")
    called = konvoi("review", "--dir", reports, "--in", file, "--by", "A")
    assert called.code == 3
    assert "damaged" in called.err or "back.xlsx" in called.err
