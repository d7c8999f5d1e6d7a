"""Requirements of delivery standards in words."""

import re
from collections.abc import Mapping
from dataclasses import replace

from konvoi.report.names import language_name
from konvoi.report.page import Message, Value
from konvoi.report.sentences import quoted

Row = Mapping[str, object]

SENTENCES = {
    "identity code": "goods with the code {value}",
    "interchangeable with": "goods that are interchangeable with {value}",
    "packing": "the packing {value}",
    "marking": "the marking {value}",
    "paper set": "the documents {value}",
    "shelf life left": "a shelf life of {value}",
    "language of manual": "a manual in this language: {value}",
    "spares": "the spares {value}",
    "training": "the training {value}",
}
"""What is needed instead, by requirement."""


_CODES = ("identity code", "interchangeable with")
_SPAN = re.compile(r"(\d+) (day|week|month|year)s?")
_SPANS = {
    "day": Message("{count} day", {}, "{count} days"),
    "week": Message("{count} week", {}, "{count} weeks"),
    "month": Message("{count} month", {}, "{count} months"),
    "year": Message("{count} year", {}, "{count} years"),
}


def instead(row: Row) -> Message:
    """Return the requirement of a row of `offer_standards`, in words.

    What the standard says in words of its own is quoted; codes, languages and spans of time are not.
    """
    requirement = str(row["requirement"])
    value = str(row["value"])
    return Message(SENTENCES[requirement], {"value": _worded(requirement, value)})


def _worded(requirement: str, value: str) -> Value:
    if requirement == "language of manual":
        return language_name(value)
    span = _SPAN.fullmatch(value)
    if span:
        count = int(span[1])
        return replace(_SPANS[span[2]], values={"count": count}, count=count)
    return value if requirement in _CODES else quoted(value)
