"""Answers that parties have given already."""

from datetime import date

import polars as pl

from konvoi.report.case import Case

TAKEN = "taken"


def answers(case: Case, kind: str, party: str) -> pl.DataFrame:
    """Return the answers of a party to one kind of question that were accepted, the earliest first."""
    rows = case.tables.get("answers")
    if rows is None or rows.is_empty():
        return pl.DataFrame(schema={"question": pl.String(), "record": pl.String(), "answer": pl.String()})
    mine = (pl.col("kind") == kind) & (pl.col("party") == party) & (pl.col("outcome") == TAKEN)
    return rows.filter(mine).sort("order", "question")


def answered(case: Case, kind: str, party: str) -> frozenset[str]:
    """The ids of the questions of one kind that a party has answered."""
    return frozenset(answers(case, kind, party)["question"])


def moved(case: Case) -> dict[tuple[str, str], tuple[date, ...]]:
    """The new promised days that were answered, in order, by party and record (lines/PL-4)."""
    rows = case.tables.get("answers")
    found: dict[tuple[str, str], tuple[date, ...]] = {}
    if rows is None or rows.is_empty():
        return found
    taken = rows.filter((pl.col("kind") == "despatches") & (pl.col("outcome") == TAKEN))
    for party, record, answer in taken.sort("order").select("party", "record", "answer").iter_rows():
        found[party, record] = (*found.get((party, record), ()), date.fromisoformat(answer))
    return found
