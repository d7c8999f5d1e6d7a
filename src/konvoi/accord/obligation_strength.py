"""Binding force of a clause by its words: rules that propose its force and reservation; a person decides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

PAST = "statement of the past"
FORCES = ("binding", "political", "best effort", "intention", PAST)
"""Forces from the strongest to none, in the words of the workbook's table of undertakings."""


@dataclass(frozen=True)
class Cue:
    """Words that indicate a force or a reservation, as a pattern."""

    means: str
    words: re.Pattern[str]


@dataclass(frozen=True)
class Mark:
    """A cue found in a sentence: its meaning, and the place of its words."""

    means: str
    start: int
    end: int


def _cues(*pairs: tuple[str, str]) -> tuple[Cue, ...]:
    return tuple(Cue(means, re.compile(rf"\b(?:{words})", re.IGNORECASE)) for means, words in pairs)


GIVEN = _cues(
    (PAST, r"so far\b|to date\b|already\b"),
    (
        PAST,
        r"(?:has|have) (?:also |already |consistently )?(?:provided|delivered|donated|given|spent|purchased)",
    ),
    (
        PAST,
        r"(?:has|have) (?:also |already |significantly )?(?:accepted|contributed|allocated|mobilised|been)\b",
    ),
    (
        PAST,
        r"(?:provided|delivered|donated|exceeded|amounted|allocated|co-hosted|adopted|employed|purchased)\b",
    ),
    (PAST, r"(?<!will )amount(?:s|ing)? to\b"),
)
"""Cues of past support or of a total: the first of these found decides, unless a sum is for years to come."""

PROMISED = _cues(
    ("best effort", r"(?:will|shall) (?:also )?(?:seek|strive|endeavour|aim|try|explore|consider|examine)\b"),
    ("best effort", r"(?:will |shall )?make (?:every|all) efforts?\b|best efforts?\b|as far as possible\b"),
    ("best effort", r"(?:strives?|seeks?|endeavours?) to\b|(?:will|shall),? where possible\b"),
    ("binding", r"shall\b(?! be considered)|undertakes?\b|guarantees?\b(?= that| the)"),
    (
        "intention",
        r"(?:intends?|plans?|aims?|hopes?|expects?) to\b|(?:is|are) (?:intended|planned|expected)\b",
    ),
    (
        "intention",
        r"(?:stands?|is|are) (?:ready|willing|prepared) to\b|would\b|could\b|may\b|its intention\b",
    ),
    ("intention", r"(?:has|have) set the target\b"),
    (
        "political",
        r"will\b|commits?\b|(?:is|are) (?:firmly )?committed\b|(?:has|have) (?:jointly )?decided\b",
    ),
    ("political", r"earmarks?\b|pledges?\b|decides?\b|agrees?\b|adds\b|established\b"),
)
"""Cues of future support: at one place the first in this order decides, so that "will seek" is no "will"."""

RESERVED = _cues(
    ("parliament", r"approval (?:from|of|by) the (?:government|parliament)\b|Bundestag\b|Saeima\b"),
    ("parliament", r"seek from the [\w ]*Congress\b|parliamentary (?:approval|authori[sz]ation)\b"),
    ("funds", r"availability of (?:appropriated )?funds\b|resources available\b|budgetary provisions\b"),
    ("law", r"(?:legal|legislative) and constitutional requirements\b|subject to [\w ]*\blaws?\b"),
    ("law", r"(?:in accordance|consistent|in compliance) with [\w ,]*\blaws?\b|applicable law\b"),
    ("security", r"security (?:conditions|situation)\b|(?:circumstances|conditions) (?:allow|permit)\b"),
)

_WHOLE = re.compile(
    r"\bunder (?:this|the) (?:agreement|annex)\b|\bany budgetary commitment|\bbudgetary provisions apply\b",
    re.IGNORECASE,
)
_NO_LAW = re.compile(
    r"\bnothing in this \w+ is intended to give rise to rights or obligations\b", re.IGNORECASE
)


def past(sentence: str) -> Mark | None:
    """Return the words that mark a sentence as past support or a total; None if there are none."""
    return min(_marks(sentence, GIVEN), key=lambda one: one.start, default=None)


def force(sentence: str, at: int = 0) -> Mark | None:
    """Return the words that give a sentence its force; None if it undertakes nothing.

    at: where a sum stands: the verb right before it weighs, else the first of the sentence.

    >>> force("The UK will seek to help."), force("The sky is blue.")
    (Mark(means='best effort', start=7, end=16), None)
    """
    marks = _marks(sentence, PROMISED)
    before = [one for one in marks if one.start < at]
    return max(before, key=_place, default=None) or min(marks, key=lambda one: one.start, default=None)


def _place(mark: Mark) -> tuple[int, int]:
    return mark.start, mark.end


def reservations(sentence: str) -> list[Mark]:
    """All reservations of a sentence, in the order of RESERVED."""
    found = (cue.words.search(sentence) for cue in RESERVED)
    marks = [
        Mark(cue.means, one.start(), one.end())
        for cue, one in zip(RESERVED, found, strict=True)
        if one is not None
    ]
    return [one for at, one in enumerate(marks) if one.means not in {before.means for before in marks[:at]}]


def whole(sentence: str) -> bool:
    """Return True if a reservation applies to all undertakings of a document."""
    return bool(_WHOLE.search(sentence))


def bars_law(sentence: str) -> bool:
    """Return True if a sentence states that its document creates no legal obligations."""
    return bool(_NO_LAW.search(sentence))


def _marks(sentence: str, cues: Sequence[Cue]) -> list[Mark]:
    """Return the marks that cues find, in the cues' order."""
    return [Mark(cue.means, one.start(), one.end()) for cue in cues for one in cue.words.finditer(sentence)]
