"""Questions name places as they stand in the sender's own file."""

from pathlib import Path

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
