"""Pages of agreements, meetings, funding and sanctions with records: rights, hidden rows, accessibility."""

import json
import os
import re
import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from django.urls import reverse
from tests.web.live import opened, served
from tests.web.matrix import ALL, CELL, PERSONS
from tests.web.sanctions.listing import take_lists
from tests.web.test_accessible import violations
from tests.web.world import World, compute, copied

from konvoi.web.access.roles import Role
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Membership, Viewer
from konvoi.web.form_rows.models import FormRow
from konvoi.web.lists.query import LISTS
from konvoi.web.runs.models import Job

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PARTNERS = PERSONS - {"administrator", "recipient"}
"""Persons whose readers are computed here and see what all partners may see."""
PAGES: Mapping[str, frozenset[str]] = {
    "/agreements/documents/D-XA": ALL,
    "/agreements/documents/D-PACT": PARTNERS,
    "/agreements/rounds/PACT-1": PARTNERS,
    "/agreements/rounds/PACT-1/position": frozenset({"planner", "desk-xa", "desk-xb", "legal"}),
    "/agreements/triggers/G-1": ALL,
    "/meetings/of/SES-1": PARTNERS,
    "/meetings/of/SES-1/room": PARTNERS,
    "/meetings/decisions/DEC-0": PARTNERS,
    "/meetings/follow-up": ALL,
    "/funding/programmes/EP-1": ALL,
    "/funding/conditions/C-1": ALL,
    "/funding/projects/P-1": ALL,
}
"""Pages of records, with the persons to whom they are shown."""
WITHOUT_RESULTS = frozenset({"recipient"})
"""Persons whose reader is not computed here: they are sent to the overview."""
LISTED = tuple(
    f"/{subject}/{name}"
    for subject, names in {
        "agreements": ("documents", "positions", "obligations", "triggers", "calls"),
        "meetings": ("list", "decisions", "actions"),
        "funding": ("programmes", "tranches", "conditions", "payments", "projects", "twice"),
        "sanctions": ("lists", "gaps", "ending", "proposals", "alerts", "coverage"),
    }.items()
    for name in names
)
SECRET = "Undisclosed"


def test_each_person_sees_the_pages_of_records_that_are_released_to_it(negotiated: World) -> None:
    wrong = []
    for person in sorted(ALL - WITHOUT_RESULTS):
        client = negotiated.client(person)
        for path, shown_to in PAGES.items():
            status = client.get(path).status_code
            if (status == 200) != (person in shown_to):
                wrong.append((person, path, status))
    assert wrong == []


def test_rows_of_forms_are_seen_by_their_party_and_the_cell_alone(negotiated: World) -> None:
    about = {"round/PACT-1": "/agreements/rounds/PACT-1", "condition/C-1": "/funding/conditions/C-1"}
    for number, one in enumerate(about):
        FormRow.objects.create(
            party="XB",
            user=negotiated.user("desk-xb").pk,
            table="positions",
            about=one,
            row={"words": f"{SECRET} {number}"},
            state=FormRow.State.ASKED,
            day=date(2031, 3, 3),
        )
    for path in about.values():
        for person in sorted(PARTNERS | {""}):
            page = negotiated.client(person).get(path).content.decode()
            assert (SECRET in page) == (person in CELL | {"desk-xb"}), (person, path)


@pytest.fixture(scope="module")
def live(affairs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, str]]:
    """The instance with affairs and lists of sanctions, and its address."""
    world = copied(affairs, tmp_path_factory.mktemp("affairs-live") / "instance")
    take_lists(world.folder)
    compute(world.folder, ("cell", "XA"), "lists")
    with pytest.MonkeyPatch.context() as patched, served() as address:
        # The loop of the browser runs in the thread of the tests.
        patched.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield world, address


def records_of_sanctions() -> list[str]:
    """Return the address of a gap, where there is one."""
    held = Membership(Role.PLANNER)
    seen = view(Viewer(acting=held, memberships=(held,)))
    rows = seen.rows("sanction_gaps", limit=1).rows if seen else ()
    return [f"/sanctions/gaps/{row['lacks']}/asset-freeze/{quote(str(row['party']))}" for row in rows]


def pages_of_actions(world: World) -> list[str]:
    """Start a drill with a link, and return a text with one change; return the addresses of their pages."""
    client = world.client("planner")
    sent = {"kind": "drill", "key": str(uuid.uuid4())}
    call = client.post("/agreements/triggers/G-1/call", sent)["Location"]
    made = client.post(call, {"step": "link", "party": "XV"}).content.decode()
    (link,) = re.findall(r"(/agreements/acknowledge/[^<]+)", made)
    words = "The Parties keep one schedule of deliveries."
    changed = [
        {"row": 1, "before": words, "after": f"{words} It is public.", "authors": ["A1"]},
        {"row": 2, "before": "", "after": "A depot is named.", "authors": ["A1"]},
    ]
    parameters = {"round": "PACT-1", "file": "text.docx"}
    job = Job.objects.create(kind="return", lane="files", state="done", party="XA", parameters=parameters)
    place = world.instance.quarantine / str(job.pk)
    place.mkdir(parents=True)
    (place / "paragraphs.json").write_text(json.dumps(changed), encoding="utf-8")
    text = "/agreements/rounds/PACT-1/returned"
    return [call, link, text, f"{text}/{job.pk}", "/sanctions/impact"]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("code", ["en", "de", "uk"])
def test_axe_finds_no_violation_on_pages_of_records(
    browser: "Browser", live: tuple[World, str], code: str
) -> None:
    world, address = live
    chosen = [*PAGES, *LISTED, *records_of_sanctions(), "/agreements/triggers/G-1?at=2031-03-03T09:00"]
    chosen += pages_of_actions(world)
    # Each language looks at a third of the pages, and all three at a round and the room.
    third = ["en", "de", "uk"].index(code)
    some = {*chosen[third::3], "/agreements/rounds/PACT-1?clause=I/2", "/meetings/of/SES-1/room"}
    with opened(browser, world, address, "planner", code) as page:
        for path in sorted(some):
            found = page.goto(path)
            assert found is not None
            assert found.status == 200, path
            assert violations(page) == [], path


def test_all_lists_of_the_subjects_are_looked_at() -> None:
    subjects = ("/agreements/", "/meetings/", "/funding/", "/sanctions/")
    known = {reverse(name) for name in LISTS}
    assert {one for one in known if one.startswith(subjects)} == set(LISTED) - {"/sanctions/coverage"}
