"""What contradicts itself in projects is told at its place with what to do."""

from datetime import date

import pytest
from tests.fund.rebuilding import DAY, DECIDED, SENDERS, attested, money, principle, project, rebuilt
from tests.fund.test_twice import AGAIN, SCHOOL

from konvoi.fund.project_sound import project_faults
from konvoi.fund.twice import twice
from konvoi.model.finding import Finding, Severity, filled

Row = dict[str, object]

CONTRACT: Row = {"contract": "C", "supplier": "X", "day": date(2031, 1, 1), "amount": 500, "currency": "EUR"}
HERE: Row = {"community": "XV01010", "name": "Velm", "oblast": "XV01"}


def faults(**rows: list[Row]) -> tuple[Finding, ...]:
    usual: dict[str, list[Row]] = {"communities": [HERE], **rows}
    tables = rebuilt(**usual)
    return project_faults(tables, twice(tables), DAY, SENDERS)


def one(**rows: list[Row]) -> Finding:
    (found,) = faults(**rows)
    return found


def place(found: Finding) -> tuple[str, str, int, str]:
    return found.code, found.place.sheet, found.place.row, found.place.column


def test_what_is_sound_is_not_told_of() -> None:
    told = [money("committed", 900), money("contracted", 500), money("paid", 500)]
    rules = [principle("demined"), principle("energy standard", 50)]
    assert faults(financing=told, principles=rules, attestations=[attested("demined")]) == ()


def test_a_project_in_no_place() -> None:
    found = one(projects=[project(communities=None)])
    assert (place(found), found.read) == (("project-in-no-place", "projects", 2, "communities"), "P")


def test_a_community_that_nobody_handed_in_and_the_nearest_that_was() -> None:
    found = one(projects=[project(communities="XV01011")])
    assert (place(found)[0], found.values) == ("community-unknown", {"meant": "XV01010"})


def test_an_official_code_is_enough_where_no_communities_were_handed_in() -> None:
    assert faults(communities=[], projects=[project(communities="UA63120270010096107")]) == ()
    assert one(communities=[], projects=[project(communities="Velm")]).code == "community-unknown"


def test_a_pair_that_may_be_one_is_told_of_at_the_second() -> None:
    found = one(projects=[SCHOOL, AGAIN])
    assert place(found) == ("project-funded-twice", "projects", 3, "project")
    assert found.values["other"] == "A"


def test_one_contract_of_two_amounts() -> None:
    theirs = {**money("contracted", 510, record="C"), "_file": "b.xlsx", "_row": 9}
    found = one(
        financing=[money("contracted", 500, record="C"), theirs], contracts=[{**CONTRACT, "amount": 510}]
    )
    assert place(found) == ("project-money-again", "financing", 9, "amount")
    assert found.values["amount"] == "5 EUR"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({**money("committed", 5), "currency": "USD"}, "project-money-in-other-currency"),
        (money("committed", None, record="Z"), "project-record-unknown"),
    ],
)
def test_money_that_cannot_be_counted(row: Row, code: str) -> None:
    assert one(financing=[row]).code == code


def test_a_contract_that_is_not_in_force_is_a_note() -> None:
    found = one(
        financing=[money("contracted", None, record="C")], contracts=[{**CONTRACT, "state": "pending"}]
    )
    assert (found.code, found.severity) == ("project-record-not-in-force", Severity.NOTE)


def test_one_contract_for_more_than_it_holds() -> None:
    """Two projects of 300 each, of a contract of 500 cents."""
    rows = [money("contracted", 300, name, record="C") for name in ("P", "Q")]
    two = [project("P"), project("Q", title="Water works", cost=7)]
    found = one(projects=two, financing=rows, contracts=[CONTRACT])
    assert (found.code, found.severity, found.read) == ("project-record-exceeded", Severity.ERROR, "6 EUR")
    assert filled(found.expected, found.values) == "at most the amount of C, 5 EUR"


def test_more_contracted_than_committed_and_more_paid_than_contracted() -> None:
    rows = [money("committed", 400), money("contracted", 500), money("paid", 600)]
    codes = [(found.code, found.severity) for found in faults(financing=rows)]
    assert codes == [
        ("project-contracted-above-committed", Severity.WARNING),
        ("project-paid-above-contracted", Severity.ERROR),
    ]


def test_principles_that_nobody_adopted_were_deferred_or_have_no_threshold() -> None:
    found = faults(
        decisions=[{**DECIDED, "state": "deferred"}],
        principles=[
            principle("demined", decision=None),
            principle("accessible"),
            principle("energy standard", decision=None, document="M", clause="1"),
        ],
    )
    assert [place(told) for told in found] == [
        ("principle-not-adopted", "principles", 2, "decision"),
        ("principle-decision-not-adopted", "principles", 3, "decision"),
        ("principle-without-threshold", "principles", 4, "threshold"),
    ]


def test_attestations_by_another_without_a_source_and_without_what_was_measured() -> None:
    rules = [principle("demined"), principle("energy standard", 50, attested_by="XV;TOWN")]
    rows = [
        attested("demined", party="XA", source="SAID"),
        attested("energy standard", None, party="TOWN"),
    ]
    assert [place(told) for told in faults(principles=rules, attestations=rows)] == [
        ("attestation-by-another", "attestations", 2, "party"),
        ("attestation-without-source", "attestations", 3, "source"),
        ("attestation-without-value", "attestations", 3, "value"),
    ]


def test_what_is_attested_later_is_not_told_of_today() -> None:
    late = attested("demined", party="XA", day=date(2031, 3, 4))
    assert faults(principles=[principle("demined")], attestations=[late]) == ()


def test_more_was_paid_than_committed_where_no_contract_is_known() -> None:
    """With a contract between them what exceeds it is told of there, once."""
    found = one(financing=[money("committed", 400), money("paid", 500)])
    assert (place(found)[0], found.severity) == ("project-paid-above-committed", Severity.WARNING)
    assert found.values == {"whole": "4 EUR"}
    joined = faults(financing=[money("committed", 400), money("contracted", 500), money("paid", 500)])
    assert [finding.code for finding in joined] == ["project-contracted-above-committed"]
