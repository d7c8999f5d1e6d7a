"""Long planning that ends with the best so far: after a time, or at Ctrl-C."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

import click

from konvoi.cli.i18n import said
from konvoi.cli.output import Watch
from konvoi.kit.progress import BY_HAND, Progress

_PLANNING = frozenset({"planning", "deciding", "improving", "weighing", "confirming reasons"})


@dataclass
class Ending:
    """Asked after each step: whether planning is to end now, and why ("time" or "by hand").

    seconds: of planning, from its first step on; 0 for as long as it takes.
    """

    watch: Watch
    seconds: float = 0.0
    why: str = ""
    _begun: float = field(default=0.0, repr=False)
    _able: bool = field(default=False, repr=False)

    def __call__(self, progress: Progress) -> bool:
        """Take one word of progress; True where planning is to end."""
        self.watch(progress)
        self._able = progress.phase in _PLANNING
        if self._able and not self._begun:
            self._begun = time.monotonic()
        if self._able and not self.why and 0 < self.seconds <= time.monotonic() - self._begun:
            self.why = "time"
        return self._able and bool(self.why)

    @contextmanager
    def heeded(self) -> Iterator["Ending"]:
        """While planning, the first Ctrl-C ends it with the best so far; any other stops all."""
        before = signal.signal(signal.SIGINT, self._interrupted)
        try:
            yield self
        finally:
            signal.signal(signal.SIGINT, before)
            self.watch.close()

    def _interrupted(self, number: int, frame: FrameType | None) -> None:
        if not self._able or self.why:
            raise KeyboardInterrupt
        self.why = BY_HAND
        click.echo(said("Ending with the best plan so far; once more stops at once."), err=True)
