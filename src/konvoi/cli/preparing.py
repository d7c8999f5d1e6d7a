"""A word while functions are compiled, which takes long the first time and never happens again."""

import sys
from collections.abc import Callable
from typing import Any


def heard(tell: Callable[[], None]) -> Callable[[], None] | None:
    """From now on `tell` is called whenever a function is compiled; gives back what ends that.

    None where nothing that has to be compiled is loaded yet. What an earlier start kept is not compiled.
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
    events.register("numba:compile", ear)
    return lambda: events.unregister("numba:compile", ear)
