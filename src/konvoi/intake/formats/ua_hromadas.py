"""Ukrainian hromadas with their codes, as the Kyiv School of Economics publishes them (CSV)."""

import csv
import io
from collections.abc import Iterator, Mapping
from decimal import Decimal

from konvoi.intake.sums import number
from konvoi.kit.text import shown
from konvoi.model.document import PUBLIC, Document, Reading
from konvoi.model.entries import frame
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.tables import BY_NAME

_HEAD = b'"hromada_code","hromada_name"'
_POPULATION = "total_popultaion_2022"
"""The heading as the publisher spells it."""
_STEP = Decimal("0.000001")


class UaHromadas:
    """A row for each hromada, with its oblast, its centre and its people."""

    name = "ua-hromadas"

    def recognises(self, document: Document) -> bool:
        """A CSV that begins with the publisher's first two headings."""
        return document.content.removeprefix(b"\xef\xbb\xbf").startswith(_HEAD)

    def read(self, document: Document) -> Reading:
        """Read all hromadas into the table `communities`."""
        text = document.content.decode("utf-8-sig", "replace").replace("\0", "\ufffd")
        lines = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        rows: list[dict[str, object]] = []
        findings: list[Finding] = []
        seen: set[str] = set()
        try:
            for row in lines:
                code = row.get("hromada_code") or ""
                name = row.get("hromada_name") or ""
                if not code or not name or code in seen:
                    findings.append(_unreadable(document, lines.line_num, code))
                    continue
                seen.add(code)
                rows.append(_row(row, document, lines.line_num))
        except csv.Error:
            findings.append(_unreadable(document, lines.line_num, ""))
        return _reading(document, rows, tuple(findings))


UA_HROMADAS = UaHromadas()


def _row(row: Mapping[str, str | None], document: Document, at: int) -> dict[str, object]:
    people = number(row.get(_POPULATION))
    return {
        "community": row["hromada_code"],
        "name": row["hromada_name"],
        "oblast": (row.get("oblast_code") or str(row["hromada_code"]))[:4],
        "region": row.get("oblast_name_en") or row.get("oblast_name") or None,
        "name_uk": row.get("hromada_full_name") or row["hromada_name"],
        "population": int(people) if people is not None and people >= 0 else None,
        **dict(_centre(row)),
        "_file": document.name,
        "_sheet": "",
        "_row": at,
    }


def _centre(row: Mapping[str, str | None]) -> Iterator[tuple[str, Decimal | None]]:
    """Yield where its centre lies; None where that is no place on Earth."""
    for name, column, most in (("lat", "lat_center", 90), ("lon", "lon_center", 180)):
        found = number(row.get(column))
        yield name, found.quantize(_STEP) if found is not None and abs(found) <= most else None


def _unreadable(document: Document, line: int, code: str) -> Finding:
    return Finding(
        Severity.WARNING,
        "hromada-unreadable",
        Place(document.name, row=line, column="hromada_code"),
        shown(code),
        "a hromada with its code and name, once",
        "Fetch the file again; the other hromadas are used.",
    )


def _reading(document: Document, rows: list[dict[str, object]], findings: tuple[Finding, ...]) -> Reading:
    return Reading(
        document=document.name,
        digest=document.digest,
        format=UA_HROMADAS.name,
        party=document.party,
        tables={"communities": frame(rows, BY_NAME["communities"].schema())} if rows else {},
        findings=findings,
        facts={"communities": str(len(rows)), "marking": PUBLIC},
    )
