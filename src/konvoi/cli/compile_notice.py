"""A word while functions are compiled, which takes long the first time and never happens again."""

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any


def heard(tell: Callable[[], None]) -> Callable[[], None] | None:
    """Call `tell` from now on whenever a function is compiled; return the function that ends this.

    None where nothing that has to be compiled is loaded yet. What an earlier start kept is not compiled.
    Only the last one hears: a run that was broken off may have left another.
    """
    if "numba" not in sys.modules:
        return None
    from numba.core import event

    events: Any = event

    class Ear(event.Listener):
        def on_start(self, event: object) -> None:
            tell()

        def on_end(self, event: object) -> None:
            return None

    ear = Ear()
    for end in _ENDS:
        end()
    _ENDS[:] = [partial(_unheard, events, ear)]
    events.register("numba:compile", ear)
    return _ENDS[0]


_ENDS: list[Callable[[], None]] = []


def _unheard(events: Any, ear: object) -> None:
    """End hearing, once or again."""
    with suppress(ValueError):
        events.unregister("numba:compile", ear)
