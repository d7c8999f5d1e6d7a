"""A statement that is replaced under a narrower marking: its owner and the coordination cell are told."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.submissions.outdated_versions import CODE
from konvoi.flow.view import View
from konvoi.flow.workspace import opened, viewed
from konvoi.model.finding import Finding

HEAD = '[coalition]\nname = "T"\nrecipient = "MD"\n'
PACKAGES = "package,party,day,kind,title,stage,amount,currency,marking\n"
FIRST = "KE-1,KE,2031-01-08,energy,Cables,committed,1000,EUR,\n"
SECOND = "KE-2,KE,2031-01-08,energy,Mills,committed,50,EUR,\n"
LESS = FIRST.replace("1000", "800")


def document(folder: Path, name: str, day: str, files: Mapping[str, str], **head: str) -> None:
    """Write a folder of CSV tables of KE, with the head beside them."""
    at = folder / "submissions" / "KE" / name
    at.mkdir(parents=True)
    facts = {"party": "KE", "day": day, **head}
    (at / "konvoi.csv").write_text("".join(f"{key},{value}\n" for key, value in facts.items()))
    for table, text in files.items():
        (at / f"{table}.csv").write_text(text)


def gathered(folder: Path, reader: str = "cell") -> Gathered:
    (folder / "konvoi.toml").write_text(HEAD)
    return gathering(viewed(opened([folder]), View(None, reader)))


def found(folder: Path, reader: str = "cell") -> list[Finding]:
    return [one for one in gathered(folder, reader).findings if one.code == CODE]


def told(folder: Path, reader: str = "cell") -> list[tuple[str, int, str, str, str]]:
    return [
        (one.place.file, one.place.row, one.read, one.values["records"], one.values["readers"])
        for one in found(folder, reader)
    ]


def changed(
    folder: Path, *, before: str = "public", after: str = "own", row: str = LESS, **head: str
) -> Path:
    """A package of 1,000, and a later row of it."""
    document(folder, "a", "2031-01-10", {"packages": PACKAGES + FIRST}, marking=before)
    document(folder, "b", "2031-02-10", {"packages": PACKAGES + row}, marking=after, **head)
    return folder


PLACE = "KE/b/packages.csv"


def test_the_owner_and_the_cell_are_told_of_a_public_amount_that_a_hidden_row_replaces(
    tmp_path: Path,
) -> None:
    one = [(PLACE, 2, "own", "KE-1", "public, coalition")]
    folder = changed(tmp_path)
    assert told(folder) == one
    assert told(folder, "KE") == one
    assert told(folder, "ke") == one
    (warning,) = found(folder)
    assert (warning.place.column, warning.values["older"]) == ("marking", "KE/a/packages.csv")


@pytest.mark.parametrize("reader", ["public", "coalition", "DE"])
def test_no_other_reader_is_told_or_sees_any_difference(reader: str, tmp_path: Path) -> None:
    with_hidden = gathered(changed(tmp_path / "a"), reader)
    bare = tmp_path / "b"
    document(bare, "a", "2031-01-10", {"packages": PACKAGES + FIRST}, marking="public")
    without = gathered(bare, reader)
    assert with_hidden.findings == without.findings
    assert with_hidden.ledger.entries.equals(without.ledger.entries)
    assert with_hidden.documents.equals(without.documents)


@pytest.mark.slow(all=True)
@pytest.mark.parametrize(
    ("before", "after", "readers"),
    [
        ("public", "coalition", ["public"]),
        ("coalition", "DE", ["coalition"]),
        ("DE;PL", "PL", ["DE"]),
        ("DE", "own", ["DE"]),
        ("own", "coalition", []),
        ("coalition", "public", []),
        ("coalition", "coalition", []),
        ("own", "own", []),
    ],
)
def test_only_readers_of_the_earlier_row_alone_are_named(
    before: str, after: str, readers: list[str], tmp_path: Path
) -> None:
    assert [one[4] for one in told(changed(tmp_path, before=before, after=after))] == readers


@pytest.mark.slow(all=True)
@pytest.mark.parametrize(
    ("row", "outdated"),
    [
        (FIRST, False),
        (LESS, True),
        (FIRST.replace("1000", "0"), True),
        (FIRST.replace("committed,1000,EUR", "withdrawn,,"), True),
        (FIRST.replace("committed,1000,EUR", ",,"), False),
        (FIRST.replace("committed,1000,EUR", "allocated,,"), True),
        (FIRST.replace("committed,1000,EUR", ",-,"), True),
        (FIRST.replace("Cables", "Cables and poles"), True),
        (SECOND, False),
    ],
)
def test_only_a_value_that_readers_see_and_that_is_replaced_counts(
    row: str, outdated: bool, tmp_path: Path
) -> None:
    assert bool(told(changed(tmp_path, row=row))) is outdated


@pytest.mark.parametrize("reader", ["coalition", "DE"])
def test_another_reader_who_sees_both_versions_is_not_told(reader: str, tmp_path: Path) -> None:
    folder = changed(tmp_path, after="coalition")
    assert told(folder, reader) == []
    assert len(told(folder, "KE")) == 1


def test_a_later_visible_row_ends_it(tmp_path: Path) -> None:
    changed(tmp_path)
    document(tmp_path, "c", "2031-03-10", {"packages": PACKAGES + LESS}, marking="public")
    assert told(tmp_path) == []


def test_what_is_not_known_yet_gives_no_finding(tmp_path: Path) -> None:
    folder = changed(tmp_path)
    (folder / "konvoi.toml").write_text(HEAD + "day = 2031-01-31\n")
    early = gathering(viewed(opened([folder]), View(date(2031, 1, 31), "cell")))
    assert [one for one in early.findings if one.code == CODE] == []


def test_a_hidden_document_that_replaces_another_as_a_whole_is_told_once(tmp_path: Path) -> None:
    document(tmp_path, "a", "2031-01-10", {"packages": PACKAGES + FIRST + SECOND}, marking="public")
    document(
        tmp_path,
        "b",
        "2031-02-10",
        {"packages": PACKAGES + LESS},
        marking="own",
        supersedes="KE/a/packages.csv",
    )
    assert told(tmp_path) == [(PLACE, 2, "own", "KE-1, KE-2", "public, coalition")]


def test_a_hidden_document_that_leaves_rows_out_is_told_at_its_head(tmp_path: Path) -> None:
    document(tmp_path, "a", "2031-01-10", {"packages": PACKAGES + FIRST + SECOND}, marking="coalition")
    document(
        tmp_path,
        "b",
        "2031-02-10",
        {"packages": PACKAGES + FIRST},
        marking="own",
        supersedes="KE/a/packages.csv",
    )
    assert told(tmp_path, "KE") == [(PLACE, 0, "own", "KE-2", "coalition")]


def test_a_visible_document_that_replaces_a_hidden_one_leaves_the_first_in_force_for_others(
    tmp_path: Path,
) -> None:
    document(tmp_path, "a", "2031-01-10", {"packages": PACKAGES + FIRST + SECOND}, marking="public")
    for name, day, marking, old in (("b", "2031-02-10", "own", "a"), ("c", "2031-03-10", "public", "b")):
        document(
            tmp_path,
            name,
            day,
            {"packages": PACKAGES + LESS},
            marking=marking,
            supersedes=f"KE/{old}/packages.csv",
        )
    (one,) = found(tmp_path, "KE")
    assert (one.place.file, one.place.column, one.values["records"]) == (
        "KE/c/packages.csv",
        "supersedes",
        "KE-2",
    )
    assert one.remedy == "Withdraw {older}."


def test_a_visible_replacement_acts_for_all_and_is_not_told(tmp_path: Path) -> None:
    document(tmp_path, "a", "2031-01-10", {"packages": PACKAGES + FIRST + SECOND}, marking="public")
    rows = PACKAGES + LESS.replace("EUR,", "EUR,own")
    document(
        tmp_path, "b", "2031-02-10", {"packages": rows}, marking="public", supersedes="KE/a/packages.csv"
    )
    assert told(tmp_path) == []


def test_line_items_and_needs_are_told_like_packages(tmp_path: Path) -> None:
    lines = "line,package,good,quantity,unit,marking\nKE-1/1,KE-1,pump,{},piece,{}\n"
    needs = "need,party,good,quantity,site,due,state,marking\nN-1,MD,pump,{},S,2031-06-01,validated,{}\n"
    first = {"packages": PACKAGES + FIRST, "lines": lines.format(30, ""), "needs": needs.format(9, "")}
    document(tmp_path, "a", "2031-01-10", first, marking="public")
    later = {"lines": lines.format(20, "own"), "needs": needs.format(8, "own")}
    document(tmp_path, "b", "2031-02-10", later, marking="public")
    assert [(one[0], one[3]) for one in told(tmp_path)] == [
        ("KE/b/lines.csv", "KE-1/1"),
        ("KE/b/needs.csv", "N-1"),
    ]
