"""Make the submissions of this example from the tables in facts/.

`PYTHONPATH=src:examples python examples/coalition/make.py` writes them. The same facts always give the
same bytes. Nothing here is read from the network or the clock.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from money import funding, needed
from sums import kiel, published
from talks import agreements, meeting, sanctions
from told import Told, lines_of, packages_of, statements_of
from writing import Cover, write_csv, write_head, write_sheets

from konvoi.model.party import party_name

Row = dict[str, str]
Tables = dict[str, list[Row]]

HERE = Path(__file__).parent
STAND = date(2026, 1, 3)
CELL, KIEL = "CELL", "KIEL"
PUBLISHED_BY_KIEL = date(2026, 8, 4)
TITLE = "Transcription made for the Konvoi example from the sources in SOURCES.md"
NAMES = {
    CELL: (
        "Coordination cell of this example",
        "Koordinierungsstelle dieses Beispiels",
        "Координаційний осередок цього прикладу",
    ),
    KIEL: (
        "Kiel Institute for the World Economy",
        "Kiel Institut für Weltwirtschaft",
        "Кільський інститут світової економіки",
    ),
    "PURL": (
        "Prioritised Ukraine Requirements List",
        "Prioritised Ukraine Requirements List (PURL)",
        "Пріоритетний перелік потреб України (PURL)",
    ),
    "UDCG": (
        "Ukraine Defense Contact Group",
        "Ukraine-Kontaktgruppe",
        "Контактна група з питань оборони України",
    ),
    "G7": ("G7", "G7", "Велика сімка"),
}


def main() -> None:
    """Write all files below submissions/."""
    facts = {path.stem: read(path) for path in sorted((HERE / "facts").glob("*.csv"))}
    told = Told(facts)
    for party in told.parties:
        tables: Tables = {
            "packages": packages_of(told, party),
            "lines": lines_of(told, party),
            "statements": statements_of(told, party),
            "published_sums": published(told, party),
        }
        filled = {name: rows for name, rows in tables.items() if rows}
        if filled:
            day = told.latest(party)
            path = HERE / "submissions" / party / f"{party.lower()}-announcements.xlsx"
            write_sheets(path, Cover(head(party, day), TITLE, day), filled)
    cell = HERE / "submissions" / CELL
    for table, rows in (
        ("goods", [row | {"step": "1"} for row in facts["goods"]]),
        ("rates", rates(facts["rates"])),
        ("parties", parties(facts, told)),
        ("published_sums", needed(facts)),
        ("contradictions", facts["contradictions"]),
    ):
        write_csv(cell / f"{table}.csv", table, rows)
    write_head(cell / "konvoi.csv", head(CELL, STAND))
    books: Mapping[str, Tables] = {
        "agreements": agreements(facts),
        "funding": funding(facts),
        "meetings": meeting(facts),
        "sanctions": sanctions(facts),
    }
    for name, content in books.items():
        write_sheets(cell / f"{name}.xlsx", Cover(head(CELL, STAND), TITLE, STAND), content)
    write_csv(
        HERE / "submissions" / KIEL / "published_sums.csv",
        "published_sums",
        kiel(facts["kiel-by-partner-year"]),
    )
    write_head(HERE / "submissions" / KIEL / "konvoi.csv", head(KIEL, PUBLISHED_BY_KIEL))


def read(path: Path) -> list[Row]:
    """The rows of a table of facts."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def head(party: str, day: date) -> Row:
    """What a submission says of itself."""
    return {
        "coalition": "Coalition of the Willing (example; transcribed from published sources)",
        "party": party,
        "day": day.isoformat(),
        "version": "1",
        "marking": "public",
        "language": "en",
    }


def parties(facts: Mapping[str, Sequence[Row]], told: Told) -> list[Row]:
    """All parties with their names; who sat at the table on 3 January 2026 is a member or an institution."""
    at_table = {row["party"]: row for row in facts["attendance"]}
    named = {*told.parties, *at_table, *(row["party"] for row in facts["kiel-by-partner-year"]), *NAMES}
    named |= {part for row in facts["agreements"] for part in (row["party"],)} | {"UA", "IMF", "EU"}
    return [party_row(party, party in at_table) for party in sorted(named)]


def party_row(party: str, present: bool) -> Row:
    """One party: its kind, its part, its names."""
    names = NAMES.get(party) or tuple(party_name(party, language) for language in ("en", "de", "uk"))
    state = len(party) == 2 and party not in ("EU", "G7")
    kind = "recipient" if party == "UA" else "state" if state else "fund" if party == "EPF" else "institution"
    role = "recipient" if party == "UA" else "none"
    if present and party != "UA":
        role = "observer" if party == "US" else "member" if state else "institution"
    return {"party": party, "name": names[0], "kind": kind, "role": role} | {
        "name_de": names[1],
        "name_uk": names[2],
    }


def rates(facts: Iterable[Row]) -> list[Row]:
    """Reference rates of the European Central Bank."""
    address = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip"
    return [row | {"source": "European Central Bank", "address": address} for row in facts]


if __name__ == "__main__":
    main()
