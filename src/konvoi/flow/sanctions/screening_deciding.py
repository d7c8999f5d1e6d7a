"""Review decisions on alerts: one more line of clearances.csv, which only grows."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from konvoi.align.alert_evidence import packed
from konvoi.align.asking import Asked
from konvoi.align.clearing import (
    FALSE_POSITIVE,
    FILE,
    FORMER,
    HEAD,
    LICENSED,
    decisions,
    refusal,
    settled,
)
from konvoi.align.hits import OPEN, Hit, State
from konvoi.flow.receipts import Action, Kind
from konvoi.flow.sanctions.screening import Screened, values_of
from konvoi.flow.sanctions.screening_records import FOLDER, read_record
from konvoi.flow.store import append_lines, kept_text
from konvoi.gateways.refusal import Refused
from konvoi.kit.text import harmless

_LICENCE = ("authority", "reference", "scope", "from", "to")


def decide(folder: Path, found: Screened, hit: str, row: Mapping[str, str]) -> dict[str, str]:
    """Write a decision on an alert, or the only one whose id begins so; the row as it was written.

    row: verdict (the disposition), by, at, reason, and of a licence authority, reference, scope, from, to.
    Refused where the alert is none, where its list is too old for a false positive, or where one reviewer
    calls it so twice.
    """
    one = _hit(folder, found, hit)
    row = {**row, "verdict": FORMER.get(row["verdict"], row["verdict"])}
    if row["verdict"] == FALSE_POSITIVE and (
        why := refusal(one, found.against.decided, row["by"], found.against.most)
    ):
        raise Refused(f"alert {one.id} stays open: {why}")
    lacking = [name for name in _LICENCE if not row.get(name)] if row["verdict"] == LICENSED else []
    if lacking:
        raise Refused(f"a licence needs {', '.join(f'--{name}' for name in lacking)}")
    if row["verdict"] == LICENSED and row["to"] < row["from"]:
        raise Refused(f"a licence from {row['from']} to {row['to']} has no day; --to is its last day")
    source = one.source
    written = {name: str(row.get(name) or "") for name in HEAD} | {
        "hit": one.id,
        "day": found.against.on.isoformat(),
        "list_day": source.day.isoformat(),
        "party": one.name or one.party,
        "listing": source.listing,
        "record": one.record,
        "content": source.content,
        "party_id": one.party,
        "seen": packed(values_of(one, _party(found, one.party), found.against)),
    }
    change = Action(Kind.CLEARED, (), written["day"], written["at"], written["by"], written["reason"])
    head, lines = _text([written]).removesuffix("\n").split("\n", 1)
    append_lines(folder, FILE, lines, head=head, change=change, before=_headed(folder, head))
    return written


def _text(rows: Sequence[Mapping[str, str]]) -> str:
    """Return rows as a clearances.csv with its head."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows([harmless(row[name]) for name in HEAD] for row in rows)
    return out.getvalue()


def _headed(folder: Path, head: str) -> str | None:
    """Return the decisions so far under the head of today; None where they have it, or there are none."""
    text = kept_text(folder, FILE)
    if not text or text.startswith(f"{head}\n"):
        return None
    _, _, rows = text.partition("\n")
    return f"{head}\n{rows}"


def _party(found: Screened, id: str) -> Asked | None:
    return next((one for one in found.parties if one.party == id), None)


def still_open(found: Screened, row: Mapping[str, str], on: date) -> bool:
    """Return True if the alert of a decision just written, false positive, waits for a second reviewer."""
    if row["verdict"] != FALSE_POSITIVE:
        return False
    one = next((hit for hit in found.hits if hit.id == row["hit"]), None)
    made = decisions(_text([row]))[0]
    states = settled([one.bare], (*found.against.decided, *made), on) if one else ()
    return any(hit.state == State.ONE_OF_TWO for hit in states)


def _hit(folder: Path, found: Screened, id: str) -> Hit:
    """Return the alert that an id or the beginning of one names."""
    asked = [one for one in found.hits if one.said in OPEN]
    named = [one for one in asked if one.id.startswith(id)] if id else []
    if len(named) == 1:
        return named[0]
    if named:
        raise Refused(f"{id}: several alerts begin so: {', '.join(one.id for one in named[:5])}")
    known = ", ".join(f"{one.id} ({one.name or one.party})" for one in asked[:5]) or "none"
    raise Refused(
        f"{id}: no alert of this screening has this id; alerts are: {known}{_elsewhere(folder, id)}"
    )


def _elsewhere(folder: Path, id: str) -> str:
    """Return the screened table of the latest record that has the alert: it is decided with that table."""
    for path in sorted((folder / FOLDER).glob("*.json"), reverse=True):
        before = read_record(path)
        hits = before.told.get("hits")
        alerts = hits if isinstance(hits, list) else []
        if id and any(str(one.get("hit", "")).startswith(id) for one in alerts):
            return (
                f". It is an alert of {before.what} ({path.name}): name the same file and role with --decide"
            )
    return ""
