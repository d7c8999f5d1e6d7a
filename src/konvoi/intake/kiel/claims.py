"""Totals that the figures and matrices of the workbook state: for comparison, never posted."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from konvoi.intake.kiel.columns import text_of
from konvoi.intake.kiel.goods import GROUPS
from konvoi.intake.kiel.numbers import number_of, quantity
from konvoi.intake.kiel.records import SCHEME
from konvoi.intake.kiel.tabular import tabular
from konvoi.intake.sheet import Row, letters
from konvoi.intake.sheets import Sheets
from konvoi.kit.text import fold
from konvoi.model.entries import CLAIMS, frame
from konvoi.model.party import GROUPS as PARTY_GROUPS
from konvoi.model.party import party_id
from konvoi.model.stages import Stage

Claim = dict[str, object]
BILLION = "EUR bn"
PIECE = "piece"

INSTITUTIONS = "EU institutions"
MEMBERS = "EU members"
_PARTIES = {
    "eu members and institutions": "EU",
    "eu members": MEMBERS,
    "eu institutions": INSTITUTIONS,
    "eu institutions mfa and eib": INSTITUTIONS,
}
_NO_PARTY = {"total number", "type", "sub type", "not included"}
_OF_EU = ("EIB", "EPF", "EU-COM")


@dataclass(frozen=True)
class Figure:
    """A table of amounts by party: its sheet, its first heading, and the measure of each column."""

    sheet: str
    heading: str
    measures: dict[str, str]


_KINDS = {"Financial": "financial", "Humanitarian": "humanitarian", "Military": "military"}
_BY_KIND = {heading: f"committed|part|{kind}" for heading, kind in _KINDS.items()}

FIGURES = (
    Figure("Country Summary", "Country", _BY_KIND | {"Total bilateral commitments": "committed|total"}),
    Figure(
        "Aggregates - Country Groups",
        "Country (group)",
        _BY_KIND | {"Total bilateral commitments": "committed|total"},
    ),
    Figure("Figure 1 US vs Europe", "Donor(s)", {"Total aid": "committed|total"}),
    Figure("Figure 2 Ranking (€ billion)", "Country", _BY_KIND | {"Total": "committed|total"}),
    Figure(
        "Figure 5 Military commitments",
        "Country",
        {
            "Specific weapons": "military|part|weapons and equipment",
            "Financial commitments": "military|part|financial, for military purposes",
            "Total": "military|total",
        },
    ),
    Figure(
        "Figure 6 Financial commitments",
        "Country",
        {
            "Loans": "financial|part|loans",
            "Grants": "financial|part|grants",
            "Guarantees": "financial|part|guarantees",
            "Central bank swap line": "financial|part|swap line",
            "Total": "financial|total",
        },
    ),
    Figure(
        "Figure 8 Budget support",
        "Country",
        {
            "Commitments": "budget support|total",
            "Disbursements": "budget support|part|disbursed",
            "To be disbursed": "budget support|part|to be disbursed",
        },
    ),
)
MATRICES = {"Committed weapons": Stage.COMMITTED, "Delivered weapons": Stage.HANDED_OVER}


def claims_of(book: Sheets, classes: dict[str, str]) -> pl.DataFrame:
    """All claims; `classes`: the good of each item of the main sheet by its folded name."""
    rows = [claim for figure in FIGURES for claim in _figure(book, figure)]
    rows += [claim for name, stage in MATRICES.items() for claim in _matrix(book, name, stage, classes)]
    rows += [*_per_country(book), *_gap(book)]
    return frame(rows, CLAIMS)


def groups() -> pl.DataFrame:
    """Return the groups of parties in the figures: group, party."""
    members = [party for party in PARTY_GROUPS["EU"] if len(party) == 2]
    named = [(MEMBERS, party) for party in members] + [(INSTITUTIONS, party) for party in _OF_EU]
    return pl.DataFrame(sorted(named), schema=["group", "party"], orient="row")


def _figure(book: Sheets, figure: Figure) -> Iterator[Claim]:
    found = tabular(book[figure.sheet], figure.heading)
    if found is None:
        return
    columns = [(found.column(heading), measure) for heading, measure in figure.measures.items()]
    for row, name in found.named():
        party = _PARTIES.get(fold(name)) or party_id(name) or name
        for at, measure in columns:
            if at is not None:
                yield from _claim(
                    figure.sheet, row, at, measure=measure, unit=BILLION, stage="committed", party=_all(party)
                )


def _matrix(book: Sheets, name: str, stage: Stage, classes: dict[str, str]) -> Iterator[Claim]:
    """Units by item and party; an item that the main sheet does not name has no good to compare with."""
    sheet = book[name]
    if not sheet.rows:
        return
    heading, *rows = sheet.rows
    texts = {at: text for at in range(len(heading.cells)) if (text := text_of(heading[at]))}
    parties = {at: party_id(text) or text for at, text in texts.items() if at and fold(text) not in _NO_PARTY}
    for row in rows:
        good = classes.get(fold(text_of(row[0])))
        for at, party in parties.items() if good else ():
            yield from _claim(name, row, at, measure="units", unit=PIECE, stage=stage, party=party, good=good)


def _per_country(book: Sheets) -> Iterator[Claim]:
    """Blocks side by side: a column of parties, then what they committed and what was delivered."""
    name = "In-kind military per country"
    if not book[name].rows:
        return
    heading, *rows = book[name].rows
    for at in range(1, len(heading.cells) - 1):
        text = fold(text_of(heading[at]))
        good = GROUPS.get(text.removesuffix(" comm"))
        if not text.endswith(" comm") or good is None:
            continue
        for row in rows:
            text_of_party = text_of(row[at - 1])
            party = party_id(text_of_party) or text_of_party
            for column, stage in ((at, Stage.COMMITTED), (at + 1, Stage.HANDED_OVER)) if party else ():
                yield from _claim(
                    name, row, column, measure="units", unit=PIECE, stage=stage, party=party, good=good
                )


def _gap(book: Sheets) -> Iterator[Claim]:
    """Yield the amounts of four groups of goods that all parties together committed and delivered."""
    name = "Figure 7 Military gap"
    found = tabular(book[name], "Item")
    stages = {"committed": Stage.COMMITTED, "delivered": Stage.HANDED_OVER}
    for row, text in found.named() if found else ():
        stage = stages.get(fold(text))
        for heading, at in found.headings.items() if found and stage else ():
            if good := GROUPS.get(heading):
                yield from _claim(name, row, at, measure="units", unit=PIECE, stage=str(stage), good=good)


def _claim(
    sheet: str,
    row: Row,
    at: int,
    *,
    measure: str,
    unit: str,
    stage: str,
    party: str | None = None,
    good: str | None = None,
) -> Iterator[Claim]:
    """The claim of one cell; none where the cell holds no number."""
    value = number_of(row[at]).value
    if value is not None:
        yield {
            "claim": f"{SCHEME}:{sheet}!{letters(at + 1)}{row.number}",
            "measure": measure,
            "party": party,
            "good": good,
            "stage": str(stage),
            "value": quantity(value),
            "unit": unit,
            "sheet": sheet,
            "row": row.number,
            "column": letters(at + 1),
        }


def _all(party: str) -> str | None:
    """Return the party of a claim; None if it refers to all."""
    return None if fold(party) == "total" else party
