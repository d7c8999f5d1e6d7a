"""One id stands for one fact, and a fact stands once."""

from datetime import date

from konvoi.intake.check import whole
from konvoi.intake.checks.references import references_twice
from konvoi.model.document import Reading
from konvoi.model.entries import frame


def fact(entry: str, **other: object) -> dict[str, object]:
    usual = {"submission": "f.csv", "source": "s", "reference": "R", "stage": "committed", "party": "DE"}
    return usual | {"entry": entry, "amount_minor": 100, "currency": "EUR"} | other


def found(*rows: dict[str, object]) -> list[str]:
    readings = [Reading(str(row["submission"]), "", "t", entries=frame([row])) for row in rows]
    return [finding.code for finding in references_twice(whole(readings))]


def test_one_id_for_two_facts_is_told() -> None:
    """Only the first of them would be posted."""
    assert found(fact("a"), fact("a", amount_minor=200)) == ["entry-twice"]


def test_the_same_file_under_two_names_is_no_conflict() -> None:
    assert found(fact("a"), fact("a", submission="again.csv")) == []


def test_a_later_document_restates_a_record_without_a_finding() -> None:
    later = {"submission": "later.csv", "known_on": date(2031, 5, 1)}
    assert found(fact("a", known_on=date(2031, 2, 1)), fact("a", **later)) == []
    assert found(fact("a"), fact("a", amount_minor=200, **later)) == []


def test_one_reference_for_the_same_fact_twice_is_told() -> None:
    assert found(fact("a"), fact("b")) == ["reference-twice"]


def test_parts_under_one_reference_are_well() -> None:
    """Tranches differ in their amount or day; lines have no value of their own here."""
    assert found(fact("a"), fact("b", amount_minor=200)) == []
    assert found(fact("a"), fact("b", stage="disbursed")) == []
    assert found(fact("a", line="R/1"), fact("b", line="R/2")) == []


def test_a_reference_of_a_whole_may_hold_equal_facts() -> None:
    """An activity with many payments: two of one day and amount are no mistake."""
    assert found(fact("a"), fact("b"), fact("c", amount_minor=200)) == []


def test_the_same_fact_in_two_places_is_no_conflict() -> None:
    """Pages of two searches hold the same flow."""
    assert found(fact("a", row=3), fact("a", row=9, submission="other.json")) == []
