"""Ammunition of the examples states its hazard, and as the list of dangerous goods has it."""

import csv
from pathlib import Path

import pytest

from konvoi.plan.consign import hazard

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
# Number and division as they stand side by side in the list of the UN Model Regulations, chapter 3.2.
LISTED = {
    "HD 1.1E, UN 0006",
    "HD 1.4S, UN 0012",
    "HD 1.1D, UN 0168",
    "HD 1.1E, UN 0181",
    "HD 1.3C, UN 0242",
    "HD 1.1D, UN 0284",
    "UN 1202",
}
# A munition that flies for itself has no entry of its own: its maker states it, or nobody.
UNSTATED = {"drone-phoenix-ghost", "drone-switchblade", "loitering-munition"}


@pytest.mark.parametrize(("example", "column"), [("2022", "hazard"), ("exercise", "codes")])
def test_what_holds_explosive_states_its_hazard(example: str, column: str) -> None:
    with (EXAMPLES / example / "facts" / "goods.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    stated = {row["good"]: hazard(row[column]) for row in rows}
    explosive = {row["good"] for row in rows if row["neq_kg"]}
    assert len(explosive) >= 2
    assert {good for good in explosive if not stated[good]} <= UNSTATED
    assert {one for one in stated.values() if one} <= LISTED
