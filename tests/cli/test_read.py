"""konvoi read: what is understood, what is wrong, and the exits."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook
from tests.cli.calling import konvoi
from tests.flow.workspaces import workspace

from konvoi.model.tables import BY_NAME
from konvoi.report.submissions.template import template


def test_a_clean_file_exits_with_0_and_tells_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "goods.csv").write_text("good,name,unit\ntent,Tent,piece\n")
    called = konvoi("read", tmp_path / "goods.csv", "--json")
    assert called.code == 0
    (document,) = called.json["documents"]
    assert (document["format"], document["tables"]) == ("konvoi-csv", {"goods": 1})


def test_sheets_are_named_as_they_stand_in_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    assert konvoi("template", path, "--for", "desk").code == 0
    book = load_workbook(path)
    sheet = book["Pledge"]
    (head,) = (cell.row for cell in sheet["A"] if cell.value == "Pledge *")
    for column, value in enumerate(("P-1", "Tents", "2031-01-10", "humanitarian"), start=1):
        sheet.cell(head + 2, column, value)
    book.save(path)
    assert "; Pledge: 1" in konvoi("read", path, "--from", "PL").out


def test_an_error_exits_with_1_and_names_place_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "goods.csv").write_text("good,name,unit,weight_kg\ntent,Tent,piece,4O\n")
    called = konvoi("read", tmp_path / "goods.csv", "--json")
    assert called.code == 1
    (finding,) = called.json["documents"][0]["findings"]
    assert (finding["row"], finding["column"], finding["read"]) == (2, "weight_kg", "4O")
    assert "40" in finding["remedy"]
    assert "4O" in konvoi("read", tmp_path / "goods.csv").err


def test_what_nobody_knows_is_refused_with_3_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"\x00\x01\x02")
    (tmp_path / "goods.csv").write_text("good,name,unit\ntent,Tent,piece\n")
    called = konvoi("read", tmp_path)
    assert called.code == 3
    assert "a.bin: refused" in called.out
    assert "goods.csv: konvoi-csv" in called.out


def test_what_stands_in_another_of_the_files_is_not_missed(tmp_path: Path) -> None:
    """Alone a movement's line is looked for in vain; beside the file of lines it is found."""
    (tmp_path / "packages.csv").write_text("package,party,day,kind\nP-1,AR,2031-01-01,energy\n")
    (tmp_path / "lines.csv").write_text("line,package,good,quantity\nL-1,P-1,gen,4\n")
    text = "package,party,day,kind,relates\nP-2,AR,2031-01-01,energy,restates:P-1\n"
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "packages.csv").write_text(text)
    alone = konvoi("read", tmp_path / "later" / "packages.csv", "--json").json["documents"][0]["findings"]
    assert [(one["severity"], one["code"]) for one in alone] == [("warning", "reference-unknown")]
    together = konvoi("read", tmp_path, "--from", "AR", "--json").json["documents"]
    assert [one["code"] for document in together for one in document["findings"]] == []


def test_a_large_file_of_activities_is_counted_and_not_held(tmp_path: Path) -> None:
    """51 MiB of padding make it large and not checked unasked; the answer holds numbers and the findings."""
    activity = (
        "<iati-activity><iati-identifier>A-1</iati-identifier>"
        '<reporting-org ref="XX-1" type="10"><narrative>X</narrative></reporting-org>'
        '<transaction><transaction-type code="3"/><transaction-date iso-date="2031-01-01"/>'
        '<value currency="EUR" value-date="2031-01-01">5</value></transaction></iati-activity>'
    )
    padding = f"<!--{' ' * (1 << 20)}-->" * 51
    (tmp_path / "a.xml").write_text(f'<iati-activities version="2.03">{activity}{padding}</iati-activities>')
    (tmp_path / "goods.csv").write_text("good,name,unit\ntent,Tent,piece\n")
    called = konvoi("read", tmp_path, "--json")
    assert called.code == 0
    goods, large = called.json["documents"]
    assert goods["tables"] == {"goods": 1}
    assert (large["entries"], large["tables"]["iati_activities"]) == (1, 1)
    assert [one["code"] for one in large["findings"]] == ["file-streamed", "iati-not-validated"]


def test_no_path_is_wrong_usage() -> None:
    assert konvoi("read").code == 2


@pytest.mark.slow
def test_a_workbook_comes_back_marked_and_is_read_again_without_a_difference(tmp_path: Path) -> None:
    path, out = tmp_path / "list.xlsx", tmp_path / "marked.xlsx"
    rows = {"goods": BY_NAME["goods"].empty().vstack(_tent())}
    path.write_bytes(template("de", day=date(2031, 4, 2), rows=rows))
    first = konvoi("read", path, "--mark", out, "--json")
    assert first.code == 1
    again = konvoi("read", out, "--json")
    told = [{**one, "file": ""} for one in first.json["documents"][0]["findings"]]
    assert [{**one, "file": ""} for one in again.json["documents"][0]["findings"]] == told
    assert told[0]["sheet"] == "Güter"
    assert konvoi("read", path, "--mark", out).code == 3
    assert konvoi("read", path, "--mark", out, "--over").code == 1


def test_only_one_workbook_of_ours_comes_back_marked(tmp_path: Path) -> None:
    (tmp_path / "goods.csv").write_text("good,name,unit\ntent,Tent,piece\n")
    refused = konvoi("read", tmp_path / "goods.csv", "--mark", tmp_path / "out.xlsx")
    assert (refused.code, "only a Konvoi workbook" in refused.err) == (3, True)
    (tmp_path / "needs.csv").write_text("need\n")
    assert konvoi("read", tmp_path, "--mark", tmp_path / "out.xlsx").code == 2
    assert not (tmp_path / "out.xlsx").exists()


def _tent() -> pl.DataFrame:
    """A good without its name, which must be there."""
    row = {"good": "tent", "name": None, "unit": "piece"}
    return pl.DataFrame([row], schema=BY_NAME["goods"].schema())


def test_a_marked_workbook_is_only_written_under_a_workbooks_name(tmp_path: Path) -> None:
    (tmp_path / "goods.csv").write_text("good,name,unit\ntent,Tent,piece\n")
    called = konvoi("read", tmp_path / "goods.csv", "--mark", tmp_path / "notes.txt")
    assert (called.code, "notes.xlsx" in called.err) == (2, True)


def test_all_findings_stand_in_one_list(tmp_path: Path) -> None:
    (tmp_path / "lines.csv").write_text("line,package,good,quantity\nL-1,P-1,tent,1O\nL-2,P-1,tent,-5\n")
    document = konvoi("read", tmp_path / "lines.csv", "--json").json
    own = [one["code"] for one in document["documents"][0]["findings"]]
    told = [one["code"] for one in document["findings"]]
    assert own
    assert set(own) < set(told)
    assert "negative-without-correction" in told


BAD = {
    "steps-in-circle": ("AR/steps.csv", 2, "waits_for"),
    "weights-do-not-sum": ("AR/tranches.csv", 2, "amount"),
    "assessment-without-source": ("AR/assessments.csv", 2, "source"),
    "position-clause-unknown": ("AR/positions.csv", 2, "clause"),
}


@pytest.mark.slow
def test_a_workspace_tells_also_what_shows_only_once_all_is_related(tmp_path: Path) -> None:
    """Bad input of the talks and the money: each with its place and what to do, and the rest is read."""
    folder = workspace(
        tmp_path / "cell",
        steps=("step,title,party,waits_for", "A,first,AR,B", "B,second,AR,A", "C,third,AR,"),
        programmes=("programme,party,title,rule,currency", "P,AR,Facility,by step weight,EUR"),
        tranches=("tranche,programme,stage,currency,day,amount", "T,P,expected,EUR,2031-06-30,100"),
        conditions=("condition,programme,title,tranche,amount,currency", "K,P,one,T,90,EUR"),
        assessments=("assessment,condition,party,day,verdict", "V,K,AR,2031-05-01,met"),
        documents=("document,title,parties", "D,Pact,AR;BO"),
        rounds=("round,document,deadline,text", "R,D,2031-03-01,draft.md"),
        positions=("position,round,party,stance,day,clause", "X,R,AR,reject,2031-02-01,I/9"),
    )
    (folder / "submissions" / "AR" / "draft.md").write_text("# Part I: Aims\n\n1. One.\n\n2. Two.\n")
    called = konvoi("read", folder, "--json")
    found = {one["code"]: one for one in called.json["findings"]}
    places = {code: (one["file"], one["row"], one["column"]) for code, one in found.items()}
    assert {code: places[code] for code in BAD} == BAD
    assert all(found[code]["expected"] and found[code]["remedy"] for code in BAD)
    assert called.code == 1
    steps = konvoi("meeting", "actions", folder, "--json").json["steps"]
    assert [(step["step"], step["waits"]) for step in steps] == [("A", ["B"]), ("B", ["A"]), ("C", [])]
