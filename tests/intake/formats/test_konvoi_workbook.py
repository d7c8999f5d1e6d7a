"""The Konvoi workbook: what it says becomes entries, and each fault is told at its cell."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from konvoi.intake.formats.konvoi_workbook import KONVOI_WORKBOOK
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

Maker = Callable[[dict[str, list[list[object]]]], bytes]
SAMPLES = Path(__file__).parent / "samples" / "konvoi_workbook"


def sample(name: str) -> Reading:
    return read(Document(f"{name}.xlsx", (SAMPLES / f"{name}.xlsx").read_bytes()))


def expected(reading: Reading) -> str:
    """Entries, relations and findings, one to a line, without what is empty."""
    rows = [*reading.entries.iter_rows(named=True), *reading.relations.iter_rows(named=True)]
    full = [{name: str(value) for name, value in row.items() if value is not None} for row in rows]
    told = [{k: str(v) for k, v in finding.as_dict().items() if v} for finding in reading.findings]
    lines = [*full, *told, dict(reading.facts)]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


@pytest.mark.parametrize("name", ["norland", "faults"])
def test_a_sample_is_read_as_expected(name: str) -> None:
    assert expected(sample(name)) == (SAMPLES / f"{name}.expected").read_text(encoding="utf-8")


def test_each_stage_of_a_line_is_an_entry_with_its_cell() -> None:
    entries = sample("norland").entries
    line = entries.filter(line="N-1-a").sort("day_from", "stage")
    assert line.select("stage", "quantity", "sheet", "row", "column").rows() == [
        ("committed", 40, "Zeilen", 2, "quantity"),
        ("dispatched", 25, "Bewegungen", 2, "quantity"),
        ("at hub", 25, "Bewegungen", 3, "quantity"),
        ("received", 24, "Empfangsscheine", 2, "received"),
    ]
    assert set(line["party"]) == {"NORLAND"}
    assert set(line["counterparty"]) == {"SUDERIA"}
    assert set(entries["source"]) == {"NORLAND"}
    assert set(entries["variant"]) == {"konvoi"}
    assert set(entries["marking"]) == {"coalition"}


def test_an_unknown_quantity_stays_unknown() -> None:
    entries = sample("norland").entries.filter(line="N-1-b", stage="committed")
    assert entries["quantity"].to_list() == [None]


def test_a_month_is_a_span_in_the_entry() -> None:
    package = sample("norland").entries.filter(reference="N-2")
    assert package.select("day_from", "day_to").rows() == [(date(2031, 2, 1), date(2031, 2, 28))]


def test_only_a_contract_in_force_counts() -> None:
    reading = sample("norland")
    assert reading.entries.filter(stage="contracted")["reference"].to_list() == ["C-7"]
    assert [one.code for one in reading.findings if one.code.startswith("contract")] == [
        "contract-not-in-force"
    ]


def test_ids_do_not_depend_on_rows_file_names_or_the_order_of_sheets(workbook: Maker) -> None:
    head: list[object] = ["package", "party", "day", "kind"]
    one: list[object] = ["A-1", "NORLAND", "2031-01-01", "energy"]
    two: list[object] = ["A-2", "NORLAND", "2031-01-01", "energy"]
    party: list[list[object]] = [["party", "NORLAND"]]
    first = read(Document("a.xlsx", workbook({"Konvoi": party, "Packages": [head, one, two]})))
    again = read(
        Document("b.xlsx", workbook({"Packages": [head[::-1], [], two[::-1], one[::-1]], "Konvoi": party}))
    )
    ids = dict(first.entries.select("reference", "entry").iter_rows())
    assert ids == dict(again.entries.select("reference", "entry").iter_rows())
    assert len(set(ids.values())) == 2


def test_another_value_is_another_entry(workbook: Maker) -> None:
    head: list[object] = ["package", "party", "day", "kind", "amount", "currency"]
    readings = [
        read(
            Document(
                "a.xlsx",
                workbook({"Packages": [head, ["A", "NORLAND", "2031-01-01", "energy", amount, "EUR"]]}),
                "NORLAND",
            )
        )
        for amount in (1, 2)
    ]
    assert readings[0].entries["entry"][0] != readings[1].entries["entry"][0]


def test_a_line_tells_all_its_faults_and_the_rest_is_read() -> None:
    reading = sample("faults")
    told = {
        (one.place.row, one.place.column, one.code)
        for one in reading.findings
        if one.place.sheet == "Packages"
    }
    assert {
        (5, "day", "day-impossible"),
        (5, "kind", "choice-unknown"),
        (5, "amount", "number-unreadable"),
        (5, "currency", "currency-unreadable"),
    } <= told
    assert reading.tables["packages"]["package"].to_list() == ["N-2", "N-2", "12"]


def test_a_table_without_a_mandatory_column_is_told_and_not_read() -> None:
    reading = sample("faults")
    missing = {one.place.column for one in reading.findings if one.code == "column-missing"}
    assert missing == {"site", "due"}
    assert reading.tables["needs"].height == 0


@pytest.mark.parametrize("name", ["Konvoi", "Packages", "Zeilen", "потреби"])
def test_it_is_known_by_its_sheets_in_any_language(workbook: Maker, name: str) -> None:
    assert KONVOI_WORKBOOK.recognises(Document("x.xlsx", workbook({name: []})))
    assert not KONVOI_WORKBOOK.recognises(Document("x.xlsx", workbook({"Table1": []})))


def test_the_party_of_the_head_and_of_the_folder_must_agree(workbook: Maker) -> None:
    content = workbook({"Konvoi": [["party", "PL"]]})
    assert [one.code for one in read(Document("a.xlsx", content, "DE")).findings] == ["party-differs"]
    assert read(Document("a.xlsx", content, "PL")).findings == ()


def test_a_table_in_two_sheets_is_read_once_and_told(workbook: Maker) -> None:
    rows: list[list[object]] = [["package", "party", "day", "kind"], ["A", "PL", "2031-01-01", "energy"]]
    reading = read(Document("a.xlsx", workbook({"Packages": rows, "Pakete": rows})))
    assert [one.code for one in reading.findings] == ["sheet-double"]
    assert reading.tables["packages"].height == 1


def test_a_row_whose_state_cannot_be_read_is_left_out(workbook: Maker) -> None:
    offers: list[list[object]] = [
        ["offer", "party", "good", "quantity", "site", "state"],
        ["O-1", "PL", "tent", 1, "hub", "declind"],
        ["O-2", "PL", "tent", 1, "hub", "declined"],
    ]
    reading = read(Document("a.xlsx", workbook({"Offers": offers})))
    assert reading.tables["offers"]["offer"].to_list() == ["O-2"]


def test_findings_speak_the_words_of_the_sheet(workbook: Maker) -> None:
    """A German sheet's findings name its own headings, choices and sheets; codes stay."""
    content = workbook(
        {
            "Pakete": [
                ["Paket *", "Partei *", "Tag *", "Art *", "Stufe *", "Betrag", "Währung"],
                ["N-1", "NORLAND", "2031-02-01", "militärsch", "zugesagt", "viel", "EUR"],
            ],
            "Zeilen": [["Zeile *", "Paket *", "Menge", "Weg"], ["L-1", "N-9", "x", "aus Bestand"]],
        }
    )
    reading = read(Document("norland.xlsx", content))
    told = {(one.place.column, one.place.named): one.as_dict() for one in reading.findings}
    assert ("kind", "Art") in told
    assert ("amount", "Betrag") in told
    assert told["quantity", "Menge"]["column"] == "quantity"
    assert told["quantity", "Menge"]["heading"] == "Menge"
    assert told["kind", "Art"]["remedy"] == "Did you mean militärisch?"
    assert str(told["route", "Weg"]["expected"]).startswith("one of: aus Beständen")
    assert told["package", "Paket"]["expected"] == "a reference that exists in Pakete"
    assert reading.headings["Zeilen"]["line"] == "Zeile"


def test_a_column_that_is_missing_is_asked_for_in_the_language_of_the_sheet(workbook: Maker) -> None:
    reading = read(Document("n.xlsx", workbook({"Рядки": [["рядок", "кількість"], ["L-1", 4]]})))
    assert [(one.place.column, one.values["name"]) for one in reading.findings] == [("package", "пакет")]
