"""Papers: despatch advices, arrivals and receipts, independent of their form."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.model.stages import Stage

STAGES = (Stage.DISPATCHED, Stage.AT_HUB, Stage.HANDED_OVER, Stage.RECEIVED)
"""Stages that a paper can report: a receipt is a paper of stage received, every other one of a movement."""

EXERCISE = "Exercise: all parties and figures are invented"
"""Notice on each paper of an exercise, in every form."""

SCHEME = "konvoi"
"""The scheme of ids that are those of our own tables; an id of another scheme reads `scheme:id`."""

EVENT = "event"
"""The scheme of a paper's name that is the hash of the event which it was read from."""

NAMES = pl.Schema(
    {
        "paper": pl.String(),
        "scheme": pl.String(),
        "name": pl.String(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""Table `paper_names`: further names of a movement's or receipt's consignment, such as a bill of lading.

Under the scheme `good` stands the good as the paper itself names it."""


@dataclass(frozen=True)
class Actor:
    """A party as a paper names it: its id (with its scheme, unless it is ours), and its name."""

    id: str = ""
    name: str = ""


@dataclass(frozen=True)
class Piece:
    """A single piece or a lot. state: empty for that of the paper's own stage; quantity: of a lot."""

    serial: str
    lot: str = ""
    state: str = ""
    quantity: Decimal | None = None
    scheme: str = ""
    container: str = ""
    expires: date | None = None


@dataclass(frozen=True)
class PaperLine:
    """One good on a paper.

    id: of the movement or receipt that it is. line, package: what it fulfils. reference: of a receipt, the
    movement, waybill, line or contract that it answers. quantity: sent, or received in good order; None is
    unknown. short, damaged, rejected, over: of a receipt. sheet, row: its place in the paper.
    """

    id: str
    good: str = ""
    name: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    line: str = ""
    package: str = ""
    reference: str = ""
    short: Decimal | None = None
    damaged: Decimal | None = None
    rejected: Decimal | None = None
    over: Decimal | None = None
    document: str = ""
    pieces: tuple[Piece, ...] = ()
    sheet: str = field(default="", compare=False)
    row: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Name:
    """A further name of a consignment: its scheme (bol, po, desadv …) and the name."""

    scheme: str
    name: str


@dataclass(frozen=True)
class Paper:
    """A despatch, an arrival, a hand-over or a receipt.

    number: of the paper; of a movement it is the waybill. answers: the waybill or despatch that a receipt
    answers. day: of the event; issued: of the paper. origin, destination: sites; of a receipt the destination
    is its place. planned: it states intentions, so nothing of it counts. exercise: it is written for
    one, so all in it is invented.
    """

    stage: Stage
    number: str
    day: date | None = None
    issued: date | None = None
    sender: Actor = Actor()
    receiver: Actor = Actor()
    carrier: Actor = Actor()
    origin: str = ""
    destination: str = ""
    rule: str = ""
    proof: str = ""
    marking: str = ""
    answers: str = ""
    names: tuple[Name, ...] = ()
    lines: tuple[PaperLine, ...] = ()
    planned: bool = False
    exercise: bool = field(default=False, compare=False)

    @property
    def waybill(self) -> str:
        """The number of the waybill; empty where the paper has no number but that of its only line."""
        alone = len(self.lines) == 1 and self.lines[0].id == self.number
        return "" if alone or self.stage == Stage.RECEIVED else self.number
