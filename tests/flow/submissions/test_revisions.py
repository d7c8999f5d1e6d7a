"""What newer versions changed, as a table of a workspace."""

from pathlib import Path

from tests.flow.workspaces import workspace
from tests.report.views import visible

from konvoi.flow.cases import bare
from konvoi.flow.load_workspace import gathering
from konvoi.flow.workspace import opened

HEAD = "package,party,day,kind,amount,currency,stage,marking\n"


def versions(folder: Path, marking: str = "public") -> Path:
    """A package of Arvenia's, handed in again with another amount, and one that only the first version
    has."""
    made = workspace(folder, packages=(), lines=(), movements=(), receipts=(), offers=())
    desk = made / "submissions" / "AR"
    for name, rows in (
        (
            "first",
            "P-1,AR,2031-01-10,energy,10,EUR,committed,{}\nP-2,AR,2031-01-10,energy,7,EUR,committed,{}\n",
        ),
        ("second", "P-1,AR,2031-01-10,energy,12,EUR,committed,{}\n"),
    ):
        (desk / name).mkdir()
        (desk / name / "packages.csv").write_text(HEAD + rows.replace("{}", marking))
    with (made / "konvoi.toml").open("a") as settings:
        settings.write('[supersedes]\n"AR/second/packages.csv" = "AR/first/packages.csv"\n')
    return made


def test_a_version_is_held_against_the_one_that_it_replaces(tmp_path: Path) -> None:
    work = opened([versions(tmp_path / "w")])
    rows = gathering(work).tables["revisions"]
    assert list(rows.select("package", "kind").iter_rows()) == [("P-1", "corrected"), ("P-2", "withdrawn")]
    assert rows["_file"].unique().to_list() == ["AR/second/packages.csv"]


def test_where_nothing_replaces_anything_there_is_no_table(tmp_path: Path) -> None:
    assert "revisions" not in gathering(opened([workspace(tmp_path / "w")])).tables


def test_a_reader_sees_no_revision_of_what_is_hidden(tmp_path: Path) -> None:
    work = opened([versions(tmp_path / "w", marking="own")])
    case = bare(gathering(work), work)
    assert case.tables["revisions"].height == 2
    assert visible(case, "public").tables["revisions"].is_empty()
