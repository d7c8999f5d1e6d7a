"""Reasons for and against two parties being one, in words: the matcher's short texts as sentences."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from konvoi.align.probability_limits import STRANGE_NAME
from konvoi.report.page import Message, Share

_NAME = re.compile(r"(?s)(.*)\|(.*):([\d.]+)")

SENTENCES = {
    "births:day": "born on the same day",
    "births:year": "dates of birth agree within a year",
    "births:about": "dates of birth may agree",
    "births:near": "dates of birth differ as if by a typing error: day and month exchanged, two days, or"
    " one digit",
    "births:years": "dates of birth differ by one or two years",
    "births:disjoint": "dates of birth differ",
    "words:equal": "all words of the names are identical",
    "words:spelling": "the words are the same in another spelling or language",
    "words:reading": "the words are the same if the name is read otherwise (romanisation, initials, slip)",
    "words:alike": "some words only sound alike",
    "words:initial": "an initial stands for a word",
    "words:part": "some words occur in one of the names only",
    "keys:one": "two entries of a list that gives each party one key",
    "keys:several": "two entries of one list, and no number or birth shows that they are one",
    "fathers:equal": "the same patronymic",
    "fathers:alike": "patronymics have the same beginning",
    "fathers:other": "other patronymics",
    "forms:equal": "the same legal form",
    "forms:other": "other legal forms",
}
"""Evidence that is told by its code alone."""


def evidence(text: str) -> Message:
    """One piece of evidence as a sentence; what nobody knows how to say stands as it is.

    >>> evidence("identifier:lei:X1").id, evidence("births:day").id
    ('the same number ({type}): {value}', 'born on the same day')
    """
    if text in SENTENCES:
        return Message(SENTENCES[text])
    kind, _, rest = text.partition(":")
    say = _SAY.get(kind)
    return (say(rest) if say else None) or Message("{what}", {"what": text})


def how(word: str) -> Message:
    """Return the means by which two were matched (konvoi.align.hits How)."""
    return Message("identifying number" if word == "number" else word)


def _identifier(rest: str) -> Message:
    type, _, value = rest.partition(":")
    return Message("the same number ({type}): {value}", {"type": Message(type), "value": value})


def _conflict(rest: str) -> Message:
    type, _, values = rest.partition(":")
    left, _, right = values.partition("|")
    words = "two numbers of one type ({type}), of which a party has one: {left}, {right}"
    return Message(words, {"type": Message(type), "left": left, "right": right})


def _kind(rest: str) -> Message:
    left, _, right = rest.partition("|")
    return Message("one is {left}, the other {right}", {"left": Message(left), "right": Message(right)})


def _name(rest: str) -> Message | None:
    found = _NAME.fullmatch(rest)
    if found is None:
        return None
    listed, asked, share = found.groups()
    if float(share) < STRANGE_NAME:
        words = "the names differ, only the number is the same: {listed} – {asked}"
        return Message(words, {"listed": listed, "asked": asked})
    values = {"share": Share(Decimal(share)), "listed": listed, "asked": asked}
    return Message("similarity of names {share}: {listed} – {asked}", values)


def _owned(rest: str) -> Message:
    percent, _, rule = rest.partition("|")
    if percent == "0":
        return Message("share of listed owners not stated; threshold {rule} %", {"rule": rule})
    return Message("listed owners hold {percent} %; threshold {rule} %", {"percent": percent, "rule": rule})


def _undeclared(rest: str) -> Message:
    percent, _, _ = rest.partition("|")
    words = (
        "listed owners hold {percent} %; the regime states no threshold: ownership and control to be reviewed"
    )
    return Message(words, {"percent": percent})


def _separate(percent: str) -> Message:
    if percent == "0":
        return Message("no listed owner alone reaches the threshold: joint control to be reviewed")
    words = "no listed owner alone reaches the threshold (most: {percent} %): joint control to be reviewed"
    return Message(words, {"percent": percent})


def _rule(act: str) -> Message:
    return Message("threshold stated in: {act}", {"act": act})


def _spelt(rest: str) -> Message:
    left, _, right = rest.partition("|")
    return Message("two spellings of one owner: {left} – {right}", {"left": left, "right": right})


def _perhaps(rest: str) -> Message:
    left, _, right = rest.partition("|")
    return Message("two owners that may be one: {left} – {right}", {"left": left, "right": right})


_SAY: Mapping[str, Callable[[str], Message | None]] = {
    "identifier": _identifier,
    "conflict": _conflict,
    "kind": _kind,
    "name": _name,
    "owned": _owned,
    "undeclared": _undeclared,
    "separate": _separate,
    "rule": _rule,
    "spelt": _spelt,
    "perhaps": _perhaps,
}
