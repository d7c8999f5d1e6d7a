"""Stages, the channels that have them, and the rule under which each is a delivery."""

import pytest

from konvoi.ledger.question import STAGE_OF_RULE
from konvoi.model.stages import PROOFS, RANK, RULE_OF_PROOF, RULE_OF_STAGE, RULES, Stage, proven_rule


@pytest.mark.parametrize(
    ("stage", "proof", "rule"),
    [
        ("dispatched", "reported by sender", "at origin"),
        ("at hub", "reported by carrier", "at hub"),
        ("handed over", "reported by sender", "handed over"),
        ("handed over", None, "handed over"),
        ("received", None, "at origin"),
        ("received", "reported by carrier", "at origin"),
        ("received", "counted at hub", "at hub"),
        ("received", "signed by consignee", "handed over"),
        ("received", "verified at end user", "end user"),
        ("dispatched", "verified at end user", "at origin"),
        ("committed", None, None),
        ("disbursed", None, None),
        ("withdrawn", None, None),
        (None, None, None),
    ],
)
def test_a_stage_with_its_proof_is_a_delivery_under_one_rule(
    stage: str | None, proof: str | None, rule: str | None
) -> None:
    assert proven_rule(stage, proof) == rule


def test_no_stage_proves_a_rule_that_needs_a_later_stage() -> None:
    for stage, rule in RULE_OF_STAGE.items():
        assert RANK[STAGE_OF_RULE[rule]] <= RANK[Stage(stage)]
    assert set(RULE_OF_STAGE.values()) | set(RULE_OF_PROOF.values()) <= set(RULES)
    assert set(RULE_OF_PROOF) <= set(PROOFS)
