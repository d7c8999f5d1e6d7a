"""Approvals that are asked for and neither given nor refused."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from konvoi.flow.submissions.question_kind import Kind
from konvoi.model.answers import APPROVED, Form
from konvoi.model.table import Type
from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.ledger.lines import Row, place_of
from konvoi.report.names import table
from konvoi.report.page import Message


def questions(case: Case, party: str) -> Iterator[Question]:
    """One question to the issuing state for each approval that is open, or expected on a day that is past."""
    open_ = table(case, "approvals").filter(
        (pl.col("party") == party) & pl.col("given").is_null() & pl.col("refused").is_null()
    )
    late = pl.col("due").is_null() | (pl.col("due") < case.day)
    for row in open_.filter(late).sort("approval").iter_rows(named=True):
        yield _question(party, row)


def _question(party: str, row: Row) -> Question:
    kind = Message(str(row["kind"]))
    expected = row["due"]
    text = "Required for dispatch of {covers}. Status: granted, refused or expected?"
    asked = Message(text, {"covers": str(row["covers"])})
    if isinstance(expected, date):
        text = "Expected by {day}; required for dispatch of {covers}. Status: granted, refused or expected?"
        asked = Message(text, {"day": expected, "covers": str(row["covers"])})
    return Question(
        kind="approvals",
        party=party,
        record=f"approvals/{row['approval']}",
        about=(kind, " ", str(row["approval"]), "; ", str(row["covers"])),
        place=place_of(row, "given"),
        asked=asked,
        needed=Message("One of the three, and the date on which it was granted or refused or is expected."),
        form=Form(Type.CHOICE, APPROVED, day=True),
        since=row["asked"],  # type: ignore[arg-type]
        values={"table": "approvals"},
        seen=(str(expected or ""),),
    )


APPROVALS = Kind("approvals", questions)
