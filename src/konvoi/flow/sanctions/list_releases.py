"""Decisions about lists that are held: read from and written to lists/releases.csv, which only grows."""

import csv
import io
from pathlib import Path

from konvoi.align.list_status import Release
from konvoi.flow.receipts import Action, Kind
from konvoi.flow.store import RELEASES, append_lines, kept_text
from konvoi.gateways.refusal import Refused

HEAD = ("snapshot", "by", "at", "reason", "regime", "day", "falls")
"""Columns: the list's id, who released it and when (UTC) and why; the others are for people who read it."""


def releases(folder: Path) -> tuple[Release, ...]:
    """The decisions of a workspace; Refused where the file cannot be read: a list may hang on it."""
    text = kept_text(folder, RELEASES)
    if not text:
        return ()
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise Refused(f"{folder / RELEASES}: cannot be read: {error}; mend that line") from error
    if rows and not set(HEAD[:4]) <= set(rows[0]):
        raise Refused(f"{folder / RELEASES}: its head must be {','.join(HEAD)}; mend the first line")
    return tuple(Release(*(str(row.get(name) or "") for name in HEAD[:4])) for row in rows)


def released(folder: Path, row: dict[str, str]) -> None:
    """Write one decision of a workspace; row: by the names of HEAD."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([row[name] for name in HEAD])
    change = Action(Kind.RELEASED, (), at=row["at"], by=row["by"], reason=row["reason"])
    append_lines(folder, RELEASES, out.getvalue().removesuffix("\n"), head=",".join(HEAD), change=change)
