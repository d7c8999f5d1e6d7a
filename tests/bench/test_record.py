"""Runs are kept with their seconds, and what takes too long is stopped."""

import sys

import pytest
from bench.record import Benchmark


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
