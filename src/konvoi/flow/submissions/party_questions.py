"""Open questions to one party, and the parties that may be asked."""

import polars as pl

from konvoi.flow.submissions.questions import KINDS
from konvoi.report.answered import answered
from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.names import table


def party_questions(case: Case, party: str) -> tuple[Question, ...]:
    """Return the open questions for a party, by kind and age; case: of the party's own view."""
    found: list[Question] = []
    for kind in KINDS:
        done = answered(case, kind.name, party)
        fresh = {one.id: one for one in kind.questions(case, party) if one.id not in done}
        found += sorted(fresh.values(), key=lambda one: (-one.open_days(case.day), one.record, one.id))
    return tuple(found)


def parties(case: Case) -> list[str]:
    """Return the parties that may be asked: those that submit, give, receive, offer or approve something."""
    own = case.entries.filter(pl.col("variant") == "konvoi")
    columns = [case.documents["party"], own["party"], own["counterparty"]]
    columns += [table(case, name)["party"] for name in ("approvals", "offers")]
    found = {str(name) for column in columns for name in column.drop_nulls().unique()} | {case.recipient}
    return sorted(found - {""})
