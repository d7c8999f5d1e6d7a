"""Papers become rows of movements, receipts and serials, and entries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from konvoi.intake.facts import Facts
from konvoi.intake.papers.work import Work
from konvoi.intake.postings import Source, entry
from konvoi.intake.table import frame_schema
from konvoi.model.document import Reading
from konvoi.model.entries import frame
from konvoi.model.finding import Severity
from konvoi.model.paper import NAMES, Actor, Paper, PaperLine
from konvoi.model.stages import Stage
from konvoi.model.tables import BY_NAME

SCHEMAS = {
    "movements": frame_schema(BY_NAME["movements"]),
    "receipts": frame_schema(BY_NAME["receipts"]),
    "serials": BY_NAME["serials"].schema(),
    "parties": BY_NAME["parties"].schema(),
    "paper_names": NAMES,
}
_COUNTS = ("short", "damaged", "rejected", "over")


@dataclass
class _Rows:
    """Rows by table, and the entries that papers make by themselves."""

    source: Source
    entries: list[Facts] = field(default_factory=list)
    tables: dict[str, list[Facts]] = field(default_factory=lambda: {name: [] for name in SCHEMAS})


def posted_papers(work: Work, format: str) -> Reading:
    """The reading of a document of papers; what is only planned is kept out.

    Each line of a paper is a movement or a receipt and one entry. Where its line stands in somebody's
    tables, konvoi.intake.join posts it again with all that stands above it.
    """
    seen: set[str] = set()
    papers = [_once(paper, work, seen) for paper in work.papers]
    rows = _Rows(_source(work, papers))
    for paper in papers:
        if not paper.planned:
            for line in paper.lines:
                _line(paper, line, rows, work.document.name)
            _parties(paper, rows, work.document.name)
    return Reading(
        document=work.document.name,
        digest=work.document.digest,
        format=format,
        party=rows.source.party,
        entries=frame(rows.entries).sort("entry"),
        tables=_frames(rows.tables),
        findings=tuple(sorted(work.findings, key=lambda one: (one.place, one.code, one.read))),
        facts=_facts(work, rows.source),
    )


def rows_of(papers: Iterable[Paper]) -> dict[str, pl.DataFrame]:
    """Papers as rows of the workbook's tables and of `paper_names`; tables without rows are left out."""
    rows = _Rows(Source(""))
    for paper in papers:
        for line in paper.lines:
            _line(paper, line, rows, "")
        _parties(paper, rows, "")
    return _frames(rows.tables)


def _once(paper: Paper, work: Work, seen: set[str]) -> Paper:
    """A paper without the lines whose id stood before in this document."""
    kept = []
    for line in paper.lines:
        if line.id in seen:
            words = (
                "each line of a document once, with a unique id",
                "Assign a separate id; the first was imported.",
            )
            work.tell(
                Severity.ERROR,
                "paper-line-twice",
                work.place(line.sheet, line.row, "id"),
                words,
                read=line.id,
            )
        else:
            seen.add(line.id)
            kept.append(line)
    return replace(paper, lines=tuple(kept))


def _source(work: Work, papers: list[Paper]) -> Source:
    """Return the source: the known party, else the issuer of the papers; known since their latest day."""
    issuers = {(p.receiver if p.stage == Stage.RECEIVED else p.sender).id for p in papers} - {""}
    party = work.document.party or (issuers.pop() if len(issuers) == 1 else "")
    days = [day for paper in papers if (day := paper.issued or paper.day)]
    return Source(
        name=party or work.document.digest[:16],
        party=party,
        submission=work.document.name,
        known_on=max(days, default=None),
        marking=work.document.marking,
    )


def _facts(work: Work, source: Source) -> dict[str, str]:
    stages = [str(paper.stage) for paper in work.papers if not paper.planned]
    counts = {f"papers {stage}": str(stages.count(stage)) for stage in sorted(set(stages))}
    day = {"day": source.known_on.isoformat()} if source.known_on else {}
    return {**work.facts, **counts, **day, "marking": source.marking}


def _line(paper: Paper, line: PaperLine, rows: _Rows, file: str) -> None:
    """One line of a paper: its row, its pieces, its names, its entry."""
    table = "receipts" if paper.stage == Stage.RECEIVED else "movements"
    origin: Facts = {"_file": file, "_sheet": line.sheet, "_row": line.row}
    row = (_receipt if table == "receipts" else _movement)(paper, line)
    row |= {"day": paper.day, "marking": paper.marking or None, "_until": None, **origin}
    rows.tables[table].append(row)
    rows.tables["serials"] += [_piece(paper, line, at) | origin for at in range(len(line.pieces))]
    names = [(name.scheme, name.name) for name in paper.names] + ([("good", line.good)] if line.good else [])
    rows.tables["paper_names"] += [{"paper": line.id, "scheme": s, "name": n, **origin} for s, n in names]
    stated = _stated(paper, line)
    rows.entries.append(entry(table, {**row, "unit": line.unit or None}, stated, rows.source))


def _movement(paper: Paper, line: PaperLine) -> Facts:
    return {
        "movement": line.id,
        "line": line.line or None,
        "stage": str(paper.stage),
        "quantity": line.quantity,
        "unit": line.unit or None,
        "from": paper.origin or None,
        "to": paper.destination or None,
        "carrier": paper.carrier.id or None,
        "waybill": paper.waybill or None,
        "rule": paper.rule or None,
    }


def _receipt(paper: Paper, line: PaperLine) -> Facts:
    return {
        "receipt": line.id,
        "reference": line.reference or None,
        "received": line.quantity,
        **{name: getattr(line, name) for name in _COUNTS},
        "place": paper.destination or None,
        "proof": paper.proof or None,
        "document": line.document or None,
    }


def _piece(paper: Paper, line: PaperLine, at: int) -> Facts:
    piece = line.pieces[at]
    return {
        "paper": line.id,
        "serial": piece.serial,
        "state": piece.state or str(paper.stage),
        "good": line.good or None,
        "lot": piece.lot or None,
        "quantity": piece.quantity,
        "scheme": piece.scheme or None,
        "container": piece.container or None,
        "expires": piece.expires,
        "marking": paper.marking or None,
    }


def _stated(paper: Paper, line: PaperLine) -> Facts:
    """Return the facts that a line states by itself: giver, recipient, good, quantity, day."""
    receipt = paper.stage == Stage.RECEIVED
    carried = "reported by carrier" if paper.carrier.id else "reported by sender"
    return {
        "reference": line.id,
        "party": paper.sender.id or None,
        "counterparty": paper.receiver.id or None,
        "implementer": None if receipt else paper.carrier.id or None,
        "package": line.package or None,
        "line": line.line or None,
        "route": "from stock",
        "good": line.good or None,
        "stage": str(paper.stage),
        "rule": None if receipt else paper.rule or None,
        "proof": paper.proof or None if receipt else carried,
        "day_from": paper.day,
        "day_to": paper.day,
        "quantity": line.quantity,
        "unit": line.unit or None,
        "valuation": "none",
        "marking": paper.marking or None,
        "text": line.name or None,
        "column": "received" if receipt else "quantity",
    }


def _parties(paper: Paper, rows: _Rows, file: str) -> None:
    """Parties with an id of a foreign scheme; our own stand in the coalition's tables."""
    kinds = ((paper.sender, "supplier"), (paper.receiver, "recipient"), (paper.carrier, "carrier"))
    for actor, kind in kinds:
        if ":" in actor.id:
            rows.tables["parties"].append(_party(actor, kind) | {"_file": file})


def _party(actor: Actor, kind: str) -> Facts:
    return {"party": actor.id, "name": actor.name or actor.id, "kind": kind}


def _frames(tables: Mapping[str, list[Facts]]) -> dict[str, pl.DataFrame]:
    """The rows as tables, each party once, each piece once; tables without rows are left out."""
    found = {name: frame(rows, SCHEMAS[name]) for name, rows in sorted(tables.items()) if rows}
    keys = {"parties": ["party"], "serials": ["paper", "serial", "state"], "paper_names": NAMES.names()[:3]}
    for name, key in keys.items():
        if name in found:
            found[name] = found[name].unique(key, keep="first", maintain_order=True)
    return found
