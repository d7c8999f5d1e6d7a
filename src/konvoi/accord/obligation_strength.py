"""Binding force of a clause by its words: rules that propose its force and reservation; a person decides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

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


class Reach(NamedTuple):
    """The words around a sum that hold no other one: after the place where one ends, before the next."""

    after: int
    before: int


def _cues(*pairs: tuple[str, str]) -> tuple[Cue, ...]:
    return tuple(Cue(means, re.compile(rf"\b(?:{words})", re.IGNORECASE)) for means, words in pairs)


_OFTEN = (
    r"(?:also |already |consistently |further |previously |recently |jointly |thus far |since |hereby |"
    r"so far |"
    r"meanwhile |in turn )*"
)
_GIVING = (
    r"provided(?! that)|delivered|donated|given|spent|purchased|disbursed|transferred|supplied|granted|sent|"
    r"paid(?: out)?|extended|handed over|shipped|furnished|rendered|drawn|invested|lent|gifted|subscribed"
)
_SETTING_ASIDE = (
    r"committed|pledged|allocated|allotted|earmarked|approved|set aside|budgeted|reserved|appropriated|"
    r"dedicated|announced|decided|authori[sz]ed|programmed|foreseen|planned|envisaged|scheduled|assigned|"
    r"ring-fenced|agreed|promised|increased|raised|doubled"
)
_PARTICIPLE = r"(?:\w+(?:ed|en|wn)|made|paid|put|spent|sent|lent|met|brought|bought|come|gone|stood)"
SET_ASIDE = _cues(
    (
        "political",
        r"(?:has|have|had|having) " + _OFTEN + r"(?:been " + _OFTEN + r")?(?:" + _SETTING_ASIDE + r")\b",
    ),
    ("political", r"(?:is|are|was|were) " + _OFTEN + r"(?:" + _SETTING_ASIDE + r")\b"),
    (
        "political",
        r"(?:commits|allocates|contributes|provides|sets aside|dedicates|reserves|plans|foresees|envisages|"
        r"programmes|lends|grants|gives|pays|doubles|raises|increases|becomes|comprises|makes available)\b",
    ),
    ("political", r"(?<!be )(?<!already )(?:" + _SETTING_ASIDE + r")\b"),
)
"""Cues that undertake where they govern a sum: what was set aside is still to be given."""

GIVEN = _cues(
    (PAST, r"(?:has|have|had) (?:to date|so far|thus far|until now),? (?:" + _SETTING_ASIDE + r")\b"),
    (PAST, r"so far\b|to date\b|already\b(?! (?:" + _SETTING_ASIDE + r"))|thus far\b|until now\b|by now\b"),
    (
        PAST,
        r"(?:has|have|had|having) " + _OFTEN + r"(?:been " + _OFTEN + r")?(?:fully )?" + _PARTICIPLE + r"\b",
    ),
    (PAST, r"(?:was|were) " + _OFTEN + _PARTICIPLE + r"\b"),
    (PAST, r"(?<!be )(?<!being )(?:" + _GIVING + r")\b"),
    (
        PAST,
        r"(?<!be )(?:exceeded|amounted|co-hosted|adopted|employed|contributed|gave|came to|stood at)\b",
    ),
    (PAST, r"(?<!will )(?<!shall )amount(?:s|ing|ed)? to\b|totall?(?:s|ed)\b"),
    (PAST, r"bring(?:s|ing)\b[^.;]{0,60}?\b(?:total|overall)\b|cumulative\b|in total since\b"),
    (
        PAST,
        r"(?:previous|prior|past|earlier|preceding)(?:ly)? (?:[\w-]+ ){0,2}?"
        r"(?:support|assistance|aid|contributions?|deliver\w+|packages?|donations?|years?)\b",
    ),
    (PAST, r"instead of\b|rather than\b|(?:welcomes?|recalls?|notes?|takes? note of|acknowledges?)\b"),
)
"""Cues of past support, of a total, or of a sum that another one replaces."""

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
        r"(?:stands?|is|are) (?:also )?(?:ready|willing|prepared|minded|disposed) to\b|"
        r"would\b|could\b|may\b|its intention\b",
    ),
    ("intention", r"(?:has|have) set the target\b"),
    (
        "political",
        r"will\b|commits?\b|commitment\b(?= to)|(?:is|are) to\b|(?:is|are) (?:firmly )?"
        r"committed\b|(?:has|have) (?:jointly )?decided\b",
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
    return min(_marks(sentence, GIVEN), key=_place, default=None)


def force(sentence: str) -> Mark | None:
    """Return the words that give a sentence its force; None if it undertakes nothing.

    >>> force("The UK will seek to help."), force("The sky is blue.")
    (Mark(means='best effort', start=7, end=16), None)
    """
    return min(_marks(sentence, PROMISED), key=lambda one: one.start, default=None)


def governing(sentence: str, start: int, end: int, reach: Reach) -> Mark | None:
    """Return the words that govern a sum: they say that it was given, or with which force it is promised.

    start, end: of the sum. reach: the words between the sum before it and the one behind. Words right
    behind it that say it was given come first ("EUR 2 billion already provided"), then the verb before it,
    then the verb behind it in its own clause, then that of the sum before it. None if nothing governs it, or
    what does is denied.

    >>> text = "In addition to the EUR 1 billion already provided, Norway will give EUR 2 billion."
    >>> [one.means for at in ((19, 32), (67, 80)) if (one := governing(text, *at, Reach(0, len(text))))]
    ['statement of the past', 'political']
    """
    text = _cleared(sentence, start, end)
    low, high = text.rfind(";", 0, start) + 1, text.find(";", end) % (len(text) + 1)
    marks = _apart(_marks(text, (*SET_ASIDE, *PROMISED, *GIVEN)))
    own = [one for one in marks if low <= one.start and one.end <= high]
    before = [one for one in own if one.end <= start]
    behind = [one for one in own if one.start >= end and not _REPLACED.match(text, one.start)]
    near = [one for one in before if one.start >= reach.after]
    clause = [
        one for one in behind if one.start < reach.before and _IN_CLAUSE.fullmatch(text[end : one.start])
    ]
    ranked = (
        *(one for one in clause[:1] if _adjoins(text, end, one, near)),
        *(one for one in clause[:1] if near and "," in text[near[-1].end : start]),
        *(*near[-1:], *clause[:1], *before[-1:], *behind[-1:], *marks[:1]),
    )
    found = next(iter(ranked), None)
    if found in before and _TOTAL.match(text[found.start : found.end]):
        # What a sum amounts to is promised where it is said of a promise.
        found = next((one for one in before[::-1] if one.start < found.start), found)
    return None if found is not None and _denied(text, found) else found


def _denied(text: str, mark: Mark) -> bool:
    """Return True if words say that nothing is undertaken: "does not commit", "nothing … shall"."""
    nothing = _NOTHING.match(text) and not _RELATIVE.search(text[: mark.start])
    return bool(nothing or _DENIED.search(text[: mark.start]) or _NOT.match(text, mark.end))


_REPLACED = re.compile(r"instead of|rather than", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:which|that|who)\b", re.IGNORECASE)
_NOT = re.compile(r"\s+(?:not|in no way)\b(?! (?:be )?(?:less|lower|fall|drop|only))", re.IGNORECASE)
_IN_CLAUSE = re.compile(r"(?:[^,;:.]|,\s(?=which|that)|(?<=\d)[.,](?=\d))*")
_ADJOINS = re.compile(
    r"[\s)]*(?:(?:in|of|for|as|from) (?:[\w-]+ ){0,4})?(?:,? ?(?:to |from )?(?:which|that) "
    r"(?:[\w’'-]+ ){0,4})?"
    r"(?:(?!and|or|but|while|whereas)\w+ )?"
)
_DENIED = re.compile(r"\b(?:not|never|nor|neither|without)\s+(?:\w+ly\s+)?$|\bno\s+\w+\s+$", re.IGNORECASE)
_NOTHING = re.compile(r"\W*(?:nothing|no (?:part|provision|obligation|payment))\b", re.IGNORECASE)
_TOTAL = re.compile(r"amount|total", re.IGNORECASE)
_PLAIN = re.compile(r"\w+(?: over| out| aside)?")
_INSERTED = re.compile(r"\([^()]*\)|\s[–—]\s[^–—]*\s[–—]\s")


def _cleared(sentence: str, start: int, end: int) -> str:
    """Return a sentence of the same length without insertions in which a sum does not stand."""
    text = sentence
    for one in _INSERTED.finditer(sentence):
        if one.end() <= start or one.start() >= end:
            text = text[: one.start()] + " " * (one.end() - one.start()) + text[one.end() :]
    return text


def _adjoins(text: str, end: int, mark: Mark, near: Sequence[Mark]) -> bool:
    """Return True if words behind a sum belong to it; a participle alone yields to a verb before it."""
    if not _ADJOINS.fullmatch(text[end : mark.start]):
        return False
    words = text[mark.start : mark.end]
    return not near or not _PLAIN.fullmatch(words) or words.casefold() in ("already", "will", "shall")


def _apart(marks: Sequence[Mark]) -> list[Mark]:
    """Return marks by place, of those that overlap the longest: "has already committed" is no "already"."""
    found: list[Mark] = []
    for one in sorted(marks, key=lambda mark: mark.start - mark.end):
        if all(one.end <= other.start or other.end <= one.start for other in found):
            found.append(one)
    return sorted(found, key=_place)


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
