"""Kill a process at its calls to the disk: operations of the store, add, withdraw, review and run.

Each operation runs in a process of its own that kills itself before, after or in the middle of a call.
Afterwards the workspace is opened as by the next command: what was acknowledged must be there, nothing may be
torn, `konvoi verify` must find nothing and receipts.head name the last receipt, a receipt that is cut off
must be told, out/ must be whole, and after one more change nothing is left over. Last, eight writers work at
once, half of which are killed.
"""

import argparse
import io
import multiprocessing
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import polars as pl

from konvoi.cli import main as konvoi
from konvoi.flow import parse_documents as understand
from konvoi.flow.matching.judging import written
from konvoi.flow.receipts import FILE as RECEIPTS
from konvoi.flow.receipts import LAST as LAST_RECEIPT
from konvoi.flow.receipts import Action, Kind
from konvoi.flow.store import (
    JUDGEMENTS,
    Edit,
    Fault,
    FolderStore,
    append_lines,
    cell_folder,
    verification,
)
from konvoi.flow.submissions.import_submission import take
from konvoi.flow.submissions.withdraw import undo
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
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
BEFORE, AFTER, TORN = "before", "after", "torn"
WRITERS, CHANGES = 8, 25
TABLE = "package,party,day,kind,amount,currency,stage\nP-{n},PL,2031-01-10,military,{n}000000,EUR,committed\n"
OLD, NEW = (
    {"brief.html": b"old" * 40_000, "cell/a": b"old"},
    {"brief.html": b"new" * 40_000, "cell/a": b"new"},
)


@dataclass
class Tally:
    """What the kills of one operation came to: its calls, how many kills, and what was wrong after them."""

    calls: int = 0
    kills: int = 0
    wrong: list[str] = field(default_factory=list)


class Killer:
    """Counts calls of `os` and of renaming with flags, and ends the process at one of them."""

    def __init__(self, at: int, how: str) -> None:
        self.at, self.how = at, how
        self.calls: list[str] = []

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
            self.calls.append(name)
            if len(self.calls) != self.at:
                return call(*given, **named)
            if self.how == TORN:
                call(given[0], bytes(given[1])[: len(given[1]) // 2])
            if self.how == AFTER:
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


def _run(cell: Path) -> None:
    with redirect_stdout(io.StringIO()), suppress(SystemExit):
        konvoi(["run", str(cell), "--for", "cell", "--json"])


Outs = tuple[dict[str, bytes], dict[str, bytes]]
"""The contents of out/ and of out-cell/."""


def out_folders(cell: Path) -> Outs:
    """Return what the folders of a run hold; nothing where one is missing."""
    out = cell / "out"
    return files.read_folder(out), files.read_folder(cell_folder(out))


ADDED = Action(Kind.ADDED, ())
SIXTY = [f"submissions/FR/{number}.csv" for number in range(60)]
"""So many that the store syncs them by one call."""
STEPS = (
    Step(
        "store: add two files",
        lambda cell: FolderStore(cell).commit(
            ADDED, [Edit(f"submissions/{party}/n.csv", b"n" * 200_000) for party in ("PL", "DE")]
        ),
        lambda cell: all(len(_content(cell, f"submissions/{one}/n.csv")) == 200_000 for one in ("PL", "DE")),
    ),
    Step(
        "store: add sixty files",
        lambda cell: FolderStore(cell).commit(ADDED, [Edit(one, one.encode()) for one in SIXTY]),
        lambda cell: all(_content(cell, one) == one for one in SIXTY),
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
        "konvoi withdraw",
        lambda cell: undo(cell, "PL/a.csv"),
        lambda cell: (
            bool(_content(cell, "withdrawn/PL/a.csv")) and not _content(cell, "submissions/PL/a.csv")
        ),
    ),
    Step("konvoi review", _decide, lambda cell: "second" in _content(cell, JUDGEMENTS)),
    Step("konvoi run", _run, lambda cell: OLD not in out_folders(cell)),
)
BY_NAME = {one.name: one for one in STEPS}
# out/ has one content before all of them and one after.
SEQUENCE = tuple(one for one in STEPS if one.name not in ("konvoi add", "konvoi run"))
# The steps that take longer are killed at fewer of their calls.
LONG = ("konvoi add", "konvoi run")


def made(folder: Path) -> Path:
    """Make a workspace with a submission, a decision and an output."""
    cell = folder / "cell"
    cell.mkdir(parents=True)
    (cell / "konvoi.toml").write_text("[coalition]\nday = 2031-02-01\n")
    for name, number in (("a.csv", 1), ("packages.csv", 2)):
        (folder / name).write_text(TABLE.format(n=number))
    FolderStore(cell).commit(ADDED, [Edit("submissions/PL/a.csv", (folder / "a.csv").read_bytes())])
    written(cell, [dict.fromkeys(HEAD, "first")], pl.DataFrame())
    for out in (cell / "out", cell_folder(cell / "out")):
        files.write_folder(out, OLD)
    return cell


def _read_here(target: str, payloads: Iterable[bytes], limits: object) -> list[Outcome]:
    """Read submissions in this process: what is killed here are the calls of the store."""
    return [Outcome(read_batch(one)) for one in payloads]


def _child(names: Sequence[str], cell: Path, at: int, how: str, told: Connection) -> None:
    """Run steps one after the other, acknowledge each, and send the names of the calls at the end."""
    vars(understand)["run_many"] = _read_here
    killer, send = Killer(at, how), os.write
    killer.install()
    for name in names:
        BY_NAME[name].run(cell)
        send(told.fileno(), b"+")
    send(told.fileno(), ",".join(killer.calls).encode())
    os._exit(0)


_COPY = multiprocessing.get_context("fork")
_NEW = multiprocessing.get_context("spawn")


def killed(steps: Sequence[Step], cell: Path, at: int, how: str) -> tuple[int, list[str]]:
    """Run steps in a process that is killed at a call; return how many it acknowledged, and its calls.

    at: 0 kills at none. The calls are told by a process that came to its end. What asks engines runs in a new
    process: their threads do not live on in a copied one.
    """
    long = steps[0].name in LONG
    reading, writing = _COPY.Pipe(duplex=False)
    child = (_NEW if long else _COPY).Process(
        target=_child, args=([one.name for one in steps], cell, at, how, writing)
    )
    child.start()
    writing.close()
    with os.fdopen(os.dup(reading.fileno()), "rb") as pipe:
        told = pipe.read().decode()
    reading.close()
    child.join()
    if child.exitcode not in (0, -signal.SIGKILL):
        raise RuntimeError(f"{steps[0].name}: ended with {child.exitcode} at call {at} ({how})")
    calls = told.lstrip("+")
    return told.count("+"), calls.split(",") if calls else []


def wrong(steps: Sequence[Step], acknowledged: int, cell: Path, outs: Sequence[Outs]) -> list[str]:
    """Return what is wrong in a workspace after a kill, as the next command finds it. outs: those before and
    after the steps.
    """
    found = []
    there = out_folders(cell)
    if any(now not in known for now, known in zip(there, zip(*outs, strict=True), strict=True)):
        found.append("out/ or out-cell/ is missing or torn")
    kept = FolderStore(cell)
    contents = kept.contents()
    checked = verification(kept)
    found += [f"{one.path}: {one.fault}" for one in checked.differences]
    if _content(cell, LAST_RECEIPT).strip() != checked.head:
        found.append(f"{LAST_RECEIPT} does not name the last receipt")
    found += [f"{one.name}: acknowledged and lost" for one in steps[:acknowledged] if not one.done(cell)]
    if {one.name for one in (*contents.documents, *contents.withdrawn)} < {"PL/a.csv"}:
        found.append("the submission that was there is lost")
    if "first" not in contents.judgements:
        found.append("the decision that was there is lost")
    if (cell / "list.csv").exists() and not BY_NAME["files: write without replacing"].done(cell):
        found.append("list.csv is torn")
    append_lines(cell, "clearances.csv", "c", head="c", change=ADDED)
    left = [one.name for one in cell.rglob(".*") if one.suffix in (files.PART, ".pending", ".old")]
    found += [f"{one}: left over" for one in left]
    return [*found, *cut_unnoticed(cell)]


def cut_unnoticed(cell: Path) -> Iterator[str]:
    """Cut the last receipt off, and yield what is not told of that."""
    chain = cell / RECEIPTS
    before = chain.read_bytes()
    chain.write_bytes(b"".join(before.splitlines(keepends=True)[:-1]))
    told = [(one.path, one.fault) for one in verification(FolderStore(cell)).differences]
    if told != [(RECEIPTS, Fault.LOST)]:
        yield f"a receipt was cut off, and what is told is {told}"
    chain.write_bytes(before)


def crash(steps: Sequence[Step], most: int, folder: Path) -> Tally:
    """Kill steps at up to `most` of their calls, spread evenly, before, after and, where they write, amid."""
    tally = Tally()
    model = made(folder / "model")
    whole = Path(shutil.copytree(model.parent, folder / "whole")) / "cell"
    _, calls = killed(steps, whole, 0, "")
    if not all(one.done(whole) for one in steps):
        raise RuntimeError(f"{steps[0].name}: not done, although nothing was killed")
    outs = (out_folders(model), out_folders(whole))
    tally.wrong += [f"without a kill: {one}" for one in wrong(steps, len(steps), whole, outs)]
    shutil.rmtree(folder / "whole")
    tally.calls = len(calls)
    for at in sorted({1 + number * len(calls) // most for number in range(most)}):
        for how in (BEFORE, AFTER, *([TORN] if calls[at - 1] == "write" else [])):
            cell = Path(shutil.copytree(model.parent, folder / "run")) / "cell"
            acknowledged, ended = killed(steps, cell, at, how)
            if not ended:
                tally.kills += 1
            tally.wrong += [f"call {at} ({how}): {one}" for one in wrong(steps, acknowledged, cell, outs)]
            shutil.rmtree(folder / "run")
    return tally


def _writer(cell: Path, name: str, at: int, told: Connection) -> None:
    """Add files and decisions in turn, and acknowledge each; killed at a call where `at` names one."""
    kept, send = FolderStore(cell), os.write
    Killer(at, BEFORE).install()
    number = 0
    while number < CHANGES:
        try:
            if number % 2:
                append_lines(cell, JUDGEMENTS, f"{name}-{number}", head="", change=ADDED)
            else:
                kept.commit(ADDED, [Edit(f"submissions/{name}/{number}.csv", f"{name}-{number}".encode())])
        except Refused:
            # Nothing was changed, since another held the workspace for too long.
            continue
        send(told.fileno(), f"{number},".encode())
        number += 1
    os._exit(0)


def at_once(folder: Path) -> Tally:
    """Let eight processes write at once, of which every other one is killed, and count what was lost."""
    tally = Tally()
    cell = made(folder / "writers")
    running = []
    for number in range(WRITERS):
        reading, writing = _COPY.Pipe(duplex=False)
        at = 150 + 40 * number if number % 2 else 0
        child = _COPY.Process(target=_writer, args=(cell, f"W{number}", at, writing))
        child.start()
        writing.close()
        running.append((f"W{number}", child, reading))
    for name, child, reading in running:
        with os.fdopen(os.dup(reading.fileno()), "rb") as pipe:
            numbers = [int(one) for one in pipe.read().decode().split(",") if one]
        reading.close()
        child.join()
        tally.kills += child.exitcode == -signal.SIGKILL
        tally.calls += len(numbers)
        lines = _content(cell, JUDGEMENTS).splitlines()
        for number in numbers:
            told = f"{name}-{number}"
            there = (
                told in lines if number % 2 else _content(cell, f"submissions/{name}/{number}.csv") == told
            )
            if not there:
                tally.wrong.append(f"{told}: acknowledged and lost")
    outs = (out_folders(cell),)
    tally.wrong += wrong((), 0, cell, outs)
    return tally


def main() -> None:
    """Kill, count, and exit with 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--most", type=int, default=500, help="Calls of each operation to kill at.")
    most = parser.parse_args().most
    # A new process finds its modules compiled.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    kills, faults = 0, 0
    groups = [(step.name, (step,)) for step in STEPS] + [("all one after the other", SEQUENCE)]
    for name, steps in [*groups, ("eight writers at once", ())]:
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            chosen = max(most // 8, 1) if name in LONG else most
            tally = crash(steps, chosen, Path(folder)) if steps else at_once(Path(folder))
        kills, faults = kills + tally.kills, faults + len(tally.wrong)
        took = time.monotonic() - begun
        counted = f"{tally.calls} calls" if steps else f"{tally.calls} changes acknowledged"
        print(f"{name}: {counted}, {tally.kills} kills, {len(tally.wrong)} wrong, {took:.0f} s", flush=True)
        for one in tally.wrong[:5]:
            print(f"  {one}")
    print(f"{kills} kills, {faults} wrong")
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
