"""Counting cases as data: small submissions, the right answer, and the reason in words.

The files below `cases` are TOML, one for each subject, and hold a list `case`. Keys of a case:

name, section, reason: what it is about, the sections of the semantics that decide it, and why in words.
document: the submissions, in the order in which they came (see Document).
right: the right answer as a decimal string; `unknown` where no value may be shown.
level: `exact`: the value is right, and the range is closed unless `lowest` and `highest` say otherwise.
    `bracket`: the range holds the right answer and is open, and the records in `together` are in review.
    `holds`: the range holds the right answer; the semantics leave open whether it is closed.
    `value`: the value is right; the semantics leave open whether the range is closed.
lowest, highest: the ends of the range where the semantics fix them.
rows: right values of the rows of `--by`, or their ranges as `low..high`.
unvalued: how many entries have no value.
together: references joined by pairs in review or accepted, of which at least one is still in review.
apart: references that no pair in review and no accepted relation joins.
findings: tables with `at` (the reference of the record, or the party) and, where the semantics name it,
    `code`; `note` where the finding may be a note.
options: of `konvoi total`. as_of: a day. settings: more of konvoi.toml.
decisions: a table of review decisions by the references of packages.
split: false where the meaning of a document changes if it is split in two.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

CASES = Path(__file__).with_name("cases")
Rows = tuple[Mapping[str, str], ...]
ENGLISH = "en"
_TABLES = (
    *("packages", "lines", "participants", "parties", "goods", "movements", "receipts", "contracts"),
    *("activities", "flows", "releases"),
)


@dataclass(frozen=True)
class Document:
    """A submission of one party on one day.

    form: `csv` (a folder of tables), `xlsx`, `iati`, `fts` or `ocds`. tables: rows by the names of the tables
    and columns in English. language: that of heads, sheets and choices in the file. supersedes: number of the
    document that this one replaces. totals: what a page of FTS states of itself. extra: further sheets of a
    workbook as they stand there.
    """

    party: str
    day: str
    tables: Mapping[str, Rows]
    form: str = "csv"
    language: str = ENGLISH
    supersedes: int | None = None
    totals: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, list[list[str]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """One counting case; the docstring of this module says what its fields mean."""

    name: str
    section: str
    reason: str
    documents: tuple[Document, ...]
    right: str
    level: str = "exact"
    lowest: str = ""
    highest: str = ""
    rows: Mapping[str, str] = field(default_factory=dict)
    unvalued: int | None = None
    together: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    findings: tuple[Mapping[str, str], ...] = ()
    options: tuple[str, ...] = ()
    as_of: str = ""
    settings: str = ""
    decisions: Rows = ()
    split: bool = True


def rows_of(text: str) -> Rows:
    """Return the rows of a table of text: one line for each, cells parted by bars, the heads first."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines() if line.strip()]
    heads, *rows = lines
    odd = [row for row in rows if len(row) != len(heads)]
    if odd:
        raise ValueError(f"a row has not as many cells as there are heads: {odd[0]}")
    return tuple(dict(zip(heads, row, strict=True)) for row in rows)


def _document(raw: dict[str, Any]) -> Document:
    tables = {name: rows_of(raw.pop(name)) for name in _TABLES if name in raw}
    document = Document(tables=tables, **{name: _plain(value) for name, value in raw.items()})
    return _filled(document)


def _filled(document: Document) -> Document:
    """The document with what its rows of packages and lines leave to the default."""
    tables = dict(document.tables)
    usual = {"party": document.party, "day": document.day, "kind": "humanitarian"}
    if "packages" in tables:
        tables["packages"] = tuple({**usual, **_in_euro(row)} for row in tables["packages"])
    if "lines" in tables:
        tables["lines"] = tuple({"unit": "piece", **_in_euro(row)} for row in tables["lines"])
    return replace(document, tables=tables)


def _in_euro(row: Mapping[str, str]) -> dict[str, str]:
    """The row with the currency of its amount: euro where it names none."""
    euro = {"currency": "EUR"} if row.get("amount") and "currency" not in row else {}
    return {**row, **euro}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def case_of(raw: dict[str, Any]) -> Case:
    """Return the case that a table of TOML states."""
    raw = dict(raw)
    documents = tuple(_document(dict(one)) for one in raw.pop("document"))
    decisions = rows_of(raw.pop("decisions")) if "decisions" in raw else ()
    for name in ("together", "apart", "options", "findings"):
        if name in raw:
            raw[name] = tuple(raw[name])
    return Case(documents=documents, decisions=decisions, **{k: _plain(v) for k, v in raw.items()})


def cases() -> list[Case]:
    """Return all cases, in the order of the files."""
    found = []
    for path in sorted(CASES.glob("*.toml")):
        found += [case_of(raw) for raw in tomllib.loads(path.read_text("utf-8"))["case"]]
    return found


def slug(name: str) -> str:
    """Return a name as it stands in the id of a test."""
    return re.sub(r"[^\w]+", "-", name.lower()).strip("-")
