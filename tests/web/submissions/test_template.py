"""The template comes in the reader's language, for the own party."""

import io

import openpyxl
from tests.web.world import World


def test_the_template_is_in_the_readers_language_and_names_the_party(world: World) -> None:
    answer = world.client("desk-xa").get("/submissions/template", headers={"accept-language": "de"})
    assert answer["Content-Disposition"] == 'attachment; filename="konvoi-XA-de.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames[0] == "Zusage"
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows(max_row=12) for cell in row]
    assert "XA" in cells


def test_nobody_gets_the_template_of_another_party(world: World) -> None:
    content = world.client("desk-xb").get("/submissions/template?party=XA")
    assert 'filename="konvoi-XB-en.xlsx"' in content["Content-Disposition"]
    assert world.client("reader-xa").get("/submissions/template").status_code == 404
    assert world.client("planner").get("/submissions/template")["Location"] == "/submissions/"
    planner = world.client("planner").get("/submissions/template?party=XA")
    assert 'filename="konvoi-XA-en.xlsx"' in planner["Content-Disposition"]
