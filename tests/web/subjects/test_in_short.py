"""Each subject has its part of the brief as a page, and its answer above its first list."""

import json
from uuid import uuid4

import pytest
from django.utils.html import escape
from tests.web.world import World

from konvoi.flow.subject_pages import FOLDER, SUBJECTS
from konvoi.web.access.roles import Role
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Membership, Viewer

CELL = Membership(Role.PLANNER)

LISTS = {
    "agreements": "/agreements/",
    "meetings": "/meetings/",
    "funding": "/funding/programmes",
    "sanctions": "/sanctions/",
}


def test_every_subject_has_a_list_with_its_answer() -> None:
    assert set(LISTS) == set(SUBJECTS)


@pytest.mark.parametrize("subject", ["agreements", "meetings", "funding"])
def test_a_subject_shows_its_sections_with_links_to_their_records(negotiated: World, subject: str) -> None:
    client = negotiated.client("planner")
    page = client.get(f"/{subject}/in-short")
    assert f'href="/{subject}/in-short/records#' in page.content.decode()
    assert 'href="records#' not in page.content.decode()
    assert client.get(f"/{subject}/in-short/records").status_code == 200


@pytest.mark.parametrize("language", ["en", "de", "uk"])
def test_the_answer_stands_above_the_first_list(negotiated: World, language: str) -> None:
    opened = view(Viewer(uuid4(), CELL, (CELL,)))
    assert opened is not None
    client = negotiated.client("planner")
    for subject, address in LISTS.items():
        lines = json.loads(opened.text(f"{FOLDER}/{subject}/answer", language))
        assert lines or subject == "sanctions"
        shown = client.get(address, follow=True, headers={"accept-language": language}).content.decode()
        above = shown.partition("<table")[0]
        assert [one for one in lines if f"<p>{escape(one)}</p>" not in above] == [], above[-1500:]
