"""An IATI file becomes entries, plans, conditions and links, and what is wrong with it is told."""

import json
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.intake.formats.iati import IATI_ACTIVITIES
from konvoi.intake.iati.transaction import TYPES
from konvoi.model.document import Document, Reading
from konvoi.model.entries import ENTRIES, RELATIONS, SCOPES
from konvoi.model.finding import CONFORMANCE, Severity

SAMPLES = Path(__file__).parent / "samples" / "iati"
CHAIN = (SAMPLES / "chain.xml").read_bytes()


def read(content: bytes = CHAIN) -> Reading:
    return IATI_ACTIVITIES.read(Document("chain.xml", content))


def activity(inside: str = "", attributes: str = 'default-currency="EUR"', version: str = "2.03") -> Reading:
    """A file of one activity A-1 of XX-VER-9 with further elements."""
    return read(
        f'<iati-activities version="{version}"><iati-activity {attributes}>'
        "<iati-identifier>A-1</iati-identifier>"
        '<reporting-org ref="XX-VER-9" type="22"><narrative>Verein Muster</narrative></reporting-org>'
        f"{inside}</iati-activity></iati-activities>".encode()
    )


def transaction(inside: str = "", kind: str = "3", attributes: str = "") -> str:
    return (
        f'<transaction {attributes}><transaction-type code="{kind}"/>'
        f'<transaction-date iso-date="2031-02-01"/><value>10</value>{inside}</transaction>'
    )


def entry(reading: Reading) -> dict[str, object]:
    return reading.entries.row(0, named=True)


def codes(reading: Reading) -> Counter[str]:
    """How often each code is there, without departures from the standard: samples here are not complete."""
    return Counter(finding.code for finding in reading.findings if finding.code not in CONFORMANCE)


def expected(reading: Reading) -> str:
    """What was read, as text to compare with the file beside the sample."""
    entries = reading.entries.drop("entry").sort("row")
    lines = [
        json.dumps({k: v for k, v in row.items() if v is not None}, default=str) for row in entries.to_dicts()
    ]
    for name in sorted(reading.tables):
        rows = reading.tables[name].drop("_file", "entry", strict=False).rows()
        lines += [f"{name}: " + " | ".join("" if v is None else str(v) for v in row) for row in rows]
    lines += [f"{f.severity} {f.code} {f.place.sheet} {f.place.row} {f.read}" for f in reading.findings]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", ["chain", "faults"])
def test_each_sample_gives_what_is_written_beside_it(name: str) -> None:
    content = (SAMPLES / f"{name}.xml").read_bytes()
    assert expected(read(content)) == (SAMPLES / f"{name}.expected").read_text(encoding="utf-8")


def test_tables_have_their_schemas() -> None:
    reading = read()
    assert reading.entries.schema == ENTRIES
    assert reading.scopes.schema == SCOPES
    assert reading.relations.schema == RELATIONS


@pytest.mark.parametrize(
    ("kind", "stage", "variant"),
    [
        ("1", "disbursed", "iati-receiver"),
        ("2", "committed", "iati"),
        ("3", "disbursed", "iati"),
        ("4", "disbursed", "iati"),
        ("5", None, "iati"),
        ("6", None, "iati"),
        ("7", None, "iati"),
        ("8", None, "iati"),
        ("9", None, "iati"),
        ("10", None, "iati"),
        ("11", "committed", "iati-receiver"),
        ("12", "pledged", "iati"),
        ("13", "pledged", "iati-receiver"),
    ],
)
def test_each_type_has_its_stage_and_its_view(kind: str, stage: str | None, variant: str) -> None:
    found = entry(activity(transaction(kind=kind)))
    assert (found["stage"], found["variant"]) == (stage, variant)
    assert set(TYPES) == {str(number) for number in range(1, 14)}


def test_the_reporter_gives_what_he_tells_as_giver_and_gets_what_he_tells_as_receiver() -> None:
    funder = '<participating-org ref="XX-MUS-1" role="1"/>'
    given, got = (entry(activity(funder + transaction(kind=kind))) for kind in ("3", "1"))
    assert (given["party"], given["counterparty"]) == ("iati-org:XX-VER-9", None)
    assert (got["party"], got["counterparty"]) == ("iati-org:XX-MUS-1", "iati-org:XX-VER-9")


def test_all_transactions_of_an_activity_are_one_package_under_its_reference() -> None:
    rows = activity(transaction(kind="2") + transaction(kind="3", attributes='ref="T"')).entries
    assert rows.select("package", "line", "reference", "source").unique().rows() == [
        ("A-1", None, "iati:A-1", "iati:XX-VER-9")
    ]


@pytest.mark.parametrize(
    ("value", "minor", "currency"),
    [
        ('<value currency="JPY" value-date="2031-02-01">1500</value>', 1500, "JPY"),
        ("<value> 12.5 </value>", 1250, "EUR"),
        ("<value>-3</value>", -300, "EUR"),
        ("<value>1,5</value>", None, "EUR"),
        ("<value/>", None, "EUR"),
        ('<value currency="">7</value>', 700, "EUR"),
        ('<value currency="QQQ">7</value>', None, None),
    ],
)
def test_a_value_is_exact_in_its_currency_or_unknown(
    value: str, minor: int | None, currency: str | None
) -> None:
    reading = activity(f'<transaction><transaction-type code="3"/>{value}</transaction>')
    assert (entry(reading)["amount_minor"], entry(reading)["currency"]) == (minor, currency)
    assert (minor is None) == bool({"iati-value-missing", "currency-unknown"} & set(codes(reading)))


def test_without_any_currency_a_sum_is_not_used() -> None:
    reading = activity(transaction(), attributes="")
    assert entry(reading)["amount_minor"] is None
    assert codes(reading)["iati-currency-missing"] == 1


def test_a_transaction_keeps_its_id_when_it_moves_and_changes_it_when_it_says_another_thing() -> None:
    first, second = transaction(kind="2"), transaction(kind="3")
    moved = set(activity(first + second).entries["entry"]) == set(activity(second + first).entries["entry"])
    assert moved
    assert entry(activity(first))["entry"] != entry(activity(second))["entry"]


def test_two_transactions_that_say_the_same_are_two_and_told_of() -> None:
    reading = activity(transaction() * 3)
    assert reading.entries["entry"].n_unique() == 3
    assert [f.values for f in reading.findings if f.code == "iati-transaction-twin"] == [{"count": "2"}]


def test_an_activity_twice_in_a_file_counts_once_and_is_told_of() -> None:
    first = CHAIN.replace(b"</iati-activities>", b"")
    second = CHAIN[CHAIN.index(b"<iati-activity ") :]
    reading = read(first + second)
    assert reading.entries.equals(read().entries)
    assert codes(reading)["iati-activity-twice"] == 3


def test_money_passes_from_the_provider_s_activity_to_the_receiver_s() -> None:
    links = read().relations.filter(relation="passes_through").select("left", "right", "subtype", "basis")
    named = sorted((left[:18], right[:18], *rest) for left, right, *rest in links.rows())
    assert named == [
        ("iati:XX-MUS-1-PROG", "iati:XX-AGE-7-HEAT", "provider-activity-id", "reference"),
        ("iati:XX-MUS-1-PROG", "iati:XX-AGE-7-HEAT", "receiver-activity-id", "reference"),
        ("iati:XX-MUS-1-PROG", "iati:XX-AGE-7-HEAT", "receiver-activity-id", "reference"),
    ]


def test_both_activities_of_a_flow_stand_in_its_scopes() -> None:
    scopes = read().scopes.filter(dimension="activity")
    assert scopes.group_by("side", "value").len().sort("side").rows() == [
        ("destination", "XX-AGE-7-HEAT", 3),
        ("source", "XX-MUS-1-PROG", 3),
    ]


def test_a_child_activity_is_part_of_its_parent_whichever_of_them_tells() -> None:
    links = read().relations.filter(relation="part_of").select("left", "right", "subtype").rows()
    assert links == [
        ("iati:XX-MUS-1-PIPES", "iati:XX-MUS-1-PROG", "iati-parent"),
        ("iati:XX-MUS-1-PROG", "iati:XX-MUS-1-ROOF", "iati-parent"),
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("A-1", "iati-reference-itself"),
        ("XX-MUS-1", "iati-reference-organisation"),
        ("XX-VER-9", "iati-reference-organisation"),
        ("44000", "iati-reference-organisation"),
        ("XM-DAC-47083", "iati-reference-organisation"),
        ("US-EIN-13-1623838", "iati-reference-organisation"),
    ],
)
def test_what_is_no_other_activity_is_a_note_and_no_link(name: str, code: str) -> None:
    ref = name if name == "44000" else "XX-MUS-1"
    receiver = f'<receiver-org ref="{ref}" receiver-activity-id="{name}"/>'
    for reading in (
        activity(transaction(receiver)),
        activity(f'<participating-org ref="{ref}"/><related-activity type="1" ref="{name}"/>'),
    ):
        assert reading.relations.is_empty()
        beside = CONFORMANCE | {"iati-no-transactions"}
        told = [(f.code, f.severity, f.read) for f in reading.findings if f.code not in beside]
        assert told == [(code, Severity.NOTE, name)]


def test_naming_the_own_activity_on_the_own_side_is_as_it_should_be() -> None:
    assert codes(activity(transaction('<provider-org provider-activity-id="A-1"/>'))) == {}
    assert codes(activity(transaction('<receiver-org receiver-activity-id="A-1"/>', kind="1"))) == {}


def test_what_a_secondary_reporter_tells_stands_apart() -> None:
    reading = read().entries.filter(package="XX-VER-9-SHOES")
    assert reading["variant"].to_list() == ["iati-secondary"]


@pytest.mark.parametrize(
    ("inside", "attributes", "kind"),
    [
        ("", 'humanitarian="1"', "humanitarian"),
        ('<sector code="23110"/>', "", "energy"),
        ('<sector code="73010" vocabulary="1"/>', "", "reconstruction"),
        ('<sector code="23110"/><sector code="72010"/>', "", None),
        ('<sector code="23110" vocabulary="99"/>', "", None),
        ('<sector code="11220"/>', "", None),
        ("", "", None),
    ],
)
def test_flags_and_sectors_say_the_kind_and_nothing_is_guessed(
    inside: str, attributes: str, kind: str | None
) -> None:
    assert entry(activity(transaction(inside, attributes=attributes)))["kind"] == kind


def test_places_of_the_transaction_go_before_those_of_the_activity() -> None:
    inside = '<recipient-country code="MD"/>'
    own, inherited = (
        activity(inside + transaction(one)).scopes.filter(dimension="country")["value"].to_list()
        for one in ('<recipient-country code="ua"/>', "")
    )
    assert (own, inherited) == (["UKR"], ["MDA"])


def test_governments_and_donor_codes_are_states() -> None:
    parties = [
        entry(activity(transaction(f'<provider-org ref="{ref}" type="{kind}"/>')))["party"]
        for ref, kind in [
            ("DE-1", "10"),
            ("US-GOV-1", "10"),
            ("XM-DAC-701-2", ""),
            ("GB-CHC-1", "21"),
            ("GB-1", "21"),
        ]
    ]
    assert parties == ["DE", "US", "JP", "iati-org:GB-CHC-1", "iati-org:GB-1"]


def test_every_finding_names_path_and_line() -> None:
    reading = read((SAMPLES / "faults.xml").read_bytes())
    assert all(f.place.sheet and f.place.row and f.remedy for f in reading.findings)
    place = next(f.place for f in reading.findings if f.code == "iati-type-unknown")
    assert (place.sheet, place.row) == ("iati-activity[1]/transaction[1]", 8)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "xml-broken"),
        (CHAIN[:3000], "xml-broken"),
        (b"<iati-activities version='2.03'>&x;</iati-activities>", "xml-broken"),
        (b"<?xml version='1.0' encoding='none'?><iati-activities version='2.03'/>", "xml-broken"),
        (b"<!DOCTYPE iati-activities><iati-activities version='2.03'/>", "xml-doctype"),
        (
            b"<!DOCTYPE a [<!ENTITY x 'y'>]><iati-activities version='2.03'>&x;</iati-activities>",
            "xml-doctype",
        ),
        (b"<!DOCTYPE a SYSTEM 'http://x.invalid/a.dtd'><iati-activities version='2.03'/>", "xml-doctype"),
        (b"<iati-organisations version='2.03'/>", "iati-root"),
        (b"<iati-activities version='1.05'/>", "iati-version-old"),
        (
            b"<iati-activities version='2.03'>" + b"<a>" * 200 + b"</a>" * 200 + b"</iati-activities>",
            "xml-too-deep",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(content: bytes, code: str) -> None:
    reading = read(content)
    assert reading.refused
    assert reading.entries.is_empty()
    assert codes(reading) == {code: 1}
    assert reading.findings[0].remedy


def test_elements_may_be_nested_two_hundred_deep() -> None:
    content = b"<iati-activities version='2.03'>" + b"<a>" * 199 + b"</a>" * 199 + b"</iati-activities>"
    assert not read(content).refused


@pytest.mark.parametrize(("version", "told"), [("2.01", 0), ("2.02", 0), ("2.03", 0), ("2.04", 1), ("", 1)])
def test_a_version_that_is_not_known_is_read_and_told_of(version: str, told: int) -> None:
    reading = activity(transaction(), version=version)
    assert reading.entries.height == 1
    assert codes(reading)["iati-version-unknown"] == told


def test_files_of_activities_are_recognised_in_any_encoding_and_no_others() -> None:
    wide = CHAIN.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert IATI_ACTIVITIES.recognises(Document("a.xml", CHAIN))
    assert IATI_ACTIVITIES.recognises(Document("a.xml", wide))
    assert read(wide).entries["entry"].equals(read().entries["entry"])
    assert not IATI_ACTIVITIES.recognises(Document("a.xml", b"<iati-organisations/>"))
    assert not IATI_ACTIVITIES.recognises(Document("a.csv", b"a,<iati-activities"))


def test_reading_twice_gives_the_same() -> None:
    assert read().entries.equals(read().entries)
    assert read().findings == read().findings
    assert all(read().tables[name].equals(table) for name, table in read().tables.items())


@given(st.integers(0, len(CHAIN)), st.binary(max_size=20))
def test_a_damaged_file_never_raises(at: int, harm: bytes) -> None:
    read(CHAIN[:at] + harm + CHAIN[at:])


@given(st.data())
def test_any_text_in_any_attribute_is_told_of_and_never_raises(data: st.DataObject) -> None:
    values = [part for part in CHAIN.decode().split('"')[1::2] if part not in ("1.0", "UTF-8", "2.03")]
    value = data.draw(st.sampled_from(sorted(set(values))))
    text = data.draw(st.text(st.characters(exclude_characters='<>&"', exclude_categories=["Cc", "Cs"])))
    reading = read(CHAIN.decode().replace(f'"{value}"', f'"{text}"').encode())
    assert reading.refused or reading.entries.height == read().entries.height
    assert reading.refused or pl.Series(reading.entries["entry"]).is_unique().all()


def test_a_file_without_transactions_is_told_of_once() -> None:
    notes = [one for one in activity().findings if one.code == "iati-no-transactions"]
    assert [(one.severity, one.read) for one in notes] == [(Severity.NOTE, "0")]
    assert "iati-no-transactions" not in {one.code for one in activity(transaction()).findings}
