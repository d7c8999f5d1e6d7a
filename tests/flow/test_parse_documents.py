"""Nothing is read twice, and what another reader read is read anew."""

from pathlib import Path

import pytest

from konvoi.flow import parse_documents as module
from konvoi.flow.parse_documents import understand
from konvoi.model.document import Document

LIST = b"package,party,title\nP1,XA,Tents\n"


def _document() -> Document:
    return Document(name="XA/packages.csv", content=LIST, party="XA")


def test_a_document_is_read_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = understand([_document()], cache=tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
    monkeypatch.setattr(module, "run_many", lambda *_: pytest.fail("read again"))
    again = understand([_document()], cache=tmp_path)
    assert again[0].digest == first[0].digest
    assert again[0].tables.keys() == first[0].tables.keys()


def test_what_another_reader_kept_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reading kept before an update may lack columns that tables have since."""
    understand([_document()], cache=tmp_path)
    monkeypatch.setattr(module, "_reader", lambda: "another")
    understand([_document()], cache=tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_kept_reading_that_is_damaged_is_read_anew_and_kept_again(tmp_path: Path) -> None:
    first = understand([_document()], cache=tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-9])
    again = understand([_document()], cache=tmp_path)
    assert again[0].tables["packages"].equals(first[0].tables["packages"])
    assert file.read_bytes() == whole
