"""Offers that lack a mandatory point of a standard, or of which it is not known, with the written answer."""

from collections.abc import Iterator

import polars as pl

from konvoi.flow.submissions.question_kind import Kind
from konvoi.model.answers import CHANGED, MEETS, Form
from konvoi.model.table import Type
from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.ledger.lines import Row, place_of
from konvoi.report.names import Names
from konvoi.report.page import Message, Value
from konvoi.report.planning.requirements import instead


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
        "The offer is not planned for {good}: requirement not met: {what} ({standard}, mandatory).", values
    )


def _change(values: dict[str, Value]) -> Message:
    return Message("Required: {what}. Please state whether the offer will be changed.", values)


def _unsaid(values: dict[str, Value]) -> Message:
    return Message("Does the offer meet {what} for {good} ({standard}, mandatory)? Not reported.", values)


def _say() -> Message:
    return Message(
        "Met or not met. Offers that do not meet a mandatory requirement are not planned until changed."
    )


STANDARDS = Kind("standards", questions)
