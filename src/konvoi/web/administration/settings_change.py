"""Changes of the settings: validated first, recorded with a receipt, and shown with their differences."""

import difflib
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from konvoi.flow.receipts import Action, Kind, Receipt
from konvoi.flow.settings import FILE, settings
from konvoi.flow.store import Edit, kept_text
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest
from konvoi.model.finding import Finding, Severity
from konvoi.web.access.audit import record
from konvoi.web.access.roles import Right
from konvoi.web.access.viewer import Viewer
from konvoi.web.instance import instance
from konvoi.web.record import receipts, writing
from konvoi.web.runs.queue import ask_run

MOST = 200_000
"""Signs of konvoi.toml at most."""


@dataclass(frozen=True)
class Version:
    """A version of the settings. lines: those that differ from the version before, in unified form."""

    number: int
    at: str
    by: str
    reason: str
    lines: str


def present() -> str:
    """Return konvoi.toml as it is in force."""
    return kept_text(instance().folder, FILE) or ""


def difference(before: str, after: str) -> str:
    """Return the lines that differ between two versions; empty where none do."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), "before", "after", lineterm="", n=1)
    return "\n".join(list(lines)[2:])


def findings(text: str) -> tuple[Finding, ...]:
    """Return what is wrong in a konvoi.toml."""
    return settings(text)[1]


def change(*, viewer: Viewer, text: str, reason: str, base: str) -> bool:
    """Put a konvoi.toml in force; return False where it is the present one.

    base: digest of the version that was edited. Refused where it was changed meanwhile, or has errors.
    """
    if not viewer.may(Right.ADMINISTER):
        raise Refused("settings are changed by an administrator")
    new = "\n".join(text.splitlines()).rstrip("\n") + "\n"
    if len(new) > MOST:
        raise Refused(f"the settings have more than {MOST} signs")
    with writing() as kept, kept.writing():
        before = present()
        if digest(before.encode()) != base:
            raise Refused("the settings were changed in the meantime; compare your text with the present one")
        if new == before:
            return False
        if any(one.severity == Severity.ERROR for one in findings(new)):
            raise Refused("the settings have errors; nothing was changed")
        if not reason.strip():
            raise Refused("state the reason of the change")
        by = str(viewer.person)
        at = timezone.now().isoformat(timespec="seconds")
        kept.commit(
            Action(Kind.SETTINGS, (), at=at, by=by, reason=reason.strip()), [Edit(FILE, new.encode())]
        )
        record(viewer, "settings-changed", object=FILE)
        ask_run(by=viewer.user)
    return True


def history() -> list[Version]:
    """Return the versions of the settings with their differences, the newest first."""
    found: list[Version] = []
    before = ""
    for receipt in receipts():
        for one in receipt.change.files:
            if one.path == FILE:
                after = _content(one.sha256)
                found.append(_version(receipt, difference(before, after)))
                before = after
    return found[::-1]


def _version(receipt: Receipt, lines: str) -> Version:
    change = receipt.change
    return Version(receipt.number, change.at, change.by, change.reason, lines)


def _content(sha256: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM konvoi_blob WHERE digest = %s", [sha256])
        row = cursor.fetchone()
    return bytes(row[0]).decode("utf-8", "replace") if row else ""
