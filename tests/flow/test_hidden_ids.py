"""Records of the coordination cell's plan that another reader may not see."""

from dataclasses import replace

import pytest
from tests.flow.test_view_readings import COALITION, need, table

from konvoi.flow.hidden_ids import hidden_ids
from konvoi.flow.load_workspace import gathering
from konvoi.flow.workspace import Workspace
from konvoi.model.document import Document


def needs(*marked: tuple[str, str]) -> Document:
    return table("needs", [need(id, "2031-05-01", marking) for id, marking in marked])


def closures(*marked: tuple[str, str]) -> Document:
    rows = [
        {"on": on, "from": "2031-01-05", "to": f"2031-02-0{at + 1}", "marking": marking}
        for at, (on, marking) in enumerate(marked)
    ]
    return table("closures", rows)


def hidden(reader: str, *documents: Document) -> dict[str, set[str]]:
    found = hidden_ids(gathering(Workspace(None, COALITION, documents)))(reader)
    return {name: set(ids) for name, ids in found.items()}


def test_ids_that_stand_in_no_row_of_the_reader_are_hidden() -> None:
    document = needs(("N-1", "public"), ("N-2", "own"), ("N-3", "coalition"))
    assert hidden("public", document) == {"needs": {"N-2", "N-3"}}
    assert hidden("coalition", document) == {"needs": {"N-2"}}
    assert hidden("AR", document) == {}


def test_of_a_limit_one_hidden_row_hides_it() -> None:
    document = closures(("port", "public"), ("road", "public"), ("port", "own"))
    assert hidden("public", document) == {"closures": {"port"}}
    assert hidden("AR", document) == {}


def test_a_view_kept_on_disk_holds_no_readings() -> None:
    whole = replace(gathering(Workspace(None, COALITION, (needs(("N-1", "own")),))), inputs=None)
    with pytest.raises(ValueError, match="holds no readings"):
        hidden_ids(whole)
