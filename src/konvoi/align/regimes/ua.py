"""Ukraine: the register of sanctions by decrees of the National Security and Defence Council (workbook).

Rows are decrees about a party; renewals are rows of one history. The register keeps expired
measures, so absence from it is known for every day from its first to its last decree.
"""

from collections.abc import Sequence
from datetime import date, datetime

from konvoi.align.list_findings import told
from konvoi.align.listing import Listing, joined
from konvoi.align.regime import Found, Opened, Regime, doubts, strange
from konvoi.align.table import Row, sheet_rows
from konvoi.align.ua.rows import DECREED, ENDS, NEEDED, TERM, Sort, day_of, listing
from konvoi.kit.days import Days
from konvoi.model.finding import Finding, Place

_TITLE = "Ukraine"
_BEHIND = 31
_FOR_EVER = "Безстроково"


def _read(files: Sequence[Opened], day: date) -> Found:
    """One listing for each party, with a measure for each thing that each of its decrees orders."""
    found: list[Listing] = []
    findings: list[Finding] = []
    decreed: list[date] = []
    facts = {"persons": 0, "entities": 0}
    for file in files:
        known = False
        for name, rows in file.sheets.items():
            head, body = sheet_rows(rows, *NEEDED)
            if not head:
                continue
            known = True
            sort = Sort.PERSONS if Sort.PERSONS.value in head else Sort.ENTITIES
            facts["persons" if sort == Sort.PERSONS else "entities"] += len(body)
            for row in body:
                place = Place(file.name, name, row.number)
                found.append(listing(place, row, sort))
                decreed += [first] if (first := day_of(row, DECREED)) else []
                findings += _doubts(place, row)
        if not known:
            return strange(_TITLE, file.name, ", ".join(file.sheets)[:60] or "no workbook")
    listings = joined(found)
    spoken = Days(min(decreed), max(decreed)) if decreed else None
    if spoken and (day - spoken.last).days > _BEHIND:
        findings.insert(0, _behind(files[0].name, spoken.last, day))
    return Found(listings, (*findings, *doubts(listings)), spoken=spoken, facts=facts)


def _behind(file: str, last: date, day: date) -> Finding:
    return told("register-behind", Place(file, column=DECREED), read=last.isoformat(), day=day.isoformat())


def _doubts(place: Place, row: Row) -> list[Finding]:
    """Return findings on a term without end that ends nevertheless, and on a term without a stated end."""
    end = row.cells.get(ENDS)
    term = row.text(TERM)
    given = isinstance(end, date | datetime)
    if given != (term == _FOR_EVER) or not term:
        return []
    read = f"{term}, {end}" if given else term
    return [told("term-unclear", Place(place.file, place.sheet, place.row, ENDS), read=read)]


UA = Regime("ua", _TITLE, _read)
