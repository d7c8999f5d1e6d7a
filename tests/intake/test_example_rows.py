"""Example rows are known by their reference in every language, in CSV as well."""

import pytest

from konvoi.intake.read import read
from konvoi.model.document import Document

HEAD = "name,party,function,email\n"


@pytest.mark.parametrize("mark", ["Example", "Beispiel", "приклад"])
def test_the_example_is_passed_over(mark: str) -> None:
    row = f"{mark},,Desk officer,desk@example.org\n"
    reading = read(Document("contacts.csv", (HEAD + row).encode(), "PL"))
    assert reading.findings == ()
    assert reading.tables["contacts"].is_empty()


def test_one_changed_value_is_an_error_that_names_the_row() -> None:
    row = "Example,,Desk officer,anna@example.org\n"
    reading = read(Document("contacts.csv", (HEAD + row).encode(), "PL"))
    assert [(one.code, one.place.row, one.read) for one in reading.findings] == [
        ("example-changed", 2, "Example")
    ]
    assert reading.tables["contacts"].is_empty()


def test_a_table_without_a_small_sheet_has_no_examples() -> None:
    text = "good,name,unit\nexample,Example,piece\n"
    reading = read(Document("goods.csv", text.encode(), "PL"))
    assert reading.tables["goods"]["good"].to_list() == ["example"]
