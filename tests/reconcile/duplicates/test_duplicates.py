"""A pair that likeness and a class of candidates both propose has the higher probability."""

import polars as pl
import pytest
from tests.reconcile.duplicates.test_across_partners import by
from tests.reconcile.ledgers import entries

from konvoi.model.entries import RELATIONS, SCOPES, frame
from konvoi.reconcile.duplicates import duplicates
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.records import records
from konvoi.reconcile.relation import Evidence


def candidates(**known: object) -> list[tuple[object, ...]]:
    """Return what classes propose of two wholes of one joint package beside a relation that is known."""
    ledger = entries(
        by("DE", "Ferries, joint package with Denmark", 48_000_000),
        by("DK", "Ferries, jointly with Germany", 48_000_000, 3),
    )
    pairs = pl.DataFrame(schema={"left_id": pl.String, "right_id": pl.String})
    evidence = Evidence(ledger, records(ledger), pl.DataFrame(schema=SCOPES), pairs, Policy())
    usual = {"left": "DE", "right": "DK", "relation": "same_as", "status": "undecided", "evidence": "[1]"}
    found = frame([usual | {"basis": "probability"} | known], RELATIONS)
    made = duplicates(evidence, [found])
    return list(made.select("left", "right", "subtype", "probability", "evidence").iter_rows())


def test_a_pair_that_is_likelier_by_its_class_keeps_the_evidence_of_likeness() -> None:
    assert candidates(probability=0.3) == [("DE", "DK", None, 0.9, "[1]")]


@pytest.mark.parametrize(
    "known",
    [
        {"probability": 0.95},
        {"probability": 0.3, "relation": "restates"},
        {"probability": 0.3, "subtype": "to-date"},
        {"probability": 1.0, "status": "accepted"},
        {"probability": None, "basis": "person", "status": "rejected"},
    ],
)
def test_a_pair_that_is_likelier_by_likeness_or_related_otherwise_stays(known: dict[str, object]) -> None:
    assert candidates(**known) == []
