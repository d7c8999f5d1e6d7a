"""The day of a view is the workspace's, else that of the latest document which the reader may see."""

from datetime import date
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.test_view_readings import COALITION, head, package, table

from konvoi.flow.load_workspace import gathering
from konvoi.flow.today import known_today, today
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused
from konvoi.model.document import Document


def work(*documents: Document, reader: str = "public") -> Workspace:
    return Workspace(None, COALITION, documents, view=View(None, reader))


SHOWN = (head("2031-01-10"), table("packages", [package("A-1", "5")]))
LATER = (
    Document("AR/later/konvoi.csv", b"party,AR\nday,2031-06-01\nmarking,own\n", "AR"),
    table("packages", [package("A-2", "7", "own")], folder="later"),
)


def test_a_hidden_document_moves_no_day_of_another_reader() -> None:
    for reader, day in (("public", date(2031, 1, 10)), ("AR", date(2031, 6, 1)), ("cell", date(2031, 6, 1))):
        opened = work(*SHOWN, *LATER, reader=reader)
        assert known_today(gathering(opened), opened.settings) == day


def test_a_reader_without_a_dated_document_has_no_day() -> None:
    opened = work(*LATER)
    gathered = gathering(opened)
    assert known_today(gathered, opened.settings) is None
    with pytest.raises(Refused, match="no submission says its day"):
        today(gathered, opened)


def test_a_party_that_sees_nothing_dated_is_asked_nothing(tmp_path: Path) -> None:
    """The hidden document has a question for its own party, and its day for nobody else."""
    (tmp_path / "konvoi.toml").write_text('[coalition]\nname = "Exercise"\nrecipient = "BO"\n')
    for document in LATER:
        place = tmp_path / "submissions" / document.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(document.content)
    called = konvoi("ask", "--dir", tmp_path, "--out", tmp_path / "asked", "--json")
    assert called.code in (0, 1)
    assert konvoi("ask", "--dir", tmp_path, "--for", "public", "--out", tmp_path / "p", "--json").code == 3
