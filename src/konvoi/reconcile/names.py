"""Names compared with declared rows: the row that a name means, a misspelt one, and similar ones."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

from konvoi.kit.latin import latin
from konvoi.kit.text import fold
from konvoi.reconcile.lexicon import AMMUNITION, called

_NUMBER = re.compile(r"\d+")
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_LONG = 7
_MOST = 3
_SHARED = 0.5
_ALIKE = 0.85

Ids = frozenset[str]


def spelled(name: str) -> str:
    """The words of a name without case, accents, punctuation, script and plural; digits apart from letters.

    >>> spelled("155mm Howitzers"), spelled("howitzer-155 mm"), spelled("Гаубиця")
    ('155 mm howitzer', 'howitzer 155 mm', 'haubytsia')
    """
    return " ".join(map(_singular, _PARTS.findall(fold(latin(name)))))


def _singular(word: str) -> str:
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural else word


def words(name: str) -> str:
    """The words of a name in one language, each once, sorted (konvoi.reconcile.lexicon).

    >>> words("155mm Haubitzen"), words("Howitzers, 155 mm")
    ('155 howitzer mm', '155 howitzer mm')
    """
    return called(" ".join(_PARTS.findall(name)))


def two(one: str, other: str) -> bool:
    """Return True if two names cannot mean one thing: other numbers, or ammunition and its weapon.

    A name without a number may be less exact than one with a number.

    >>> two("155 mm howitzer", "152 mm howitzer"), two("hospital 51", "hospital 52")
    (True, True)
    >>> two("howitzer", "howitzer 155")
    False
    >>> two("155 mm howitzer", "155 mm howitzer rounds")
    True
    """
    a = numbers(one)
    b = numbers(other)
    fired = [AMMUNITION in called(name).split() for name in (one, other)]
    return bool(a and b and a != b) or fired[0] != fired[1]


def numbers(name: str) -> tuple[str, ...]:
    """The numbers in a name, sorted.

    >>> numbers("122-mm rocket 9M22U")
    ('122', '22', '9')
    """
    return tuple(sorted(str(int(one)) for one in _NUMBER.findall(name)))


@dataclass(frozen=True)
class Vocabulary:
    """The names of declared rows: id → the id and its names.

    translated: names of goods, whose common words the lexicon knows in several languages.
    """

    names: Mapping[str, tuple[str, ...]]
    translated: bool = False

    def exact(self, name: str) -> Ids:
        """Return the ids of which the name is one but for case, accents, punctuation and plural."""
        return self._spelled.get(fold(name)) or self._keys.get(spelled(name), frozenset())

    def translation(self, name: str) -> Ids:
        """Return the ids of which a name has the same words in another language or order."""
        return self._words.get(words(name), frozenset()) if self.translated else frozenset()

    def misspelt(self, name: str) -> Ids:
        """Return the ids of which a long name is one but for one letter; numbers are the same."""
        key = spelled(name)
        if len(key) < _LONG:
            return frozenset()
        near = process.extract(key, self._long, scorer=OSA.distance, score_cutoff=1, limit=None)
        return frozenset().union(*(self._keys[one] for one, _, _ in near if numbers(one) == numbers(key)))

    def like(self, name: str) -> tuple[str, ...]:
        """Return the ids of names that share most words with a name or are spelt nearly so, best first."""
        own = {*words(name).split()} if self.translated else {*spelled(name).split()}
        key = spelled(name)
        scores: dict[str, float] = {}
        for one, names in self.names.items():
            # An id may bear a number of a list, which does not identify the thing. One name that differs
            # is enough: names of one row do not contradict each other.
            told = names[1:] or names
            if not any(two(name, other) for other in told):
                scores[one] = max(self._likeness(own, key, other) for other in told)
        best = max(scores.values(), default=0.0)
        near = [one for one, score in scores.items() if score >= max(_SHARED, best - 0.1)]
        return tuple(sorted(near, key=lambda one: (-scores[one], one)))[:_MOST]

    def _likeness(self, own: set[str], key: str, other: str) -> float:
        others = {*words(other).split()} if self.translated else {*spelled(other).split()}
        said, theirs = (_without_numbers(some) for some in (own, others))
        shared = len(said & theirs) / len(said | theirs) if said & theirs else 0.0
        alike = Indel.normalized_similarity(key, spelled(other))
        return max(shared, alike if alike >= _ALIKE else 0.0)

    @cached_property
    def _spelled(self) -> Mapping[str, Ids]:
        return self._by(fold)

    @cached_property
    def _keys(self) -> Mapping[str, Ids]:
        return self._by(spelled)

    @cached_property
    def _words(self) -> Mapping[str, Ids]:
        return self._by(words)

    @cached_property
    def _long(self) -> list[str]:
        return sorted(key for key in self._keys if len(key) >= _LONG)

    def _by(self, key: Callable[[str], str]) -> Mapping[str, Ids]:
        found: dict[str, set[str]] = {}
        for one, names in self.names.items():
            for name in names:
                found.setdefault(key(name), set()).add(one)
        return {name: frozenset(ids) for name, ids in found.items() if name}


def _without_numbers(said: Iterable[str]) -> set[str]:
    """Words that carry meaning alone: no numbers, and no units beside them."""
    return {word for word in said if not word.isdigit() and len(word) > 2}
