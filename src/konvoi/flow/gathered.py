"""The case of the documents of a view, with its tables and its ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from konvoi.flow.view import View
from konvoi.kit.days import latest
from konvoi.kit.digest import key
from konvoi.ledger.post import Ledger
from konvoi.model.calibration import CalibrationState
from konvoi.model.document import Reading
from konvoi.model.entries import RELATIONS
from konvoi.model.finding import Finding

if TYPE_CHECKING:
    from konvoi.flow.parties import Resolved
    from konvoi.flow.view_readings import Sources
    from konvoi.flow.workspace import Workspace
    from konvoi.link.weights import Weights

DOCUMENTS = pl.Schema(
    {
        "submission": pl.String(),
        "name": pl.String(),
        "party": pl.String(),
        "format": pl.String(),
        "digest": pl.String(),
        "known_on": pl.Date(),
        "marking": pl.String(),
        "rows": pl.Int64(),
        "in_force": pl.Boolean(),
    }
)
"""One line for each document that was read; rows: the rows of the file understood."""


@dataclass(frozen=True)
class Inputs:
    """The readings from which a view was gathered, before answers were applied; aside: withdrawn ones.

    work: the workspace with the day of the view and the decisions known by then. sources, sources_aside: the
    documents from which both were made.
    """

    readings: tuple[Reading, ...]
    aside: tuple[Reading, ...]
    work: "Workspace"
    sources: "Sources"
    sources_aside: "Sources"


@dataclass(frozen=True)
class Gathered:
    """All that was understood of all documents in force.

    ledger: posted entries with the structural relations. tables: the workbook's tables together.
    boundary, currency: what the documents state of themselves, empty where they differ. readings: those in
    force, with the references between them resolved, each line's entries under the source whose line it is.
    proposed: the relations as they were found, before anybody's judgement; judgements: those that were laid
    over them, of people and of answers. weights: what each answer weighed when they were found.
    calibration: how far match probabilities rest on reviewed pairs.
    goods: names under which goods were read, with the good of each. parties: what names of partners mean.
    inputs: the readings of all documents, from which the view of a party is cut (konvoi.flow.party_views);
    None for a view that was kept on disk. folder: of the workspace, None for files alone. on: its own day,
    where it says one. view: the day and the reader for whom the inputs were cut.
    """

    ledger: Ledger
    tables: Mapping[str, pl.DataFrame]
    documents: pl.DataFrame
    claims: pl.DataFrame
    findings: tuple[Finding, ...]
    boundary: str = ""
    currency: str = ""
    refused: int = 0
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    goods: Mapping[str, str] = field(default_factory=dict)
    parties: "Resolved | None" = None
    readings: tuple[Reading, ...] = ()
    proposed: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=RELATIONS))
    judgements: pl.DataFrame = field(default_factory=pl.DataFrame)
    weights: "Weights | None" = None
    calibration: CalibrationState | None = None
    inputs: Inputs | None = None
    folder: Path | None = None
    on: date | None = None
    view: View = field(default_factory=View)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date | None:
        """The day of the latest submission; where none says its day, the latest that a fact names.

        One that a gap of more than ten years parts from most others is taken for a slip of the pen.
        """
        days = self.documents["known_on"].drop_nulls()
        facts = self.ledger.entries.select("submission", "day_from").unique()["day_from"].drop_nulls()
        return latest(days if len(days) else facts)

    @property
    def digest(self) -> str:
        """The digest of all documents of the view, which depends on nothing that is cut from it."""
        return key(*sorted((one.document, one.digest) for one in self.readings))

    @property
    def exercise(self) -> bool:
        """Return True if each document says in its head that its coalition is one of an exercise."""
        named = [reading.facts.get("coalition", "") for reading in self.readings]
        return bool(named) and all("exercise" in name.casefold() for name in named)
