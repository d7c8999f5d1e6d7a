"""konvoi show --trace: from a receipt of the exercise back to the clause that promised it."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.examples.folders import EXAMPLES
from tests.flow.workspaces import workspace

from konvoi.cli.i18n import VARIABLE

EXERCISE = EXAMPLES / "exercise"


def test_a_receipt_of_the_exercise_goes_back_to_a_clause_and_its_document() -> None:
    """XV-R1: twelve howitzers, sent as XA-M1, allocated as XA-A1, undertaken in II/3/1 of the agreement."""
    called = konvoi("show", "--trace", "XV-R1", EXERCISE, "--json")
    assert called.code == 3, "one file of the exercise is damaged"
    back = [(one["table"], one["id"]) for one in called.json["way"] if one["direction"] == "back"]
    wanted = [("movements", "XA-M1"), ("lines", "XA-1/1"), ("allocations", "XA-A1")]
    wanted += [("undertakings", "U-XA-1"), ("clauses", "D-XA-2 II/3/1"), ("documents", "D-XA-2")]
    assert [one for one in back if one in wanted] == wanted
    moved = next(one for one in called.json["way"] if one["id"] == "XA-M1")
    assert (moved["quantity"], moved["unit"], moved["day"], moved["file"]) == (
        12,
        "piece",
        "2031-02-05",
        "XA/arvenia-v2.xlsx",
    )


def test_the_document_leads_on_to_the_receipt() -> None:
    way = konvoi("show", "--trace", "D-XD-1", EXERCISE, "--json").json["way"]
    on = {(one["table"], one["id"]) for one in way if one["direction"] == "on"}
    assert {("undertakings", "U-XD-1"), ("call_offs", "XD-C1/1"), ("receipts", "XV-R5")} <= on


def test_for_people_it_is_told_in_their_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "de")
    told = konvoi("show", "--trace", "XV-R5", EXERCISE).out
    assert "Vorgelagerte Einträge:" in told
    assert "Klausel" in told
    assert "60 Stück" in told


def test_the_clause_is_told_in_its_own_words_where_the_text_was_handed_in(tmp_path: Path) -> None:
    """The file bears the document's id; the undertaking names the clause by part and number."""
    tables = {
        "documents": ("document,title,parties", "D-1,Agreement,AR;BO"),
        "undertakings": ("undertaking,document,party,clause", "U-1,D-1,AR,I/1"),
        "allocations": ("allocation,party,day,undertaking,line", "A-1,AR,2031-01-20,U-1,L-1"),
    }
    folder = workspace(tmp_path, **tables)
    text = "# Agreement on tents\n\n## I. Help\n\n1. Arvenia gives ten tents.\n"
    (folder / "submissions" / "AR" / "D-1.md").write_text(text)
    way = konvoi("show", "--trace", "R-1", folder, "--json").json["way"]
    (clause,) = [one for one in way if one["table"] == "clauses"]
    assert clause["id"] == "D-1 I/1"
    assert clause["words"] == "Arvenia gives ten tents."
    assert clause["file"] == "AR/D-1.md"


def test_a_name_that_nobody_handed_in_exits_with_3_and_offers_the_nearest(tmp_path: Path) -> None:
    called = konvoi("show", "--trace", "M1", workspace(tmp_path))
    assert called.code == 3
    assert "Did you mean M-1" in called.err


def test_a_record_off_the_way_is_not_said_to_be_none() -> None:
    """A tranche is known, and shown by another verb; its own name is no better guess."""
    called = konvoi("show", "--trace", "LEAGUE-1", EXERCISE)
    assert called.code == 3
    assert called.err.splitlines()[-1] == ("LEAGUE-1: no traceability record; see konvoi show.")
