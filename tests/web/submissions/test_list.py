"""The list of submissions shows each reader the documents of its own party."""

from tests.web.world import World, text


def test_a_party_sees_its_own_documents_and_the_cell_those_of_all(world: World) -> None:
    own = text(world.client("desk-xa").get("/submissions/"))
    assert "packages.csv" in own
    assert "XA" in own
    assert "XB" not in own
    for name in ("planner", "auditor"):
        every = text(world.client(name).get("/submissions/"))
        assert "XA" in every, name
        assert "XB" in every, name


def test_the_list_says_day_marking_and_findings(world: World) -> None:
    page = text(world.client("desk-xa").get("/submissions/"))
    assert "1 Feb 2031" in page
    assert "in force" in page


def test_an_empty_list_says_what_to_do(world: World) -> None:
    page = text(world.client("recipient").get("/submissions/"))
    assert "No submissions yet. Fill in the template" in page
    assert "Hand in files" in page
    assert "Hand in files" not in text(world.client("auditor").get("/submissions/"))
