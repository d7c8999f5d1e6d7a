"""The places of a pair's records in the submissions, and the text that stands there."""

from dataclasses import dataclass

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.parse_documents import limits
from konvoi.flow.workspace import Workspace
from konvoi.gateways.sandbox import run
from konvoi.intake.excerpt import Excerpt, Spot, packed_ask, unpacked_excerpts
from konvoi.model.finding import Place

_EXCERPTS = "konvoi.intake.excerpt:read_excerpts"


@dataclass(frozen=True)
class Origin:
    """The place of an entry, and the text of that row as submitted; empty where that is not known."""

    place: Place
    cells: Excerpt = ()


class Origins:
    """The rows behind entries; a document is opened once, in a child process, when it is first asked for."""

    def __init__(self, work: Workspace, gathered: Gathered, entries: pl.DataFrame) -> None:
        """entries: those that may be asked for."""
        self._documents = {document.name: document for document in work.documents}
        self._limits = limits(work.settings)
        names = dict(gathered.documents.select("submission", "name").iter_rows())
        readings = {reading.document: reading for reading in gathered.readings}
        self._places: dict[str, Place] = {}
        for entry, submission, sheet, row, column in entries.select(
            "entry", "submission", "sheet", "row", "column"
        ).iter_rows():
            place = Place(names.get(submission, ""), sheet or "", row or 0, column or "")
            reading = readings.get(place.file)
            self._places[entry] = reading.found(place) if reading else place
        self._read: dict[str, dict[Spot, Excerpt]] = {}

    def of(self, entry: str) -> Origin:
        """Return the place of an entry, with its row."""
        place = self._places.get(entry, Place())
        if not place.file or not place.row:
            return Origin(place)
        return Origin(place, self._rows(place.file).get((place.sheet, place.row), ()))

    def _rows(self, file: str) -> dict[Spot, Excerpt]:
        if file not in self._read:
            document = self._documents.get(file)
            spots = sorted(
                {(one.sheet, one.row) for one in self._places.values() if one.file == file and one.row}
            )
            answer = run(_EXCERPTS, packed_ask(document, spots), self._limits).answer if document else None
            self._read[file] = unpacked_excerpts(answer, spots)
        return self._read[file]
