"""The record of a screening: person, day, input, lists, settings, and results."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from konvoi.align.asking import Asked
from konvoi.align.hits import Hit
from konvoi.align.list_status import Standing, State
from konvoi.align.roles import Rules
from konvoi.kit.digest import digest
from konvoi.kit.text import harmless

VERSION = 2
HEAD = ("party", "name", "record")


@dataclass(frozen=True)
class Record:
    """A record as files: what stays, and who was no hit, which is kept for a set time only.

    id: day and digest of what stays, so that the same screening is the same file.
    """

    id: str
    kept: bytes
    clean: bytes


def record(
    parties: Sequence[Asked],
    hits: Sequence[Hit],
    lists: Sequence[Standing],
    rules: Rules,
    *,
    by: str,
    on: date,
    what: str,
    decided: int = 0,
) -> Record:
    """The record of a screening. what: the file that was screened, or that it was the workspace. decided: how
    many rows of clearances.csv there were, so that later ones change nothing about it.

    Equal parties, lists, settings, decisions, day and person give equal bytes, whatever order they come in.
    """
    open_ = {one.party for one in hits}
    clean = sorted((one.party, one.name, one.record) for one in parties if one.party not in open_)
    names = _csv(clean)
    asked = json.dumps(sorted((one.party, one.record, sorted(one.roles)) for one in parties))
    told = {
        "version": VERSION,
        "by": by,
        "day": on.isoformat(),
        "input": {"what": what, "parties": len(parties), "digest": digest(asked.encode())},
        "lists": [_list(one, on) for one in lists if one.state == State.IN_FORCE],
        "settings": rules.as_dict(),
        "threshold": str(rules.threshold),
        "decided": decided,
        "hits": [one.as_dict() for one in hits],
        "clean": {"count": len(clean), "digest": digest(names)},
    }
    kept = (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    return Record(f"{on.isoformat()}-{digest(kept)[:12]}", kept, names)


def _list(one: Standing, on: date) -> Mapping[str, object]:
    snapshot = one.taken.snapshot
    return {
        "id": snapshot.id,
        "regime": snapshot.regime,
        "day": one.taken.day.isoformat(),
        "age": (on - one.taken.day).days,
        "files": dict(sorted(snapshot.files.items())),
    }


def _csv(rows: Sequence[tuple[str, ...]]) -> bytes:
    """Rows as CSV; a cell that a spreadsheet would take for a formula has an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode()
