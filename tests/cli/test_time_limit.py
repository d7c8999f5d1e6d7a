"""While it plans, Ctrl-C ends with the best plan so far; elsewhere it stops all."""

import os
import signal

import pytest

from konvoi.cli.output import Watch
from konvoi.cli.time_limit import Ending
from konvoi.kit.progress import Progress

PLANNING, READING = Progress("planning", 1, 60), Progress("Reading submissions", 0)


def _interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_the_first_interrupt_ends_planning_and_the_second_stops_all() -> None:
    with Ending(Watch(quiet=True)).heeded() as ending:
        assert not ending(PLANNING)
        _interrupt()
        assert (ending(PLANNING), ending.why) == (True, "by hand")
        with pytest.raises(KeyboardInterrupt):
            _interrupt()


def test_what_is_not_planning_is_stopped_at_once() -> None:
    with Ending(Watch(quiet=True)).heeded() as ending:
        assert not ending(READING)
        with pytest.raises(KeyboardInterrupt):
            _interrupt()


def test_the_time_counts_from_the_first_step_of_planning() -> None:
    with Ending(Watch(quiet=True), 1e-9).heeded() as ending:
        assert not ending(READING)
        assert (ending(PLANNING), ending.why) == (True, "time")
        assert not ending(READING)


def test_afterwards_an_interrupt_is_what_it_was() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Ending(Watch(quiet=True)).heeded():
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before
