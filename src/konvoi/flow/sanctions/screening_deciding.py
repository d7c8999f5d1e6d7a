"""Deciding about a hit: one more line of clearances.csv, which only grows."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from konvoi.align.clearing import CLEARED, FILE, HEAD, LICENSED, refusal
from konvoi.align.hits import OPEN, Hit
from konvoi.flow.receipts import Action, Kind
from konvoi.flow.sanctions.screening import Screened
from konvoi.flow.store import append_lines
from konvoi.gateways.refusal import Refused
from konvoi.kit.text import harmless

_LICENCE = ("authority", "reference", "scope", "from", "to")


def decide(folder: Path, found: Screened, hit: str, row: Mapping[str, str]) -> dict[str, str]:
    """Write a decision about a hit, or the only one whose id begins so; the row as it was written.

    row: verdict, by, at, reason, and of a licence authority, reference, scope, from, to. Refused where the
    hit is none, where its list is too old for anybody to be cleared, or where one person clears twice.
    """
    one = _hit(found, hit)
    if row["verdict"] == CLEARED and (
        why := refusal(one, found.against.decided, row["by"], found.against.most)
    ):
        raise Refused(f"hit {one.id} is not cleared: {why}")
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
    }
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([harmless(written[name]) for name in HEAD])
    change = Action(Kind.CLEARED, (), written["day"], written["at"], written["by"], written["reason"])
    append_lines(folder, FILE, out.getvalue().removesuffix("\n"), head=",".join(HEAD), change=change)
    return written


def _hit(found: Screened, id: str) -> Hit:
    """The hit that an id or the beginning of one names."""
    asked = [one for one in found.hits if one.said in OPEN]
    named = [one for one in asked if one.id.startswith(id)] if id else []
    if len(named) == 1:
        return named[0]
    if named:
        raise Refused(f"{id}: several hits begin so: {', '.join(one.id for one in named[:5])}")
    known = ", ".join(f"{one.id} ({one.name or one.party})" for one in asked[:5]) or "none"
    raise Refused(f"{id}: no hit of this screening has this id; hits are: {known}")
