"""Lists and lines of releases are read; ids, ocids and dates that cannot be right are told."""

import json

import pytest

from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

Json = dict[str, object]

NO_CURRENCY = 3 * "X"


def release(id: str = "1", **more: object) -> Json:
    found: Json = {
        "ocid": "ocds-213czf-1",
        "id": id,
        "date": f"2031-01-0{id}T00:00:00Z",
        "tag": ["contract"],
        "parties": [],
        "awards": [{"id": "A", "suppliers": []}],
        "contracts": [{"id": "C", "awardID": "A", "status": "active", "dateSigned": "2031-01-01T00:00:00Z"}],
    }
    return found | more


def of(text: str) -> Reading:
    return read(Document("a.json", text.encode()))


def package(*releases: Json) -> Json:
    return {"version": "1.1", "releases": list(releases)}


RECORD = {"ocid": "ocds-213czf-1", "releases": [release("1"), release("2")]}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([release("1"), release("2")]),
        json.dumps([package(release("1")), package(release("2"))]),
        json.dumps(RECORD),
        json.dumps([RECORD]),
        json.dumps({"version": "1.1", "records": [RECORD]}),
        json.dumps(release("1")) + "\n" + json.dumps(release("2")) + "\n",
        json.dumps(package(release("1"))) + "\n\n" + json.dumps(package(release("2"))),
        json.dumps(RECORD) + "\n" + json.dumps({**RECORD, "ocid": "x", "releases": []}),
    ],
)
def test_lists_records_and_lines_are_read_as_one_process(text: str) -> None:
    reading = of(text)
    assert (reading.refused, reading.format) == (False, "ocds")
    assert reading.tables["contracts"]["contract"].to_list() == ["ocds-213czf-1/C"]


def test_a_broken_line_refuses_the_file_with_its_number() -> None:
    reading = of(json.dumps(release("1")) + "\n{broken\n")
    assert (reading.refused, [(one.code, one.place.row) for one in reading.findings]) == (
        True,
        [("json-broken", 2)],
    )


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"ocid": "213czf-1"}, "ocds-ocid-form", "ocid"),
        ({"awards": [{"suppliers": []}]}, "ocds-award-id-missing", "id"),
        ({"awards": [{"id": "B"}]}, "ocds-award-unknown", "awardID"),
        ({"awards": [{"id": "A"}, {"id": "A"}]}, "ocds-id-twice", "id"),
    ],
)
def test_ids_that_cannot_be_right_are_told_and_the_contract_read(
    change: Json, code: str, column: str
) -> None:
    reading = of(json.dumps(package(release("1", **change))))
    assert (code, column) in {(one.code, one.place.column) for one in reading.findings}
    assert reading.tables["contracts"].height == 1


def test_two_releases_of_one_date_are_both_read() -> None:
    other = release("2", date="2031-01-01T00:00:00Z", contracts=[{"id": "D", "awardID": "A"}])
    reading = of(json.dumps(package(release("1"), other)))
    assert "ocds-date-twice" in {one.code for one in reading.findings}
    assert sorted(reading.tables["contracts"]["contract"]) == ["ocds-213czf-1/C", "ocds-213czf-1/D"]


def test_releases_that_cannot_be_merged_are_told_and_the_latest_read() -> None:
    first, last = release("1", tender=[{"id": "1"}]), release("2", tender={"title": "A"})
    reading = of(json.dumps(package(first, last)))
    assert [one.code for one in reading.findings] == ["ocds-not-mergeable"]
    assert reading.tables["contracts"].height == 1


def test_correct_releases_have_no_finding() -> None:
    assert of(json.dumps(package(release("1"), release("2")))).findings == ()


def test_releases_without_an_id_or_a_day_are_told_and_read() -> None:
    first, last = release("1"), release("2")
    first.pop("id")
    last |= {"date": "later", "contracts": [{"id": "D", "awardID": "A"}]}
    last.pop("id")
    reading = of(json.dumps(package(first, last, first)))
    assert sorted(reading.tables["contracts"]["contract"]) == ["ocds-213czf-1/C", "ocds-213czf-1/D"]
    told = [one.code for one in reading.findings if one.code != "ocds-day-missing"]
    assert sorted(told) == ["ocds-date-unreadable", *["ocds-release-id-missing"] * 3]


def told(*releases: Json) -> list[tuple[str, str, str]]:
    """Code, column and value of each finding."""
    found = of(json.dumps(package(*releases))).findings
    return [(one.code, one.place.column, one.read) for one in found]


def contract(**more: object) -> Json:
    signed: Json = {"id": "C", "awardID": "A", "status": "active", "dateSigned": "2031-01-01T00:00:00Z"}
    return signed | more


def test_a_later_release_that_states_a_value_alone_keeps_the_award_of_the_contract() -> None:
    """Awards are looked up in the merged process."""
    value = {"amount": 5, "currency": "EUR"}
    later = release("2", contracts=[{"id": "C", "value": value}])
    del later["awards"]
    assert told(release("1"), later) == []


def test_an_award_that_a_process_without_awards_names_is_told() -> None:
    assert told(release("1", awards=[])) == [("ocds-award-unknown", "awardID", "A")]


def test_a_contract_without_an_id_is_named_by_its_position_and_told() -> None:
    bare = {name: value for name, value in contract().items() if name != "id"}
    reading = of(json.dumps(package(release("1", contracts=[contract(), bare]))))
    assert reading.tables["contracts"]["contract"].to_list() == [
        "ocds-213czf-1/C",
        "ocds-213czf-1/contract-2",
    ]
    (one,) = reading.findings
    assert (one.code, one.place.row, one.values["reference"]) == (
        *("ocds-contract-id-missing", 2),
        "ocds-213czf-1/contract-2",
    )


@pytest.mark.parametrize(
    ("value", "code", "read", "amount"),
    [
        (50, "ocds-number-unreadable", "50", None),
        ({"amount": 6, "currency": NO_CURRENCY}, "ocds-number-unreadable", f"6 {NO_CURRENCY}", None),
        ({"amount": "1000", "currency": "EUR"}, "ocds-number-as-text", "1000", 100_000),
    ],
)
def test_values_that_are_no_sums_of_the_standard_are_told_with_what_was_read(
    value: object, code: str, read: str, amount: int | None
) -> None:
    """A bare number has no currency, as has one of the code for none; a number as text is read."""
    one = release("1", contracts=[contract(value=value)])
    assert told(one) == [(code, "value", read)]
    rows = of(json.dumps(package(one))).tables["contracts"]
    assert rows["amount"].to_list() == [amount]


def test_numbers_as_text_are_told_once_with_their_count() -> None:
    value = {"amount": "1", "currency": "EUR"}
    one = release("1", contracts=[contract(value=value), contract(id="D", value=value)])
    (finding,) = of(json.dumps(package(one))).findings
    assert (finding.values["count"], finding.place.row) == ("2", 1)


def test_a_day_of_signature_that_is_none_is_told_with_what_was_read() -> None:
    one = release("1", contracts=[contract(dateSigned="05/06/2031")])
    assert told(one) == [("ocds-day-missing", "dateSigned", "05/06/2031")]
