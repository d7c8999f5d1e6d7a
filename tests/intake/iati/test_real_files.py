"""The real files of five publishers and the official schema tests are read as they are."""

import io
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from konvoi.intake.formats.iati import IATI_ACTIVITIES
from konvoi.intake.formats.iati_organisations import IATI_ORGANISATIONS
from konvoi.model.document import Document, Reading
from konvoi.model.finding import CONFORMANCE, Severity

pytestmark = pytest.mark.real_data

SAMPLES = Path(__file__).parents[1] / "formats" / "samples" / "iati"
FILES = (
    "acfspain-co",
    "acfspain-ph",
    "iati-activities-am-armenia",
    "usaid-bo",
    "who-arg",
    "worldbank-679",
    "worldbank-sv",
)


def content(folder: Path, name: str) -> bytes:
    return (folder / "iati" / "activities" / f"{name}.xml").read_bytes()


@cache
def reading(folder: Path, name: str) -> Reading:
    document = Document(f"{name}.xml", content(folder, name))
    assert IATI_ACTIVITIES.recognises(document)
    return IATI_ACTIVITIES.read(document)


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("name", FILES)
def test_every_transaction_of_every_type_is_read(real_data: Path, name: str) -> None:
    tree = etree.fromstring(content(real_data, name))
    found = tree.xpath("/iati-activities/iati-activity/transaction/transaction-type/@code")
    assert isinstance(found, list)
    facts = reading(real_data, name).tables["iati_transactions"]
    assert Counter(facts["type"].to_list()) == Counter(str(code) for code in found)
    assert reading(real_data, name).entries.height == len(found)
    assert reading(real_data, name).entries["entry"].is_unique().all()


@pytest.mark.parametrize("name", FILES)
def test_sums_by_type_are_those_of_the_file(real_data: Path, name: str) -> None:
    """Real values have at most ten decimals, and are rounded one by one: at most half a cent each."""
    tree = etree.fromstring(content(real_data, name))
    entries = reading(real_data, name).entries.join(
        reading(real_data, name).tables["iati_transactions"].select("entry", "type"), on="entry"
    )
    for kind in entries["type"].unique().sort():
        total = tree.xpath(f"sum(//transaction[transaction-type/@code='{kind}']/value)")
        assert isinstance(total, float)
        ours = entries.filter(type=kind)
        assert ours["amount_minor"].null_count() == 0
        assert abs(int(ours["amount_minor"].sum()) - total * 100) <= ours.height / 2 + abs(total) * 1e-9


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("table", "path"),
    [
        ("iati_activities", "iati-activity"),
        ("iati_organisations", "iati-activity/participating-org"),
        ("iati_plans", "iati-activity/budget|/iati-activities/iati-activity/planned-disbursement"),
    ],
)
def test_activities_organisations_and_plans_are_all_kept(
    real_data: Path, name: str, table: str, path: str
) -> None:
    count = etree.fromstring(content(real_data, name)).xpath(f"count(/iati-activities/{path})")
    assert reading(real_data, name).tables[table].height == count


def test_lines_of_the_file_are_those_of_its_transactions(real_data: Path) -> None:
    name = "iati-activities-am-armenia"
    lines = content(real_data, name).split(b"\n")
    rows = reading(real_data, name).entries["row"]
    assert all(b"<transaction" in lines[row - 1] for row in rows)
    # A parser that counts lines in sixteen bits would stop here.
    assert len({row for row in rows if row > 65_535}) > 1000


def test_what_the_real_files_have_wrong_is_told(real_data: Path) -> None:
    found = [one for name in FILES for one in reading(real_data, name).findings]
    assert Counter((f.code, f.severity) for f in found if f.code not in CONFORMANCE) == {
        ("iati-reference-organisation", Severity.NOTE): 29,
        ("amounts-rounded", Severity.NOTE): 1,
        ("iati-transaction-twin", Severity.NOTE): 1,
        ("iati-no-transactions", Severity.NOTE): 2,
    }
    assert {f.code for f in found if f.code in CONFORMANCE} == {"iati-rule"}
    errors = {f.values["rule"] for f in found if f.code == "iati-rule" and f.severity == Severity.ERROR}
    assert errors == {"2.1.2", "2.2.1", "8.8.1", "8.9.1", "8.10.1", "11.1.5", "12.3.1"}


def test_an_organisation_s_code_in_the_place_of_an_activity_s_links_nothing(real_data: Path) -> None:
    assert reading(real_data, "usaid-bo").relations.is_empty()


def schema_tests(folder: Path, kind: str) -> list[Path]:
    """The official schema tests that are files of activities."""
    found = sorted((folder / "iati" / "schema-tests").rglob("*.xml"))
    return [path for path in found if kind in path.parts and b"<iati-activities" in path.read_bytes()]


def test_what_should_pass_the_schema_has_nothing_that_the_schema_forbids(real_data: Path) -> None:
    paths = schema_tests(real_data, "should-pass")
    assert len(paths) == 107
    for path in paths:
        found = IATI_ACTIVITIES.read(Document(path.name, path.read_bytes()))
        assert (found.refused, [f for f in found.findings if f.code == "iati-schema"]) == (False, []), path


def test_what_should_fail_the_schema_is_told_with_place_and_remedy(real_data: Path) -> None:
    paths = schema_tests(real_data, "should-fail")
    assert len(paths) == 162
    for path in paths:
        found = IATI_ACTIVITIES.read(Document(path.name, path.read_bytes()))
        told = [f for f in found.findings if f.code == "iati-schema"]
        assert told, path
        assert all(f.severity == Severity.ERROR and f.place.row and f.expected and f.remedy for f in told)


@pytest.mark.parametrize(("kind", "number", "fails"), [("should-pass", 9, False), ("should-fail", 62, True)])
def test_organisation_files_are_judged_alike(real_data: Path, kind: str, number: int, fails: bool) -> None:
    found = sorted((real_data / "iati" / "schema-tests").rglob("*.xml"))
    paths = [one for one in found if kind in one.parts and b"<iati-organisations" in one.read_bytes()]
    assert len(paths) == number
    for path in paths:
        made = IATI_ORGANISATIONS.read(Document(path.name, path.read_bytes()))
        assert not made.refused, path
        assert any(f.code == "iati-schema" for f in made.findings) == fails, path


def test_our_sample_of_a_chain_is_valid(real_data: Path) -> None:
    schema = etree.XMLSchema(etree.parse(str(real_data / "iati" / "schemas" / "iati-activities-schema.xsd")))
    assert schema.validate(etree.parse(io.BytesIO((SAMPLES / "chain.xml").read_bytes()))), schema.error_log
