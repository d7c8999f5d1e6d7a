"""A regime: an authority that lists parties, and how the files that it publishes become listings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from konvoi.align.births import impossible, unread
from konvoi.align.list_findings import told
from konvoi.align.listing import Listing
from konvoi.kit.days import Days
from konvoi.model.finding import Finding, Place

Rows = Sequence[tuple[int, tuple[object, ...]]]
"""Rows of a sheet that hold something: the number from 1, and the cells from column A on."""


@dataclass(frozen=True)
class Opened:
    """One published file, opened within bounds: a CSV's text, an XML's root, or a workbook's sheets.

    guessed: the text is not in UTF-8, and was read as Windows writes Western Europe.
    """

    name: str
    text: str = ""
    root: etree._Element | None = None
    sheets: Mapping[str, Rows] = field(default_factory=dict)
    guessed: bool = False


@dataclass(frozen=True)
class Found:
    """Content of the files of one day.

    day: the list's own, where a file states it. spoken: the days for which absence from the files is
    known, if these are more than one day (a register that keeps its history). facts: counts to show.
    """

    listings: tuple[Listing, ...] = ()
    findings: tuple[Finding, ...] = ()
    day: date | None = None
    spoken: Days | None = None
    facts: Mapping[str, int] = field(default_factory=dict)
    refused: bool = False


@dataclass(frozen=True)
class Regime:
    """One regime. name: short and stable. read: parses the files of one day, given that day.

    `read` never raises for bad data: what cannot be read is a finding, and files that are no list of this
    regime, or not of one day, come back refused. within: the regime whose measures hold here, too (the
    Union's in a member state). ended: lists that their authority no longer keeps up, with the last day.
    untried: no real file was at hand when the reader was written.
    """

    name: str
    title: str
    read: Callable[[Sequence[Opened], date], Found]
    within: str = ""
    ended: Mapping[str, date] = field(default_factory=dict)
    untried: bool = False


def refused(finding: Finding) -> Found:
    """A list that is not read at all."""
    return Found(findings=(finding,), refused=True)


def strange(regime: str, file: str, read: str) -> Found:
    """A file that is no list of the regime: another one, or one whose columns have changed."""
    return refused(told("list-unknown", Place(file), read=read[:80], regime=regime))


def doubts(listings: Iterable[Listing]) -> tuple[Finding, ...]:
    """Return the doubts in any listing: invalid check digits, unreadable or impossible births."""
    found: list[Finding] = []
    for listing in listings:
        name = listing.name
        place = listing.place
        found += [
            told("identifier-check", place, read=one.text, type=one.type, name=name)
            for one in listing.identifiers
            if one.valid is False
        ]
        found += [told("birth-unread", place, read=text) for text in unread(listing.births)]
        found += [told("birth-impossible", place, read=text) for text in impossible(listing.births)]
    return tuple(found)
