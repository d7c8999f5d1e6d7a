"""Answers close what they answer, do what they say, and nothing is asked twice."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from tests.flow.asked import asked, cell, filled, handed_in, id_of, kinds

from konvoi.flow.load_workspace import gathering
from konvoi.flow.submissions.questions_asked import asking
from konvoi.flow.workspace import workspace
from konvoi.model.finding import Severity


def answer(folder: Path, party: str, **by_kind: dict[str, object]) -> None:
    """Answer one question of each kind that is named."""
    found = asked(folder)
    book = found.files[f"{party}/questions.xlsx"]
    handed_in(
        folder,
        party,
        "answers.xlsx",
        filled(book, {id_of(found, kind): cells for kind, cells in by_kind.items()}),
    )


def codes(folder: Path) -> list[str]:
    """The codes of findings on answers."""
    found = gathering(workspace(folder)).findings
    return [one.code for one in found if one.code.startswith("answer")]


def test_there_is_a_question_of_each_kind(tmp_path: Path) -> None:
    assert set(kinds(asked(cell(tmp_path)))) == {
        ("AR", "findings"),
        ("AR", "duplicates"),
        ("AR", "promises"),
        ("AR", "despatches"),
        ("AR", "papers"),
        ("AR", "standards"),
        ("BO", "receipts"),
        ("CA", "approvals"),
    }


@pytest.mark.slow
def test_the_same_workspace_asks_the_same_bytes(tmp_path: Path) -> None:
    one, other = cell(tmp_path / "one"), cell(tmp_path / "other")
    assert asking(workspace(one)).files == asking(workspace(other)).files


@pytest.mark.slow
def test_what_is_answered_is_not_asked_again(tmp_path: Path) -> None:
    folder = cell(tmp_path)
    before = asked(folder)
    answer(
        folder,
        "AR",
        findings={"Answer": 12},
        duplicates={"Answer": "different", "By": "M. Example"},
        promises={"Answer": date(2031, 5, 1)},
        despatches={"Answer": "2031-04-01"},
        papers={"Answer": "W-2"},
        standards={"Answer": "stays as it is"},
    )
    answer(folder, "BO", receipts={"Answer": 4, "Day": date(2031, 2, 20)})
    answer(folder, "CA", approvals={"Answer": "given", "Day": date(2031, 3, 1)})
    after = asked(folder)
    left = [one for one in after.questions if one.kind not in ("duplicates", "standards")]
    assert left == []
    assert {one.id for one in after.questions} & {
        id_of(before, kind) for kind in ("duplicates", "standards", "findings")
    } == set()
    assert codes(folder) == []


def test_a_value_becomes_a_correction_that_names_what_it_corrects(tmp_path: Path) -> None:
    folder = cell(tmp_path)
    answer(folder, "AR", findings={"Answer": 12})
    gathered = gathering(workspace(folder))
    line = gathered.ledger.entries.filter((pl.col("reference") == "L-2") & (pl.col("quantity") == 12))
    files = dict(gathered.documents.select("submission", "name").iter_rows())
    assert [files[one] for one in line["submission"]] == ["AR/answers.xlsx"]
    assert line["column"].to_list() == ["answer"]
    old = gathered.ledger.corrected.filter(pl.col("reference") == "L-2")
    assert old["entry"].to_list() == line["corrects"].to_list()
    assert gathered.tables["lines"].filter(pl.col("line") == "L-2")["quantity"].to_list() == [Decimal(12)]
    assert [
        one for one in gathered.findings if one.place.column == "quantity" and one.severity == "error"
    ] == []


@pytest.mark.slow
def test_a_new_promised_day_leaves_the_first_on_record_and_is_asked_about_when_it_passes(
    tmp_path: Path,
) -> None:
    folder = cell(tmp_path)
    first = id_of(asked(folder), "despatches")
    answer(folder, "AR", despatches={"Answer": date(2031, 3, 5)})
    gathered = gathering(workspace(folder))
    promised = gathered.tables["lines"].filter(pl.col("line") == "L-3")["promised"].to_list()
    assert promised == [date(2031, 1, 20)]
    again = id_of(asked(folder), "despatches")
    assert again != first


def test_a_quantity_and_a_day_become_a_receipt(tmp_path: Path) -> None:
    folder = cell(tmp_path)
    answer(folder, "BO", receipts={"Answer": 4, "Day": date(2031, 2, 20)})
    entries = gathering(workspace(folder)).ledger.entries
    got = entries.filter((pl.col("stage") == "received") & (pl.col("day_from") == date(2031, 2, 20)))
    assert got["quantity"].to_list() == [Decimal(4)]
    assert got["line"].to_list() == ["L-1"]


def test_a_desks_verdict_is_a_judgement(tmp_path: Path) -> None:
    folder = cell(tmp_path)
    pair = next(one for one in asked(folder).questions if one.kind == "duplicates")
    answer(folder, "AR", duplicates={"Answer": "different", "By": "desk"})
    relations = gathering(workspace(folder)).ledger.relations
    one = relations.filter(
        (pl.col("left") == pair.values["left"]) & (pl.col("right") == pair.values["right"])
    )
    assert one["status"].to_list() == ["rejected"]


@pytest.mark.slow
def test_an_answer_in_another_partys_workbook_is_told_of_and_not_taken(tmp_path: Path) -> None:
    folder = cell(tmp_path)
    found = asked(folder)
    book = filled(
        found.files["CA/questions.xlsx"],
        {id_of(found, "approvals"): {"Answer": "given", "Day": date(2031, 3, 1)}},
    )
    handed_in(folder, "AR", "answers.xlsx", book)
    assert "answer-other-party" in codes(folder)
    assert id_of(asked(folder), "approvals") == id_of(found, "approvals")


@pytest.mark.slow
def test_an_answer_to_an_older_question_is_told_of_and_not_taken(tmp_path: Path) -> None:
    folder = cell(tmp_path)
    found = asked(folder)
    book = filled(
        found.files["AR/questions.xlsx"], {id_of(found, "despatches"): {"Answer": date(2031, 4, 1)}}
    )
    handed_in(folder, "AR", "answers.xlsx", book)
    lines = folder / "submissions" / "AR" / "lines.csv"
    lines.write_text(lines.read_text().replace("2031-01-20", "2031-01-25"))
    assert codes(folder) == ["answer-older"]
    assert ("AR", "despatches") in kinds(asked(folder))


def test_an_answer_to_what_is_settled_otherwise_is_a_note(tmp_path: Path) -> None:
    folder = cell(tmp_path)
    answer(folder, "AR", promises={"Answer": date(2031, 5, 1)})
    lines = folder / "submissions" / "AR" / "lines.csv"
    lines.write_text(lines.read_text().replace("1O,from stock,", "10,from stock,2031-05-01"))
    assert codes(folder) == ["answer-settled"]


def test_rows_that_were_moved_answer_what_their_number_says(tmp_path: Path) -> None:
    folder = cell(tmp_path)
    found = asked(folder)
    ids = {id_of(found, "despatches"): {"Answer": date(2031, 4, 1)}}

    def turned(sheet: object) -> None:
        rows = [[one.value for one in row] for row in sheet.iter_rows(min_row=2)]  # type: ignore[attr-defined]
        for at, values in enumerate(reversed(rows), start=2):
            for column, value in enumerate(values, start=1):
                sheet.cell(at, column).value = value  # type: ignore[attr-defined]

    handed_in(folder, "AR", "answers.xlsx", filled(found.files["AR/questions.xlsx"], ids, change=turned))
    assert ("AR", "despatches") not in kinds(asked(folder))


@pytest.mark.slow
def test_the_same_answers_twice_count_once(tmp_path: Path) -> None:
    folder = cell(tmp_path)
    answer(folder, "BO", receipts={"Answer": 4, "Day": date(2031, 2, 20)})
    content = (folder / "submissions" / "BO" / "answers.xlsx").read_bytes()
    once = gathering(workspace(folder)).ledger.entries
    handed_in(folder, "BO", "again.xlsx", content + b"")
    handed_in(folder, "BO", "resaved.xlsx", filled(content, {}))
    again = gathering(workspace(folder)).ledger.entries
    assert again.height == once.height


def test_two_answers_to_one_question_in_one_file_are_told_of(tmp_path: Path) -> None:
    folder = cell(tmp_path)
    found = asked(folder)
    id = id_of(found, "despatches")

    def doubled(sheet: object) -> None:
        row = next(r for r in sheet.iter_rows(min_row=2) if r[0].value == id)  # type: ignore[attr-defined]
        values = [one.value for one in row]
        values[5] = date(2031, 6, 1)
        sheet.append(values)  # type: ignore[attr-defined]

    book = filled(found.files["AR/questions.xlsx"], {id: {"Answer": date(2031, 4, 1)}}, change=doubled)
    handed_in(folder, "AR", "answers.xlsx", book)
    assert codes(folder) == ["answer-twice"]
    assert ("AR", "despatches") in kinds(asked(folder))


@pytest.mark.slow
def test_no_answer_is_no_error(tmp_path: Path) -> None:
    folder = cell(tmp_path)
    before = asked(folder)
    handed_in(folder, "AR", "answers.xlsx", before.files["AR/questions.xlsx"])
    after = asked(folder)
    assert kinds(after) == kinds(before)
    assert [one for one in gathering(workspace(folder)).findings if one.place.file == "AR/answers.xlsx"] == []
    assert Severity.ERROR in {one.severity for one in gathering(workspace(folder)).findings}
