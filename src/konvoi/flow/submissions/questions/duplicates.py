"""Pairs of entries that may be one undertaking, and that nobody has judged."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.flow.submissions.question_kind import Kind
from konvoi.kit.money import to_major
from konvoi.model.answers import VERDICTS, Form
from konvoi.model.finding import Place
from konvoi.model.table import Type
from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.ledger.lines import Row
from konvoi.report.names import Names
from konvoi.report.page import Message, Number, Value


def questions(case: Case, party: str) -> Iterator[Question]:
    """One question for each undecided pair of which one entry is the party's."""
    open_ = case.relations.filter(pl.col("status") == "undecided")
    ids = pl.concat([open_["left"], open_["right"]]).unique().implode()
    entries = {
        row["entry"]: row for row in case.entries.filter(pl.col("entry").is_in(ids)).iter_rows(named=True)
    }
    files = dict(case.documents.select("submission", "name").iter_rows())
    for row in open_.sort("left", "right", "relation").iter_rows(named=True):
        left = entries.get(row["left"])
        right = entries.get(row["right"])
        if left and right and party in (left["party"], right["party"]):
            own = left if left["party"] == party else right
            yield _question(case, party, row, (left, right), _place(own, files))


ASKED = {
    "same_as": Message("Are both the same?"),
    "restates": Message("Does the first state the second again?"),
    "part_of": Message("Is the first a part of the second?"),
    "passes_through": Message("Does the first pass on the second?"),
    "reimburses": Message("Does the first pay back the second?"),
    "contracts_for": Message("Is the first a contract for the second?"),
    "serves": Message("Does the first serve the second?"),
}
"""The question about a pair, by its relation."""


def _question(case: Case, party: str, row: Row, sides: tuple[Row, Row], place: Place) -> Question:
    left, right = sides
    relation = str(row["relation"])
    known = [day for side in sides if isinstance(day := side["known_on"] or side["day_to"], date)]
    names = Names(case)
    return Question(
        kind="duplicates",
        party=party,
        record=f"pairs/{left['entry']}~{right['entry']}~{relation}",
        about=(str(left["reference"] or left["entry"]), " – ", str(right["reference"] or right["entry"])),
        place=place,
        asked=Message(
            "One: {one}. The other: {other}. {question}",
            {"one": side(names, left), "other": side(names, right), "question": ASKED[relation]},
        ),
        needed=Message("Same, different or unsure. Until decided, totals are shown as a range."),
        form=Form(Type.CHOICE, VERDICTS),
        since=max(known, default=None),
        values={"left": str(left["entry"]), "right": str(right["entry"]), "relation": relation},
    )


def side(names: Names, row: Row) -> Value:
    """One entry of a pair in words: who, how far, how much, since when."""
    parts: list[Value] = [names.party(str(row["party"] or "")), ", ", Message(str(row["stage"]))]
    minor = row["amount_minor"]
    quantity = row["quantity"]
    currency = str(row["currency"] or "")
    if isinstance(quantity, Decimal):
        good = str(row["good"] or "")
        parts += [", ", Number(quantity, str(row["unit"] or "") or names.unit(good)), " ", names.good(good)]
    if isinstance(minor, int) and currency:
        parts += [", ", Number(to_major(minor, currency), currency)]
    day = row["day_to"] or row["day_from"]
    return (*parts, ", ", day) if isinstance(day, date) else tuple(parts)


def _place(row: Row, files: dict[str, str]) -> Place:
    return Place(
        files.get(str(row["submission"]), ""),
        str(row["sheet"] or ""),
        int(str(row["row"] or 0)),
        str(row["column"] or ""),
    )


DUPLICATES = Kind("duplicates", questions)
