"""Changes between two versions of a document, clause by clause and word by word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher

import polars as pl
from rapidfuzz import fuzz, process

from konvoi.kit.text import fold

SAME, MOVED, CHANGED, NEW, GONE = CHANGES = ("same", "moved", "changed", "new", "gone")
"""Change of a clause; one that moved has its old words at another place."""

COMPARED = pl.Schema(
    {
        "change": pl.String(),
        "moved": pl.Boolean(),
        "before": pl.String(),
        "after": pl.String(),
        "old": pl.String(),
        "new": pl.String(),
        "words": pl.List(pl.Struct({"sign": pl.String(), "text": pl.String()})),
    }
)
"""One row for each clause of the newer version in its order, those that are gone behind the one before them.

change: one of CHANGES. moved: whether its id changed. before, after: its id in each version. words: of a
changed clause its words in turn, with the sign `=` as before, `-` gone, `+` new; else empty."""

# Below this likeness (out of 100) two clauses are not versions of one, even under one number.
_LIKE = 60.0
_LIKE_IN_PLACE = 35.0


def compared(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Return the change of each clause from one version to the next (COMPARED); both as CLAUSES."""
    old = _said(before)
    new = _said(after)
    return pl.DataFrame(list(_rows(old, new, paired(old, new))), schema=COMPARED)


def paired(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """For each clause of a text the one of another text that it comes from; what has none is left out.

    old, new: the words of clauses by their ids, each in the order of its text.
    """
    pairs = _Pairs(old, new)
    pairs.by_text()
    pairs.by_place()
    pairs.by_likeness()
    return pairs.found


def stood_on(versions: Mapping[str, date], day: date) -> str | None:
    """Return the version in force on a day: the newest from that day or before; of one day the last."""
    known = [(on, at, name) for at, (name, on) in enumerate(versions.items()) if on <= day]
    return max(known)[2] if known else None


def _said(clauses: pl.DataFrame) -> dict[str, str]:
    return dict(zip(clauses["clause"], clauses["text"], strict=True))


@dataclass
class _Pairs:
    """Pairs of old and new clauses; each old clause is matched once."""

    old: Mapping[str, str]
    new: Mapping[str, str]
    found: dict[str, str] = field(default_factory=dict)

    def by_text(self) -> None:
        """Equal words, however they are set: at their own place first, then in the order of the text."""
        held: dict[str, list[str]] = {}
        for clause, text in self.old.items():
            held.setdefault(fold(text), []).append(clause)
        for clause, text in self.new.items():
            if clause in held.get(fold(text), ()):
                held[fold(text)].remove(clause)
                self.found[clause] = clause
        for clause in self._new_left():
            if waiting := held.get(fold(self.new[clause])):
                self.found[clause] = waiting.pop(0)

    def by_place(self) -> None:
        """Pair clauses at the same place with words that are somewhat alike."""
        left = set(self._old_left())
        for clause in self._new_left():
            if clause in left and fuzz.ratio(self.old[clause], self.new[clause]) >= _LIKE_IN_PLACE:
                self.found[clause] = clause

    def by_likeness(self) -> None:
        """Pair those of the remaining clauses that are most alike."""
        old = self._old_left()
        new = self._new_left()
        if not old or not new:
            return
        scores = process.cdist(
            [self.new[clause] for clause in new], [self.old[clause] for clause in old], scorer=fuzz.ratio
        )
        ranked = sorted(
            (-float(scores[i][j]), i, j)
            for i in range(len(new))
            for j in range(len(old))
            if scores[i][j] >= _LIKE
        )
        taken: set[str] = set()
        for _, i, j in ranked:
            if new[i] not in self.found and old[j] not in taken:
                self.found[new[i]] = old[j]
                taken.add(old[j])

    def _new_left(self) -> list[str]:
        return [clause for clause in self.new if clause not in self.found]

    def _old_left(self) -> list[str]:
        taken = set(self.found.values())
        return [clause for clause in self.old if clause not in taken]


def _rows(
    old: Mapping[str, str], new: Mapping[str, str], pairs: Mapping[str, str]
) -> Sequence[dict[str, object]]:
    """The rows in the order of the new text, what is gone behind what stood before it."""
    ends = {before: after for after, before in pairs.items()}
    gone: dict[str, list[str]] = {}
    last = ""
    for clause in old:
        last = ends.get(clause, last)
        if clause not in ends:
            gone.setdefault(last, []).append(clause)
    found = [_gone(clause, old[clause]) for clause in gone.get("", ())]
    for clause, text in new.items():
        found.append(_stands(clause, text, pairs.get(clause), old))
        found += [_gone(one, old[one]) for one in gone.get(clause, ())]
    return found


def _gone(clause: str, text: str) -> dict[str, object]:
    return {"change": GONE, "moved": False, "before": clause, "old": text, "words": []}


def _stands(clause: str, text: str, before: str | None, old: Mapping[str, str]) -> dict[str, object]:
    if before is None:
        return {"change": NEW, "moved": False, "after": clause, "new": text, "words": []}
    same = fold(old[before]) == fold(text)
    moved = before != clause
    return {
        "change": (MOVED if moved else SAME) if same else CHANGED,
        "moved": moved,
        "before": before,
        "after": clause,
        "old": old[before],
        "new": text,
        "words": []
        if same
        else [{"sign": sign, "text": words} for sign, words in differences(old[before], text)],
    }


def differences(old: str, new: str) -> list[tuple[str, str]]:
    """The words of two texts in turn: `=` in both, `-` in the old alone, `+` in the new alone.

    >>> differences("It will give two tanks.", "It gives two old tanks.")
    [('=', 'It'), ('-', 'will give'), ('+', 'gives'), ('=', 'two'), ('+', 'old'), ('=', 'tanks.')]
    """
    left = old.split()
    right = new.split()
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("=", " ".join(left[a:b])))
        if kind in ("replace", "delete"):
            found.append(("-", " ".join(left[a:b])))
        if kind in ("replace", "insert"):
            found.append(("+", " ".join(right[c:d])))
    return found
