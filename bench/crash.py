"""Kill a process at its calls to the disk, in every operation of the store and in add, withdraw and judge.

Each operation runs in a process of its own that kills itself before, after or in the middle of a call.
Afterwards the workspace is opened as by the next command: what was acknowledged must be there, nothing may be
torn, nothing differ from the receipts, out/ must be whole, and after one more change nothing is left over.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import polars as pl

from konvoi.flow import parse_documents as understand
from konvoi.flow.matching.judging import written
from konvoi.flow.receipts import Action, Kind
from konvoi.flow.store import JUDGEMENTS, Edit, FolderStore, append_lines
from konvoi.flow.submissions.import_submission import take
from konvoi.flow.submissions.withdraw import undo
from konvoi.gateways import files
from konvoi.gateways.sandbox import Outcome
from konvoi.intake.batch import read_batch
from konvoi.reconcile.judgement import JUDGEMENTS as HEAD

CALLS = (
    "open",
    "write",
    "fsync",
    "replace",
    "rename",
    "link",
    "unlink",
    "mkdir",
    "rmdir",
    "ftruncate",
    "close",
)
HOW = ("before", "after", "torn")
TABLE = "package,party,day,kind,amount,currency,stage\nP-{n},PL,2031-01-10,military,{n}000000,EUR,committed\n"
OLD, NEW = (
    {"brief.html": b"old" * 40_000, "cell/a": b"old"},
    {"brief.html": b"new" * 40_000, "cell/a": b"new"},
)


@dataclass
class Tally:
    """What the kills of one operation came to: how many, and what was wrong after them."""

    kills: int = 0
    wrong: list[str] = field(default_factory=list)


class Killer:
    """Counts calls of `os` and of renaming with flags, and ends the process at one of them."""

    def __init__(self, at: int, how: str) -> None:
        self.at, self.how, self.count = at, how, 0

    def install(self) -> None:
        """Put this in the place of every call that is counted."""
        for name in CALLS:
            setattr(os, name, self._counted(name, getattr(os, name)))
        rename = files._renameat2()
        if rename is not None:
            counted = self._counted("renameat2", rename)
            files._renameat2 = lambda: counted  # type: ignore[assignment]

    def _counted(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            self.count += 1
            if self.count != self.at:
                return call(*given, **named)
            if self.how == "torn" and name == "write":
                call(given[0], bytes(given[1])[: len(given[1]) // 2])
            if self.how == "after":
                call(*given, **named)
            os.kill(os.getpid(), signal.SIGKILL)
            raise SystemExit(9)

        return counted


@dataclass(frozen=True)
class Step:
    """A change of a workspace, and whether it is there; both are given the workspace."""

    name: str
    run: Callable[[Path], object]
    done: Callable[[Path], bool]


def _content(cell: Path, path: str) -> str:
    place = cell / path
    return place.read_text() if place.is_file() else ""


def _decide(cell: Path) -> None:
    names = ("judgement", "left", "right", "relation", "verdict", "by", "at")
    row = dict.fromkeys(names, "x") | {"left": "second"}
    # The head is that of the file, so that the lines before are not needed.
    written(cell, [row], pl.DataFrame())


def _add(cell: Path) -> None:
    take([cell.parent / "packages.csv"], party="PL", folder=cell)


ADDED = Action(Kind.ADDED, ())
STEPS = (
    Step(
        "store: add two files",
        lambda cell: FolderStore(cell).commit(
            ADDED, [Edit(f"submissions/{party}/n.csv", b"n" * 200_000) for party in ("PL", "DE")]
        ),
        lambda cell: all(len(_content(cell, f"submissions/{one}/n.csv")) == 200_000 for one in ("PL", "DE")),
    ),
    Step(
        "store: replace settings",
        lambda cell: FolderStore(cell).commit(
            Action(Kind.SETTINGS, ()), [Edit("konvoi.toml", b"[coalition]\n[groups]\n")]
        ),
        lambda cell: "[groups]" in _content(cell, "konvoi.toml"),
    ),
    Step(
        "store: append lines",
        lambda cell: append_lines(cell, "proposals.csv", "b\n" * 30_000, head="a", change=ADDED),
        lambda cell: _content(cell, "proposals.csv").count("b\n") == 30_000,
    ),
    Step(
        "files: write without replacing",
        lambda cell: files.write(cell / "list.csv", b"l" * 200_000, over=False),
        lambda cell: len(_content(cell, "list.csv")) == 200_000,
    ),
    Step(
        "files: replace out/",
        lambda cell: files.write_folder(cell / "out", NEW),
        lambda cell: files.read_folder(cell / "out") == NEW,
    ),
    Step("konvoi add", _add, lambda cell: bool(_content(cell, "submissions/PL/packages.csv"))),
    Step(
        "konvoi undo",
        lambda cell: undo(cell, "PL/a.csv"),
        lambda cell: (
            bool(_content(cell, "withdrawn/PL/a.csv")) and not _content(cell, "submissions/PL/a.csv")
        ),
    ),
    Step("konvoi judge", _decide, lambda cell: "second" in _content(cell, JUDGEMENTS)),
)

FRESH = ("konvoi add",)
SEQUENCE = tuple(one for one in STEPS if one.name not in FRESH)


def made(folder: Path) -> Path:
    """Make a workspace with a submission, a decision and an output."""
    cell = folder / "cell"
    cell.mkdir(parents=True)
    (cell / "konvoi.toml").write_text("[coalition]\nday = 2031-02-01\n")
    for name, number in (("a.csv", 1), ("packages.csv", 2)):
        (folder / name).write_text(TABLE.format(n=number))
    FolderStore(cell).commit(ADDED, [Edit("submissions/PL/a.csv", (folder / "a.csv").read_bytes())])
    written(cell, [dict.fromkeys(HEAD, "first")], pl.DataFrame())
    files.write_folder(cell / "out", OLD)
    return cell


def _read_here(target: str, payloads: Iterable[bytes], limits: object) -> list[Outcome]:
    """Read submissions in this process: what is killed here are the calls of the store."""
    return [Outcome(read_batch(one)) for one in payloads]


def _child(steps: Sequence[Step], cell: Path, killer: Killer, pipe: int) -> NoReturn:
    """Run steps one after the other, acknowledge each, and send the number of calls at the end."""
    code, write = 3, os.write
    try:
        vars(understand)["run_many"] = _read_here
        killer.install()
        for step in steps:
            step.run(cell)
            write(pipe, b"+")
        write(pipe, str(killer.count).encode())
        code = 0
    finally:
        os._exit(code)


def killed(steps: Sequence[Step], cell: Path, at: int, how: str) -> tuple[int, int]:
    """Run steps in a process that is killed at a call; return how many it acknowledged and its calls.

    What reads submissions runs in a new process: threads of its engines do not live on in a copied one.
    """
    if any(one.name in FRESH for one in steps):
        command = [sys.executable, "-m", "bench.crash", "--child", str(cell), steps[0].name, str(at), how]
        ended = subprocess.run(command, stdout=subprocess.PIPE, check=False)
        told, code = ended.stdout.decode(), max(ended.returncode, 0)
    else:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            _child(steps, cell, Killer(at, how), writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            told = pipe.read().decode()
        status = os.waitpid(child, 0)[1]
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0
    if code:
        raise RuntimeError(f"{steps[0].name}: ended with {code} at call {at} ({how})")
    return told.count("+"), int(told.strip("+") or 0)


def wrong(steps: Sequence[Step], acknowledged: int, cell: Path) -> list[str]:
    """Return what is wrong in a workspace after a kill, as the next command finds it."""
    found = []
    out = cell / "out"
    if not out.is_dir() or files.read_folder(out) not in (OLD, NEW):
        found.append("out/ is missing or torn")
    contents = FolderStore(cell).contents()
    found += [f"{one.path}: {one.fault}" for one in contents.differences]
    found += [f"{one.name}: acknowledged and lost" for one in steps[:acknowledged] if not one.done(cell)]
    if {one.name for one in (*contents.documents, *contents.withdrawn)} < {"PL/a.csv"}:
        found.append("the submission that was there is lost")
    if "first" not in contents.judgements:
        found.append("the decision that was there is lost")
    if (cell / "list.csv").exists() and not STEPS[3].done(cell):
        found.append("list.csv is torn")
    append_lines(cell, "clearances.csv", "c", head="c", change=ADDED)
    left = [one.name for one in cell.rglob(".*") if one.suffix in (files.PART, ".pending", ".old")]
    return [*found, *(f"{one}: left over" for one in left)]


def crash(steps: Sequence[Step], most: int, folder: Path) -> Tally:
    """Kill steps at up to `most` of their calls, spread evenly, in each way."""
    tally = Tally()
    model = made(folder / "model")
    whole = Path(shutil.copytree(model.parent, folder / "whole")) / "cell"
    _, calls = killed(steps, whole, 0, "")
    if not all(one.done(whole) for one in steps):
        raise RuntimeError(f"{steps[0].name}: not done, although nothing was killed")
    shutil.rmtree(folder / "whole")
    chosen = (
        sorted({1 + number * calls // most for number in range(most)})
        if calls > most
        else range(1, calls + 1)
    )
    for at in chosen:
        for how in HOW:
            cell = Path(shutil.copytree(model.parent, folder / "run")) / "cell"
            acknowledged, ended = killed(steps, cell, at, how)
            if not ended:
                tally.kills += 1
            tally.wrong += [f"call {at} ({how}): {one}" for one in wrong(steps, acknowledged, cell)]
            shutil.rmtree(folder / "run")
    return tally


def main() -> None:
    """Kill, count, and exit with 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--most", type=int, default=60, help="Calls of each operation at which it is killed.")
    parser.add_argument("--child", nargs=4, metavar=("CELL", "STEP", "CALL", "HOW"), help="Used by itself.")
    asked = parser.parse_args()
    if asked.child:
        cell, name, at, how = asked.child
        chosen = [one for one in STEPS if one.name == name]
        _child(chosen, Path(cell), Killer(int(at), how), sys.stdout.fileno())
    most = asked.most
    kills, faults = 0, 0
    groups = [(step.name, (step,)) for step in STEPS] + [("all one after the other", SEQUENCE)]
    for name, steps in groups:
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            tally = crash(steps, max(most // 4, 1) if name in FRESH else most, Path(folder))
        kills, faults = kills + tally.kills, faults + len(tally.wrong)
        took = time.monotonic() - begun
        print(f"{name}: {tally.kills} kills, {len(tally.wrong)} wrong, {took:.0f} s", flush=True)
        for one in tally.wrong[:5]:
            print(f"  {one}")
    print(f"{kills} kills, {faults} wrong")
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
