"""A working text that comes back with changes: the clauses that they change, as proposed positions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import fuzz

from konvoi.accord.compare import differences
from konvoi.accord.working_text import WorkingClause
from konvoi.model.clauses import HEADINGS, OPERATIVE
from konvoi.model.tables.positions import AMEND, REJECT

EXACT, SIMILAR, UNTRACKED, NEW, UNKNOWN = HOW = ("exact", "similar", "untracked", "new", "unknown")
"""Ways of finding a change: on the words of a clause; on words like those of a clause; in a paragraph whose
changes were not tracked; as a paragraph that is added; on words that no clause has."""

# Out of 100: below this likeness a paragraph is not a version of a clause.
_LIKE = 60.0
_LIKE_UNTRACKED = 80.0


class Paragraph(Protocol):
    """A paragraph of the text that came back."""

    @property
    def row(self) -> int:
        """Its number, from 1."""

    @property
    def before(self) -> str:
        """Its words with all changes rejected."""

    @property
    def after(self) -> str:
        """Its words with all changes accepted."""

    @property
    def authors(self) -> tuple[str, ...]:
        """Authors of its changes."""


@dataclass(frozen=True)
class Returned:
    """A change. clause: that it changes; of a new paragraph the one before it; empty for none. stance: amend
    or reject; empty where a person has to say which clause it is on. words: of the clause then; empty
    of one that is deleted. differences: against the text of the round, as accord.compare.differences.
    """

    row: int
    clause: str
    stance: str
    words: str
    how: str
    authors: tuple[str, ...]
    differences: Sequence[tuple[str, str]]

    @property
    def is_proposal(self) -> bool:
        """True where it can be taken as a position on its clause."""
        return bool(self.stance)


def returned_changes(paragraphs: Sequence[Paragraph], text: Sequence[WorkingClause]) -> tuple[Returned, ...]:
    """Return what a text that came back changes, in the order of its paragraphs.

    text: the working text of the round. A paragraph that stands as in the round, or as an amendment that is
    tabled, changes nothing. Labels and the brackets of open text belong to no clause's words.
    """
    known = [one for one in text if one.kind in {*HEADINGS, *OPERATIVE}]
    found = {(one.clause, one.words, one.stance): one for one in reversed(list(_changes(paragraphs, known)))}
    return tuple(sorted(found.values(), key=lambda one: one.row))


def missing_clauses(paragraphs: Sequence[Paragraph], text: Sequence[WorkingClause]) -> tuple[str, ...]:
    """Return the operative clauses of the round for which a text that came back has no paragraph."""
    operative = [one for one in text if one.kind in OPERATIVE]
    found, last = set[str](), ""
    for one in paragraphs:
        clause, _ = _clause_of(one, text, last, tracked=one.before != one.after)
        if clause is not None:
            last = clause.clause
            found.add(last)
    return tuple(one.clause for one in operative if one.clause not in found)


def _changes(paragraphs: Sequence[Paragraph], text: Sequence[WorkingClause]) -> Iterator[Returned]:
    last, ours = "", {_plain(line) for one in text for line in _lines(one)}
    for one in paragraphs:
        tracked = one.before != one.after
        clause, how = _clause_of(one, text, last, tracked=tracked)
        if clause is None:
            if tracked:
                signs = differences(one.before, one.after)
                yield Returned(
                    one.row, last, "", one.after, NEW if not one.before else UNKNOWN, one.authors, signs
                )
            continue
        last = clause.clause
        after = _words(one.after, clause)
        if (not tracked and _plain(one.after) in ours) or _plain(after) in _said(clause):
            continue
        stance = AMEND if after else REJECT
        yield Returned(one.row, last, stance, after, how, one.authors, differences(clause.text, after))


def _clause_of(
    one: Paragraph, text: Sequence[WorkingClause], last: str, *, tracked: bool
) -> tuple[WorkingClause | None, str]:
    """Return the clause that a paragraph is on, and how it was found; of clauses alike the next one after the
    clause before it.
    """
    if not one.before:
        return None, NEW
    names = [each.clause for each in text]
    at = names.index(last) if last in names else 0
    order = [*text[at:], *text[:at]]
    for each in order:
        if _plain(_words(one.before, each)) in _said(each):
            return each, EXACT
    scored = [(fuzz.ratio(_words(one.before, each), each.text), each) for each in order]
    best = max(scored, key=lambda pair: pair[0], default=None)
    if best is None or best[0] < (_LIKE if tracked else _LIKE_UNTRACKED):
        return None, UNKNOWN
    return best[1], SIMILAR if tracked else UNTRACKED


def _said(clause: WorkingClause) -> frozenset[str]:
    """The words that a clause has, or would have by an amendment that is tabled."""
    return frozenset(_plain(one) for one in (clause.text, *(each.text for each in clause.amendments)))


def _lines(clause: WorkingClause) -> Iterator[str]:
    for words in (clause.text, *(one.text for one in clause.amendments)):
        yield words
        yield f"{clause.label} {words}"


def _words(line: str, clause: WorkingClause) -> str:
    """Return a line without the label of its clause and without the brackets of open text."""
    line = line.strip()
    if clause.label and line.startswith(clause.label):
        line = line.removeprefix(clause.label).strip()
    if line.startswith("[") and line.endswith("]") and not clause.text.startswith("["):
        line = line[1:-1].strip()
    return line


def _plain(text: str) -> str:
    return " ".join(text.replace("[", "").replace("]", "").split())
