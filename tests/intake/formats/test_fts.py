"""A page of FTS flows becomes entries, scopes, relations and claims, and what is wrong with it is told."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.intake.formats.fts import FTS_FLOWS
from konvoi.model.boundary import parsed, sides
from konvoi.model.document import Document, Reading
from konvoi.model.entries import CLAIMS, ENTRIES, RELATIONS, SCOPES

SAMPLES = Path(__file__).parent / "samples" / "fts"
PAGE = (SAMPLES / "page.json").read_bytes()


def read(content: bytes = PAGE, name: str = "page.json") -> Reading:
    return FTS_FLOWS.read(Document(name, content))


def changed(**values: object) -> Reading:
    """The first flow of the sample alone, with other values."""
    page = json.loads(PAGE)
    page["data"]["flows"] = [page["data"]["flows"][0] | values]
    return read(json.dumps(page).encode())


def codes(reading: Reading) -> Counter[str]:
    return Counter(finding.code for finding in reading.findings)


def by_flow(reading: Reading, flow: str) -> dict[str, object]:
    return reading.entries.filter(pl.col("package") == flow).row(0, named=True)


def expected(reading: Reading) -> str:
    """What was read, as text to compare with the file beside the sample."""
    entries = reading.entries.drop("entry").sort("row")
    lines = [
        json.dumps({k: v for k, v in row.items() if v is not None}, default=str) for row in entries.to_dicts()
    ]
    lines += [" | ".join(map(str, row)) for row in reading.claims.drop("claim").rows()]
    lines += [f"{f.severity} {f.code} {f.place.row} {f.place.column} {f.read}" for f in reading.findings]
    return "\n".join([f"boundary {reading.boundary}", *lines]) + "\n"


def test_the_sample_gives_what_is_written_beside_it() -> None:
    assert expected(read()) == (SAMPLES / "page.expected").read_text(encoding="utf-8")


def test_tables_have_their_schemas() -> None:
    reading = read()
    assert reading.entries.schema == ENTRIES
    assert reading.scopes.schema == SCOPES
    assert reading.relations.schema == RELATIONS
    assert reading.claims.schema == CLAIMS


def test_a_flow_is_one_entry_at_the_one_stage_that_its_status_says() -> None:
    assert [by_flow(read(), flow)["stage"] for flow in "123"] == ["disbursed", "committed", "pledged"]


def test_the_original_amount_is_the_amount_and_the_dollars_stand_beside_it() -> None:
    entry = by_flow(read(), "1")
    assert (entry["amount_minor"], entry["currency"]) == (100_00, "EUR")
    assert (entry["stated_minor"], entry["stated_currency"]) == (110_00, "USD")


def test_without_an_original_amount_the_dollars_are_the_amount() -> None:
    entry = by_flow(read(), "2")
    assert (entry["amount_minor"], entry["currency"], entry["stated_minor"]) == (200_00, "USD", 200_00)


def test_an_original_amount_of_zero_beside_positive_dollars_is_not_given() -> None:
    reading = changed(originalAmount=0)
    entry = by_flow(reading, "1")
    assert (entry["amount_minor"], entry["currency"], entry["stated_minor"]) == (110_00, "USD", 110_00)
    finding = next(one for one in reading.findings if one.code == "amount-zero-converted")
    assert (finding.place.row, finding.place.column, finding.read) == (1, "originalAmount", "EUR 0, USD 110")


@pytest.mark.parametrize("values", [{"originalAmount": 0, "amountUSD": 0}, {"originalAmount": 100}])
def test_an_amount_of_zero_in_both_currencies_is_zero(values: dict[str, object]) -> None:
    reading = changed(**values)
    assert by_flow(reading, "1")["amount_minor"] == values["originalAmount"] * 100  # type: ignore[operator]
    assert codes(reading)["amount-zero-converted"] == 0


def test_a_government_is_its_state_and_any_other_party_keeps_its_fts_number() -> None:
    reading = changed(
        sourceObjects=[{"type": "Organization", "id": "5", "name": "Switzerland, Government of"}]
    )
    assert by_flow(reading, "1")["party"] == "CH"
    assert by_flow(reading, "1")["counterparty"] == "fts-org:9103"
    assert reading.tables["parties"].select("party", "name").rows() == [("fts-org:9103", "Verein Muster")]


def test_what_stands_in_brackets_behind_a_state_s_name_is_not_part_of_it() -> None:
    kingdom = {"type": "Organization", "id": "2998", "name": "Saudi Arabia (Kingdom of), Government of"}
    assert by_flow(changed(sourceObjects=[kingdom]), "1")["party"] == "SA"


def test_the_boundary_is_the_place_and_year_that_most_destinations_share() -> None:
    assert read().boundary == "country:XBS,year:2031"


def test_between_equals_the_name_of_the_file_decides_and_else_nothing_is_guessed() -> None:
    page = json.loads(PAGE)
    page["data"]["flows"] = [page["data"]["flows"][4]]
    content = json.dumps(page).encode()
    assert read(content).boundary == ""
    assert "fts-boundary-unclear" in codes(read(content))
    assert read(content, "custom-search-locationid-9003-year-2031.json").boundary == "country:XPR,year:2031"


def test_a_page_whose_sides_do_not_follow_from_places_and_years_states_no_boundary() -> None:
    assert changed(boundary="outgoing").boundary == ""
    assert changed(boundary="internal").boundary == ""


def test_a_side_that_the_page_states_otherwise_is_told_of_and_the_pages_word_counts() -> None:
    reading = read()
    finding = next(f for f in reading.findings if f.code == "fts-side-differs")
    assert (finding.read, finding.values["side"], finding.place.row) == ("incoming", "internal", 8)
    row = sides(reading.scopes, parsed(reading.boundary)).filter(
        pl.col("entry").str.starts_with("fts-flow:8:")
    )
    assert row.select("side", "recomputed").row(0) == ("incoming", "internal")


def test_a_shared_flow_is_shared_by_its_places() -> None:
    reading = read()
    shared = sides(reading.scopes, parsed(reading.boundary)).filter("shared")["entry"].to_list()
    assert [name.split(":")[1] for name in shared] == ["5"]
    assert codes(changed(onBoundary="shared"))["fts-shared-differs"] == 1


def test_a_child_is_part_of_its_parent_and_an_absent_one_is_named_by_its_reference() -> None:
    rows = read().relations.select("left", "right", "relation", "subtype", "status").rows()
    named = [(left[:11], right[:11], *rest) for left, right, *rest in rows]
    assert named == [
        ("fts-flow:7:", "fts-flow:6:", "part_of", "fts-parent", "accepted"),
        ("fts-flow:99", "fts-flow:6:", "part_of", "fts-parent", "accepted"),
    ]


def test_a_later_version_of_a_flow_restates_the_earlier() -> None:
    page = json.loads(PAGE)
    first = page["data"]["flows"][0]
    later = {"versionId": 10, "amountUSD": 5, "updatedAt": "2031-02-04T09:00:00.000Z"}
    page["data"]["flows"] = [first | later, first | {"versionId": 9}]
    reading = read(json.dumps(page).encode())
    left, right = reading.relations.select("left", "right").row(0)
    stated = dict(reading.entries.select("entry", "stated_minor").iter_rows())
    assert (stated[left], stated[right]) == (5_00, 110_00)
    assert reading.relations["relation"].to_list() == ["restates"]


def test_of_versions_that_became_known_on_one_day_the_last_alone_is_an_entry() -> None:
    page = json.loads(PAGE)
    first = page["data"]["flows"][0]
    versions = [first | {"versionId": n, "amountUSD": n} for n in (9, 11, 10)]
    page["data"]["flows"] = versions
    reading = read(json.dumps(page).encode())
    assert reading.entries["stated_minor"].to_list() == [11_00]
    assert (codes(reading)["fts-flow-twice"], reading.relations.height) == (3, 0)


def test_a_flow_twice_on_a_page_is_one_entry() -> None:
    assert read().entries.filter(pl.col("package") == "2").height == 1
    assert codes(read())["fts-flow-twice"] == 1


def test_several_reports_of_a_flow_are_facts_and_no_more_money() -> None:
    reports = read().tables["fts_reports"].filter(pl.col("entry").str.starts_with("fts-flow:4:"))
    assert reports["organisation"].to_list() == ["Hilfsfonds Beispielland", "Verein Muster"]


def test_what_is_missing_is_unknown_and_told_of() -> None:
    entry = by_flow(read(), "11")
    assert [entry[name] for name in ("stage", "amount_minor", "day_from", "party")] == [None] * 4
    told = {f.code for f in read().findings if f.place.row == 11}
    assert told == {
        "fts-status-unknown",
        "fts-amount-missing",
        "fts-day-missing",
        "fts-party-missing",
        "currency-unknown",
    }


def test_the_same_flow_is_the_same_entry_on_a_page_of_another_search() -> None:
    assert changed().entries["entry"].equals(changed(onBoundary="shared").entries["entry"])
    assert not changed().entries["entry"].equals(changed(amountUSD=1).entries["entry"])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "json-broken"),
        (b"{", "json-broken"),
        (b"\xff\xfe\xff", "json-broken"),
        (b"[]", "fts-no-flows"),
        (b'{"data": {"flows": 1}}', "fts-no-flows"),
        (b'{"data": NaN}', "json-broken"),
        (b'{"data": ' + b"9" * 4301 + b"}", "json-number-too-long"),
        (b'{"data": 1e99999999999999999999}', "json-number-too-long"),
        (b"[" * 101 + b"]" * 101, "json-too-deep"),
        (b"[" * 200_000 + b"]" * 200_000, "json-too-deep"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(content: bytes, code: str) -> None:
    reading = read(content)
    assert reading.refused
    assert codes(reading) == {code: 1}


@pytest.mark.parametrize("amount", ["1e400", -(10**30), 2**63, True, [1], None, "1.000,00", "\ud800"])
def test_an_amount_that_is_none_leaves_the_entry_without_one(amount: object) -> None:
    reading = changed(amountUSD=amount)
    assert by_flow(reading, "1")["stated_minor"] is None
    assert codes(reading)["fts-amount-missing"] == 1


def test_half_characters_do_no_harm() -> None:
    assert by_flow(changed(description="a\ud800b"), "1")["text"] == "a?b"


def test_only_pages_of_flows_are_recognised() -> None:
    assert FTS_FLOWS.recognises(Document("page.json", PAGE))
    assert not FTS_FLOWS.recognises(Document("page.json", b'{"data": {"report3": {}}}'))
    assert not FTS_FLOWS.recognises(Document("page.csv", b"flows,amountUSD"))


@given(st.data())
def test_any_value_anywhere_in_a_flow_is_told_of_and_never_raises(data: st.DataObject) -> None:
    strange = st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | st.just("\ud800"),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
        max_leaves=4,
    )
    names = sorted(json.loads(PAGE)["data"]["flows"][0])
    name = data.draw(st.sampled_from(names))
    value = data.draw(
        strange | strange.map(lambda inner: [inner, {"type": inner, "name": inner, "id": inner}])
    )
    reading = changed(**{name: value})
    assert reading.entries.height == (0 if "fts-flow-unreadable" in codes(reading) else 1)


@given(st.integers(0, len(PAGE)), st.binary(max_size=20))
def test_a_damaged_page_never_raises(at: int, harm: bytes) -> None:
    read(PAGE[:at] + harm + PAGE[at:])
    read(PAGE[:at] + harm)


def test_rounding_is_told_with_its_sum() -> None:
    finding = next(f for f in read().findings if f.code == "amounts-rounded")
    assert Decimal(finding.read) == Decimal("0.005")
    assert by_flow(read(), "12")["stated_minor"] == 12_34


def test_reading_twice_gives_the_same() -> None:
    assert read().entries.equals(read().entries)
    assert read().findings == read().findings
