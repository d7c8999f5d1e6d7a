"""The papers behind movements and receipts, so that they can be written in any form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import polars as pl

from konvoi.model.paper import Actor, Paper, PaperLine, Piece
from konvoi.model.stages import Stage

Row = Mapping[str, object]


def papers(entries: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> tuple[Paper, ...]:
    """One paper for each waybill, day, stage and pair of parties, and for each receipt of a despatch.

    entries: of the ledger. tables: movements, receipts, serials and parties.

    Sorted by stage, number and day; their lines by id. A movement without waybill has a paper of its own.
    """
    world = _World(entries, tables)
    found: dict[tuple[object, ...], _Lines] = {}
    for row in world.rows("movements", "movement"):
        _put(found, *world.movement(row))
    for row in world.rows("receipts", "receipt"):
        _put(found, *world.receipt(row))
    whole = [_closed(paper, lines) for paper, lines in found.values()]
    return tuple(sorted(whole, key=_order))


class _Lines(NamedTuple):
    """A paper with the lines that are found for it."""

    paper: Paper
    lines: list[PaperLine]


def _put(found: dict[tuple[object, ...], _Lines], paper: Paper, line: PaperLine) -> None:
    key = (
        *(paper.stage, paper.number, paper.day, paper.sender, paper.receiver, paper.carrier, paper.origin),
        *(paper.destination, paper.rule, paper.proof, paper.marking, paper.answers),
    )
    found.setdefault(key, _Lines(paper, [])).lines.append(line)


def _closed(paper: Paper, lines: list[PaperLine]) -> Paper:
    return replace(paper, lines=tuple(sorted(lines, key=lambda line: line.id)))


def _order(paper: Paper) -> tuple[int, str, date, str]:
    stages = [Stage.APPROVED, Stage.DISPATCHED, Stage.AT_HUB, Stage.HANDED_OVER, Stage.RECEIVED]
    return stages.index(paper.stage), paper.number, paper.day or date.min, paper.lines[0].id


@dataclass
class _World:
    """The rows of the ledger and the tables, looked up by reference."""

    ledger: pl.DataFrame
    tables: Mapping[str, pl.DataFrame]
    entries: dict[str, Row] = field(init=False)
    names: dict[str, str] = field(init=False)
    waybills: dict[str, str] = field(init=False)
    known_waybills: frozenset[str] = field(init=False)
    pieces: dict[str, list[Piece]] = field(init=False)

    def __post_init__(self) -> None:
        """Index once."""
        told = self.ledger.filter(pl.col("reference").is_not_null()).unique("reference", keep="first")
        self.entries = {row["reference"]: row for row in told.iter_rows(named=True)}
        self.names = {str(row["party"]): str(row["name"] or "") for row in self.rows("parties", "party")}
        moved = self.rows("movements", "movement")
        self.waybills = {str(row["movement"]): str(row["waybill"] or "") for row in moved}
        self.known_waybills = frozenset(self.waybills.values()) - {""}
        self.pieces = {}
        for row in self.rows("serials", "paper"):
            self.pieces.setdefault(str(row["paper"]), []).append(_piece(row))

    def rows(self, table: str, key: str) -> list[dict[str, object]]:
        """A table's rows in the order of its key."""
        found = self.tables.get(table)
        if found is None:
            return []
        more = ["serial", "state"] if table == "serials" else []
        return found.sort(key, *more, maintain_order=True).to_dicts()

    def movement(self, row: Row) -> tuple[Paper, PaperLine]:
        """The paper of a movement, and its line."""
        id = _text(row["movement"])
        entry = self.entries.get(id, {})
        paper = Paper(
            stage=Stage(_text(row["stage"])),
            number=_text(row["waybill"]) or id,
            day=None if row.get("_until") else _day(row["day"]),
            issued=_day(entry.get("known_on")),
            sender=self._actor(entry.get("party")),
            receiver=self._actor(entry.get("counterparty")),
            carrier=self._actor(row["carrier"]),
            origin=_text(row["from"]),
            destination=_text(row["to"]),
            rule=_text(row["rule"]),
            marking=_text(row["marking"]),
        )
        return paper, self._line(
            id, entry, line=_text(row["line"]), quantity=row["quantity"], unit=row["unit"]
        )

    def receipt(self, row: Row) -> tuple[Paper, PaperLine]:
        """The paper of a receipt, and its line."""
        id = _text(row["receipt"])
        reference = _text(row["reference"])
        entry = self.entries.get(id, {})
        answers = reference if reference in self.known_waybills else self.waybills.get(reference, "")
        paper = Paper(
            stage=Stage.RECEIVED,
            number=_text(row["document"]) or id,
            day=None if row.get("_until") else _day(row["day"]),
            issued=_day(entry.get("known_on")),
            sender=self._actor(entry.get("party")),
            receiver=self._actor(entry.get("counterparty")),
            destination=_text(row["place"]),
            proof=_text(row["proof"]),
            marking=_text(row["marking"]),
            answers=answers,
        )
        counts = {name: _number(row[name]) for name in ("short", "damaged", "rejected", "over")}
        line = self._line(
            id,
            entry,
            line=_text(entry.get("line")),
            quantity=row["received"],
            reference=reference,
            document=_text(row["document"]),
            **counts,
        )
        return paper, line

    def _line(
        self, id: str, entry: Row, *, line: str, quantity: object, unit: object = None, **more: object
    ) -> PaperLine:
        return PaperLine(
            id=id,
            good=_text(entry.get("good")),
            name=_text(entry.get("text")),
            quantity=_number(quantity),
            unit=_text(unit or entry.get("unit")),
            line=line,
            package=_text(entry.get("package")),
            pieces=tuple(self.pieces.get(id, ())),
            **more,  # type: ignore[arg-type]
        )

    def _actor(self, id: object) -> Actor:
        return Actor(_text(id), self.names.get(_text(id), ""))


def _piece(row: Row) -> Piece:
    return Piece(
        serial=_text(row["serial"]),
        lot=_text(row["lot"]),
        state=_text(row["state"]),
        quantity=_number(row["quantity"]),
        scheme=_text(row["scheme"]),
        container=_text(row["container"]),
        expires=_day(row["expires"]),
    )


def stages(found: Iterable[Paper]) -> tuple[str, ...]:
    """The stages that papers tell of, each once, in their order."""
    return tuple(dict.fromkeys(str(paper.stage) for paper in found))


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _number(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
