"""Where functions are compiled, which happens once on a machine, a line says so; nothing else is told."""

import numba
import pytest

from konvoi.cli.output import Watch
from konvoi.kit.progress import Progress

WORD = "Preparing for the first time on this machine"
PLANNING = Progress("planning", 1, 60)


def _compile() -> None:
    """A function that no start has kept."""
    assert numba.njit(lambda number: number + 1)(1) == 2


def test_the_first_that_is_compiled_is_told_and_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    watch = Watch()
    watch(PLANNING)
    _compile()
    _compile()
    watch.close()
    assert capsys.readouterr().err.count(WORD) == 1


def test_what_a_broken_run_left_open_does_not_tell_it_again(capsys: pytest.CaptureFixture[str]) -> None:
    broken = Watch()
    broken(PLANNING)
    watch = Watch()
    watch(PLANNING)
    _compile()
    watch.close()
    broken.close()
    assert capsys.readouterr().err.count(WORD) == 1


def test_afterwards_and_where_it_is_to_be_quiet_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    watch, quiet = Watch(), Watch(quiet=True)
    watch(PLANNING)
    watch.close()
    quiet(PLANNING)
    _compile()
    assert WORD not in capsys.readouterr().err


def test_what_was_compiled_before_is_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    more = numba.njit(lambda number: number + 1)
    more(1)
    watch = Watch()
    watch(PLANNING)
    more(2)
    watch.close()
    assert WORD not in capsys.readouterr().err
