"""What every benchmark writes down: data, runs, medians, ratios, and whether its goals are reached."""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, TypeVar

import konvoi

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "bench" / "peers"
MEGABYTE = 1 << 20
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024

Outcome = TypeVar("Outcome")


@dataclass(frozen=True)
class Runs:
    """The runs of one thing: seconds of each; peak of memory in MB where it ran in its own process.

    cpu: processor seconds of each, all threads added, which a busy machine does not lengthen much.
    """

    seconds: tuple[float, ...]
    peak_mb: float | None = None
    cpu: tuple[float, ...] = ()

    @property
    def median(self) -> float:
        """The median of the seconds."""
        return statistics.median(self.seconds)

    @property
    def cpu_median(self) -> float:
        """The median of the processor seconds."""
        return statistics.median(self.cpu)

    @property
    def alone_median(self) -> float:
        """The median of the smaller of clock and processor: what a run would take alone is no more.

        On a busy machine the clock counts the waiting, too; the processor counts threads side by side as
        if one followed the other.
        """
        return statistics.median(map(min, self.seconds, self.cpu))


@dataclass(frozen=True)
class Goal:
    """A goal, the bound that is wanted (in `unit`), what was measured, and whether that reaches it."""

    goal: str
    wanted: str
    measured: float
    unit: str
    reached: bool


@dataclass
class Benchmark:
    """One benchmark: measure, then set goals against what was measured, then `finish`."""

    name: str
    data: Mapping[str, object]
    runs: dict[str, Runs] = field(default_factory=dict)
    ratios: dict[str, float] = field(default_factory=dict)
    figures: dict[str, float] = field(default_factory=dict)
    goals: list[Goal] = field(default_factory=list)

    def measure(self, name: str, work: Callable[[], Outcome], *, runs: int = 3) -> Outcome:
        """Run `work` in this process, keep the seconds of each run under `name`, give its last outcome."""
        self.runs.pop(name, None)
        for _ in range(max(runs, 1)):
            outcome = self.once(name, work)
        return outcome

    def once(self, name: str, work: Callable[[], Outcome]) -> Outcome:
        """Run `work` in this process, add its seconds to those kept under `name`, give its outcome."""
        start, ticks = time.perf_counter(), time.process_time()
        outcome = work()
        self._add(name, (time.perf_counter() - start, time.process_time() - ticks, None))
        return outcome

    def command(self, name: str, argv: Sequence[str], *, runs: int = 3, exits: Sequence[int] = (0,)) -> str:
        """Run a command as often, keep its seconds and the peak of its memory, give its last output.

        A command that ends with a code not in exits ends the benchmark with what it said. The kernel counts
        this process's own memory at the start of the command into the peak, so run commands before large
        data is made here.
        """
        output = ""
        for _ in range(max(runs, 1)):
            output, status = self._command(name, argv)
            if status not in exits:
                sys.exit(f"{name}: {' '.join(argv)} ended with {status}\n{output}")
        return output

    def within(self, name: str, argv: Sequence[str], patience: int) -> str | None:
        """Run a command once, give its output; None where it is not done after so many processor seconds."""
        limited = f'ulimit -t {patience}; exec "$@" 2>&1'
        output, status = self._command(name, ["sh", "-c", limited, "sh", *argv])
        if status and self.runs[name].cpu[-1] < 0.7 * patience:
            sys.exit(f"{name}: {' '.join(argv)} ended with {status}\n{output}")
        return None if status else output

    def _command(self, name: str, argv: Sequence[str]) -> tuple[str, int]:
        """Run a command, keep its seconds; its output and how it ended."""
        environment, start = {**os.environ, "PYTHONPATH": str(ROOT / "src")}, time.perf_counter()
        child = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, env=environment)
        assert child.stdout is not None
        output = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        peak = round(usage.ru_maxrss * _RSS_UNIT / MEGABYTE, 1)
        self._add(name, (time.perf_counter() - start, usage.ru_utime + usage.ru_stime, peak))
        return output, child.returncode

    def _add(self, name: str, run: tuple[float, float, float | None]) -> None:
        """Keep one more run."""
        seconds, cpu, peak = run
        known = self.runs.get(name, Runs(()))
        peaks = [one for one in (known.peak_mb, peak) if one is not None]
        self.runs[name] = Runs((*known.seconds, seconds), max(peaks, default=None), (*known.cpu, cpu))

    def ratio(self, name: str, ours: str, theirs: str) -> float:
        """How many times faster `ours` was than `theirs`, by the medians of this run."""
        self.ratios[name] = self.runs[theirs].median / self.runs[ours].median
        return self.ratios[name]

    def at_most(self, goal: str, measured: float, wanted: float, *, unit: str) -> None:
        """A goal that is reached where the measured figure is not above the wanted one."""
        self.goals.append(Goal(goal, f"<= {wanted:g}", float(measured), unit, bool(measured <= wanted)))

    def at_least(self, goal: str, measured: float, wanted: float, *, unit: str) -> None:
        """A goal that is reached where the measured figure is not below the wanted one."""
        self.goals.append(Goal(goal, f">= {wanted:g}", float(measured), unit, bool(measured >= wanted)))

    def document(self) -> dict[str, object]:
        """Everything that was written down, as plain JSON values."""
        return {
            "benchmark": self.name,
            "konvoi": konvoi.__version__,
            "machine": {
                "python": platform.python_version(),
                "platform": platform.platform(),
                "cores": os.cpu_count(),
                "load": round(os.getloadavg()[0], 2),
            },
            "data": dict(self.data),
            "runs": {
                name: {
                    "seconds": [round(s, 4) for s in runs.seconds],
                    "median": round(runs.median, 4),
                    "cpu": [round(s, 4) for s in runs.cpu],
                    "cpu_median": round(runs.cpu_median, 4),
                    "peak_mb": runs.peak_mb,
                }
                for name, runs in self.runs.items()
            },
            "ratios": {name: round(value, 2) for name, value in self.ratios.items()},
            "figures": {name: round(value, 6) for name, value in self.figures.items()},
            "goals": [vars(goal) | {"measured": round(goal.measured, 4)} for goal in self.goals],
            "peak_mb": round(peak_mb(), 1),
        }

    def finish(self, asked: argparse.Namespace | None = None) -> NoReturn:
        """Print the document (as JSON with --json, else as lines) and exit, with 1 where a goal is missed.

        asked: what the command line says, where the benchmark has read it already.
        """
        if (asked or arguments().parse_args()).json:
            print(json.dumps(self.document(), indent=2, ensure_ascii=False))
        else:
            print("\n".join(self._lines()))
        sys.exit(0 if all(goal.reached for goal in self.goals) else 1)

    def _lines(self) -> list[str]:
        data = ", ".join(f"{key} {value}" for key, value in self.data.items())
        lines = [f"{self.name}: {data}"]
        for name, runs in self.runs.items():
            memory = "" if runs.peak_mb is None else f", peak {runs.peak_mb:.0f} MB"
            cpu = f" (processor {runs.cpu_median:.3f} s)"
            lines.append(f"  {name}: median {runs.median:.3f} s{cpu} of {len(runs.seconds)}{memory}")
        lines += [f"  {name}: {value:.2f} times" for name, value in self.ratios.items()]
        lines += [f"  {name}: {value:.6g}" for name, value in self.figures.items()]
        for goal in self.goals:
            word = "reached" if goal.reached else "MISSED"
            lines.append(f"  {word}: {goal.goal}, {goal.measured:.3f} {goal.unit}, wanted {goal.wanted}")
        return lines


def arguments() -> argparse.ArgumentParser:
    """The command line of every benchmark; one that takes more adds it and hands `finish` what was read."""
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    return parser


def peak_mb() -> float:
    """The peak of this process's own memory so far, in MB.

    Linux hands what a parent held at the start on into `ru_maxrss`; its own count of the program does not.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return float(status.read_text(encoding="utf-8").partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT / MEGABYTE


def peer(name: str) -> str:
    """The Python of a peer's own environment; exits with the command that builds it where there is none."""
    python = PEERS / ".envs" / name / "bin" / "python"
    if not python.exists():
        sys.exit(f"no environment for {name} yet: run bench/peers/build.sh {name}")
    return str(python)
