"""Records of screenings in a workspace: written once, compared again, forgotten in part after a set time."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from konvoi.align.record import Record, record
from konvoi.align.roles import rules
from konvoi.flow.sanctions.lists import NAMES
from konvoi.flow.sanctions.screening import Screened, with_decisions
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused

FOLDER = "screenings"
"""The folder of a workspace that holds records: ID.json for ever, ID.clean.csv for a set time."""

_CLEAN = ".clean.csv"


@dataclass(frozen=True)
class Kept:
    """A record that was written: where, and how many lists of names of earlier ones were forgotten."""

    path: Path
    id: str
    forgotten: int


def recorded(folder: Path, found: Screened, *, by: str, what: str) -> Kept:
    """Write the record of a screening; the same screening is the same file. Names past their time go."""
    made = _record(found, by=by, what=what)
    base = folder / FOLDER
    files.write(base / f"{made.id}.json", made.kept)
    forgotten = forget(folder, found.against.on, found.against.rules.keep_days)
    if found.against.rules.keep_days:
        files.write(base / f"{made.id}{_CLEAN}", made.clean)
    return Kept(base / f"{made.id}.json", made.id, forgotten)


def _record(found: Screened, *, by: str, what: str) -> Record:
    where = found.against
    return record(
        found.parties,
        found.hits,
        where.standings,
        where.rules,
        by=by,
        on=where.on,
        what=what,
        decided=len(where.decided),
    )


def forget(folder: Path, on: date, days: int) -> int:
    """Remove the names of who was no hit from records older than so many days; how many were removed.

    What stays of these records is how many there were, and a digest.
    """
    gone = 0
    for path in sorted((folder / FOLDER).glob(f"*{_CLEAN}")):
        try:
            day = date.fromisoformat(path.name[:10])
        except ValueError:
            continue
        if day + timedelta(days=days) < on:
            files.remove(path)
            gone += 1
    return gone


@dataclass(frozen=True)
class Asked:
    """The statement of a record about its inputs: who made it, for which day, of what."""

    by: str
    day: date
    what: str
    told: Mapping[str, object]
    content: bytes


def read_record(path: Path) -> Asked:
    """A record as it was written; Refused where it is none."""
    content = files.content(path)
    if content is None:
        raise Refused(f"{path}: no such file; records lie in {FOLDER}/")
    try:
        told = json.loads(content)
        return Asked(told["by"], date.fromisoformat(told["day"]), told["input"]["what"], told, content)
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"{path}: no record of a screening") from error


def again(found: Screened, before: Asked) -> tuple[str, ...]:
    """Return the differences of a screening made again by a record's settings and the decisions of its time.

    Nothing where it gives the same bytes.
    """
    known = before.told.get("decided")
    decided = found.against.decided[: known if isinstance(known, int) else 0]
    where = replace(found.against, decided=decided)
    hits = with_decisions([one.bare for one in found.hits], where, found.parties)
    made = _record(replace(found, against=where, hits=hits), by=before.by, what=before.what)
    if made.kept == before.content:
        return ()
    return tuple(_differs(json.loads(made.kept), before.told)) or ("bytes",)


def _differs(now: Mapping[str, object], then: Mapping[str, object]) -> Iterator[str]:
    names: Iterable[str] = sorted({*now, *then})
    return (name for name in names if now.get(name) != then.get(name))


def settings_of(before: Asked) -> Mapping[str, object]:
    """The settings of a record as the table `screening` of konvoi.toml says them."""
    told = before.told.get("settings")
    table = dict(told) if isinstance(told, dict) else {}
    if "threshold" in table:
        table["threshold"] = float(str(table["threshold"]))
    if rules(table, NAMES).as_dict() != told:
        raise Refused("the record holds settings that this version does not know")
    return table
