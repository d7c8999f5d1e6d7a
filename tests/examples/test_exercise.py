"""The exercise: all is invented and says so, it holds all that there is, and what is wrong is meant."""

import csv
import re
import tomllib
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from tests.examples import folders

from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.workspace import workspace
from konvoi.model.finding import Severity
from konvoi.model.party import party_id, states
from konvoi.model.stages import COUNT_MODES, PROOFS, ROUTES
from konvoi.model.tables import BY_NAME

HERE = folders.EXAMPLES / "exercise"
# A waiver is of a limit that cannot be read, and in the exercise each can be. Contacts are persons, and none
# is invented. Published sums are those of a register that exists.
# Contradictions of published sources are in the example of published facts.
ELSEWHERE = {"waivers", "contacts", "published_sums", "contradictions"}
HELD = {name: table for name, table in BY_NAME.items() if name not in ELSEWHERE}
OPEN_OCEAN = ((44.0, 50.0), (-38.0, -27.0))

RECEIPTS = "XV/velmora-receipts.xlsx"

# What is wrong in it, and what a cell is told about it: code and place. Anything else is a mistake.
GOLDEN = {
    ("container-broken", "XE/eskeria-march.xlsx", "", 0, ""),
    ("receipt-short", RECEIPTS, "receipts", 3, "short"),
    ("receipt-short", RECEIPTS, "receipts", 4, "short"),
    ("receipt-damaged", RECEIPTS, "receipts", 4, "damaged"),
    ("receipt-rejected", RECEIPTS, "receipts", 4, "rejected"),
    ("receipt-over", RECEIPTS, "receipts", 5, "received"),
    ("receipt-short", RECEIPTS, "receipts", 7, "short"),
    ("receipt-over", RECEIPTS, "receipts", 8, "received"),
    ("serial-never-sent", RECEIPTS, "receipts", 8, "serial"),
    ("serial-not-received", "XE/movements.csv", "movements", 2, "serial"),
    ("contract-not-in-force", "X-FUND/fund.xlsx", "contracts", 2, "state"),
    ("statement-not-official", "X-CELL/session-2.xlsx", "steps", 3, "state"),
    ("assessment-without-source", "X-CELL/economic-packages.xlsx", "assessments", 8, "source"),
    ("decision-differs", "X-CELL/economic-packages.xlsx", "tranches", 7, "amount"),
    ("position-clause-gone", "X-CELL/positions-1.xlsx", "positions", 8, "clause"),
    ("position-clause-gone", "X-CELL/positions-2.xlsx", "positions", 10, "clause"),
    ("reserve-overdue", "X-CELL/positions-2.xlsx", "positions", 7, "lifts"),
    ("round-without-text", "X-CELL/positions-2.xlsx", "rounds", 3, "text"),
    ("contract-not-in-force", "XA/arvenia-v2.xlsx", "contracts", 3, "state"),
    ("contract-not-in-force", "XD/delmark.xlsx", "call_offs", 4, "state"),
    ("contract-not-in-force", "XD/delmark.xlsx", "call_offs", 5, "state"),
    ("project-in-no-place", "XV/velmora-projects.xlsx", "projects", 6, "communities"),
    ("project-funded-twice", "XB/bolaria-projects.xlsx", "Projekte", 2, "project"),
    ("attestation-by-another", "XV/velmora-projects.xlsx", "attestations", 8, "party"),
    ("attestation-without-source", "XV/velmora-projects.xlsx", "attestations", 16, "source"),
    ("fts-boundary-unclear", "X-CELL/transcription.json", "data.flows", 0, "boundary"),
    *(("unit-without-price", "XB/bolaria.xlsx", "Posten", row, "quantity") for row in range(5, 10)),
    ("unit-without-price", "XC/corland.xlsx", "lines", 5, "quantity"),
}


@cache
def gathered() -> Gathered:
    return gathering(workspace(HERE))


def values(table: str, column: str) -> set[str]:
    return {row[column] for row in folders.facts("exercise", table) if row[column]}


@pytest.mark.slow
def test_what_is_told_of_it_is_what_was_put_in() -> None:
    """A golden list: a new finding is a mistake of the exercise or of the program, a lost one, too."""
    told = gathered().findings
    places = {(f.code, f.place.file, f.place.sheet, f.place.row, f.place.column) for f in told}
    assert places == GOLDEN
    assert len(told) == len(GOLDEN)
    assert sorted(f.code for f in told if f.severity == Severity.ERROR) == [
        "container-broken",
        "position-clause-gone",
        "serial-never-sent",
    ]
    assert {f.code for f in told if f.severity == Severity.WARNING} == {
        *("receipt-short", "receipt-damaged", "receipt-rejected", "receipt-over", "serial-not-received"),
        *("statement-not-official", "assessment-without-source"),
        *("project-in-no-place", "project-funded-twice"),
        *("attestation-by-another", "attestation-without-source"),
        *("position-clause-gone", "reserve-overdue"),
    }


def test_it_holds_every_table_of_a_workspace() -> None:
    """Serial numbers included; nothing that a workspace can hold is left out."""
    assert {name for name in HELD if name not in gathered().tables} == set()
    assert [name for name in HELD if gathered().tables[name].is_empty()] == []


@pytest.mark.parametrize("table", sorted(HELD))
def test_every_column_of_a_table_is_used(table: str) -> None:
    """A column that no row fills would not be exercised; those outside the desk template are left out."""
    used = {name for row in folders.facts("exercise", table) for name, value in row.items() if value}
    unused = {column.name for column in BY_NAME[table].columns if column.desk} - used
    assert unused <= {"translation", "code", "scheme", "unit", "marking", "address", "name_local"}


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (table.name, column.name)
        for table in HELD.values()
        for column in table.columns
        if column.choices
        and (column.desk or column.name in folders.facts("exercise", table.name)[0])
        and (table.name, column.name) not in {("lanes", "mode"), ("blocked", "kind")}
    ],
)
def test_every_choice_occurs(table: str, column: str) -> None:
    """Each state of a need, each proof of a receipt, each kind of approval: someone trains with it."""
    choices = next(one.choices for one in BY_NAME[table].columns if one.name == column)
    assert set(map(str, choices)) - values(table, column) <= RARE.get((table, column), set())


RARE = {
    ("lines", "count_mode"): {"named"},
    # A channel that nobody stated is in the example of published facts.
    ("lines", "route"): {"not stated"},
    ("contracts", "state"): {"terminated"},
    ("call_offs", "state"): {"terminated"},
    ("movements", "stage"): {"withdrawn"},
    ("movements", "rule"): {"port of debarkation", "end user", "as stated by the source"},
    ("serials", "state"): {"at hub", "handed over", "damaged", "rejected"},
    ("packages", "kind"): set(),
    # What is withdrawn is the matter of versions; a line has the stage of its package unless it states one.
    ("packages", "stage"): {"withdrawn"},
    ("lines", "stage"): {"pledged", "allocated", "disbursed", "withdrawn"},
    ("projects", "stage"): {"out of use"},
    # These are read from OC4IDS, and from the table of damages.
    ("attestations", "principle"): {
        *("more than one tenderer", "documents published", "consultation held", "maintenance stated"),
        *("land compensation budgeted", "damage assessed"),
    },
    ("projects", "sector"): {"communications", "governance", "economy", "nature"},
    # No private person takes part, and the others are numbers of real states.
    ("identities", "type"): {"born", "passport", "national-id", "inn", "ogrn", "edrpou", "rnokpp"},
    ("people_in_need", "cluster"): {
        *("camps", "food and livelihoods", "protection", "child protection", "gender-based violence"),
        "mine action",
    },
}


def test_clauses_have_triggers_and_a_cap_by_value_limits_offers_that_state_their_values() -> None:
    """All of Delmark's accepted offers have a value: without one they would be withheld."""
    clauses = gathered().tables["guarantees"].to_dicts()
    assert all(row["trigger"] and row["trigger_de"] and row["trigger_uk"] for row in clauses)
    assert {row["hours"] for row in clauses if row["kind"] == "consultation"} == {24}
    (cap,) = gathered().tables["caps"].filter(what="value").to_dicts()
    offers = gathered().tables["offers"].filter(party=cap["party"], state="accepted")
    assert set(offers["currency"]) == {cap["currency"]} == {"EUR"}
    worth = sum(row["quantity"] * row["unit_value"] for row in offers.iter_rows(named=True))
    assert worth / 100 <= cap["most"]


def test_routes_proofs_and_count_modes_are_all_there() -> None:
    """From stock, procured, money, pooled fund, service."""
    assert values("lines", "route") == set(ROUTES)
    assert values("receipts", "proof") == set(PROOFS)
    assert values("lines", "count_mode") == set(COUNT_MODES) - {"named"}


def test_a_version_takes_the_place_of_the_one_before() -> None:
    """Arvenia said 6,000 rounds, then 5,440: the second counts, the first can still be read."""
    force = dict(gathered().documents.select("name", "in_force").iter_rows())
    assert force["XA/arvenia.xlsx"] is False
    assert force["XA/arvenia-v2.xlsx"] is True
    entries = gathered().ledger.entries
    assert entries.filter(pl.col("reference") == "XA-1/2")["quantity"].to_list() == [5440]


def test_the_week_is_read_with_one_error_that_is_meant() -> None:
    """The inbox: receipts of which one is for a consignment that nobody sent."""
    days = [path.name for path in sorted((HERE / "inbox").iterdir())]
    assert days == ["friday", "thursday", "tuesday", "wednesday"]


def test_nobody_in_it_is_real() -> None:
    """No id or name is that of a state or an institution that is known."""
    for row in folders.facts("exercise", "parties"):
        for name in (row["party"], row["name"], row["name_de"], row["name_uk"], *row["aliases"].split(";")):
            assert party_id(name) is None, name
        assert row["party"] not in states()
    kinds = {row["party"]: row["kind"] for row in folders.facts("exercise", "parties")}
    codes = {party for party, kind in kinds.items() if kind in {"state", "recipient"}}
    assert all(re.fullmatch(r"X[A-Z]", code) for code in codes)
    assert values("sites", "country") <= codes


def test_no_place_in_it_lies_on_land() -> None:
    """All lie in a part of the ocean that belongs to nobody."""
    (south, north), (west, east) = OPEN_OCEAN
    for row in folders.facts("exercise", "sites"):
        assert south <= float(row["lat"]) <= north
        assert west <= float(row["lon"]) <= east


def test_it_says_that_it_is_an_exercise() -> None:
    """In its settings, in each submission, and in its addresses."""
    settings = tomllib.loads((HERE / "konvoi.toml").read_text("utf-8"))
    assert settings["coalition"]["exercise"] is True
    for reading in folders.readings("exercise"):
        if reading.format == "konvoi-workbook":
            assert "exercise" in reading.facts["coalition"]
    for table in HELD:
        for row in folders.facts("exercise", table):
            assert not row.get("address") or row["address"].startswith("https://example.org/exercise/")
    for row in folders.facts("exercise", "statements"):
        assert re.fullmatch(r"Player [A-Z]\d|", row["person"])


def test_every_file_is_named_in_the_sources() -> None:
    """Where it comes from: from nowhere; and what it shows."""
    sources = (HERE / "SOURCES.md").read_text("utf-8")
    for path in folders.files("exercise"):
        name = path.relative_to(HERE).as_posix()
        folder = f"{name.rpartition('/')[0]}/*{path.suffix}"
        assert f"`{name}`" in sources or f"`{folder}`" in sources or name == "SOURCES.md", name


def test_the_program_writes_the_same_files_again(tmp_path: Path) -> None:
    """What stands in submissions/ and inbox/ follows from facts/ and nothing else."""
    made, kept = folders.made_again("exercise", tmp_path, "submissions", "inbox")
    assert sorted(made) == sorted(kept)
    assert [str(name) for name in made if made[name] != kept[name]] == []


@pytest.mark.slow
@pytest.mark.real_data
def test_none_of_its_names_stands_in_the_real_files(real_data: Path) -> None:
    """Neither a giver, nor a listed firm or person, nor a ship."""
    names = [row["name"].split()[0].lower() for row in folders.facts("exercise", "parties")]
    words = {name.encode() for name in names} - {b"league", b"coordination"}
    for path in sorted(real_data.rglob("*")):
        if path.is_file() and path.suffix in {".csv", ".json", ".xml"} and path.stat().st_size < 3_000_000:
            text = path.read_bytes().lower()
            assert [word for word in words if re.search(rb"\b" + word + rb"\b", text)] == [], path


def test_decisions_are_those_of_an_invented_desk() -> None:
    """A judgement has an author; here it is a role of the exercise."""
    with (HERE / "judgements.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["by"] for row in rows} == {"duty desk of the exercise"}
    assert {row["verdict"] for row in rows} == {"same", "different"}
