"""Reasons for and against two records being one, in words, and the number of comparisons that could not be
made.
"""

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal

from konvoi.link.comparison import MISSING
from konvoi.report.page import Message, Value


def evidence(text: str) -> Value:
    """A relation's evidence, a JSON list of [comparison, answer, and bits where known], as words: what speaks
    for or against it, and how many comparisons could not be made; what cannot be read is shown as it is."""
    try:
        answers = [(str(comparison), str(answer), bits) for comparison, answer, *bits in _answers(text)]
    except (ValueError, TypeError):
        return text
    told = [(name, answer) for name, answer, bits in answers if answer and _speaks(answer, bits)]
    parts: list[Value] = []
    for comparison, answer in told:
        parts += ["; ", Message(comparison), ": ", Message(answer)]
    return tuple([*parts, *_not_known(answer for _, answer, _ in answers)][1:])


def weighed(text: str) -> Value:
    """The same with what each answer weighs in bits, the heaviest first, also nothing; they add up to the
    odds."""
    try:
        answers = [(str(name), str(answer), [Decimal(str(bits))]) for name, answer, bits in _answers(text)]
    except (ValueError, TypeError, ArithmeticError):
        return evidence(text)
    told = [(name, answer, bits[0]) for name, answer, bits in answers if answer != MISSING]
    parts: list[Value] = []
    for name, answer, bits in sorted(told, key=lambda one: (-abs(one[2]), one[0])):
        what = (Message(name), ": ", Message(answer)) if answer else (Message(_UNSAID.get(name, name)),)
        parts += ["; ", "+" if bits > 0 else "", bits, "  ", *what]
    return tuple([*parts, *_not_known(answer for _, answer, _ in answers)][1:])


_UNSAID = {
    "prior": "before anything is compared",
    "together": "joint effect of these answers",
    "rivals": "other records of one document fit as well",
    "calibrated": "calibration from randomly drawn reviewed pairs",
}


def _speaks(answer: str, bits: Sequence[object]) -> bool:
    """Return True if an answer says something: it is known, and where it is weighed, it weighs something."""
    return answer != MISSING and all(Decimal(str(one)) != 0 for one in bits)


def _not_known(answers: Iterable[str]) -> list[Value]:
    """Return the number of comparisons that could not be made, for want of a value."""
    count = sum(answer == MISSING for answer in answers)
    one = "{count} comparison not possible: value missing"
    many = "{count} comparisons not possible: values missing"
    return ["; ", Message(one, {"count": count}, many, count)] if count else []


def _answers(text: str) -> list[list[object]]:
    found = json.loads(text) if text else []
    if not isinstance(found, list):
        raise TypeError
    return found
