"""What several parties tell of one line is seen together; what is superseded is not."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.flow.workspaces import TABLES, dated, workspace

from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.settings import Settings
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace
from konvoi.flow.workspace import workspace as opened
from konvoi.model.document import Document

ONE = {name: tuple(r for r in TABLES[name] if "-2" not in r) for name in ("packages", "lines", "offers")}


def _consignee(folder: Path, received: int) -> None:
    desk = folder / "submissions" / "BO"
    desk.mkdir()
    (desk / "receipts.csv").write_text(f"receipt,reference,day,received\nB-1,M-1,2031-02-09,{received}\n")


def _codes(folder: Path) -> list[str]:
    return [finding.code for finding in gathering(opened(folder)).findings]


def test_a_consignee_that_receives_more_than_was_sent_is_told_once_with_both_papers(tmp_path: Path) -> None:
    """The giver sent 4 of its own line, the recipient signs for 5: two submissions, one line."""
    folder = workspace(tmp_path, receipts=(), **ONE)
    _consignee(folder, 5)
    (told,) = gathering(opened(folder)).findings
    assert (told.code, told.read) == ("receipt-above-despatch", "5 piece")
    assert told.values == {"sent": "4 piece", "despatch": "M-1", "receipt": "B-1"}


def test_what_became_of_each_consignment_is_a_table_of_the_case(tmp_path: Path) -> None:
    folder = workspace(tmp_path, receipts=(), **ONE)
    _consignee(folder, 4)
    rows = gathering(opened(folder)).tables["consignments"]
    assert rows.select("consignment", "sent", "received", "state").rows() == [("M-1", 4, 4, "received")]


def test_without_despatches_and_receipts_there_is_no_such_table(tmp_path: Path) -> None:
    folder = workspace(tmp_path, movements=(), receipts=(), **ONE)
    assert "consignments" not in gathering(opened(folder)).tables


def test_a_receipt_of_what_another_party_sent_misses_no_stage(tmp_path: Path) -> None:
    """The dispatch stands in the giver's submission, not in the recipient's."""
    folder = workspace(tmp_path, receipts=(), **ONE)
    _consignee(folder, 4)
    assert _codes(folder) == []


def test_a_receipt_of_a_line_is_no_second_report_of_another_line(tmp_path: Path) -> None:
    """Two lines of the same good: the receipt belongs to the one it answers and makes no pair to judge."""
    lines = (*ONE["lines"], "L-3,P-1,tent,4,from stock,2031-04-01")
    folder = workspace(tmp_path, receipts=(), **(ONE | {"lines": lines}))
    _consignee(folder, 4)
    assert gathering(opened(folder)).ledger.relations.height == 0


def test_a_version_and_the_one_that_it_supersedes_do_not_contradict_one_another(tmp_path: Path) -> None:
    """The newer list is shorter and of a later day; only it is checked."""
    folder = workspace(tmp_path, receipts=(), movements=(), **ONE)
    for table in ("packages", "lines"):
        rows = "\n".join(ONE[table]).replace("tent,10", "tent,9")
        later = folder / "submissions" / "AR" / "later"
        later.mkdir(exist_ok=True)
        (later / f"{table}.csv").write_text(rows + "\n")
    (later / "konvoi.csv").write_text("day,2031-02-20\n")
    settings = (folder / "konvoi.toml").read_text()
    old = "".join(f'"AR/later/{t}.csv" = "AR/{t}.csv"\n' for t in ("packages", "lines"))
    (folder / "konvoi.toml").write_text(f"{settings}[supersedes]\n{old}")
    assert "entry-twice" not in _codes(folder)


def _paper(folder: Path, day: str) -> None:
    desk = folder / "submissions" / "AR" / f"of-{day}"
    desk.mkdir()
    (desk / "packages.csv").write_text("package,party,name,day,kind\nP-9,AR,Nine,2031-03-01,humanitarian\n")
    (desk / "konvoi.csv").write_text(f"day,{day}\n")


def test_a_paper_of_2099_is_told_and_does_not_make_today(tmp_path: Path) -> None:
    folder = dated(workspace(tmp_path))
    before = gathering(opened(folder)).day
    _paper(folder, "2099-01-01")
    found = gathering(opened(folder))
    (told,) = [finding for finding in found.findings if finding.code == "document-in-future"]
    assert (told.read, told.values) == ("2099-01-01", {"day": str(before)})
    assert found.day == before


def test_a_paper_of_the_next_year_is_the_latest(tmp_path: Path) -> None:
    folder = dated(workspace(tmp_path))
    _paper(folder, "2032-01-01")
    found = gathering(opened(folder))
    assert str(found.day) == "2032-01-01"
    assert "document-in-future" not in [finding.code for finding in found.findings]


def packages(folder: str, day: str, *names: str, party: str = "AR") -> list[Document]:
    head = [Document(f"{party}/{folder}/konvoi.csv", f"party,{party}\nday,{day}\n".encode(), party)]
    rows = "".join(f"{one},{party},2031-01-01,energy,5,EUR\n" for one in names)
    text = f"package,party,day,kind,amount,currency\n{rows}".encode()
    return [*(head if day else []), Document(f"{party}/{folder}/packages.csv", text, party)]


RATES = Document(
    "rates.csv", b"currency,day,per_eur,source\nNOK,2031-01-05,10,bank\nNOK,2031-03-05,11,bank\n"
)


def known_on(day: date, *documents: Document, **settings: object) -> Gathered:
    work = Workspace(None, Settings(**settings), tuple(documents))  # type: ignore[arg-type]
    return gathering(work, known=day)


def test_what_was_known_on_a_day_is_in_documents_of_that_day_or_before() -> None:
    documents = [*packages("a", "2031-01-10", "A-1"), *packages("b", "2031-02-10", "B-1")]
    for day, seen in ((9, []), (10, ["A-1"]), (11, ["A-1"])):
        found = known_on(date(2031, 1, day), *documents)
        assert found.ledger.entries["package"].sort().to_list() == seen
        assert found.on == date(2031, 1, day)


def test_an_undated_document_is_left_out_with_a_note_and_rates_count_by_their_own_days() -> None:
    found = known_on(date(2031, 2, 1), *packages("a", "", "A-1"), RATES)
    assert found.ledger.entries.is_empty()
    notes = [(one.place.file, str(one.severity)) for one in found.findings if one.code == "document-undated"]
    assert notes == [("AR/a/packages.csv", "note")]
    assert [str(day) for day in found.tables["rates"]["day"]] == ["2031-01-05"]
    dated = known_on(
        date(2031, 2, 1), *packages("a", "", "A-1"), known_on={"AR/a/packages.csv": date(2031, 2, 1)}
    )
    assert dated.ledger.entries.height == 1


def test_other_readers_get_row_numbers_of_their_own_documents_alone() -> None:
    documents = [*packages("a", "2031-01-10", "A-1"), *packages("b", "2031-01-10", "B-1", party="BO")]
    documents = [replace(one, marking="public") for one in documents]

    def rows(reader: str) -> dict[str, object]:
        work = Workspace(None, Settings(), tuple(documents), view=View(None, reader))
        return dict(gathering(work).ledger.entries.select("package", "row").iter_rows())

    assert rows("cell") == {"A-1": 2, "B-1": 2}
    assert rows("AR") == {"A-1": 2, "B-1": None}
    assert rows("public") == {"A-1": None, "B-1": None}
