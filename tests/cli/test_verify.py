"""konvoi verify: the chain, the files that it records, and what differs."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import copied_to

PACKAGES = "package,party,day,kind,amount,currency,stage\nP-1,PL,2031-01-10,military,4000000,EUR,committed\n"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("stored")
    folder = base / "cell"
    konvoi("init", folder)
    (base / "packages.csv").write_text(PACKAGES)
    assert konvoi("add", base / "packages.csv", "--from", "PL", "--dir", folder).code == 0
    return folder


@pytest.fixture
def cell(stored: Path, tmp_path: Path) -> Path:
    copied_to(tmp_path / "cell", stored)
    return tmp_path / "cell"


def test_a_workspace_as_it_was_stored_is_proved(cell: Path) -> None:
    called = konvoi("verify", cell)
    assert called.code == 0
    assert "2 receipts, 2 files recorded; head " in called.out
    assert "Every recorded file is as it was stored." in called.out


def test_an_altered_file_is_named_and_reading_commands_exit_with_an_error(cell: Path) -> None:
    stored = cell / "submissions" / "PL" / "packages.csv"
    assert konvoi("total", cell, "--stage", "committed").code == 0
    stored.write_text(PACKAGES.replace("4000000", "12000000"))
    called = konvoi("verify", cell)
    assert (called.code, "altered: submissions/PL/packages.csv" in called.out) == (1, True)
    assert konvoi("read", cell).code == 1
    total = konvoi("total", cell, "--stage", "committed")
    assert (total.code, "PL/packages.csv" in total.err) == (1, True)
    assert konvoi("withdraw", "--list", "--dir", cell).code == 1
    assert konvoi("withdraw", "PL/packages.csv", "--dir", cell).code == 3
    stored.write_text(PACKAGES)
    assert konvoi("verify", cell).code == 0


def test_a_party_is_told_of_its_own_altered_file_and_nobody_else_is_shown_anything(cell: Path) -> None:
    head = konvoi("verify", cell, "--for", "PL", "--json").json["head"]
    stored = cell / "submissions" / "PL" / "packages.csv"
    stored.write_text(PACKAGES.replace("4000000", "12000000"))
    own = konvoi("verify", cell, "--for", "PL")
    assert (own.code, "altered: submissions/PL/packages.csv" in own.out, head in own.out) == (1, True, False)
    other = konvoi("verify", cell, "--for", "public")
    assert (other.code, "PL" in other.err) == (3, False)


@pytest.mark.slow
def test_the_brief_of_a_reader_states_the_head_that_verify_prints(cell: Path) -> None:
    head = konvoi("verify", cell, "--for", "coalition", "--json").json["head"]
    konvoi("run", cell, "--for", "coalition")
    assert head in (cell / "out" / "brief.en.html").read_text("utf-8")


def test_missing_and_unrecorded_files_are_named(cell: Path) -> None:
    stored = cell / "submissions" / "PL" / "packages.csv"
    stored.rename(stored.with_name("other.csv"))
    called = konvoi("verify", cell, "--json")
    assert called.code == 1
    assert [(one["path"], one["fault"]) for one in called.json["differences"]] == [
        ("submissions/PL/other.csv", "unrecorded"),
        ("submissions/PL/packages.csv", "missing"),
    ]


def test_a_printed_head_is_found_in_a_longer_chain_and_not_in_another(cell: Path) -> None:
    head = konvoi("verify", cell, "--json").json["head"]
    konvoi("withdraw", "PL/packages.csv", "--dir", cell)
    later = konvoi("verify", cell, "--head", head[:12])
    assert (later.code, "that of receipt 2" in later.out) == (0, True)
    receipts = cell / "receipts.jsonl"
    lines = receipts.read_text().splitlines(keepends=True)
    receipts.write_text("".join(lines[:1]))
    cut = konvoi("verify", cell, "--head", head)
    assert (cut.code, "does not contain" in cut.out) == (1, True)


def test_an_accepted_file_is_recorded_by_name(cell: Path) -> None:
    stored = cell / "submissions" / "PL" / "packages.csv"
    stored.write_text(PACKAGES.replace("4000000", "12000000"))
    assert konvoi("verify", cell, "--accept", "PL/packages.csv").code == 2
    accepted = konvoi("verify", cell, "--accept", "PL/packages.csv", "--by", "M. Example", "--reason", "typo")
    assert accepted.code == 0
    assert '"change":"accepted"' in (cell / "receipts.jsonl").read_text()
    assert konvoi("total", cell, "--stage", "committed").code == 0


def test_an_older_workspace_has_nothing_to_prove_yet(cell: Path) -> None:
    (cell / "receipts.jsonl").unlink()
    (cell / "receipts.head").unlink()
    called = konvoi("verify", cell)
    assert (called.code, "No receipts yet" in called.out) == (0, True)
    assert konvoi("verify", cell, "--json").json["receipts"] == 0


def test_a_broken_chain_names_its_line(cell: Path) -> None:
    receipts = cell / "receipts.jsonl"
    receipts.write_text(receipts.read_text().replace('"by":"PL"', '"by":"DE"'))
    called = konvoi("verify", cell, "--json")
    assert (called.code, called.json["differences"][0]["line"]) == (1, 2)


@pytest.mark.parametrize("content", [None, "", "first line"], ids=["deleted", "emptied", "cut off"])
def test_receipts_that_are_gone_are_an_error_and_nothing_is_shown_to_others(
    cell: Path, content: str | None
) -> None:
    """The store wrote the hash of the last receipt beside them."""
    receipts = cell / "receipts.jsonl"
    if content == "first line":
        receipts.write_text(receipts.read_text().splitlines(keepends=True)[0])
    elif content is None:
        receipts.unlink()
    else:
        receipts.write_text(content)
    called = konvoi("verify", cell, "--json")
    assert (called.code, [one["fault"] for one in called.json["differences"]]) == (1, ["lost"])
    assert konvoi("total", cell, "--for", "public", "--json").code == 3
    assert konvoi("total", cell, "--json").code == 1
    assert konvoi("review", "a", "b", "same", "--dir", cell).code != 0


def test_a_chain_that_is_gone_for_good_begins_anew_where_somebody_accepts_it(cell: Path) -> None:
    receipts = cell / "receipts.jsonl"
    head = receipts.read_text().splitlines(keepends=True)[0]
    who = ("--accept", "receipts.jsonl", "--by", "M. Example", "--reason", "disk lost")
    receipts.write_text(head)
    assert konvoi("verify", cell, *who).code == 3
    receipts.unlink()
    assert konvoi("verify", cell, *who).code == 0
    told = [json.loads(line) for line in receipts.read_text().splitlines()]
    assert [(one["change"], one["reason"]) for one in told] == [("begun", ""), ("accepted", "disk lost")]


def test_released_figures_without_receipts_are_an_error_too(cell: Path) -> None:
    """Only a release writes them, with a receipt."""
    for name in ("receipts.jsonl", "receipts.head"):
        (cell / name).unlink()
    (cell / "releases.jsonl").write_text("{}\n")
    called = konvoi("verify", cell, "--json")
    assert (called.code, [one["fault"] for one in called.json["differences"]]) == (1, ["lost"])
