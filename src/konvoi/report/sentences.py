"""Sentences: findings with their place, what was read, and the remedy."""

import re
from decimal import Decimal

from konvoi.kit.text import shown
from konvoi.model.finding import Finding, Place
from konvoi.report.language import PLURALS
from konvoi.report.page import Message, Number, Value

_AMOUNT = re.compile(r"(-?\d+(?:\.\d+)?) (\w+)")
# What these findings read is a quantity that was counted out of several rows, not the words of a cell.
_COUNTED = "receipt-"


def place(place: Place) -> Message:
    """Return the place of a finding, as far as its sheet, row and column are known."""
    values: dict[str, Value] = {"sheet": place.sheet, "row": str(place.row), "column": place.named}
    if place.file.endswith(".toml") and (place.sheet or place.column):
        return Message(_IN_SETTINGS[bool(place.sheet), bool(place.column)], values)
    known = (bool(place.sheet), bool(place.row), bool(place.column))
    return Message(_PLACES[known], values)


_PLACES = {
    (True, True, True): "Sheet “{sheet}”, row {row}, column “{column}”",
    (True, True, False): "Sheet “{sheet}”, row {row}",
    (True, False, True): "Sheet “{sheet}”, column “{column}”",
    (True, False, False): "Sheet “{sheet}”",
    (False, True, True): "Row {row}, column “{column}”",
    (False, True, False): "Row {row}",
    (False, False, True): "Column “{column}”",
    (False, False, False): "The whole document",
}

# Settings have neither sheets nor columns.
_IN_SETTINGS = {
    (True, True): "Part “{sheet}”, at “{column}”",
    (True, False): "Part “{sheet}”",
    (False, True): "Key “{column}”",
}


def sentence(finding: Finding) -> Message:
    """A finding without its place: what was read, what was expected, what to do."""
    values = {name: amount(value) for name, value in finding.values.items()}
    counted = finding.code.startswith(_COUNTED)
    told: dict[str, Value] = {
        "read": amount(finding.read) if counted else shown(finding.read, 120),
        "expected": _stopped(finding.expected, values),
        "remedy": _stopped(finding.remedy, values),
    }
    if finding.read and finding.expected in _IS_NOT:
        return Message(_IS_NOT[finding.expected], told)
    known = (bool(finding.read), bool(finding.expected), bool(finding.remedy))
    return Message(_FINDINGS[known], told)


def amount(text: str) -> Value:
    """A quantity in a unit that is a word, such as `12 piece`, as a figure; any other text as it stands."""
    found = _AMOUNT.fullmatch(text)
    return Number(Decimal(found[1]), found[2]) if found and found[2] in PLURALS else shown(text, 120)


def quoted(words: str) -> Message:
    """Words that somebody wrote, in the quotation marks of the reader's language."""
    return Message("“{words}”", {"words": words})


def _stopped(sentence: str, values: dict[str, Value]) -> Value:
    """A message, closed by a full stop where it has none."""
    message = Message(sentence, {**values})
    return message if not sentence or sentence[-1] in ".?!" else (message, ".")


_IS_NOT = {
    "a number": "“{read}” is not a number. {remedy}",
    "a day": "“{read}” is not a day. {remedy}",
    "a code of ISO 4217, such as EUR": "Currency “{read}” is not an ISO code. {remedy}",
    "an e-mail address": "“{read}” is not an e-mail address. {remedy}",
    "yes or no": "“{read}” is neither yes nor no. {remedy}",
}

_FINDINGS = {
    (True, True, True): "Value: “{read}”. Expected: {expected} Remedy: {remedy}",
    (True, True, False): "Value: “{read}”. Expected: {expected}",
    (True, False, True): "Value: “{read}”. Remedy: {remedy}",
    (True, False, False): "Value: “{read}”.",
    (False, True, True): "Expected: {expected} Remedy: {remedy}",
    (False, True, False): "Expected: {expected}",
    (False, False, True): "Remedy: {remedy}",
    (False, False, False): "",
}


def whole(finding: Finding) -> Message:
    """A finding as one sentence with its place."""
    values: dict[str, Value] = {"place": place(finding.place), "sentence": sentence(finding)}
    return Message("{place}: {sentence}", values)
