"""Parts that hold more than their whole."""

from decimal import Decimal

from tests.ledger.ledgers import ledger

from konvoi.ledger.exceeded import exceeded_wholes
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question
from konvoi.model.finding import Finding


def whole(*parts: int) -> Ledger:
    """A whole of EUR 90 and its parts."""
    amounts = [90, *parts]
    return ledger(
        *({"amount_minor": amount * 100, "sheet": f"S{n}"} for n, amount in enumerate(amounts)),
        relations=[(f"e{n}", "part_of", "e0", "accepted") for n in range(1, len(amounts))],
    )


def test_a_whole_that_its_parts_exceed_is_a_finding_with_its_place_and_both_sums() -> None:
    (found,) = exceeded_wholes(whole(40, 60), Question(mix=True, currency="EUR"), "UA")
    assert (found.code, found.place.sheet, found.read) == ("parts-exceed-whole", "S0", "100.00 EUR")
    assert found.values == {"whole": str(Decimal("90.00")), "unit": "EUR"}


def test_parts_that_fit_and_wholes_without_parts_are_none() -> None:
    question = Question(mix=True, currency="EUR")
    assert exceeded_wholes(whole(40, 50), question, "UA") == ()
    assert exceeded_wholes(whole(), question, "UA") == ()


def found(whole: int, *parts: int, status: str = "accepted", **place: object) -> list[Finding]:
    where: dict[str, object] = {"submission": "s.xlsx", "sheet": "P", "row": 7, "column": "amount"}
    rows: list[dict[str, object]] = [where | place | {"amount_minor": whole * 100}]
    rows += [{"amount_minor": part * 100} for part in parts]
    relations = [(f"e{n}", "part_of", "e0", status) for n in range(1, len(parts) + 1)]
    return list(exceeded_wholes(ledger(*rows, relations=relations), Question(), ""))


def test_parts_exceed_their_whole_by_more_than_a_two_hundredth() -> None:
    assert found(1000, 600, 405) == []
    (one,) = found(1000, 600, 406)
    assert (one.place.file, one.place.sheet, one.place.row, one.place.column) == ("s.xlsx", "P", 7, "amount")
    assert (one.read, one.values) == ("1006.00 EUR", {"whole": "1000.00", "unit": "EUR"})
    assert found(1000, 600, 406, status="undecided") == []
    (bare,) = found(10, 60, submission=None, sheet=None, row=None, column=None)
    assert (bare.place.file, bare.place.sheet, bare.place.row, bare.place.column) == ("", "", 0, "")
