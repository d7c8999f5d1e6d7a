"""Health of an instance as an administrator sees it: without anything that was submitted."""

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils import timezone

from konvoi.gateways import files
from konvoi.web.instance import instance
from konvoi.web.pages.texts import say
from konvoi.web.runs.health import PATIENCE
from konvoi.web.runs.models import Job

BACKUPS = "backups.jsonl"
"""The log of backups and drills that `konvoi backup` and `konvoi restore --check` write."""
OLD = {"backup": timedelta(days=2), "drill": timedelta(days=30)}
LEAST = 2_000_000_000
"""Bytes of free disk below which uploads and results may fail."""


@dataclass(frozen=True)
class Check:
    """A check. name, found: sentences in the reader's language. state: ok, warning or error."""

    name: str
    state: str
    found: str


def checks() -> list[Check]:
    """Return the checks of the instance."""
    return [_database(), _worker(), _failed(), _disk(), _backup(), _drill()]


def _database() -> Check:
    with connection.cursor() as cursor:
        sqlite = connection.vendor == "sqlite"
        cursor.execute("SELECT sqlite_version()" if sqlite else "SHOW server_version")
        version = str(cursor.fetchone()[0])
    name = "SQLite" if sqlite else "PostgreSQL"
    return Check(say("Database"), "ok", f"{name} {version}")


def _worker() -> Check:
    late = Job.objects.filter(state=Job.State.WAITING, created__lt=timezone.now() - PATIENCE).exists()
    running = Job.objects.filter(state=Job.State.RUNNING).exists()
    if late and not running:
        return Check(say("Worker"), "error", say("Jobs wait and no worker takes them. Start konvoi worker."))
    return Check(say("Worker"), "ok", say("No job waits for longer than two minutes."))


def _failed() -> Check:
    since = timezone.now() - timedelta(days=1)
    count = Job.objects.filter(state=Job.State.FAILED, ended__gte=since).count()
    text = say("{count} job failed in 24 hours.", "{count} jobs failed in 24 hours.", count, count=count)
    return Check(say("Jobs"), "warning" if count else "ok", text)


def _disk() -> Check:
    free = shutil.disk_usage(instance().folder).free
    text = say("{size} GB free", size=f"{free / 1e9:.1f}")
    return Check(say("Disk"), "ok" if free >= LEAST else "error", text)


def _backup() -> Check:
    return _aged(say("Backup"), "backup", say("No backup is recorded. Make one with konvoi backup."))


def _drill() -> Check:
    none = say("No restore drill is recorded. Make one with konvoi restore --check.")
    return _aged(say("Restore drill"), "drill", none)


def _aged(name: str, step: str, none: str) -> Check:
    last = _last(step)
    if last is None:
        return Check(name, "warning", none)
    age = timezone.now() - last
    text = say("{count} day ago", "{count} days ago", age.days, count=age.days)
    return Check(name, "ok" if age <= OLD[step] else "warning", text)


def _last(step: str) -> datetime | None:
    """Return when the last backup or drill was; a line that is none is passed over."""
    found = []
    for line in (files.text(instance().folder / BACKUPS) or "").splitlines():
        try:
            told = json.loads(line)
            if told["step"] == step:
                found.append(datetime.fromisoformat(told["at"]).astimezone(UTC))
        except (ValueError, KeyError, TypeError):
            continue
    return max(found, default=None)
