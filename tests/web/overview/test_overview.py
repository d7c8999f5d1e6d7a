"""The overview shows each reader its own figures, and nobody those of another."""

import pytest
from tests.web.world import World, text

from konvoi.web.access.models import Snapshot
from konvoi.web.overview import views
from konvoi.web.runs.models import Job


def test_the_desk_sees_the_figures_of_what_it_may_see(world: World) -> None:
    page = world.client("desk-xa").get("/")
    assert page.status_code == 200
    assert "EUR 3.5 m pledged" in text(page)


def test_the_public_sees_what_is_marked_public_alone(world: World) -> None:
    page = text(world.client().get("/"))
    assert "EUR 2.5 m pledged" in page
    assert "XA" not in page
    assert "Arvenian" not in page


def test_without_a_submission_the_page_says_so_and_asks_for_no_run(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    Snapshot.objects.all().delete()
    monkeypatch.setattr(views, "senders", set)
    for name, invited in (("desk-xa", True), ("administrator", False), ("", False)):
        page = world.client(name).get("/")
        assert "No submissions yet." in text(page), name
        assert ("Hand in the first one" in text(page)) == invited
    assert not Job.objects.exists()
