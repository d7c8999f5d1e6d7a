"""Lists of names as they are printed: in their script or in Latin letters, rightly or with a slip."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl
from bench.pledges.chance import Whole
from bench.pledges.lexicon import Names
from bench.pledges.script import SLIPS, latin, slipped
from bench.pledges.world import Setting

NATIVE, LATIN = 0, 1


@dataclass(frozen=True)
class Printed:
    """Names, then the same in Latin letters, then both with each kind of slip; last, nothing."""

    names: Names
    strings: pl.Series

    def chosen(self, to: Setting, stream: str, thing: Whole, how: tuple[Whole, Whole]) -> pl.Series:
        """A name of each thing in a language and script (`how`); none where thing is -1."""
        n, (language, script) = len(thing), how
        safe = np.maximum(thing, 0)
        way = to.chance.below(f"{stream}/way", n, self.names.count[safe, language])
        place = self.names.start[safe, language] + way
        return self._taken(to, stream, np.where(thing < 0, -1, place), script)

    def _taken(self, to: Setting, stream: str, place: Whole, script: Whole) -> pl.Series:
        """The strings at these places, some with a slip."""
        n, size = len(place), len(self.names.strings)
        slip = to.chance.happens(f"{stream}/slip", n, to.rate.share("wording.typo"))
        number = (1 + to.chance.below(f"{stream}/slip number", n, SLIPS)) * slip
        at = np.where(place < 0, len(self.strings) - 1, place + size * (script + 2 * number))
        return self.strings.gather(pl.Series(at, dtype=pl.UInt32))


@cache
def printed(names: Names) -> Printed:
    """All ways in which a list is printed."""
    plain = [*names.strings, *map(latin, names.strings)]
    slips = [slipped(text, number) for number in range(SLIPS) for text in plain]
    return Printed(names, pl.Series([*plain, *slips, None], dtype=pl.String))


def word(to: Setting, stream: str, role: Whole, how: tuple[Whole, Whole]) -> pl.Series:
    """The word of a role (its place in ROLES, -1 for none) in a language and script, rightly written."""
    found, safe = printed(to.names.words), np.maximum(role, 0)
    start, count = (table[safe, how[0]] for table in (found.names.start, found.names.count))
    place = start + to.chance.below(f"word/{stream}", len(role), count) + len(found.names.strings) * how[1]
    at = np.where(role < 0, len(found.strings) - 1, place)
    return found.strings.gather(pl.Series(at, dtype=pl.UInt32))
