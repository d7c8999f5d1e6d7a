"""Other readings of parties' names by the words of all lists, each name read once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from konvoi.align.frames import Frames
from konvoi.align.listing import Kind, NameKind
from konvoi.align.reading_changes import changed_names
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
    """Readings of names by the words of lists. made: those that are known already; known: words by kind."""

    frames: Frames
    made: dict[NameRead, tuple[str, ...]] = field(default_factory=dict)
    known: dict[str, Vocabulary | None] = field(default_factory=dict)

    def words(self, kind: str) -> Vocabulary | None:
        """Return the words of names that identify a kind of party; None where lists have none."""
        if kind not in self.known:
            told = self.names.filter(of=kind)["name"]
            self.known[kind] = vocabulary(told) if len(told) else None
        return self.known[kind]

    @cached_property
    def names(self) -> pl.DataFrame:
        """The names that identify (`strong_names`)."""
        return strong_names(self.frames)

    def of(self, asked: NameRead) -> tuple[str, ...]:
        """Return the other readings of a name."""
        if asked not in self.made:
            known = self.words(asked.kind)
            ways = _WAYS[asked.kind == _PERSON, asked.bold] if known else ()
            self.made[asked] = tuple(text for way in ways if known for text in way(asked.name, known))
        return self.made[asked]

    def stale(self, asked: Iterable[NameRead], before: pl.DataFrame) -> frozenset[NameRead]:
        """Return the names whose readings may be others now: a few too many, and never too few.

        before: what `strong_names` gave when they were read.
        """
        on = ("of", "name")
        added, removed = (
            one.join(other, on=on, how="anti") for one, other in ((self.names, before), (before, self.names))
        )
        found: set[NameRead] = set()
        by_kind = _by_kind(asked)
        for kind in {*added["of"], *removed["of"]} & by_kind.keys():
            own = by_kind[kind]
            new, gone = (one.filter(of=kind)["name"].to_list() for one in (added, removed))
            known = self.words(kind)
            if known is None or len(new) == self.names.filter(of=kind).height:
                found.update(own)
                continue
            names = dict.fromkeys(one.name for one in own)
            touched = set(changed_names(known, new, gone).touched(names))
            found.update(one for one in own if one.name in touched)
        return frozenset(found)


def _by_kind(asked: Iterable[NameRead]) -> dict[str, list[NameRead]]:
    found: dict[str, list[NameRead]] = {}
    for one in asked:
        found.setdefault(one.kind, []).append(one)
    return found


def strong_names(frames: Frames) -> pl.DataFrame:
    """Return of, name: the names that identify, each once by the kind of party, on which readings rest."""
    kinds = frames.listings.select("listing", of="kind").unique("listing")
    strong = frames.names.filter(pl.col("kind") != NameKind.WEAK.value).join(kinds, on="listing")
    return strong.select("of", "name").unique().sort("of", "name")
