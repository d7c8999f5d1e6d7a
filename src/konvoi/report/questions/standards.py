"""Offers that lack a mandatory point of a standard, or of which it is not known, with the written answer."""

import re
from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from konvoi.model.answers import CHANGED, MEETS, Form
from konvoi.model.table import Type
from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.lines import Row, place_of
from konvoi.report.names import Names, language_name
from konvoi.report.page import Message, Value
from konvoi.report.question import Kind
from konvoi.report.sentences import quoted

SENTENCES = {
    "identity code": "goods with the code {value}",
    "interchangeable with": "goods that are interchangeable with {value}",
    "packing": "the packing {value}",
    "marking": "the marking {value}",
    "paper set": "the papers {value}",
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
    """What the requirement of a row of `offer_standards` asks for, in words.

    What the standard says in words of its own is quoted; codes, languages and spans of time are not.
    """
    requirement, value = str(row["requirement"]), str(row["value"])
    return Message(SENTENCES[requirement], {"value": _worded(requirement, value)})


def _worded(requirement: str, value: str) -> Value:
    if requirement == "language of manual":
        return language_name(value)
    span = _SPAN.fullmatch(value)
    if span:
        count = int(span[1])
        return replace(_SPANS[span[2]], values={"count": count}, count=count)
    return value if requirement in _CODES else quoted(value)


def questions(case: Case, party: str) -> Iterator[Question]:
    """One question for each mandatory point that an offer lacks, or of which nothing is known."""
    rows = case.tables.get("offer_standards")
    if rows is None:
        return
    mine = rows.filter(
        (pl.col("party") == party) & pl.col("mandatory") & pl.col("verdict").is_in(["lacks", "unknown"])
    )
    for row in mine.sort("offer", "serves", "requirement").iter_rows(named=True):
        yield _question(case, party, row)


def _question(case: Case, party: str, row: Row) -> Question:
    lacks = row["verdict"] == "lacks"
    names = Names(case)
    what = instead(row)
    values: dict[str, Value] = {
        "offer": str(row["offer"]),
        "standard": str(row["standard"]),
        "what": what,
        "good": names.good(str(row["serves"])),
    }
    if row["version"]:
        values["standard"] = (
            str(row["standard"]),
            " ",
            Message("version {version}", {"version": str(row["version"])}),
        )
    return Question(
        kind="standards",
        party=party,
        record=f"offers/{row['offer']}#{row['points']}",
        about=(str(row["offer"]), ", ", names.good(str(row["good"])), ", ", str(row["standard"])),
        place=place_of(row, "good"),
        asked=_lacking(values) if lacks else _unsaid(values),
        needed=_change(values) if lacks else _say(),
        form=Form(Type.CHOICE, CHANGED if lacks else MEETS),
        since=row["since"],  # type: ignore[arg-type]
        seen=(row["standard"], row["version"], row["requirement"], row["value"], row["serves"], row["good"]),
    )


def _lacking(values: dict[str, Value]) -> Message:
    """The written answer to an offer that cannot be taken as it is."""
    return Message(
        "Not now: the offer is not planned for {good}, since it lacks {what} ({standard}, mandatory).", values
    )


def _change(values: dict[str, Value]) -> Message:
    return Message(
        "What to change, or what is needed instead: {what}. Say whether the offer will be changed.", values
    )


def _unsaid(values: dict[str, Value]) -> Message:
    return Message(
        "Does the offer meet {what} for {good} ({standard}, mandatory)? Nothing is said of it.", values
    )


def _say() -> Message:
    return Message("Meets or lacks. What lacks a mandatory point is not planned until it is changed.")


STANDARDS = Kind("standards", Message("Offers and the coalition's standards"), questions)
