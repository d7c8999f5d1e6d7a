"""Names whose other readings may change with the names of lists, so that all others are not read again.

A reading rests on few listed words: those with its letters or sounds, those that begin or end one of its
words, those that a scheme writes as one of them. What is told here may be too much, and is never too little.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from konvoi.align.names import without_abbreviation
from konvoi.align.phonetic_key import all_words, sound, sound_of_folded, spoken, words
from konvoi.align.readings import (
    CUT,
    CYRILLIC,
    INITIAL,
    LATIN,
    Vocabulary,
    all_folded,
    folded,
    marked,
    one_letter_apart,
    sound_of_initialled,
)
from konvoi.align.romanisation import cyrillic, written
from konvoi.align.short_forms import other_forms
from konvoi.kit.latin import latin
from konvoi.kit.text import fold

_ENDS = 2
"""Letters at the beginning or the end that two words have in common of which one is a slip of the other."""


@dataclass(frozen=True)
class ChangedNames:
    """The names and words that lists hold now and did not hold before, or the reverse.

    names: folded, sorted. words: folded. rewritten: words whose spelling in the schemes may be another.
    """

    names: Sequence[str]
    words: frozenset[str]
    rewritten: frozenset[str]

    def touched(self, names: Iterable[str]) -> Iterator[str]:
        """Yield the names whose readings may be others than before."""
        asked = list(names)
        bare = list(map(without_abbreviation, asked))
        known: dict[str, bool] = {}
        each = zip(asked, bare, all_folded(bare), all_folded(asked), all_words(bare), strict=True)
        for name, cut, told, whole, heard in each:
            parts = told.split()
            for word in (*parts, *whole.split()):
                if word not in known:
                    known[word] = self._touches(word)
                if known[word]:
                    yield name
                    break
            else:
                own = heard if cut == name else words(name)
                if self._touches_whole(name, parts, heard, own):
                    yield name

    def _touches(self, word: str) -> bool:
        heard = latin(word)
        return (
            "".join(sorted(word)) in self._letters
            or sound(heard) in self._sounds
            or any(word[:at] in self.words or word[at:] in self.words for at in range(1, len(word)))
            or any(sound(form) in self._sounds for form in other_forms(word))
            or any(one_letter_apart(word, one) for one in self._near(word))
        )

    def _touches_whole(self, name: str, told: Sequence[str], bare: Sequence[str], own: Sequence[str]) -> bool:
        """Return True for a name that whole names of lists are readings of, or that is written otherwise.

        told: its words folded. bare, own: its words in Latin letters, without an abbreviation and with it.
        """
        if any("".join(told[at : at + size]) in self.words for size in (2, 3) for at in range(len(told))):
            return True
        if not self._forms.isdisjoint(map(spoken, bare)):
            return True
        whole = " ".join(told)
        at = bisect_left(self.names, whole)
        if len(whole) >= CUT and at < len(self.names) and self.names[at].startswith(whole):
            return True
        if not self._initialled.isdisjoint(map(sound, own)):
            return True
        heard = {sound_of_folded(word) for word in told}
        # A word with two slips is read as another beside all others of a listed name.
        if len(heard) > 1 and any(len(heard - of) == 1 for of in self._bearers):
            return True
        if not INITIAL.search(name):
            return False
        rest = set(map(sound, words(INITIAL.sub(" ", name))))
        return bool(rest) and any(rest <= of for of in self._bearers)

    def _near(self, word: str) -> Iterator[str]:
        for long in (len(word) - 1, len(word), len(word) + 1):
            yield from self._by_end.get((long, word[:_ENDS], False), ())
            yield from self._by_end.get((long, word[-_ENDS:], True), ())

    @cached_property
    def _letters(self) -> frozenset[str]:
        return frozenset("".join(sorted(word)) for word in self.words)

    @cached_property
    def _sounds(self) -> frozenset[str]:
        return frozenset(sound_of_folded(word) for word in self.words)

    @cached_property
    def _by_end(self) -> dict[tuple[int, str, bool], list[str]]:
        found: dict[tuple[int, str, bool], list[str]] = defaultdict(list)
        for word in sorted(self.words):
            found[len(word), word[:_ENDS], False].append(word)
            found[len(word), word[-_ENDS:], True].append(word)
        return found

    @cached_property
    def _forms(self) -> frozenset[str]:
        """Forms in which the schemes write these words."""
        told = sorted(self.words | self.rewritten)
        original = [one if CYRILLIC.fullmatch(one) else cyrillic(one) for one in told]
        return frozenset(form for forms in written(original) for form in forms)

    @cached_property
    def _initialled(self) -> frozenset[str]:
        return frozenset(one for name in self.names if (one := sound_of_initialled(name)))

    @cached_property
    def _bearers(self) -> Sequence[frozenset[str]]:
        return [frozenset(sound_of_folded(word) for word in name.split()) for name in self.names]


def changed_names(known: Vocabulary, added: Sequence[str], removed: Sequence[str]) -> ChangedNames:
    """Return what changed among the names of lists.

    known: the words of the names as they are now. added, removed: names as lists write them.
    """
    new, gone = (folded(list(map(without_abbreviation, told))) for told in (added, removed))
    stayed = set(known.names) - set(new)
    began = {word for name in new for word in name.split()} - {word for name in gone for word in name.split()}
    for name in stayed:
        if not began.isdisjoint(told := name.split()):
            began.difference_update(told)
    ended = {word for name in gone for word in name.split()} - known.sounds.keys()
    names = sorted((set(new) ^ set(gone)) - (set(gone) & stayed))
    changed = frozenset(began | ended)
    return ChangedNames(names, changed, _rewritten(known, changed, added, removed))


def _rewritten(
    known: Vocabulary, changed: frozenset[str], added: Sequence[str], removed: Sequence[str]
) -> frozenset[str]:
    """Return words that the schemes take otherwise: as the Cyrillic words of their sound come and go, and
    those that lists write with other marks now.
    """
    heard = {sound_of_folded(word) for word in changed if CYRILLIC.fullmatch(word)}
    found = {word for word, of in known.sounds.items() if of in heard and LATIN.fullmatch(word)}
    new = set(map(without_abbreviation, added))
    pending = marked([*new, *map(without_abbreviation, removed)])
    if pending:
        stayed = " ".join(text for text in known.texts if text not in new).casefold()
        pending = {word for word in pending if not re.search(rf"\b{re.escape(word)}\b", stayed)}
    return frozenset(found | set(map(fold, pending)))
