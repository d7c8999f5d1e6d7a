"""A column whose numbers can be read in two ways is read as its sender writes numbers, by what was known."""

from datetime import date
from pathlib import Path

import pytest
from tests.cli.calling import konvoi

from konvoi.flow.load_workspace import gathering
from konvoi.flow.workspace import workspace as opened
from konvoi.model.finding import Finding, filled

COMMA = "2,500.75"
POINT = "2.500,75"


def workspace(folder: Path, *documents: tuple[str, str, str]) -> Path:
    """Packages as (party, day, amounts split by a bar), each document in a folder of its day."""
    folder.mkdir(exist_ok=True)
    (folder / "konvoi.toml").write_text('[coalition]\nname = "Exercise"\nrecipient = "BO"\n')
    for n, (party, day, amounts) in enumerate(documents):
        desk = folder / "submissions" / party / f"d{n}"
        desk.mkdir(parents=True)
        (desk / "konvoi.csv").write_text(f"party,{party}\n" + (f"day,{day}\n" if day else ""))
        (desk / "packages.csv").write_text(packages(party, n, amounts))
    return folder


def packages(party: str, n: int, amounts: str) -> str:
    rows = [
        f'{party}-{n}{at},{party},2031-01-0{n + 1},energy,Goods {n}{at},"{amount}",EUR'
        for at, amount in enumerate(amounts.split("|"))
    ]
    return "\n".join(["package,party,day,kind,title,amount,currency", *rows]) + "\n"


def amounts(folder: Path, known: date | None = None) -> dict[str, int | None]:
    entries = gathering(opened(folder), known=known).ledger.entries
    return dict(entries.sort("reference").select("reference", "amount_minor").iter_rows())


def told(folder: Path) -> list[Finding]:
    codes = ("number-by-sender", "number-ambiguous")
    return [one for one in gathering(opened(folder)).findings if one.code in codes]


@pytest.mark.parametrize(("shown", "amount"), [(COMMA, 146_900), (POINT, 147)])
def test_an_earlier_document_of_the_sender_decides_with_a_note(
    tmp_path: Path, shown: str, amount: int
) -> None:
    folder = workspace(tmp_path, ("PL", "2031-01-10", shown), ("PL", "2031-02-10", "1,469|3,500"))
    assert amounts(folder)["PL-10"] == amount
    (note,) = told(folder)
    assert (note.code, note.read, note.values["rows"]) == ("number-by-sender", "1,469", "2, 3")
    assert "rows 2, 3" in filled(note.remedy, note.values)


@pytest.mark.slow(all=True)
@pytest.mark.parametrize(
    "earlier",
    [
        [("DE", "2031-01-10", COMMA)],
        [("PL", "2031-03-10", COMMA)],
        [("PL", "", COMMA)],
        [("PL", "2031-01-10", COMMA), ("PL", "2031-01-11", POINT)],
        [("PL", "2031-01-10", "1,469")],
    ],
    ids=["of another sender", "later", "without a day", "documents that differ", "unclear itself"],
)
def test_what_does_not_decide_leaves_the_question(
    tmp_path: Path, earlier: list[tuple[str, str, str]]
) -> None:
    folder = workspace(tmp_path, *earlier, ("PL", "2031-02-10", "1,469"))
    assert amounts(folder)[f"PL-{len(earlier)}0"] is None
    assert {one.code for one in told(folder)} == {"number-ambiguous"}


def test_a_column_that_shows_its_own_separator_keeps_it(tmp_path: Path) -> None:
    folder = workspace(tmp_path, ("PL", "2031-01-10", POINT), ("PL", "2031-02-10", "1,469|1,234.56"))
    assert amounts(folder)["PL-10"] == 146_900
    assert told(folder) == []


def test_a_column_that_shows_both_is_asked_about(tmp_path: Path) -> None:
    folder = workspace(tmp_path, ("PL", "2031-01-10", COMMA), ("PL", "2031-02-10", "1,469|1.5|1,5"))
    assert amounts(folder)["PL-10"] is None


def test_a_later_document_changes_no_earlier_day(tmp_path: Path) -> None:
    folder = workspace(tmp_path, ("PL", "2031-01-10", COMMA), ("PL", "2031-02-10", "1,469"))
    before = amounts(folder, date(2031, 2, 10))
    more = packages("PL", 7, POINT)
    desk = folder / "submissions" / "PL" / "later"
    desk.mkdir()
    (desk / "konvoi.csv").write_text("party,PL\nday,2031-03-01\n")
    (desk / "packages.csv").write_text(more)
    assert amounts(folder, date(2031, 2, 10)) == before
    assert before["PL-10"] == 146_900


@pytest.mark.slow
def test_adding_announces_what_the_total_then_is(tmp_path: Path) -> None:
    """Also where the document that decides is added after the one that it decides."""
    folder = workspace(tmp_path / "cell", ("PL", "2031-02-10", "1,469"))
    files = workspace(tmp_path / "sent", ("PL", "2031-01-10", COMMA)) / "submissions" / "PL" / "d0"
    (files / "packages.csv").write_text(packages("PL", 5, COMMA))
    (effect,) = konvoi("add", files, "--from", "PL", "--dir", folder, "--dry-run", "--json").json["effects"]
    konvoi("add", files, "--from", "PL", "--dir", folder)
    total = konvoi("total", folder, "--json").json["value"]
    assert (effect["after"], total) == (3969.75, 3969.75)
