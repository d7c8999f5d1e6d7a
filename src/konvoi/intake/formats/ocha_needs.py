"""People in need by cluster and oblast, as OCHA publishes them with its overview of needs (XLSX)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

from konvoi.intake.cell import text_of
from konvoi.intake.sheet import Row
from konvoi.intake.sheets import Sheets, sheet_names, sheets
from konvoi.kit.text import fold, shown
from konvoi.model.document import PUBLIC, Document, Reading
from konvoi.model.entries import frame
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.tables import BY_NAME
from konvoi.model.tables.projects import EVERY_CLUSTER

SHEET = "Cluster PIN By Oblast"
_YEAR = re.compile(r"\b(20\d\d)\b")
_CODE = re.compile(r"UA\d\d")
_HEADS = 12
_CODES = "oblast pcode"
_POPULATION = "population estimate"
_REGION = "oblast en"
_CLUSTERS: Mapping[str, str] = {
    "cccm": "camps",
    "education": "education",
    "food security livelihoods": "food and livelihoods",
    "health": "health",
    "general protection": "protection",
    "child protection": "child protection",
    "gender based violence": "gender-based violence",
    "mine action": "mine action",
    "shelter nfis": "shelter",
    "wash": "water and sanitation",
    "intersectoral": EVERY_CLUSTER,
}
"""The meaning of a heading, by its folded words."""


class OchaNeeds:
    """One sheet with a row for each oblast and a column for each cluster."""

    name = "ocha-needs"

    def recognises(self, document: Document) -> bool:
        """A workbook with the sheet of that name."""
        return SHEET in {name.strip() for name in sheet_names(document)}

    def read(self, document: Document) -> Reading:
        """Read it into the table `people_in_need`; estimates are rounded to whole people."""
        book = sheets(document)
        rows = _named(book)
        found = _Needs(document, _year(rows), _columns(rows))
        if book.refused:
            return _reading(document, [], book.findings, refused=True)
        if found.year is None or not {_CODES, _POPULATION} <= found.columns.keys():
            return _reading(document, [], (*book.findings, _headless(document)), refused=True)
        made = [one for row in rows for one in found.oblast(row)]
        return _reading(document, made, (*book.findings, *found.findings))


OCHA_NEEDS = OchaNeeds()


def _named(book: Sheets) -> Sequence[Row]:
    return next((sheet.rows for name, sheet in book.by_name.items() if name.strip() == SHEET), ())


def _year(rows: Sequence[Row]) -> int | None:
    """The year that the lines above the table name."""
    for row in rows[:_HEADS]:
        for value in row.cells:
            if isinstance(value, str) and (named := _YEAR.search(value)):
                return int(named[1])
    return None


def _columns(rows: Sequence[Row]) -> dict[str, int]:
    """Return the position of each heading: of the code, the population, the region, and each cluster."""
    for row in rows[:_HEADS]:
        heads = {fold(text_of(value)): at for at, value in enumerate(row.cells) if value is not None}
        if _CODES in heads:
            return {
                name: at for name, at in heads.items() if name in {*_CLUSTERS, _CODES, _POPULATION, _REGION}
            }
    return {}


@dataclass
class _Needs:
    """The rows that are read: the year they are of, where their columns stand, what could not be read."""

    document: Document
    year: int | None
    columns: Mapping[str, int]
    findings: list[Finding] = field(default_factory=list)

    def oblast(self, row: Row) -> Iterator[dict[str, object]]:
        """The rows of one oblast, one for each cluster; none where the line is no oblast's."""
        code = text_of(row[self.columns[_CODES]]).strip()
        if not _CODE.fullmatch(code):
            return
        region = text_of(row[self.columns[_REGION]]).strip() if _REGION in self.columns else ""
        population = self._people(row, _POPULATION)
        for head, cluster in _CLUSTERS.items():
            people = self._people(row, head) if head in self.columns else None
            if people is not None:
                yield {
                    "oblast": code,
                    "cluster": cluster,
                    "year": self.year,
                    "people": people,
                    "population": population,
                    "region": region or None,
                    "_file": self.document.name,
                    "_sheet": SHEET,
                    "_row": row.number,
                }

    def _people(self, row: Row, head: str) -> int | None:
        """A number of people, rounded half to even; None where the cell is empty or none."""
        value = row[self.columns[head]]
        if value is None:
            return None
        known = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 10**10
        if not known:
            place = Place(self.document.name, SHEET, row.number, head)
            self.findings.append(
                Finding(
                    Severity.WARNING,
                    "ocha-number-unreadable",
                    place,
                    shown(text_of(value)),
                    "a number of people",
                    "Fetch the file again; until then it is unknown, not zero.",
                )
            )
            return None
        return int(Decimal(str(value)).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def _headless(document: Document) -> Finding:
    return Finding(
        Severity.ERROR,
        "ocha-heading-missing",
        Place(document.name, SHEET),
        expected="a year above the table, and the columns “Oblast PCode” and “Population Estimate”",
        remedy="Submit the file as OCHA published it.",
    )


def _reading(
    document: Document,
    rows: list[dict[str, object]],
    findings: tuple[Finding, ...],
    *,
    refused: bool = False,
) -> Reading:
    return Reading(
        document=document.name,
        digest=document.digest,
        format=OCHA_NEEDS.name,
        party=document.party,
        tables={"people_in_need": frame(rows, BY_NAME["people_in_need"].schema())} if rows else {},
        findings=findings,
        refused=refused,
        facts={"oblasts": str(len({row["oblast"] for row in rows})), "marking": PUBLIC},
    )
