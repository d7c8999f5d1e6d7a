"""A small world for the pages: three parties, a few invented rows, and a person in each role."""

import html
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.test import Client
from tests.web.packages import AT, submit, submit_parties

from konvoi.flow.move_workspace import new_workspace
from konvoi.flow.snapshots import write_snapshot
from konvoi.flow.workspace import workspace
from konvoi.web.access.grants import ask, decide
from konvoi.web.access.models import GrantEvent, Snapshot
from konvoi.web.access.roles import Role
from konvoi.web.accounts.models import User
from konvoi.web.instance import Instance
from konvoi.web.record import head
from konvoi.web.settings import database
from konvoi.web.sign_in.views import BACKEND

TOML = """[coalition]
name = "Merrow Coalition"
recipient = "XV"
exercise = true
currency = "EUR"
languages = ["en"]
day = 2031-03-03
public = true
"""
ROLES: dict[str, tuple[Role, str]] = {
    "planner": (Role.PLANNER, ""),
    "desk-xa": (Role.DESK, "XA"),
    "desk-xb": (Role.DESK, "XB"),
    "reader-xa": (Role.READER, "XA"),
    "recipient": (Role.DESK, "XV"),
    "sanctions": (Role.SANCTIONS, ""),
    "legal": (Role.LEGAL, "XA"),
    "auditor": (Role.AUDITOR, ""),
    "administrator": (Role.ADMINISTRATOR, ""),
}
READERS = ("cell", "public", "XA", "XB", "XV")


@dataclass(frozen=True)
class World:
    """An instance for tests."""

    folder: Path

    @property
    def instance(self) -> Instance:
        """The instance."""
        return Instance(self.folder)

    def user(self, name: str) -> User:
        """Return the person of a name in ROLES."""
        return User.objects.get(email=f"{name}@exercise.invalid")

    def client(self, name: str = "", **more: object) -> Client:
        """Return a browser without scripts, signed in as a person of ROLES; empty: as nobody."""
        found = Client(headers={"accept-language": "en"}, **more)  # type: ignore[arg-type]
        if name:
            found.force_login(self.user(name), backend=BACKEND)
        return found

    def exporting(self, name: str, **more: object) -> Client:
        """Return the browser of a person who has stated why it takes files, where that is asked."""
        found = self.client(name, **more)
        found.post("/purpose", {"for": "all", "purpose": "checking"})
        return found


def text(page: object) -> str:
    """Return the text of an answer without its tags, with plain spaces."""
    content: bytes = page.content  # type: ignore[attr-defined]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", content.decode())).split())


def use(folder: Path) -> None:
    """Let Django serve another instance from now on."""
    settings.KONVOI_FOLDER = str(folder)
    connections["default"].close()
    connections.settings = connections.configure_settings({"default": database(Instance(folder).address)})
    del connections["default"]


def make(folder: Path, scratch: Path, migrate: Callable[[], None], *, dsn: str = "") -> None:
    """Make the instance: its record, its tables, its persons, and the results for every reader."""
    new_workspace(folder, TOML, dsn=dsn, at=AT)
    submit_parties(folder, scratch)
    for party, marking in (("XA", "coalition"), ("XB", "public")):
        submit(folder, scratch, party, marking=marking)
    use(folder)
    migrate()
    for name, (role, party) in ROLES.items():
        user = User.objects.create_user(f"{name}@exercise.invalid", name)
        decide(ask(user.id, role, party, by=user.id), GrantEvent.Step.CONFIRMED, by=None)
    compute(folder)
    connections["default"].close()


def compute(
    folder: Path, readers: tuple[str, ...] = READERS, name: str = "first", day: date | None = None
) -> None:
    """Compute the results of the instance for readers, as the worker does. day: None for the newest state."""
    job = "00000000-0000-4000-8000-000000000000"
    found = write_snapshot(workspace(folder), Instance(folder).snapshots / name, readers, day=day)
    for reader, one in found.items():
        Snapshot.objects.create(name=name, reader=reader, asked=day, head=head(), digest=one.digest, job=job)


def copied(template: Path, target: Path) -> World:
    """Return a fresh copy of an instance that is kept in SQLite."""
    shutil.copytree(template, target)
    use(target)
    return World(target)
