"""Projects of OC4IDS become projects, their money, and facts by path; the sample is of our own."""

import json
from datetime import date
from pathlib import Path

import pytest

from konvoi.intake.formats.oc4ids import OC4IDS
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading
from konvoi.model.oc4ids import LAND, MEETING, TENDERERS

SAMPLE = (Path(__file__).parent / "samples" / "oc4ids" / "package.json").read_bytes()


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(Document("p.json", SAMPLE))


def test_a_project_has_its_place_cost_owner_and_stage(reading: Reading) -> None:
    """Of codes only those of communities; of the reference ours, where it bears one."""
    assert (reading.format, reading.facts["day"]) == ("oc4ids", "2031-02-20")
    columns = ("project", "stage", "owner", "communities", "building", "sector", "cost", "currency", "ends")
    rows = reading.tables["projects"].select(columns).rows()
    assert rows[0] == (
        *("P-1", "under way", "TOWN", "UA05020030000031457", "REG-1, Linden Way", "education"),
        *(100_050, "EUR", date(2032, 6, 30)),
    )
    assert rows[1][:3] == ("oc4ids-x-2", "maintained", "UA-EDR:00001")
    assert [row[:2] for row in rows[2:]] == [("oc4ids-x-3", "need"), ("oc4ids-x-4", None)]


def test_money_is_committed_by_funders_and_contracted_and_paid_in_processes(
    reading: Reading,
) -> None:
    """What a funder paid to the owner is not added to what the owner paid."""
    columns = ("financing", "party", "stage", "day", "amount", "currency", "record")
    rows = reading.tables["financing"].select(columns).rows()
    assert rows[:3] == [
        ("F-1", "PL", "committed", date(2031, 1, 5), 90_000, "EUR", None),
        ("F-2", "TOWN", "contracted", date(2031, 1, 20), 80_000, "EUR", "C-1"),
        ("F-3", "TOWN", "paid", date(2031, 2, 1), 10_025, "EUR", "C-1"),
    ]
    road = ("UA-EDR:00001", "contracted", None, 600, "USD", "ocds-1-7")
    assert rows[3:] == [
        ("oc4ids-x-2/budget", "UA-EDR:00001", "committed", date(2030, 1, 1), 700, "USD", None),
        ("oc4ids-x-2/ocds-1-7", *road),
        ("oc4ids-x-2/ocds-1-7/1", "UA-EDR:00001", "paid", None, 200, "USD", "ocds-1-7"),
    ]


def test_what_principles_are_read_from_is_kept_by_its_path(reading: Reading) -> None:
    facts = reading.tables["project_facts"]
    rows = {row["path"]: row for row in facts.filter(project="P-1").iter_rows(named=True)}
    assert (rows[TENDERERS]["value"], rows[TENDERERS]["process"]) == ("3", "C-1")
    assert (rows[LAND]["value"], rows[LAND]["currency"]) == ("5", "EUR")
    assert (rows[f"{MEETING}/date"]["item"], rows[f"{MEETING}/date"]["process"]) == ("1", None)
    signed = rows["contractingProcesses/summary/documents/documentType"]
    assert (signed["process"], signed["item"], signed["value"]) == ("C-1", "d", "contractSigned")


def test_what_cannot_be_read_is_told_of_at_its_project(reading: Reading) -> None:
    told = [(one.code, one.place.row, one.read) for one in reading.findings]
    assert told == [
        ("oc4ids-not-kept", 0, "environment, transactions"),
        ("oc4ids-breakdown-differs", 1, "1000.5 EUR"),
        ("oc4ids-id-twice", 4, "oc4ids-x-2"),
        ("oc4ids-project-unreadable", 5, ""),
        ("oc4ids-number-unreadable", 6, "much EUR"),
        ("oc4ids-status-unknown", 6, "finished"),
    ]


def test_other_json_is_left_to_others() -> None:
    for text in ('{"releases": [], "projects": []}', '{"projects": []}', "[]", ""):
        assert not OC4IDS.recognises(Document("p.json", text.encode()))
    refused = OC4IDS.read(Document("p.json", b'{"publisher": {}, "projects": 1}'))
    assert (refused.refused, [one.code for one in refused.findings]) == (True, ["oc4ids-no-projects"])


def test_another_version_is_read_with_a_word_of_it() -> None:
    package = {**json.loads(SAMPLE), "version": "1.0"}
    found = read(Document("p.json", json.dumps(package).encode()))
    assert ("oc4ids-version-unknown", "1.0") in [(one.code, one.read) for one in found.findings]
    assert found.tables["projects"].height == 4


@pytest.mark.real_data
def test_the_official_sample_is_read(real_data: Path) -> None:
    """Three contracting processes, of which two had one tenderer; nothing in it is unreadable."""
    found = read(Document("example.json", (real_data / "oc4ids" / "example.json").read_bytes()))
    assert [one.code for one in found.findings] == ["oc4ids-not-kept"]
    row = found.tables["projects"].row(0, named=True)
    assert (row["stage"], row["sector"], row["cost"], row["currency"]) == (
        *("maintained", "transport"),
        *(4_000_000_000, "GBP"),
    )
    stages = found.tables["financing"].group_by("stage").agg(minor="amount").sort("stage")
    assert [sum(one) for one in stages["minor"]] == [4_000_000_000, 3_585_000_000, 195_000_000]
    tenders = found.tables["project_facts"].filter(path=TENDERERS)["value"].to_list()
    assert sorted(tenders) == ["1", "1", "2"]


def test_a_list_that_is_none_is_told_and_the_rest_read() -> None:
    project = {"id": "oc4ids-bu3kcz-1", "title": "T", "parties": {"id": "A"}, "locations": ["here"]}
    package = {"version": "0.9", "publisher": {"name": "P"}, "projects": [project]}
    found = read(Document("p.json", json.dumps(package).encode()))
    assert [(one.code, one.place.column) for one in found.findings] == [
        ("oc4ids-list-unreadable", "locations"),
        ("oc4ids-list-unreadable", "parties"),
    ]
    assert found.tables["projects"]["title"].to_list() == ["T"]


def euro(amount: float) -> dict[str, object]:
    return {"amount": amount, "currency": "EUR"}


def of(*paid: dict[str, object], budget: dict[str, object] | None = None, **more: object) -> Reading:
    """One project with payments under one contracting process."""
    process = {"id": "ocds-213czf-7", "summary": {"transactions": list(paid)}}
    project = {"id": "oc4ids-bu3kcz-1", "title": "T", "contractingProcesses": [process], **more}
    package = {
        "version": "0.9",
        "publisher": {"name": "P"},
        "projects": [project | ({"budget": budget} if budget else {})],
    }
    return read(Document("p.json", json.dumps(package).encode()))


def payment(id: str, amount: float) -> dict[str, object]:
    return {"id": id, "date": "2031-02-01T00:00:00Z", "value": euro(amount)}


def test_payments_with_one_id_are_all_read_and_told() -> None:
    """Each has a reference of its own: rows of one reference replace one another."""
    found = of(payment("t1", 20.25), payment("t2", 15.75), payment("t1", 5))
    rows = found.tables["financing"]
    assert rows["amount"].to_list() == [2025, 1575, 500]
    assert rows["financing"].n_unique() == 3
    (one,) = found.findings
    assert (one.code, one.read, one.place.row, one.place.column) == (
        *("oc4ids-money-twice", "t1", 1),
        "contractingProcesses[ocds-213czf-7].transactions[2].id",
    )


def test_a_payment_repeated_word_for_word_counts_once_and_is_told() -> None:
    found = of(payment("t1", 20.25), payment("t1", 20.25))
    assert found.tables["financing"]["amount"].to_list() == [2025]
    assert [one.code for one in found.findings] == ["oc4ids-money-twice"]


def test_payments_without_an_id_are_told_of_by_nobody() -> None:
    """Without an id equal ones may be two; they are numbered by their place."""
    paid: dict[str, object] = {"value": euro(3)}
    found = of(paid, paid)
    assert (found.tables["financing"]["amount"].to_list(), found.findings) == ([300, 300], ())


def budget(whole: float, *parts: float, id: str = "b") -> dict[str, object]:
    listed = [
        {"id": str(number), "sourceParty": {"id": "PL"}, "amount": euro(amount)}
        for number, amount in enumerate(parts)
    ]
    return {"amount": euro(whole), "budgetBreakdowns": [{"id": id, "budgetBreakdown": listed}]}


def test_a_breakdown_that_is_not_its_budget_is_told_with_the_difference() -> None:
    (one,) = of(budget=budget(100, 70, 20.5)).findings
    assert (one.code, one.read, one.place.column) == (
        *("oc4ids-breakdown-differs", "100 EUR"),
        "budget.amount",
    )
    assert (one.values["sum"], one.values["rest"], one.values["id"]) == ("90.5", "9.5", "b")
    assert of(budget=budget(100, 70, 30)).findings == ()


@pytest.mark.parametrize("part", [70, 170])
def test_a_breakdown_of_konvoi_is_not_compared_with_the_budget(part: float) -> None:
    """It lists what was committed, the budget is the cost."""
    assert of(budget=budget(100, part, id="konvoi")).findings == ()


def test_a_negative_commitment_counts_and_is_told_at_its_place() -> None:
    found = of(budget=budget(100, 107, -7))
    assert found.tables["financing"]["amount"].to_list() == [10_700, -700]
    assert [(one.code, one.read, one.place.column) for one in found.findings] == [
        ("oc4ids-amount-negative", "-7 EUR", "budgetBreakdowns[0].budgetBreakdown[1].amount")
    ]


def test_a_doubtful_budget_is_told_once_although_it_is_cost_and_commitment() -> None:
    found = of(budget={"amount": euro(-7), "approvalDate": "2031-01-01T00:00:00Z"})
    assert [one.code for one in found.findings] == ["oc4ids-amount-negative"]


def test_a_completed_project_is_completed() -> None:
    """The first code lists of 0.9 have it; the newest has `completion` alone."""
    found = of(status="completed")
    assert (found.tables["projects"]["stage"].to_list(), found.findings) == (["completed"], ())
