"""Other readings of parties' names by the words of all lists, each name read once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from konvoi.align.frames import Frames
from konvoi.align.listing import Kind, NameKind
from konvoi.align.readings import (
    Vocabulary,
    initialled,
    misspelt,
    readings,
    shortened,
    vocabulary,
    with_listed_initials,
)

_PERSON = Kind.PERSON.value

_WAYS: Mapping[tuple[bool, bool], Sequence[Callable[[str, Vocabulary], tuple[str, ...]]]] = {
    (False, False): (readings,),
    (False, True): (misspelt,),
    (True, False): (readings, initialled, with_listed_initials),
    (True, True): (misspelt, shortened),
}
"""Ways to read a name, by whether it is a person's, and whether they are bold."""


@dataclass(frozen=True)
class NameRead:
    """A name that is read: of a kind of party. bold: by readings that are good for a question only where all
    words of the names are equal then: short forms of given names, and words with another letter.
    """

    kind: str
    name: str
    bold: bool


@dataclass(frozen=True)
class Readings:
    """Readings of names by the words of lists. made: those that are known already."""

    frames: Frames
    made: dict[NameRead, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def words(self) -> Mapping[str, Vocabulary]:
        """The words of names that identify, by the kind of party."""
        named = strong_names(self.frames).group_by("of", maintain_order=True)
        return {str(kind): vocabulary(told["name"]) for (kind,), told in named}

    def of(self, asked: NameRead) -> tuple[str, ...]:
        """Return the other readings of a name."""
        if asked not in self.made:
            known = self.words.get(asked.kind)
            ways = _WAYS[asked.kind == _PERSON, asked.bold] if known else ()
            self.made[asked] = tuple(text for way in ways if known for text in way(asked.name, known))
        return self.made[asked]


def strong_names(frames: Frames) -> pl.DataFrame:
    """Return of, name: the names that identify, each once by the kind of party, on which readings rest."""
    kinds = frames.listings.select("listing", of="kind").unique("listing")
    strong = frames.names.filter(pl.col("kind") != NameKind.WEAK.value).join(kinds, on="listing")
    return strong.select("of", "name").unique().sort("of", "name")
