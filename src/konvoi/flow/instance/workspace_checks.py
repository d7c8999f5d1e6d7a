"""Checks of a workspace: its settings, database, clock, backups and sanctions lists."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from konvoi.align.manifest import manifest
from konvoi.flow.instance.backup_log import Entry, Step, last
from konvoi.flow.instance.check import Check, error, ok, warning
from konvoi.flow.sanctions.lists import NAMES
from konvoi.flow.store import LISTS, RECEIPTS, kept_text
from konvoi.gateways import files
from konvoi.gateways.database import address_of
from konvoi.gateways.database_health import DatabaseHealth, database_health
from konvoi.gateways.refusal import Refused

BACKUP_SOON, BACKUP_LATE = timedelta(days=2), timedelta(days=7)
"""Ages of the last backup from which it is a warning, and an error."""
DRILL = timedelta(days=30)
"""Age of the last drill from which it is a warning."""
_APART = timedelta(seconds=60)


def workspace_checks(folder: Path, now: datetime) -> Iterator[Check]:
    """Yield the checks of a workspace. now: the clock of this machine."""
    try:
        address = address_of(folder)
        health = None if address is None else database_health(address)
    except Refused as refusal:
        yield error("database", "{why}.", "Start the database, and name it in DATABASE_URL.", why=refusal)
        yield from backup_checks(folder, now)
        return
    if health is None:
        yield ok("database", "The workspace is kept in its folder.")
        line = (files.content(folder / RECEIPTS) or b"").decode("utf-8", "replace").strip()
        yield clock_check(now, line.rpartition("\n")[2], None)
    else:
        yield from database_checks(health)
        yield clock_check(now, health.last, health.now)
    yield from backup_checks(folder, now)
    yield lists_check(folder, now)


def database_checks(health: DatabaseHealth) -> Iterator[Check]:
    """Yield the checks of a database that is reached."""
    values = {"version": health.version, "names": ", ".join(health.missing)}
    if health.missing:
        remedy = "Restore a backup, and find out who removed them: rows may have been changed."
        yield error(
            "database", "Triggers that keep rows from being changed are missing: {names}.", remedy, **values
        )
    elif health.now is None:
        yield ok("database", "SQLite {version}; rows are only ever added.", **values)
    else:
        yield ok("database", "PostgreSQL {version}; rows are only ever added.", **values)
    if health.now is not None:
        yield rights_check(health)


def rights_check(health: DatabaseHealth) -> Check:
    """Check the rights of the role with which PostgreSQL is used, and its rules for rows."""
    if health.superuser or health.bypass:
        return error(
            "rights",
            "The role in DATABASE_URL is bound by no right or rule for rows.",
            "Use a role without SUPERUSER and BYPASSRLS (docs/how-to/use-a-database.md).",
        )
    if health.unforced:
        names = ", ".join(health.unforced)
        remedy = "ALTER TABLE … FORCE ROW LEVEL SECURITY, for each of them."
        return error("rights", "Rules for rows do not bind the owner of {names}.", remedy, names=names)
    if health.owner or health.changes:
        return warning(
            "rights",
            "The role in DATABASE_URL may change the tables of the chain.",
            "Use a role with SELECT and INSERT alone (docs/how-to/use-a-database.md).",
        )
    return ok("rights", "The role may read and add rows, and change none.")


def clock_check(now: datetime, line: str, server: datetime | None) -> Check:
    """Check the clock against the last receipt and the server."""
    then = _time(line)
    if then is not None and then > now + _APART:
        return error(
            "clock",
            "The clock says {now}, before the last change of {then}.",
            "Set the clock: the order of changes is told by it.",
            now=_told(now),
            then=_told(then),
        )
    if server is not None and abs(server - now) > _APART:
        return warning(
            "clock",
            "The clock says {now}, that of the database {then}.",
            "Set both clocks by a time server.",
            now=_told(now),
            then=_told(server),
        )
    return ok("clock", "The clock says {now}.", now=_told(now))


def _time(line: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(json.loads(line or "{}")["at"])
    except (ValueError, KeyError, TypeError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _told(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"


def backup_checks(folder: Path, now: datetime) -> Iterator[Check]:
    """Yield the checks of the age of the last backup and the last drill."""
    made = last(folder, Step.BACKUP)
    remedy = "Make one every day, in a folder that is there: konvoi backup DIR --to FOLDER --key-file KEY"
    if made is None:
        yield warning("backup", "No backup was made.", remedy)
        return
    values = {"at": _told(made.at), "file": made.file}
    age = now - made.at
    if age > BACKUP_LATE:
        yield error("backup", "The last backup is of {at}: {file}.", remedy, **values)
    elif age > BACKUP_SOON:
        yield warning("backup", "The last backup is of {at}: {file}.", remedy, **values)
    else:
        yield ok("backup", "The last backup is of {at}: {file}.", **values)
    yield drill_check(last(folder, Step.DRILL), now)


def drill_check(drilled: Entry | None, now: datetime) -> Check:
    """Check the age of the last drill: a backup that was never restored is none yet."""
    remedy = "Restore one in passing: konvoi restore --check FILE --key-file KEY --dir DIR"
    if drilled is None:
        return warning("drill", "No backup was ever restored as a drill.", remedy)
    values = {"at": _told(drilled.at), "file": drilled.file}
    if now - drilled.at > DRILL:
        return warning("drill", "The last drill is of {at}: {file}.", remedy, **values)
    return ok("drill", "The last drill is of {at}: {file}.", **values)


def lists_check(folder: Path, now: datetime) -> Check:
    """Check the age of the newest list of each regime; lists on hold are told by konvoi sanctions lists."""
    found, _ = manifest(kept_text(folder, LISTS) or "", NAMES)
    if not found.snapshots:
        return ok("lists", "No sanctions lists are imported; nobody is screened.")
    newest = {one.regime: one.day for one in sorted(found.snapshots, key=lambda one: one.day)}
    old = [name for name, day in sorted(newest.items()) if (now.date() - day).days > found.most]
    values = {"count": len(newest), "names": ", ".join(old), "most": found.most}
    if old:
        return warning(
            "lists",
            "Sanctions lists older than {most} days: {names}.",
            "Import today's: konvoi sanctions lists FILE --of REGIME",
            **values,
        )
    return ok("lists", "Sanctions lists of {count} regimes, none older than {most} days.", **values)
