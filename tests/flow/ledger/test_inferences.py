"""Inferences of readers from released figures, as they are told to the coordination cell."""

from datetime import date
from decimal import Decimal

import pytest

from konvoi.flow.ledger.figure_release import Draft, Inference, interval_text
from konvoi.ledger.disclosure import Exposure
from konvoi.ledger.exposure import Interval
from konvoi.ledger.question import Question
from konvoi.ledger.release import Release
from konvoi.model.finding import Finding, Place, Severity

DAY = date(2031, 2, 1)
RELEASE = Release(1, "public", DAY, DAY, Question(mix=True), ())


def exposure(low: int | None, high: int | None, name: str = "AR / A-1") -> Exposure:
    return Exposure("record", name, "AR", "", 4500, "EUR", 2, Interval(low, high))


def test_an_inference_is_told_with_both_intervals() -> None:
    one = Inference("DE", exposure(4000, None), exposure(None, 5000)).as_dict()
    assert (one["reader"], one["amount"], one["unit"]) == ("DE", Decimal(45), "EUR")
    assert (one["before"], one["after"]) == ([None, Decimal(50)], [Decimal(40), None])
    assert Inference("DE", exposure(4000, 5000)).as_dict()["before"] == [Decimal(0), None]


def test_for_each_amount_the_closest_inference_stands_the_closest_of_all_first() -> None:
    inferences = (
        Inference("DE", exposure(0, 9000)),
        Inference("FR", exposure(4400, 4600)),
        Inference("PL", exposure(4400, 4600)),
        Inference("DE", exposure(4500, 4500, "CE / C-1")),
    )
    closest = Draft(RELEASE, inferences, ()).closest
    assert [(one.reader, one.exposure.name) for one in closest] == [("DE", "CE / C-1"), ("FR", "AR / A-1")]


@pytest.mark.parametrize(("severity", "refused"), [(Severity.ERROR, True), (Severity.NOTE, False)])
def test_an_error_refuses_a_release(severity: Severity, refused: bool) -> None:
    finding = Finding(severity, "release-few", Place("releases.jsonl"), "", "", "")
    draft = Draft(RELEASE, (), (finding,))
    assert draft.refused is refused
    assert draft.as_dict()["refused"] is refused
    assert Draft(RELEASE, (), ()).refused is False


def test_an_interval_is_written_in_its_unit() -> None:
    assert interval_text(exposure(0, 4500)) == "0–45 EUR"
    assert interval_text(exposure(None, None)) == "…–… EUR"
