"""What could not be read is asked of the party that handed it in, with a cell of the right type."""

from pathlib import Path

import polars as pl
from tests.flow.asked import asked, cell, filled, handed_in

from konvoi.flow.load_workspace import gathering
from konvoi.flow.workspace import workspace as opened
from konvoi.model.table import Type
from konvoi.report.language import Language


def test_a_cell_that_could_not_be_read_is_asked_for_as_a_value(tmp_path: Path) -> None:
    (one,) = [one for one in asked(cell(tmp_path)).questions if one.kind == "findings"]
    assert (one.party, one.form.type, one.values) == (
        "AR",
        Type.NUMBER,
        {"table": "lines", "column": "quantity"},
    )


def test_a_row_that_was_left_out_is_asked_for_in_a_new_version(tmp_path: Path) -> None:
    """Nothing is left of the row that an answer could put right."""
    lines = ("line,package,good,quantity,promised", ",P-2,tent,5,2031-04-10")
    found = asked(cell(tmp_path, lines=lines, movements=(), receipts=(), offers=()))
    (one,) = [one for one in found.questions if one.kind == "findings"]
    assert one.form.choices == ("comes in a new version", "right as it stands")


def test_a_note_is_not_asked_about(tmp_path: Path) -> None:
    lines = ("line,package,good,quantity,promised,colour", "L-3,P-2,tent,5,2031-04-10,red")
    found = asked(cell(tmp_path, lines=lines, movements=(), receipts=(), offers=()))
    assert [one for one in found.questions if one.kind == "findings"] == []


def test_a_receipt_of_what_nobody_sent_is_asked_about_once(tmp_path: Path) -> None:
    """It is a reference that stands nowhere as well; that is no second question."""
    receipts = ("receipt,reference,day,received,place", "R-9,M-404,2031-02-08,2,town")
    found = [one for one in asked(cell(tmp_path, receipts=receipts)).questions if "R-9" in str(one.about)]
    assert [one.record.rpartition("#")[2] for one in found] == ["consignment-unknown"]


def test_an_implausible_amount_is_a_question_to_its_partner_and_is_used_until_then(tmp_path: Path) -> None:
    """The number of the title stands beside another currency."""
    packages = (
        "package,party,day,kind,title,amount,currency",
        "P-1,AR,2031-01-10,humanitarian,Support worth SEK 1.1 bn,1100000000,EUR",
        "P-2,AR,2031-02-10,humanitarian,Tents,,",
    )
    found = asked(cell(tmp_path, packages=packages))
    (one,) = [
        one
        for one in found.questions
        if one.kind == "findings" and one.place.file == "AR/packages.csv" and one.place.column == "currency"
    ]
    assert one.party == "AR"
    assert one.form.choices == ("comes in a new version", "right as it stands")
    said = Language("en").text(one.asked)
    assert "SEK 1.1 bn" in said


def test_a_currency_that_could_not_be_read_is_one_question_and_its_answer_gives_the_amount(
    tmp_path: Path,
) -> None:
    packages = ("package,party,day,kind,amount,currency", "P-1,AR,2031-01-10,humanitarian,1000,EURO")
    lines = ("line,package,good,quantity", "L-1,P-1,tent,10")
    folder = cell(tmp_path, packages=packages, lines=lines)
    found = asked(folder)
    (one,) = [one for one in found.questions if one.kind == "findings" and one.place.column == "currency"]
    assert one.form.type == Type.CURRENCY
    handed_in(folder, "AR", "a.xlsx", filled(found.files["AR/questions.xlsx"], {one.id: {"Answer": "EUR"}}))
    (row,) = gathering(opened(folder)).tables["packages"].filter(pl.col("package") == "P-1").to_dicts()
    assert (row["amount"], row["currency"]) == (100000, "EUR")
