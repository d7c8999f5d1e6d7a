"""A joint that rests on anything hidden is hidden whole: else what has not come would be told falsely."""

import polars as pl

from konvoi.accord.joints import FACTS, joints
from konvoi.model.tables import BY_NAME
from konvoi.report.seen_joints import seen_joints, unseen_joints


def fact(record: str, stage: str, quantity: int, said: str) -> dict[str, object]:
    row = {"key": record, "level": "line", "record": record, "route": "procured", "stage": stage}
    return dict.fromkeys(FACTS) | row | {"quantity": quantity, "unit": "piece", "said": said}


ROWS = joints(
    pl.DataFrame(
        [
            fact("L-1", "allocated", 40, "e1"),
            fact("L-1", "contracted", 40, "e2"),
            fact("L-2", "allocated", 7, "allocations/A-2"),
        ],
        schema=FACTS,
    )
)
EVERY = {"joints": ROWS}
ALLOCATIONS = pl.DataFrame({"allocation": ["A-2"]}, schema_overrides=BY_NAME["allocations"].schema())


def test_with_the_contract_hidden_neither_joint_of_it_is_shown() -> None:
    """Else the brief would say that nothing was signed, and that nothing was sent of what was."""
    shown = seen_joints({"joints": ROWS, "allocations": ALLOCATIONS}, pl.DataFrame({"entry": ["e1"]}))
    assert shown["joints"]["record"].to_list() == ["L-2"]
    assert unseen_joints(EVERY, shown) == {"line/L-1/contracted", "line/L-1/dispatched"}


def test_what_rests_on_nothing_hidden_is_shown() -> None:
    entries = pl.DataFrame({"entry": ["e1", "e2"]})
    shown = seen_joints({"joints": ROWS, "allocations": ALLOCATIONS}, entries)
    assert shown["joints"].equals(ROWS)
    assert unseen_joints(EVERY, shown) == frozenset()
    gone = seen_joints({"joints": ROWS, "allocations": ALLOCATIONS.clear()}, entries)
    assert set(gone["joints"]["record"]) == {"L-1"}
