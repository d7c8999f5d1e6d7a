"""A workspace screened: once for each state of its lists, its parties and what people decided."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from konvoi.align.asking import Asked
from konvoi.align.clearing import FILE as CLEARANCES
from konvoi.align.hits import Hit
from konvoi.align.roles import Role
from konvoi.align.stated import FILE as OWNERSHIP
from konvoi.flow.gathered import Gathered
from konvoi.flow.sanctions.screening import Against, Screened, against, has_lists, screened
from konvoi.flow.sanctions.screening_parties import workspace_parties
from konvoi.flow.settings import FILE as SETTINGS
from konvoi.flow.store import LISTS, RELEASES, store
from konvoi.flow.workspace import settings_of
from konvoi.kit.digest import key
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.tables import BY_NAME

_LISTED = (
    "nobody in a contract or plan whom a list names: {regime} {reference}, {listed}; list of {day}, {age} "
    "days old"
)
_REMEDY = (
    "Look at it with konvoi sanctions screen, and decide: konvoi sanctions screen --decide {hit}; until then "
    "it stays blocked."
)


def workspace_screened(gathered: Gathered) -> Screened | None:
    """Return the screening of all parties of a workspace; None where it has no lists."""
    folder = gathered.folder
    if folder is None or not has_lists(folder):
        return None
    parties, told = workspace_parties(gathered)
    where = _against(folder, gathered.on, gathered.day, _state(folder))
    found = screened(parties, where)
    return Screened(where, found.parties, found.hits, (*found.findings, *told))


def _state(folder: Path) -> str:
    """A digest of all that decides what is screened against, so that nothing old is used."""
    kept = store(folder)
    decisive = (LISTS, RELEASES, SETTINGS, OWNERSHIP, CLEARANCES)
    return key(*((name, kept.text(name) or "") for name in decisive))


@lru_cache(maxsize=4)
def _against(folder: Path, on: date | None, least: date | None, state: str) -> Against:
    """The lists made ready, kept for as long as `state` stays what it is."""
    return against(folder, settings_of(folder), on=on, least=least)


@dataclass(frozen=True)
class Blocks:
    """Blocks by hits: rows of `blocked`, consignees with the hit of each, and findings for the planner."""

    rows: pl.DataFrame
    consignees: dict[str, Hit]
    findings: tuple[Finding, ...]


def hit_blocks(found: Screened | None) -> Blocks:
    """The rows of `blocked` that hits make which nobody cleared; a hit that was confirmed blocks as well."""
    rows = BY_NAME["blocked"].empty()
    stopping = [one for one in found.hits if one.stops] if found else []
    if not found or not stopping:
        return Blocks(rows, {}, ())
    lines = [
        {"kind": str(role), "value": one.party, "reason": reason(one), "from": one.since, "to": one.until}
        for one in stopping
        for role in one.blocks
        if role != Role.CONSIGNEE
    ]
    made = pl.DataFrame(
        lines, schema={name: rows.schema[name] for name in ("kind", "value", "reason", "from", "to")}
    )
    consignees = {one.party: one for one in reversed(stopping) if Role.CONSIGNEE in one.blocks}
    parties = {one.party: one for one in found.parties}
    told = [_told(one, parties[one.party]) for one in stopping]
    return Blocks(pl.concat([rows, made], how="diagonal"), consignees, tuple(told))


def reason(hit: Hit) -> str:
    """Return the reason for which a hit blocks, in one line that a reader of the table understands."""
    source = hit.source
    of = f"{source.regime.upper()} {source.reference or source.listing}, {source.name}"
    told = f"list of {source.day}, {source.age} days old"
    return f"{hit.state} hit {hit.id} ({hit.said}, {hit.how}, {hit.score:.2f}): {of}; {told}"


def _told(hit: Hit, party: Asked) -> Finding:
    source = hit.source
    place = party.known.place
    values = {
        "regime": source.regime.upper(),
        "reference": source.reference,
        "listed": source.name,
        "day": source.day.isoformat(),
        "age": str(source.age),
        "hit": hit.id,
    }
    where = Place(place.file, place.sheet, place.row, "")
    return Finding(Severity.WARNING, "party-listed", where, hit.name, _LISTED, _REMEDY, values)


def without_listed(needs: pl.DataFrame, found: Blocks) -> tuple[pl.DataFrame, list[Finding]]:
    """Return the needs without those whose consignee is blocked; each of these is a finding, as nothing is
    sent there.
    """
    stopped = needs.filter(pl.col("recipient").is_in(sorted(found.consignees)))
    told = [
        Finding(
            Severity.WARNING,
            "need-of-listed",
            Place(row.get("_file") or "", row.get("_sheet") or "needs", row.get("_row") or 0, "recipient"),
            row["recipient"],
            "a consignee whom no list names; nothing is planned for need {need}",
            _REMEDY,
            {"need": row["need"], "hit": found.consignees[row["recipient"]].id},
        )
        for row in stopped.iter_rows(named=True)
    ]
    return needs.join(stopped.select("need"), on="need", how="anti", maintain_order="left"), told
