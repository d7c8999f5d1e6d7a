"""Administration shows parties, settings, runs and health, and no submissions."""

import html
import re
from pathlib import Path

import pytest
from tests.web.world import World, text

from konvoi.web.access.models import AuditEvent
from konvoi.web.record import settings_now

PAGES = ("", "users", "users/invite", "parties", "settings", "runs", "health")


@pytest.mark.parametrize("language", ["en", "de", "uk"])
def test_the_pages_of_an_administrator_are_there_without_what_was_submitted(
    world: World, language: str
) -> None:
    client = world.client("administrator", HTTP_ACCEPT_LANGUAGE=language)
    for path in PAGES:
        page = client.get(f"/administration/{path}")
        assert page.status_code == 200, path
        assert f'lang="{language}"' in page.content.decode()
        assert "Arvenian" not in text(page)
        assert "1000000" not in text(page)
        assert page["Cache-Control"] == "no-store"


def changed(world: World, text: str, **given: str) -> str:
    client = world.client("administrator")
    base = re.search(r'name="base" value="(\w+)"', client.get("/administration/settings").content.decode())
    assert base
    words = {"text": text, "reason": "New name", "base": base[1], "do": "store", **given}
    page = client.post("/administration/settings", words, follow=True)
    return page.content.decode()


def test_settings_are_changed_with_a_receipt_and_a_history(world: World) -> None:
    page = changed(world, (world_toml := _toml(world)).replace("Merrow Coalition", "Merrow Group"))
    assert "The settings are in force." in page
    assert settings_now().name == "Merrow Group"
    assert "-name = &quot;Merrow Coalition&quot;" in page
    assert "+name = &quot;Merrow Group&quot;" in page
    assert "New name" in page
    assert AuditEvent.objects.filter(action="settings-changed").count() == 1
    assert "were changed in the meantime" in changed(world, world_toml, base="0" * 64)


def test_settings_with_errors_or_without_a_reason_are_not_put_in_force(world: World) -> None:
    toml = _toml(world)
    broken = changed(world, toml + "[coalition\n")
    assert "The settings have errors; nothing was changed." in broken
    wrong = changed(world, toml.replace('languages = ["en"]', "languages = 7"))
    assert "a list of en, de, uk" in wrong
    assert "State the reason of the change." in changed(world, toml.replace("Merrow", "M."), reason=" ")
    checked = changed(world, toml.replace("Merrow", "Mirrow"), do="check")
    assert "+name = &quot;Mirrow Coalition&quot;" in checked
    assert settings_now().name == "Merrow Coalition"
    assert not AuditEvent.objects.filter(action="settings-changed").exists()


def _toml(world: World) -> str:
    from konvoi.web.administration.settings_change import present

    return present()


def test_the_auditor_filters_pages_and_verifies_the_log(world: World) -> None:
    client = world.client("auditor")
    for _ in range(60):
        client.post("/acting", {"acting": "auditor:"})
    page = text(client.get("/administration/audit/?action=role-chosen"))
    assert "60 rows · rows 1 to 50" in page
    first = client.get("/administration/audit/?action=role-chosen").content.decode()
    following = html.unescape(first.partition('rel="next"')[0].rpartition('href="')[2].rstrip('" '))
    second = text(client.get(f"/administration/audit/{following}"))
    assert "60 rows · rows 51 to 60" in second
    person = text(client.get(f"/administration/audit/?actor={world.user('auditor').pk}&party=XA"))
    assert "No row fits the filters." in person
    assert "No row fits" in text(client.get("/administration/audit/?on_until=2001-01-01"))
    refused = client.get("/administration/audit/?on_from=never")
    assert (refused.status_code, "“never” is not a day" in text(refused)) == (400, True)
    verified = text(client.post("/administration/audit/verify", follow=True))
    assert "events are as they were written; head" in verified
    assert re.search(r"Receipts: \d+ are as they were written; head [0-9a-f]{64}", verified)


def test_an_altered_event_is_found(world: World) -> None:
    from django.db import connection

    client = world.client("auditor")
    client.post("/acting", {"acting": "auditor:"})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'access_auditevent'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute("UPDATE access_auditevent SET party = 'XZ' WHERE number = 1")
    assert "event 1 is not as it was written" in text(
        client.post("/administration/audit/verify", follow=True)
    )


def test_an_administrator_asks_for_results_and_stops_them(world: World) -> None:
    from konvoi.web.runs.models import Job

    client = world.client("administrator")
    client.post("/administration/runs/ask")
    job = Job.objects.get()
    assert str(job.pk) in client.get("/administration/runs").content.decode()
    client.post(f"/administration/runs/{job.pk}/stop")
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    assert "Stopped" in text(client.get(f"/runs/{job.pk}"))
    assert AuditEvent.objects.filter(action="run-cancelled", object=job.pk).count() == 1
    assert world.client("planner").post("/administration/runs/ask").status_code == 404


def test_health_looks_for_the_key_of_backups_where_the_command_line_does(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from konvoi.flow.instance import backup_key
    from konvoi.web.administration import health

    asked: list[Path] = []

    def told(folder: Path, key: Path) -> tuple[()]:
        asked.append(key)
        return ()

    monkeypatch.setattr(health, "machine_checks", told)
    health.checks(machine=True)
    assert asked == [backup_key.key_file()]
    monkeypatch.setenv(backup_key.KEY_FILE, str(world.folder / "other.key"))
    health.checks(machine=True)
    assert asked[1:] == [world.folder / "other.key"]
