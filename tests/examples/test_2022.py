"""The example of published facts: all has a source, nothing is invented, it is read without error."""

import re
import tomllib
from datetime import date
from pathlib import Path

from tests.examples import folders

from konvoi.model.finding import Severity

HERE = folders.EXAMPLES / "2022"
SUBMISSIONS = HERE / "submissions"

# Of these no real party has published a row.
INVENTED = {"contracts", "movements", "receipts", "serials", "approvals", "budgets"}


def rows(table: str) -> int:
    return sum(
        reading.tables[table].height for reading in folders.readings("2022") if table in reading.tables
    )


def test_every_file_is_named_in_the_sources() -> None:
    """A file without a source would be a claim without a proof."""
    sources = (HERE / "SOURCES.md").read_text(encoding="utf-8")
    missing = [path for path in folders.files("2022") if f"`{path.relative_to(HERE)}`" not in sources]
    assert [str(path) for path in missing if path.name != "SOURCES.md"] == []


def test_every_package_has_the_address_of_its_announcement() -> None:
    """Real parties appear only with facts that someone can look up."""
    packages = folders.facts("2022", "packages")
    assert [row["package"] for row in packages if not row["address"].startswith("https://")] == []
    assert {row["basis"].partition(":")[0] for row in packages} == {"us", "kiel"}
    for reading in folders.readings("2022"):
        if reading.format == "konvoi-workbook" and "packages" in reading.tables:
            assert reading.tables["packages"]["address"].null_count() == 0


def test_a_list_of_earlier_assistance_tells_no_sum_and_no_line_a_second_time() -> None:
    """What it restates was announced without a line: its own are the only word of these goods."""
    packages = {row["package"]: row for row in folders.facts("2022", "packages")}
    earlier = packages["US-0316-PREV"]
    assert earlier["amount"] == ""
    told = {one.strip().removeprefix("restates:") for one in earlier["relates"].split(";")}
    assert told == {"US-0225", "US-0312"}
    assert [row["line"] for row in folders.facts("2022", "lines") if row["package"] in told] == []


def test_nobody_is_said_to_have_signed_sent_or_received() -> None:
    """There is no table of contracts, movements or receipts, and no stage beyond what was announced."""
    assert {name for reading in folders.readings("2022") for name in reading.tables} & INVENTED == set()
    stages = {
        stage for reading in folders.readings("2022") for stage in reading.entries["stage"].drop_nulls()
    }
    assert stages <= {"pledged", "committed", "disbursed"}


def test_it_is_as_large_as_a_coalition() -> None:
    """Enough to show the main job: packages, needs, offers, places, half a year."""
    assert rows("packages") >= 40
    assert len({row["party"] for row in folders.facts("2022", "packages")}) >= 12
    assert rows("needs") >= 150
    assert rows("offers") >= 200
    assert rows("sites") >= 60
    assert {row["basis"] for row in folders.facts("2022", "sites")} >= {
        "locode",
        "ocha:Operational",
        "ocha:Closed",
    }


def test_it_plans_26_weeks_from_a_monday() -> None:
    """The horizon starts on a Monday after the day of the workspace."""
    horizon = next(
        reading.tables["horizon"] for reading in folders.readings("2022") if "horizon" in reading.tables
    )
    start, weeks = horizon["start"][0], horizon["weeks"][0]
    day = tomllib.loads((HERE / "konvoi.toml").read_text(encoding="utf-8"))["coalition"]["day"]
    assert isinstance(start, date)
    assert start.isoweekday() == 1
    assert start > day
    assert weeks == 26


def test_it_is_read_without_an_error() -> None:
    """Told are two days known as a month only, and that nobody registered the transcriber as a publisher."""
    told = [one for reading in folders.readings("2022") for one in reading.findings]
    assert [(one.code, one.place) for one in told if one.severity == Severity.ERROR] == []
    assert {one.code for one in told if one.severity == Severity.WARNING} == {"day-is-span", "iati-rule"}


def test_one_announcement_occurs_in_three_formats() -> None:
    """Workbook, FTS and IATI hold the same packages, so that doubles across formats are real."""
    thrice = [row["package"] for row in folders.facts("2022", "transcriptions") if row["fts"] and row["iati"]]
    assert len(thrice) >= 4
    flows = (SUBMISSIONS / "CELL" / "fts-transcription.json").read_text(encoding="utf-8")
    activities = (SUBMISSIONS / "CELL" / "iati-transcription.xml").read_text(encoding="utf-8")
    for text in (flows, activities):
        assert "ranscription" in text
        assert all(package in text for package in thrice)


def test_every_assumption_has_a_name_and_a_range() -> None:
    """A number that nobody published says so, and how far off it may be."""
    known = tomllib.loads((HERE / "konvoi.toml").read_text(encoding="utf-8"))["assumptions"]
    sources = (HERE / "SOURCES.md").read_text(encoding="utf-8")
    assert [name for name in known if f"`{name}`" not in sources] == []
    assert [
        name for name, text in known.items() if not re.search(r"\d|tenth|One or two|one hand-over", text)
    ] == []
    for table in ("ratios", "equivalences"):
        assert all(row["low"] and row["high"] for row in folders.facts("2022", table))


def test_what_the_planner_uses_says_what_is_assumed() -> None:
    """Lanes and capacities are assumptions row by row; depots and hubs are, too."""
    network = next(reading.tables for reading in folders.readings("2022") if "lanes" in reading.tables)
    assert network["lanes"]["assumption"].null_count() == 0
    assert network["capacities"]["assumption"].null_count() == 0
    for site in network["sites"].iter_rows(named=True):
        if site["kind"] in {"depot", "hub", "railhead", "port"} or site["site"] == "D-HANDOVER":
            assert site["assumption"], site["site"]


def test_every_reference_leads_somewhere() -> None:
    """Lines to packages, offers to lines and depots, lanes to sites, needs to goods."""
    goods = {row["good"] for row in folders.facts("2022", "goods")}
    sites = {row["site"] for row in folders.facts("2022", "sites")}
    packages = {row["package"] for row in folders.facts("2022", "packages")}
    assert {row["good"] for row in folders.facts("2022", "lines")} <= goods
    assert {row["package"] for row in folders.facts("2022", "lines")} <= packages
    assert {end for row in folders.facts("2022", "lanes") for end in (row["from"], row["to"])} <= sites
    assert {row["site"] for row in folders.facts("2022", "depots")} <= sites
    assert {row["party"] for row in folders.facts("2022", "packages")} <= {
        row["party"] for row in folders.facts("2022", "parties")
    }
    assert {
        name for row in folders.facts("2022", "separate") for name in row["packages"].split("; ")
    } <= packages
    assert {row["line"] for row in folders.facts("2022", "earmarks")} <= {
        row["line"] for row in folders.facts("2022", "lines")
    }


def test_the_program_writes_the_same_files_again(tmp_path: Path) -> None:
    """What stands in submissions/ follows from facts/ and nothing else."""
    made, kept = folders.made_again("2022", tmp_path, "submissions")
    assert sorted(made) == sorted(kept)
    assert [str(name) for name in made if made[name] != kept[name]] == []
