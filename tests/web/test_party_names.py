"""Pages name parties as the results of the reader do, and no reader learns a name that is hidden from it."""

import re

from tests.web.answers import content
from tests.web.packages import PARTIES
from tests.web.world import World, text

NAME = "Arvenia"


def test_parties_are_named_as_the_submissions_name_them_to_the_reader(world: World) -> None:
    assert NAME in PARTIES
    shown = text(world.client("planner").get("/ledger/packages"))
    assert f"XA-1{NAME}humanitarian" in shown
    assert f"desk · {NAME}" in text(world.client("desk-xa").get("/"))


def test_a_reader_from_whom_the_list_of_parties_is_hidden_sees_ids(world: World) -> None:
    """The list is for the coalition; the public sees the package of XB, and not its name."""
    shown = text(world.client().get("/ledger/packages"))
    assert "XB-1XBenergy" in shown


def test_files_of_lists_hold_ids(world: World) -> None:
    shown = content(world.exporting("planner").get("/ledger/packages.csv")).decode()
    assert ",XA," in shown
    assert f",{NAME}," not in shown


def test_several_parties_of_a_cell_are_named_each(negotiated: World) -> None:
    client = negotiated.client("planner")
    listed, page = (client.get(f"/agreements/documents{one}").content.decode() for one in ("", "/D-PACT"))
    for shown in (listed, page):
        assert re.search(r"<(?:td|dd)>[^<;]*Arvenia, [^<;]+</", shown)
        assert not re.search(r"<(?:td|dd)>X[A-Z];", shown)
