"""Rates in 37 fact sheets and statements of the United States on assistance to Ukraine (public domain)."""

import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from bench.pledges.measuring.rate import Rate, digits, tally

FILES = "pledges/us-fact-sheets/*.md"
AMOUNT = re.compile(
    r"((?:more than|over|nearly|approximately|about|up to|almost|roughly)\s+)?"
    r"\$(\d[\d,]*(?:\.\d+)?)\s*(million|billion|trillion)?",
    re.IGNORECASE,
)
TIMES = {"": 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}
TO_DATE = re.compile(
    r"bringing the total|total of|since (the (start|beginning)|russia)|to date|so far", re.IGNORECASE
)
HEDGE = re.compile(
    r"^-\s+(more than|over|nearly|approximately|about|up to|hundreds|thousands|almost)\b", re.IGNORECASE
)
NUMBER = re.compile(r"^-\s+(?:\w+\s+)?(?:than\s+)?\d")
FACT_SHEET = "2022-03-16-fact-sheet-on-u-s-security-assistance-for-ukraine.md"


def _texts(data: Path) -> list[tuple[date, str]]:
    """Day and running text of each sheet, from its name and body."""
    found = []
    for path in sorted(data.glob(FILES)):
        body = path.read_text("utf-8").split("---", 2)[-1]
        found.append((date.fromisoformat(path.name[:10]), re.sub(r"\s+", " ", body)))
    return found


def _amounts(text: str) -> list[tuple[str, int]]:
    """The sums of money in a text, each with what is said before it."""
    found = AMOUNT.findall(text)
    return [
        (said.strip().lower(), round(float(figure.replace(",", "")) * TIMES[unit.lower()]))
        for said, figure, unit in found
    ]


def rates(data: Path) -> list[Rate]:
    """All rates of these files."""
    texts = _texts(data)
    return [*_sums(texts), *_sentences(texts), *_items(data)]


def _rate(name: str, column: str, counted: str, **found: Any) -> Rate:
    """A rate of these files."""
    return Rate(f"sheets.{name}", FILES, column, counted, **found)


def _sums(texts: list[tuple[date, str]]) -> list[Rate]:
    """How exact sums are said, how often one is said again, and how much later."""
    said = [(day, hedge, sum_) for day, text in texts for hedge, sum_ in _amounts(text) if sum_ >= 10**6]
    days: dict[int, set[date]] = defaultdict(set)
    for day, _, sum_ in said:
        days[sum_].add(day)
    gaps = [(d - min(found)).days for found in days.values() for d in sorted(found)[1:]]
    again = sum(1 for found in days.values() if len(found) > 1)
    hedged = sum(1 for _, hedge, _ in said if hedge)
    return [
        _rate(
            "digits",
            "sums of a million dollars and more",
            "sums by significant digits",
            counts=tally(digits(s) for _, _, s in said),
        ),
        _rate(
            "hedged", "sums", "with more than, over, nearly, approximately, up to", share=(hedged, len(said))
        ),
        _rate(
            "said_again",
            "sums",
            "different sums that stand in sheets of several days",
            share=(again, len(days)),
        ),
        _rate("said_again_after", "sums", "days from the first sheet to each later one", counts=tally(gaps)),
    ]


def _sentences(texts: list[tuple[date, str]]) -> list[Rate]:
    """How often a sentence with a sum is about a total to date."""
    sentences = [s for _, text in texts for s in re.split(r"(?<=[.!?;]) ", text) if AMOUNT.search(s)]
    total = sum(1 for sentence in sentences if TO_DATE.search(sentence))
    return [
        _rate("to_date", "sentences with a sum", f"matching {TO_DATE.pattern}", share=(total, len(sentences)))
    ]


def _items(data: Path) -> list[Rate]:
    """The one sheet with a list of new items and a list of previous ones."""
    path = next(path for path in sorted(data.glob(FILES)) if path.name == FACT_SHEET)
    lines = path.read_text("utf-8").splitlines()
    items = [(number, line) for number, line in enumerate(lines) if line.startswith("- ")]
    cut = next(number for number, line in enumerate(lines) if line.startswith("In addition to the weapons"))
    before = sum(1 for number, _ in items if number > cut)
    hedged = sum(1 for _, line in items if HEDGE.match(line))
    column = f"list items of {FACT_SHEET}"
    return [
        _rate("previous_items", column, "under 'previous assistance'", share=(before, len(items))),
        _rate("hedged_items", column, "with over, nearly, approximately", share=(hedged, len(items))),
    ]
