"""Pairs go out as a workbook and come back: what is decided there is taken, what cannot be is told."""

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from tests.flow.reports import told_twice

from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.matching.review import Review, review
from konvoi.flow.matching.review_workbook import Taken, review_workbook, take
from konvoi.flow.view import View
from konvoi.flow.workspace import viewed, workspace
from konvoi.intake.verdicts import verdicts
from konvoi.model.document import Document
from konvoi.model.review import HIDDEN, SHOWN

AT = "2031-03-01T10:00:00.000000+00:00"
FORMULA = "=HYPERLINK(1)"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return told_twice(tmp_path_factory.mktemp("verdicts"), hidden=3, title=FORMULA)


@pytest.fixture(scope="module")
def gathered(shared: Path) -> Gathered:
    return gathering(workspace(shared))


@pytest.fixture
def desk(shared: Path, gathered: Gathered) -> Review:
    (shared / "judgements.csv").unlink(missing_ok=True)
    (shared / "receipts.jsonl").unlink(missing_ok=True)
    (shared / "receipts.head").unlink(missing_ok=True)
    return Review(workspace(shared), gathered)


@pytest.fixture(scope="module")
def written(shared: Path, gathered: Gathered) -> bytes:
    """The workbook of all twelve pairs, in English."""
    (shared / "judgements.csv").unlink(missing_ok=True)
    (shared / "receipts.jsonl").unlink(missing_ok=True)
    (shared / "receipts.head").unlink(missing_ok=True)
    made = Review(workspace(shared), gathered)
    return review_workbook(made, made.batch(12), "en")


def filled(content: bytes, folder: Path, fill: Callable[[Worksheet], None]) -> Path:
    """The workbook as a desk saved it, filled in."""
    book = load_workbook(io.BytesIO(content))
    fill(book.worksheets[1])
    path = folder / "back.xlsx"
    book.save(path)
    return path


def verdict(row: int, word: str) -> Callable[[Worksheet], None]:
    return lambda sheet: sheet.__setitem__(f"B{row}", word)


def codes(taken: Taken) -> list[tuple[str, int, str]]:
    return [(one.code, one.place.row, one.place.named) for one in taken.findings]


def test_both_records_stand_beside_each_other_typed_and_nothing_is_a_formula(written: bytes) -> None:
    book = load_workbook(io.BytesIO(written))
    sheet = book.worksheets[1]
    head = [str(cell.value) for cell in sheet[1]]
    first = dict(zip(head, (cell for cell in sheet[2]), strict=True))
    assert head[: len(SHOWN)] == [name[0].upper() + name[1:] for name in SHOWN]
    assert [first[f"Amount: {side}"].value for side in ("one", "the other")] == [1200, 1200]
    assert isinstance(first["Day: one"].value, datetime)
    assert first["Wording: one"].value == FORMULA
    assert {cell.data_type for row in sheet for cell in row} & {"f"} == set()
    at = head.index("Left") + 1
    assert [name.casefold() for name in head[at - 1 :]] == list(HIDDEN)
    assert sheet.column_dimensions[get_column_letter(at)].hidden
    assert (sheet.freeze_panes, len(sheet.data_validations.dataValidation)) == ("C2", 12)


def test_the_same_pairs_give_the_same_bytes(desk: Review, written: bytes) -> None:
    assert review_workbook(desk, desk.batch(12), "en") == written


def test_what_a_desk_decided_is_taken_with_how_the_pair_was_drawn(
    desk: Review, written: bytes, tmp_path: Path
) -> None:
    def fill(sheet: Worksheet) -> None:
        for row in range(2, 14):
            sheet[f"B{row}"] = "different"
        sheet["B2"], sheet["C2"] = "the same", "one  waybill"

    taken = take(desk, filled(written, tmp_path, fill), by="A", at=AT)
    assert taken.counts() == {"taken": 12, "unchanged": 0, "empty": 0, "refused": 0}
    assert (taken.rows[0]["verdict"], taken.rows[0]["reason"]) == ("same", "one waybill")
    assert [row["drawn"] for row in taken.rows].count("random") in (1, 2)
    decided = {(row["left"], row["right"]) for row in taken.rows}
    assert not decided & {(pair.left, pair.right) for pair in desk.queue()}
    again = take(desk, tmp_path / "back.xlsx", by="A", at=AT)
    assert again.counts() == {"taken": 0, "unchanged": 12, "empty": 0, "refused": 0}


@pytest.mark.parametrize(
    ("language", "word", "meant"),
    [
        ("de", "dasselbe", "same"),
        ("uk", "різне", "different"),
        ("de", "Verschieden ", "different"),
        ("uk", "same", "same"),
    ],
)
def test_a_verdict_is_read_in_any_language(
    desk: Review, tmp_path: Path, language: str, word: str, meant: str
) -> None:
    content = review_workbook(desk, desk.batch(2), language)
    taken = take(desk, filled(content, tmp_path, verdict(3, word)), by="A", at=AT)
    assert [row["verdict"] for row in taken.rows] == [meant]


def test_a_verdict_that_is_none_is_told_with_its_cell_and_its_list(
    desk: Review, written: bytes, tmp_path: Path
) -> None:
    taken = take(desk, filled(written, tmp_path, verdict(3, "perhaps")), by="A", at=AT)
    assert codes(taken) == [("review-verdict-unknown", 3, "Verdict")]
    assert taken.findings[0].values["choices"] == "the same, different, unsure"
    assert taken.counts() == {"taken": 0, "unchanged": 0, "empty": 11, "refused": 1}
    assert not (desk.folder / "judgements.csv").exists()


def test_the_order_of_rows_does_not_matter(desk: Review, written: bytes, tmp_path: Path) -> None:
    """Whoever sorts the sheet decides the same."""
    words = {row: ("the same", "different", "unsure")[row % 3] for row in range(2, 14)}

    def fill(sheet: Worksheet) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for at, row in enumerate(rows):
            row[1] = words[at + 2]
        for at, row in enumerate(sorted(rows, key=lambda row: str(row[-1])), start=2):
            for column, value in enumerate(row, start=1):
                sheet.cell(at, column, value)

    def straight(sheet: Worksheet) -> None:
        for row, word in words.items():
            sheet[f"B{row}"] = word

    take(desk, filled(written, tmp_path, straight), by="A", at=AT)
    first = (desk.relations, desk.queue(), desk.labelled())
    (desk.folder / "judgements.csv").unlink()
    (desk.folder / "receipts.jsonl").unlink(missing_ok=True)
    (desk.folder / "receipts.head").unlink(missing_ok=True)
    desk.refresh()
    take(desk, filled(written, tmp_path, fill), by="A", at=AT)
    assert desk.relations.equals(first[0])
    assert desk.queue() == first[1]
    assert desk.labelled().equals(first[2])


def test_undoing_a_workbook_leaves_what_was_there_before(
    desk: Review, written: bytes, tmp_path: Path
) -> None:
    before, relations = desk.queue(), desk.relations

    def fill(sheet: Worksheet) -> None:
        for row in range(2, 8):
            sheet[f"B{row}"] = "the same"

    take(desk, filled(written, tmp_path, fill), by="A", at=AT)
    while desk.undo(by="A", at="2031-03-02T10:00:00+00:00"):
        pass
    assert desk.queue() == before
    assert desk.relations.equals(relations)


def test_a_row_whose_values_have_changed_is_not_taken(desk: Review, written: bytes, tmp_path: Path) -> None:
    path = desk.folder / "submissions" / "AR" / "packages.csv"
    text = path.read_text()
    try:
        path.write_text(text.replace(",1200.00", ",1250.00"))
        changed = review(workspace(desk.folder))
        taken = take(changed, filled(written, tmp_path, verdict(2, "the same")), by="A", at=AT)
        assert codes(taken) == [("review-values-changed", 2, "Verdict")]
        assert taken.rows == []
    finally:
        path.write_text(text)


def test_a_row_whose_hidden_cells_were_changed_is_not_taken(
    desk: Review, written: bytes, tmp_path: Path
) -> None:
    def fill(sheet: Worksheet) -> None:
        head = [str(cell.value) for cell in sheet[1]]
        sheet["B2"] = "the same"
        sheet.cell(2, head.index("Right") + 1, "CO#X-3")

    assert codes(take(desk, filled(written, tmp_path, fill), by="A", at=AT)) == [
        ("review-row-altered", 2, "Verdict")
    ]


def test_two_verdicts_on_one_pair_are_neither(desk: Review, written: bytes, tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for column, cell in enumerate(sheet[2], start=1):
            sheet.cell(14, column, None if cell.value == FORMULA else cell.value)
        sheet["B2"], sheet["B14"] = "the same", "different"

    taken = take(desk, filled(written, tmp_path, fill), by="A", at=AT)
    assert codes(taken) == [("review-verdict-twice", 14, "Verdict")]
    assert (taken.rows, taken.refused) == ([], 2)


def test_what_somebody_else_has_decided_since_is_not_written_over(
    desk: Review, written: bytes, tmp_path: Path
) -> None:
    path = filled(written, tmp_path, verdict(2, "the same"))
    desk.decide(desk.batch(12)[0], "different", by="B", at=AT)
    taken = take(desk, path, by="A", at=AT)
    assert codes(taken) == [("review-decided-since", 2, "Verdict")]
    assert taken.findings[0].values == {"who": "B", "verdict": "different"}
    own = take(desk, path, by="B", at="2031-03-02T10:00:00+00:00")
    assert [row["verdict"] for row in own.rows] == ["same"]


def test_a_pair_that_its_reader_may_not_see_is_as_one_that_is_gone(
    desk: Review, written: bytes, tmp_path: Path
) -> None:
    """The largest three are Corland's; Belmark cannot find out that they are there."""
    work = viewed(workspace(desk.folder), View(None, "BE"))
    other = Review(work, gathering(work), party="BE")
    taken = take(other, filled(written, tmp_path, verdict(2, "the same")), by="A", at=AT)
    assert codes(taken) == [("review-pair-gone", 2, "Verdict")]


def test_a_workbook_that_is_none_of_ours_is_refused(desk: Review, tmp_path: Path) -> None:
    book = Workbook()
    book.save(tmp_path / "other.xlsx")
    taken = take(desk, tmp_path / "other.xlsx", by="A", at=AT)
    assert ([one.code for one in taken.findings], taken.unread) == (["review-workbook-unknown"], True)


@pytest.mark.parametrize("cut", [0, 10, 500, 3000])
def test_a_damaged_workbook_is_refused_and_never_raises(written: bytes, cut: int) -> None:
    reading = verdicts(Document("back.xlsx", written[:cut]))
    assert (reading.refused, bool(reading.findings)) == (True, True)
