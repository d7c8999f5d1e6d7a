"""What sources claim, beside ours, in a brief."""

from dataclasses import replace
from decimal import Decimal

import polars as pl
from tests.report.cases import case

from konvoi.flow.submissions.claims import CLAIMED
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.reports.claims import section

ENGLISH = Language("en")


def claims(*rows: tuple[str, str | None, str]) -> Case:
    """Claims of one document: measure, party, billions of euro."""
    told = [
        {"claim": f"c{at}", "measure": measure, "party": party, "stage": "committed", "value": Decimal(value)}
        | {"unit": "EUR bn", "_file": "tracker.xlsx", "_sheet": "Figure 8", "_row": at, "column": "C"}
        for at, (measure, party, value) in enumerate(rows, 2)
    ]
    frame = pl.DataFrame([{name: row.get(name) for name in CLAIMED} for row in told], schema=CLAIMED)
    known = case()
    return replace(known, tables={**known.tables, "claims": frame})


BUDGET = (
    ("budget support|total", None, "35.414366"),
    ("budget support|part|disbursed", None, "16.815"),
    ("budget support|total", "NO", "1.034144"),
    ("budget support|part|disbursed", "NO", "0.022"),
)


def test_what_is_claimed_as_paid_of_what_was_committed_stands_beside_what_we_know() -> None:
    found = section(claims(*BUDGET))
    assert found is not None
    assert ENGLISH.text(found.answer[1]) == (
        "budget support, as tracker.xlsx claims: EUR 35.4 bn (committed), EUR 16.8 bn (disbursed), "
        "that is 47.5 %. No entry of ours reports any money as disbursed."
    )
    stages = [ENGLISH.text(row[1]) for row in found.tables[0].rows]
    assert stages == ["committed", "disbursed (money)"]
    assert [ENGLISH.text(value) for value in found.tables[1].rows[0]][-1] == "2\u00a0%"


def test_a_claim_of_the_same_thing_is_told_with_the_difference() -> None:
    found = section(claims(("committed|total", None, "0.3")))
    assert found is not None
    row = [ENGLISH.text(value) for value in found.tables[0].rows[0]]
    assert row[2:5] == ["EUR 300.0 m", "EUR 247.0 m", "EUR 53.0 m"]


def test_without_a_claim_there_is_no_such_part() -> None:
    assert section(case()) is None
    assert section(claims()) is None
    people = claims(("in need", None, "1"))
    unstaged = people.tables["claims"].with_columns(stage=pl.lit(None, pl.String))
    assert section(replace(people, tables={**people.tables, "claims": unstaged})) is None
