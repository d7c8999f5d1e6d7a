"""The own file of a party is mapped once in the browser, and read from then on."""

import html
import re

from tests.web.submissions.uploading import checked, work
from tests.web.world import World, text

from konvoi.flow.store import store
from konvoi.web.submissions.models import Upload

OWN = (
    b"Vorgang;Geber;Betrag in EUR;Stand;Zusage vom\n"
    b"A-1;XA;250000;zugesagt;2031-02-01\n"
    b"A-2;XA;50000;zugesagt;2031-02-02\n"
)


def fields(page: str) -> dict[str, str]:
    """Return the fields of the form of mapping as a browser would send them."""
    form = page[page.index('<form method="post">') :]
    found = dict(re.findall(r'<input type="hidden" name="(\d+-base)" value="([^"]*)"', form))
    found |= dict(re.findall(r'<input name="([^"]+)" value="([^"]*)"', form))
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected>', options)
        found[name] = chosen[1] if chosen else ""
    return {name: html.unescape(value) for name, value in found.items()}


def test_an_unknown_file_is_mapped_saved_and_read(world: World) -> None:
    desk = world.client("desk-xa")
    upload = checked(desk, {"vorgaenge.csv": OWN})
    page = desk.get(f"/submissions/uploads/{upload.pk}").content.decode()
    assert "Map its columns" in page
    path = f"/submissions/uploads/{upload.pk}/mapping/0"
    page = desk.get(f"{path}?table=packages").content.decode()
    given = fields(page)
    assert "Vorgang" in page
    given |= {
        "0-column-package": "Vorgang",
        "0-column-party": "Geber",
        "0-column-amount": "Betrag in EUR",
        "0-constant-currency": "EUR",
        "0-column-currency": "",
        "0-column-day": "Zusage vom",
        "0-constant-kind": "humanitarian",
        "0-column-kind": "",
    }
    tried = desk.post(path, given | {"try": "1"})
    assert "250000" in text(tried)
    assert store(world.folder).text("mappings.toml") is None
    saved = desk.post(path, given | {"save": "1"})
    assert saved.status_code == 302, text(saved)
    assert 'sender = "XA"' in (store(world.folder).text("mappings.toml") or "")
    work()
    upload.refresh_from_db()
    assert upload.state == Upload.State.CHECKED
    assert upload.preview["files"][0]["counts"]["new"] == 2


def test_nobody_else_reaches_the_mapping_and_a_broken_form_changes_nothing(world: World) -> None:
    desk = world.client("desk-xa")
    upload = checked(desk, {"vorgaenge.csv": OWN})
    path = f"/submissions/uploads/{upload.pk}/mapping/0"
    for name in ("desk-xb", "reader-xa", "auditor", "administrator"):
        assert world.client(name).get(path).status_code == 404, name
        assert world.client(name).post(path, {"save": "1"}).status_code == 404, name
    assert desk.get(f"/submissions/uploads/{upload.pk}/mapping/1").status_code == 404
    answer = desk.post(path, {"0-base": '{"table": "nothing"}', "save": "1"})
    assert "The mapping cannot be used." in text(answer)
    assert store(world.folder).text("mappings.toml") is None
