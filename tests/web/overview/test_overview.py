"""The overview shows each reader its own figures, and nobody those of another."""

from tests.web.world import World, text


def test_the_desk_sees_the_figures_of_what_it_may_see(world: World) -> None:
    page = world.client("desk-xa").get("/")
    assert page.status_code == 200
    assert "EUR 3.5 m pledged" in text(page)


def test_the_public_sees_what_is_marked_public_alone(world: World) -> None:
    page = text(world.client().get("/"))
    assert "EUR 2.5 m pledged" in page
    assert "XA" not in page
    assert "Arvenian" not in page
