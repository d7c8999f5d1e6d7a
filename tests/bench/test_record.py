"""Runs are kept with their seconds, and what takes too long is stopped."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from bench.record import MEGABYTE, ROOT, Benchmark, Runs, peak_mb


def test_each_run_of_once_is_kept_and_measure_begins_anew() -> None:
    bench = Benchmark("some", data={})
    assert [bench.once("sum", lambda: sum(range(10))) for _ in range(2)] == [45, 45]
    assert len(bench.runs["sum"].seconds) == len(bench.runs["sum"].cpu) == 2
    bench.measure("sum", lambda: None, runs=3)
    assert len(bench.runs["sum"].seconds) == 3


def test_a_command_is_stopped_after_its_processor_seconds_and_one_that_fails_ends_all() -> None:
    bench = Benchmark("some", data={})
    assert bench.within("quick", [sys.executable, "-c", "print(7)"], 10) == "7\n"
    assert bench.within("endless", [sys.executable, "-c", "while True: pass"], 2) is None
    assert bench.runs["endless"].cpu[0] >= 1.4
    with pytest.raises(SystemExit, match="no such thing"):
        bench.within("broken", [sys.executable, "-c", "raise SystemExit('no such thing')"], 10)


def test_goals_of_any_kind_of_number_are_one_document_and_tell_whether_they_are_reached() -> None:
    bench = Benchmark("some", data={})
    bench.at_most("seconds", np.float64(2.5), 2, unit="s")
    bench.at_least("times", np.float64(2.5), 2, unit="times")
    told = json.loads(json.dumps(bench.document()))["goals"]
    assert [(one["goal"], one["measured"], one["reached"]) for one in told] == [
        ("seconds", 2.5, False),
        ("times", 2.5, True),
    ]


def test_what_a_run_takes_alone_is_the_smaller_of_clock_and_processor() -> None:
    """Waiting lengthens the clock (9 against 3 s), threads side by side the processor (2 against 4 s)."""
    assert Runs(seconds=(9.0, 2.0, 2.5), cpu=(3.0, 4.0, 2.6)).alone_median == 2.5


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux counts a program by itself")
def test_the_peak_of_a_process_does_not_hold_what_its_parent_had() -> None:
    """This process has filled at least 200 MB; a child that only asks has not."""
    assert np.ones(200 * MEGABYTE, dtype=np.int8).sum() == 200 * MEGABYTE
    assert peak_mb() > 200
    asked = [sys.executable, "-c", "from bench.record import peak_mb; print(peak_mb())"]
    told = subprocess.run(
        asked, capture_output=True, text=True, check=True, cwd=ROOT, env={"PYTHONPATH": "src:."}
    )
    assert float(told.stdout) < 100
