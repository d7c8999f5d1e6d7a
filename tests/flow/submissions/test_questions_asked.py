"""Questions name places as they stand in the sender's own file."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.asked import asked, cell

from konvoi.report.language import Language
from konvoi.report.submissions.letter import where

GERMAN = (
    "Angebot;Partei;Gut;Menge;Ort;Zeile",
    "O-1;AR;tent;10;port;L-1",
)


def test_a_column_is_named_by_its_own_head_in_every_letter(tmp_path: Path) -> None:
    """Also where no finding stands behind the question: the sender looks for what it wrote."""
    folder = cell(tmp_path, offers=())
    (folder / "submissions" / "AR" / "offers.csv").write_text("\n".join(GERMAN) + "\n")
    places = [where(one) for one in asked(folder).questions if one.kind == "standards"]
    told = {Language(code).text(place) for place in places for code in ("en", "de", "uk")}
    assert told == {
        "AR/offers.csv: Sheet “offers”, row 2, column “Gut”",
        "AR/offers.csv: Blatt „offers“, Zeile 2, Spalte „Gut“",
        "AR/offers.csv: Аркуш «offers», рядок 2, стовпець «Gut»",
    }


CONTACTS = ("name,party,function,email,language", "Ana Ruiz,AR,Desk officer,ana@example.org,uk")


@pytest.mark.slow
def test_a_letter_names_sender_contact_and_deadline_in_the_language_of_the_contact(tmp_path: Path) -> None:
    folder = cell(tmp_path, contacts=CONTACTS)
    settings = folder / "konvoi.toml"
    text = settings.read_text("utf-8").replace("[rules]", "[rules]\nanswer_days = 10", 1)
    settings.write_text(text.replace("[coalition]", '[coalition]\ncontact = "Cell, cell@example.org"', 1))
    found = asked(folder)
    letter = found.files["AR/letter.uk.html"].decode()
    assert "Від: Cell, cell@example.org" in letter
    assert "Кому: Ana Ruiz, Desk officer, ana@example.org" in letter
    assert "Добрий день, Ana Ruiz!" in letter
    deadline = Language("uk").day(found.day + timedelta(days=10))
    assert f"Просимо відповісти до {deadline}." in letter
    with zipfile.ZipFile(io.BytesIO(found.files["AR/questions.xlsx"])) as book:
        assert "Питання" in book.read("xl/workbook.xml").decode()


def test_without_a_contact_the_letter_is_to_colleagues_and_from_the_coalition(tmp_path: Path) -> None:
    letter = asked(cell(tmp_path)).files["AR/letter.en.html"].decode()
    assert "Dear colleagues," in letter
    assert "From: Exercise" in letter


@pytest.mark.slow
def test_a_contact_is_shown_to_no_other_reader(tmp_path: Path) -> None:
    folder = cell(tmp_path, contacts=CONTACTS)
    rows = {
        reader: konvoi("table", "contacts", folder, "--for", reader, "--format", "json").json["rows"]
        for reader in ("cell", "AR", "BO", "coalition", "public")
    }
    assert {reader: len(found) for reader, found in rows.items()} == {
        **dict.fromkeys(("cell", "AR"), 1),
        **dict.fromkeys(("BO", "coalition", "public"), 0),
    }
