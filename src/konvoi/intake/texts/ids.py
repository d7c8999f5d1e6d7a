"""Ids of clauses: the numbers of the document where it has them, else counted within their place."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Ids:
    """The ids given so far."""

    _given: set[str] = field(default_factory=set)
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    _again: Counter[str] = field(default_factory=Counter)

    def new(self, place: str, number: str, letter: str = "") -> tuple[str, bool]:
        """The id of what stands next in a place, and whether its number stood there before.

        number: as the document has it; without one it counts within its place, behind the letter.

        >>> ids = Ids()
        >>> [ids.new("II", number, "p") for number in ("1", "", "", "1", "1")]
        [('II/1', False), ('II/p1', False), ('II/p2', False), ('II/1-2', True), ('II/1-3', True)]
        """
        if not number:
            self._counts[place, letter] += 1
            number = f"{letter}{self._counts[place, letter]}"
        first = clause = f"{place}/{number}" if place else number
        twice = clause in self._given
        while clause in self._given:
            # Counted on from the last time: a number may stand there thousands of times.
            self._again[first] += 1
            clause = f"{first}-{self._again[first] + 1}"
        self._given.add(clause)
        return clause, twice
