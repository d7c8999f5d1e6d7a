"""Import of a published list: read, shown with digest and hold, confirmed, released by a second person."""

import re
import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.affairs import work_off
from tests.web.sanctions.listing import EXERCISE
from tests.web.sanctions.test_sanctions import second
from tests.web.world import World, text

from konvoi.align.list_status import State
from konvoi.flow.sanctions.lists import judged
from konvoi.kit.digest import digest

US = (EXERCISE / "us" / "2031-02-25" / "sdn.csv").read_bytes()


def send(world: World, contents: dict[str, bytes], day: str = "", person: str = "sanctions") -> str:
    """Hand the files of a list in; return the address of the import."""
    files = [SimpleUploadedFile(name, content) for name, content in contents.items()]
    sent = {"regime": "us", "day": day, "key": str(uuid.uuid4()), "files": files}
    answer = world.client(person).post("/sanctions/import", sent)
    assert answer.status_code == 302, text(answer)
    address: str = answer["Location"]
    return address


def states(world: World) -> dict[date, State]:
    """Return the state of each list of the regime, by day."""
    found = judged(world.folder, on=date.max).standings
    return {one.taken.snapshot.day: one.state for one in found if one.taken.snapshot.regime == "us"}


def test_a_short_list_is_shown_held_and_released_by_a_second_person(
    listed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = states(listed)
    short = US.splitlines(keepends=True)[0]
    address = send(listed, {"sdn.csv": short}, "2031-03-02")
    client = listed.client("sanctions")
    work_off(monkeypatch)
    page = client.get(address).content.decode()
    assert "The list would be put on hold" in page
    assert digest(short) in page
    assert states(listed) == before
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', page)
    assert "not the one that was shown" in text(
        client.post(address, {"step": "import", "seen": "0"}, follow=True)
    )
    client.post(address, {"step": "import", "seen": seen})
    client.post(address, {"step": "import", "seen": seen})
    work_off(monkeypatch)
    assert "imported and on hold" in text(client.get(address))
    assert states(listed)[date(2031, 3, 2)] == State.HELD
    own = client.post(address, {"step": "release", "reason": "Delisted."}, follow=True)
    assert "A second person has to release it." in text(own)
    other = listed.client(second(listed))
    assert "State the reason." in text(other.post(address, {"step": "release"}, follow=True))
    assert "released" in text(other.post(address, {"step": "release", "reason": "Delisted."}, follow=True))
    assert states(listed)[date(2031, 3, 2)] == State.IN_FORCE


def test_only_the_sanctions_desk_imports_and_the_same_list_changes_nothing(
    listed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = send(listed, {"sdn.csv": US}, "2031-02-25")
    work_off(monkeypatch)
    assert "The same list is there already." in text(listed.client("sanctions").get(address))
    for person in ("planner", "auditor", "desk-xa"):
        assert listed.client(person).get(address).status_code == 404
        assert listed.client(person).get("/sanctions/import").status_code == 404
    refused = listed.client("sanctions").post("/sanctions/import", {"regime": "us"})
    assert (refused.status_code, "No file was chosen." in text(refused)) == (200, True)
