"""Releases and records of OCDS, of invented processes and of the standard's own samples."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.intake.papers.golden import expected

from konvoi.intake.join import joined
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

SAMPLES = Path(__file__).parent / "samples" / "ocds"
PACKAGE = (SAMPLES / "package.json").read_bytes()

TABLES = {
    "packages": "package,party,day,kind,stage\nN-1,NORLAND,2031-01-02,military,allocated\n",
    "lines": "line,package,good,quantity,route\nN-1/1,N-1,lorry,60,procured\n",
    "goods": "good,name,unit,codes\nlorry,Lorry,piece,CPV:34134000-7\n",
}


def of(content: bytes) -> Reading:
    return read(Document("package.json", content))


def changed(change: Any) -> Reading:
    package = json.loads(PACKAGE)
    change(package)
    return of(json.dumps(package).encode())


SHORT = ("ocds-ocid-form", "ocds-award-unknown", "ocds-award-id-missing")


def codes(reading: Reading) -> list[str]:
    """The codes, without those on the form of ocids: those here are short."""
    return [finding.code for finding in reading.findings if finding.code not in SHORT]


@pytest.mark.parametrize("name", ["package", "faults"])
def test_each_sample_gives_what_is_written_beside_it(name: str) -> None:
    content = (SAMPLES / f"{name}.json").read_bytes()
    assert expected(read(Document(f"{name}.json", content))) == (SAMPLES / f"{name}.expected").read_text(
        "utf-8"
    )


@pytest.mark.real_data
def test_the_sample_is_valid_by_the_schema_of_the_standard(real_data: Path) -> None:
    """So that what is read here is what publishers write."""
    schema = json.loads(
        (real_data / "ocds" / "schema" / "dereferenced-release-schema.json").read_text("utf-8")
    )
    for release in json.loads(PACKAGE)["releases"]:
        jsonschema.Draft4Validator(schema).validate(release)


def test_two_releases_make_one_contract_as_it_stands_now() -> None:
    """Pending, then active with its document; the day of signature is that of its own offset."""
    (row,) = of(PACKAGE).tables["contracts"].to_dicts()
    assert (row["contract"], row["state"], row["day"]) == ("FW-1", "active", date(2031, 1, 10))
    assert row["address"] == "https://example.org/exercise/fw-1.pdf"
    assert (row["supplier"], row["amount"], row["quantity"]) == ("XX-REG:7/8", 1_080_000_000, 60)


def test_a_process_under_a_framework_is_a_call_off_and_the_ceiling_counts_not() -> None:
    """The call-off's value is its award's; of the framework nothing is contracted."""
    reading = of(PACKAGE)
    (row,) = reading.tables["call_offs"].to_dicts()
    assert (row["call_off"], row["contract"], row["day"]) == ("CO-1", "FW-1", date(2031, 2, 9))
    assert (row["amount"], row["quantity"], row["delivery"]) == (360_000_050, 20, date(2031, 5, 31))
    assert reading.entries.select("reference", "stage", "party", "amount_minor").rows() == [
        ("CO-1", "contracted", "XX-REG:100", 360_000_050)
    ]
    assert codes(reading) == []


def test_codes_of_dk021_are_those_of_cpv_and_name_our_good() -> None:
    """The catalogue says which good the code is, also where nobody has a line of it."""
    documents = [read(Document(f"N/{name}.csv", text.encode(), "NORLAND")) for name, text in TABLES.items()]
    goods = joined([documents[2], read(Document("N/p.json", PACKAGE, "NORLAND"))])
    assert goods[1].entries.select("good", "line", "unit").rows() == [("lorry", None, "piece")]


def test_the_line_of_a_budget_is_ours_where_we_have_it() -> None:
    documents = [read(Document(f"N/{name}.csv", text.encode(), "NORLAND")) for name, text in TABLES.items()]
    whole = joined([*documents, read(Document("N/p.json", PACKAGE, "NORLAND"))])
    assert whole[3].entries.select("reference", "line", "package", "party").rows() == [
        ("CO-1", "N-1/1", "N-1", "NORLAND")
    ]


def test_a_package_without_a_version_is_one_of_1_0_and_that_is_told() -> None:
    assert codes(changed(lambda package: package.pop("version"))) == ["ocds-version-old"]
    assert codes(changed(lambda package: package.update(version="2.0"))) == ["ocds-version-unknown"]


@pytest.mark.real_data
def test_the_official_record_of_1_0_is_read_with_one_finding(real_data: Path) -> None:
    """Its linked releases are not at hand: what it compiled is read."""
    path = real_data / "ocds" / "samples" / "ocds-213czf-000-00001.json"
    reading = read(Document(path.name, path.read_bytes()))
    assert codes(reading) == ["ocds-version-old"]
    (row,) = reading.tables["contracts"].to_dicts()
    assert (row["contract"], row["amount"], row["currency"]) == (
        "ocds-213czf-000-00001-contract-01",
        1_100_000_000,
        "GBP",
    )
    assert reading.tables["ocds_items"].select("code", "quantity", "unit").rows() == [
        ("CPV:45233130", 8, "Miles")
    ]


def test_what_holds_no_release_is_refused() -> None:
    reading = of(b'{"ocid": "x", "tag": 3, "releases": {}}'.replace(b'"tag": 3, ', b'"records": 1, '))
    assert reading.refused
    assert codes(reading) == ["ocds-no-releases"]


def valued(contract: object, award: object = None, price: object = None, *, contracts: int = 1) -> Reading:
    """One process with contracts of one award, each with a value, and an item with a price."""
    items = [{"id": "1", "quantity": 60, "unit": {"value": price} if price else {}}]
    release = {
        "ocid": "ocds-1-P",
        "id": "r1",
        "date": "2031-01-10T00:00:00Z",
        "tag": ["contract"],
        "initiationType": "tender",
        "awards": [{"id": "A", "date": "2031-01-09T00:00:00Z", **({"value": award} if award else {})}],
        "contracts": [
            {"id": f"C{n}", "awardID": "A", "dateSigned": "2031-01-10", "value": contract, "items": items}
            for n in range(contracts)
        ],
    }
    package = {"version": "1.1", "uri": "https://example.org/p", "releases": [release]}
    return of(json.dumps(package).encode())


def euro(amount: float, **more: object) -> dict[str, object]:
    return {"amount": amount, "currency": "EUR", **more}


@pytest.mark.parametrize(
    ("contract", "award", "price", "amount"),
    [
        (euro(0), euro(500), None, 50_000),
        (euro(0), None, euro(5), None),
        (euro(0, amountNet=120), None, None, None),
    ],
)
def test_a_value_of_zero_beside_positive_values_of_the_same_is_not_given(
    contract: object, award: object, price: object, amount: int | None
) -> None:
    reading = valued(contract, award, price)
    assert [row["amount"] for row in reading.tables["contracts"].to_dicts()] == [amount]
    assert codes(reading) == ["amount-zero-converted"]


def test_a_value_of_zero_alone_is_zero() -> None:
    for award, price in ((None, None), (euro(0), euro(0))):
        reading = valued(euro(0), award, price)
        assert reading.tables["contracts"]["amount"].to_list() == [0]
        assert codes(reading) == []


def test_an_award_of_several_contracts_tells_nothing_of_one_of_zero() -> None:
    reading = valued(euro(0), euro(500), contracts=2)
    assert reading.tables["contracts"]["amount"].to_list() == [0, 0]
    assert codes(reading) == []
