"""konvoi add: kept as it came, once."""

from datetime import date
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.asked import asked, cell, filled, id_of
from tests.flow.workspaces import workspace


def test_a_file_is_kept_as_it_came_and_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    konvoi("init", tmp_path / "cell")
    goods = tmp_path / "goods.csv"
    goods.write_text("good,name,unit\ntent,Tent,piece\n")
    first = konvoi("add", goods, "--from", "PL", "--dir", tmp_path / "cell", "--json")
    again = konvoi("add", goods, "--from", "PL", "--dir", tmp_path / "cell", "--json")
    assert [c.json["files"][0]["outcome"] for c in (first, again)] == ["imported", "unchanged"]
    kept = tmp_path / "cell" / "submissions" / "PL" / "goods.csv"
    assert kept.read_bytes() == goods.read_bytes()


def test_another_content_under_the_same_name_is_kept_beside_it(tmp_path: Path) -> None:
    konvoi("init", tmp_path / "cell")
    goods = tmp_path / "goods.csv"
    for name in ("Tent", "Large tent"):
        goods.write_text(f"good,name,unit\ntent,{name},piece\n")
        konvoi("add", goods, "--from", "PL", "--dir", tmp_path / "cell")
    desk = tmp_path / "cell" / "submissions" / "PL"
    assert (desk / "goods.csv").read_text() != (desk / "v2" / "goods.csv").read_text()


def test_a_file_that_cannot_be_read_is_not_taken_in(tmp_path: Path) -> None:
    konvoi("init", tmp_path / "cell")
    (tmp_path / "x.bin").write_bytes(b"\x00")
    called = konvoi("add", tmp_path / "x.bin", "--from", "PL", "--dir", tmp_path / "cell")
    assert called.code == 3
    assert not (tmp_path / "cell" / "submissions" / "PL").exists()


def test_a_party_that_is_no_folders_name_is_refused(tmp_path: Path) -> None:
    konvoi("init", tmp_path / "cell")
    (tmp_path / "goods.csv").write_text("good,name,unit\n")
    for party in ("../x", "", "two words", ".hidden"):
        called = konvoi("add", tmp_path / "goods.csv", "--from", party, "--dir", tmp_path / "cell")
        assert called.code == 3
        assert "not the id of a party" in called.err


def lines(folder: Path, *rows: str) -> Path:
    path = folder / "lines.csv"
    path.write_text("\n".join(["line,package,good,quantity", *rows]) + "\n")
    return path


def dated(folder: Path) -> Path:
    """A new workspace that knows when each version of the lines became known."""
    konvoi("init", folder)
    settings = folder / "konvoi.toml"
    days = '[known_on]\n"PL/lines.csv" = 2031-01-01\n"PL/v2/lines.csv" = 2031-02-01\n'
    settings.write_text(f"{settings.read_text()}\n{days}")
    return folder


def test_a_dry_run_tells_what_would_change_and_keeps_nothing_then_adding_does_exactly_that(
    tmp_path: Path,
) -> None:
    where = ("--from", "PL", "--dir", dated(tmp_path / "cell"), "--json")
    konvoi("add", lines(tmp_path, "L-1,P-1,tent,40", "L-2,P-1,tarp,5"), *where)
    path = lines(tmp_path, "L-3,P-1,tent,1", "L-2,P-1,tarp,5", "L-1,P-1,tent,60", ",P-1,tent,2")
    kept = sorted((tmp_path / "cell").rglob("*.csv"))
    dry = konvoi("add", path, "--dry-run", *where)
    assert sorted((tmp_path / "cell").rglob("*.csv")) == kept
    done = konvoi("add", path, *where)
    assert dry.json == done.json
    (file,) = done.json["files"]
    counts = {name: count for name, count in file["counts"].items() if count}
    assert counts == {"new": 1, "changed": 1, "unchanged": 1, "refused": 1}
    (changed,) = [one for one in file["changes"] if one["outcome"] == "changed"]
    assert (changed["reference"], changed["fields"]) == ("L-1", {"quantity": {"old": 40, "new": 60}})


def test_a_dry_run_speaks_of_what_would_be(tmp_path: Path) -> None:
    where = ("--from", "PL", "--dir", dated(tmp_path / "cell"))
    konvoi("add", lines(tmp_path, "L-1,P-1,tent,40"), *where)
    called = konvoi("add", lines(tmp_path, "L-1,P-1,tent,60"), "--dry-run", *where)
    assert "PL/v2/lines.csv: would be imported; 0 entries; 1 changed" in called.out
    assert "  lines L-1: quantity 40 → 60" in called.out


@pytest.mark.slow
def test_what_a_dry_run_announces_of_the_total_is_what_the_total_then_shows(tmp_path: Path) -> None:
    """Ten, then eight under the same reference: the total falls by two, and nothing of it by matching."""
    cell = dated(tmp_path / "cell")
    settings = cell / "konvoi.toml"
    settings.write_text(settings.read_text().replace("lines.csv", "packages.csv"))
    where = ("--from", "PL", "--dir", cell, "--json")
    path = tmp_path / "packages.csv"
    head = "package,party,day,kind,title,amount,currency\n"
    path.write_text(f"{head}P-1,PL,2031-01-01,energy,Transformers,10,EUR\n")
    konvoi("add", path, *where)
    path.write_text(f"{head}P-1,PL,2031-01-01,energy,Transformers,8,EUR\n")
    dry = konvoi("add", path, "--dry-run", *where).json
    assert konvoi("total", cell, "--json").json["value"] == dry["total_before"] == 10
    konvoi("add", path, *where)
    assert konvoi("total", cell, "--json").json["value"] == dry["total_after"] == 8
    assert dry["total_effect"] == {"statements": -2, "matching": 0}
    assert konvoi("total", cell, "--as-of", "2031-01-15", "--json").json["value"] == 10


@pytest.mark.slow
def test_a_fault_that_shows_only_beside_what_others_handed_in_is_told_when_it_is_added(
    tmp_path: Path,
) -> None:
    """The receipt names a despatch that nobody sent; what arrived from the other is told of once."""
    cell = workspace(tmp_path / "cell", receipts=())
    path = tmp_path / "receipts.csv"
    path.write_text("receipt,reference,day,received\nR-1,M-1,2031-02-08,5\nR-2,M-404,2031-02-08,1\n")
    where = ("--from", "BO", "--dir", cell, "--json")
    dry, done = konvoi("add", path, "--dry-run", *where), konvoi("add", path, *where)
    assert dry.json == done.json
    told = [(one["code"], one["row"]) for one in done.json["files"][0]["findings"]]
    assert told == [("receipt-above-despatch", 2), ("consignment-unknown", 3), ("document-undated", None)]
    assert (done.code, done.json["files"][0]["entries"]) == (1, 1)


@pytest.mark.slow
def test_what_a_file_brings_to_light_in_another_document_is_told(tmp_path: Path) -> None:
    """Five arrived of what the despatch, handed in after, says were three: the receipt is at fault."""
    cell = workspace(tmp_path / "cell", movements=(), receipts=())
    for name, text in (
        ("receipts", "receipt,reference,day,received\nR-1,L-1,2031-02-08,5\n"),
        ("movements", "movement,line,day,stage,quantity\nM-1,L-1,2031-02-01,dispatched,3\n"),
    ):
        (tmp_path / f"{name}.csv").write_text(text)
        called = konvoi("add", tmp_path / f"{name}.csv", "--from", "AR", "--dir", cell, "--json")
    assert [one["code"] for one in called.json["files"][0]["findings"]] == ["document-undated"]
    assert [(one["code"], one["file"]) for one in called.json["findings"]] == [
        ("receipt-above-despatch", "AR/receipts.csv")
    ]


def test_a_document_without_a_day_is_told_of_with_the_remedy(tmp_path: Path) -> None:
    """--as-of leaves it out; one with a head that says its day is in, and so is a table of rates."""
    konvoi("init", tmp_path / "cell")
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "packages.csv").write_text(
        "package,party,day,kind,amount,currency\nP-1,PL,2031-01-10,military,5,PLN\n"
    )
    where = ("--from", "PL", "--dir", tmp_path / "cell", "--dry-run", "--json")
    (told,) = konvoi("add", desk / "packages.csv", *where).json["files"][0]["findings"]
    assert (told["code"], told["severity"], told["file"]) == ("document-undated", "note", "PL/packages.csv")
    assert "[known_on]" in told["remedy"]
    (desk / "konvoi.csv").write_text("party,PL\nday,2031-01-12\n")
    assert [one["findings"] for one in konvoi("add", desk, *where).json["files"]] == [[], []]


@pytest.mark.slow
def test_adding_answers_says_how_many_questions_are_answered_and_how_many_stay(tmp_path: Path) -> None:
    folder = cell(tmp_path)
    found = asked(folder, "AR")
    number = id_of(found, "promises")
    path = tmp_path / "answers.xlsx"
    path.write_bytes(filled(found.files["AR/questions.xlsx"], {number: {"Answer": date(2031, 5, 1)}}))
    where = ("--from", "AR", "--dir", folder)
    told = konvoi("add", path, "--dry-run", *where, "--json").json["files"][0]
    assert (told["answers"], told["open"]) == ({"taken": 1}, len(found.questions) - 1)
    called = konvoi("add", path, *where)
    assert called.out.startswith(f"AR/answers.xlsx: imported; 1 question answered, {told['open']} stay open")


@pytest.mark.slow
def test_adding_tells_every_finding_that_reading_tells(tmp_path: Path) -> None:
    """A number below zero, a party, a good and a unit that nobody knows."""
    konvoi("init", tmp_path / "cell")
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "packages.csv").write_text(
        "package,party,day,kind,amount,currency\nP-1,ZZ,2031-01-10,military,-5,PLN\n"
    )
    (desk / "lines.csv").write_text("line,package,good,quantity,unit\nL-1,P-1,Leopard 2,3,crate\n")
    where = ("--from", "PL", "--dir", tmp_path / "cell", "--json")
    read = konvoi("read", desk, "--from", "PL", "--json").json
    told = [one["code"] for one in read["findings"]]
    assert sorted(told) == [
        "good-without-row",
        "negative-without-correction",
        "party-unknown",
        "unit-unknown",
    ]
    for dry in (("--dry-run",), ()):
        files = konvoi("add", desk / "packages.csv", desk / "lines.csv", *dry, *where).json["files"]
        undated = ["document-undated"] * 2
        assert sorted(one["code"] for file in files for one in file["findings"]) == sorted([*undated, *told])


def test_of_a_folder_all_files_are_taken_in_and_an_empty_one_is_refused(tmp_path: Path) -> None:
    konvoi("init", tmp_path / "cell")
    where = ("--from", "PL", "--dir", tmp_path / "cell")
    desk = tmp_path / "tables"
    desk.mkdir()
    called = konvoi("add", desk, *where)
    assert (called.code, "no files in it" in called.err) == (3, True)
    (desk / "goods.csv").write_text("good,name,unit\ntent,Tent,piece\n")
    (desk / "parties.csv").write_text("party,name,kind\nX-1,Aid,fund\n")
    called = konvoi("add", desk, *where, "--json")
    assert [one["name"] for one in called.json["files"]] == ["PL/goods.csv", "PL/parties.csv"]


def folder(path: Path, day: str, amount: str, more: str = "") -> Path:
    """A folder of CSV tables with their head: Poland's package P-1 as of a day."""
    path.mkdir()
    (path / "konvoi.csv").write_text(f"party,PL\nday,{day}\n{more}")
    rows = f"P-1,PL,2031-01-01,energy,Transformers,{amount},USD\n"
    (path / "packages.csv").write_text(f"package,party,day,kind,title,amount,currency\n{rows}")
    return path


@pytest.mark.slow
def test_tables_are_kept_with_the_head_of_their_own_folder(tmp_path: Path) -> None:
    """Equal heads, equal tables under another head, and the same folder once more."""
    cell = tmp_path / "cell"
    konvoi("init", cell)
    (cell / "rates.csv").write_text("currency,day,per_eur,source\nUSD,2030-12-31,1.25,bank\n")
    where = ("--from", "PL", "--dir", cell, "--json")

    def total(*options: object) -> tuple[float, float, float]:
        found = konvoi("total", cell, "--json", "--currency", "EUR", *options).json
        return found["value"], found["lowest"], found["highest"]

    first = folder(tmp_path / "a", "2031-02-01", "1000")
    konvoi("add", first, *where)
    konvoi("add", folder(tmp_path / "b", "2031-02-01", "800"), *where)
    assert total() == (640, 640, 800)
    again = konvoi("add", first, *where).json
    assert {one["outcome"] for one in again["files"]} == {"unchanged"}
    konvoi("add", folder(tmp_path / "c", "2031-03-01", "1000"), *where)
    assert total() == (800, 800, 800)
    assert total("--as-of", "2031-02-15") == (640, 640, 800)


@pytest.mark.slow
def test_several_folders_at_once_are_kept_apart(tmp_path: Path) -> None:
    cell = tmp_path / "cell"
    konvoi("init", cell)
    older = folder(tmp_path / "a", "2031-02-01", "1000")
    newer = folder(tmp_path / "b", "2031-03-01", "900")
    added = konvoi("add", older, newer, "--from", "PL", "--dir", cell, "--json")
    assert added.code == 0
    assert konvoi("total", cell, "--json", "--currency", "USD").json["value"] == 900


@pytest.mark.slow
def test_a_list_that_names_the_file_name_of_its_predecessor_replaces_it_and_not_itself(
    tmp_path: Path,
) -> None:
    cell = tmp_path / "cell"
    konvoi("init", cell)
    where = ("--from", "PL", "--dir", cell, "--json")
    konvoi("add", folder(tmp_path / "a", "2031-02-01", "1000"), *where)
    konvoi("add", folder(tmp_path / "b", "2031-03-01", "900", "supersedes,packages.csv\n"), *where)
    assert konvoi("total", cell, "--json", "--currency", "USD").json["value"] == 900
    konvoi("withdraw", "PL/v2/packages.csv", "--dir", cell)
    assert konvoi("total", cell, "--json", "--currency", "USD").json["value"] == 1000


def test_a_total_that_stays_as_it_was_is_not_listed(tmp_path: Path) -> None:
    konvoi("init", tmp_path / "cell")
    goods = tmp_path / "goods.csv"
    goods.write_text("good,name,unit\ntent,Tent,piece\n")
    called = konvoi("add", goods, "--from", "PL", "--dir", tmp_path / "cell", "--dry-run")
    assert "imported" in called.out
    assert "Total" not in called.out


def test_a_changed_unit_that_makes_a_total_unknown_is_announced_with_the_reason(tmp_path: Path) -> None:
    """The second line item states no unit: it is counted in that of the good."""
    lines = ("line,package,good,quantity,unit", "L-1,P-1,tent,30,piece", "L-2,P-1,tent,6,")
    folder = workspace(tmp_path / "cell", lines=lines, movements=(), receipts=(), offers=())
    goods = tmp_path / "goods.csv"
    goods.write_text("good,name,unit\ntent,Tent,t\n")
    called = konvoi("add", goods, "--from", "AR", "--dir", folder, "--dry-run")
    wanted = "36 → not known: quantities in different units are not added: piece, t"
    assert [line for line in called.out.splitlines() if "pledged" in line and wanted in line]
