"""Papers that are missing: a despatch without its waybill, a receipt without its signed document."""

from collections.abc import Iterator

import polars as pl

from konvoi.flow.submissions.question_kind import Kind
from konvoi.model.answers import Form
from konvoi.model.finding import Place
from konvoi.model.stages import Stage
from konvoi.model.table import Type
from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.ledger.lines import Row, place_of
from konvoi.report.names import table
from konvoi.report.page import Message


def questions(case: Case, party: str) -> Iterator[Question]:
    """Return one question for each paper without a number among the party's own submissions."""
    own = set(case.documents.filter(pl.col("party") == party)["name"])
    moves = table(case, "movements").filter(
        (pl.col("stage") == Stage.DISPATCHED)
        & pl.col("waybill").is_null()
        & pl.col("_file").is_in(sorted(own))
    )
    waybill = Message("What is the number of its waybill?")
    for row in moves.sort("movement").iter_rows(named=True):
        yield _question(party, row, ("movements", "movement", "waybill"), waybill)
    receipts = table(case, "receipts").filter(
        (pl.col("proof") == "signed by consignee")
        & pl.col("document").is_null()
        & pl.col("_file").is_in(sorted(own))
    )
    document = Message("What is the number of the signed document?")
    for row in receipts.sort("receipt").iter_rows(named=True):
        yield _question(party, row, ("receipts", "receipt", "document"), document)


def _question(party: str, row: Row, names: tuple[str, str, str], asked: Message) -> Question:
    name, key, column = names
    place: Place = place_of(row, column)
    return Question(
        kind="papers",
        party=party,
        record=f"{name}/{row[key]}",
        about=str(row[key]),
        place=place,
        asked=asked,
        needed=Message("The number as printed on the document."),
        form=Form(Type.TEXT),
        since=row["day"],  # type: ignore[arg-type]
        values={"table": name, "column": column},
    )


PAPERS = Kind("papers", questions)
