"""konvoi review: what is open, deciding, and deciding again."""

from pathlib import Path

from tests.cli.calling import konvoi
from tests.flow.workspaces import TABLES, workspace

HEAD = TABLES["packages"][0]
OWN = (HEAD, "P-1,AR,2031-01-10,humanitarian,1000.00,EUR,committed,")
TOLD = (HEAD, "X-7,AR,2031-01-10,humanitarian,1000.00,EUR,committed,")


def two_reports(folder: Path) -> Path:
    """Arvenia hands in its package, and Corland reports Arvenia's gift under a reference of its own."""
    workspace(folder, packages=OWN, lines=(), movements=(), receipts=(), offers=())
    desk = folder / "submissions" / "CO"
    desk.mkdir()
    (desk / "packages.csv").write_text("\n".join(TOLD) + "\n")
    return folder


def packages(folder: Path) -> tuple[str, str]:
    records = [r for p in ("P-1", "X-7") for r in konvoi("show", p, folder, "--json").json["records"]]
    heads = [r["id"] for r in records if r["what"] == "entry" and "line" not in r]
    return heads[0], heads[1]


def test_a_decision_is_drawn_in_and_undone_by_deciding_again(tmp_path: Path) -> None:
    folder = two_reports(tmp_path)
    left, right = packages(folder)

    def total() -> float:
        return float(konvoi("total", folder, "--json").json["value"])

    assert total() == 2000
    called = konvoi(
        "review", left, right, "--verdict", "same", "--relation", "same_as", "--by", "A", "--dir", folder
    )
    assert called.code == 0
    assert total() == 1000
    konvoi(
        "review", left, right, "--verdict", "different", "--relation", "same_as", "--by", "A", "--dir", folder
    )
    assert total() == 2000
    assert len((folder / "judgements.csv").read_text().splitlines()) == 3


def test_a_decision_needs_a_verdict_and_a_name(tmp_path: Path) -> None:
    assert konvoi("review", "a", "b", "--dir", workspace(tmp_path)).code == 2


def test_a_pair_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    called = konvoi("review", "a", "b", "--verdict", "same", "--by", "A", "--dir", workspace(tmp_path))
    assert called.code == 2
    assert "those that konvoi review --list shows" in called.err


def test_a_packages_reference_leads_to_its_record(tmp_path: Path) -> None:
    folder = two_reports(tmp_path)
    left, _ = packages(folder)
    called = konvoi("review", "P-1", "P-9", "--verdict", "same", "--by", "A", "--dir", folder)
    assert (called.code, f"Did you mean {left}" in called.err) == (2, True)


def test_a_record_is_no_pair_with_itself_and_a_pair_is_two(tmp_path: Path) -> None:
    folder = two_reports(tmp_path)
    left, right = packages(folder)
    decide = ("--verdict", "same", "--by", "A", "--dir", folder)
    assert konvoi("review", left, left, *decide).code == 3
    assert konvoi("review", left, *decide).code == 2
    called = konvoi("review", left, right, *decide, "--relation", "same-as-it")
    assert (called.code, "Did you mean same_as?" in called.err) == (2, True)
    assert not (folder / "judgements.csv").exists()


def test_a_decision_goes_below_those_that_were_written_by_hand(tmp_path: Path) -> None:
    """A file with fewer columns gets the others; what stood in it still stands."""
    folder = two_reports(tmp_path)
    left, right = packages(folder)
    by_hand = "AR#P-9,CO#X-9,same_as,different,desk,2031-02-01T08:00:00Z"
    (folder / "judgements.csv").write_text(f"left,right,relation,verdict,by,at\n{by_hand}\n")
    assert konvoi("review", left, right, "--verdict", "same", "--by", "A", "--dir", folder).code == 0
    lines = (folder / "judgements.csv").read_text().splitlines()
    assert lines[1].startswith(by_hand)
    assert {line.count(",") for line in lines} == {12}
    assert konvoi("total", folder, "--stage", "committed").out.startswith("1,000.00 EUR")


def test_a_broken_file_of_decisions_is_not_written_into(tmp_path: Path) -> None:
    """It may hold decisions that a person can still save."""
    folder = two_reports(tmp_path)
    left, right = packages(folder)
    (folder / "judgements.csv").write_text("left,right\na,b,c\n")
    called = konvoi("review", left, right, "--verdict", "same", "--by", "A", "--dir", folder)
    assert called.code == 3
    assert (folder / "judgements.csv").read_text() == "left,right\na,b,c\n"


def test_a_pair_is_listed_with_what_the_total_falls_by(tmp_path: Path) -> None:
    """The same as the brief says: drawn with the total's own rules."""
    folder = two_reports(tmp_path)
    listed = konvoi("review", "--list", "--dir", folder, "--json").json["undecided"]
    answer = konvoi("total", folder, "--stage", "pledged", "--mix", "--json").json
    fall = float(answer["value"]) - float(answer["lowest"])
    assert [pair["change"] for pair in listed] == [f"{fall:,.2f} EUR"]
    assert fall > 0


def test_projects_that_may_be_one_are_listed_until_they_are_decided(tmp_path: Path) -> None:
    folder = workspace(
        tmp_path / "cell",
        projects=(
            "project,title,stage,communities,building,cost,currency",
            'A,School No. 3,prepared,C1,"REG-1003, Linden Way 4",4000000,EUR',
            'B,School No. 3,identified,C1,"REG-1003, Linden Way 4",3900000,EUR',
        ),
        financing=(
            "financing,project,party,stage,day,amount,currency",
            "F1,A,AR,committed,2031-01-10,4000000,EUR",
            "F2,B,AR,committed,2031-01-10,3900000,EUR",
        ),
    )
    pairs = konvoi("review", "--list", "--dir", folder, "--json").json["undecided"]
    shown = [(row["left"], row["right"], row["relation"], row["change"]) for row in pairs]
    assert shown[-1] == ("A", "B", "same_as", "3,900,000.00 EUR")
    assert "3,900,000.00 EUR" in konvoi("review", "--list", "--dir", folder).out
    konvoi("review", "A", "B", "--verdict", "unsure", "--by", "desk", "--dir", folder)
    after = konvoi("review", "--list", "--dir", folder, "--json").json["undecided"]
    assert [row for row in after if row["left"] == "A"] == []
