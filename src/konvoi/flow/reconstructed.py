"""Reconstructed sources: published later than they are shown, declared in konvoi.toml, named on every page.

A reconstructed source states what was so on an earlier day, as somebody published it afterwards. It holds
published sums only: they stand beside the statements of partners and are never added to or matched with them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from konvoi.model.document import Reading
from konvoi.model.entries import RELATIONS
from konvoi.model.finding import Finding, Place, Severity

Declarations = Mapping[str, Mapping[str, Any]]
"""The table [reconstructed] of konvoi.toml: by document, a value for each of KEYS."""

KEYS = ("name", "known", "shown")
EXPECTED = "documents with name (a text), known and shown (days without quotes; shown is the earlier)"
STATEMENTS = "reconstructed-statements"
"""Code of the finding on packages and line items in a reconstructed document."""


class Declared(NamedTuple):
    """The declaration of a document: the name of its source, when it was published, from when it is shown."""

    name: str
    known: date
    shown: date


def wrong(value: object) -> str:
    """Return the form that the table of settings requires; empty where it is right.

    >>> wrong({"KIEL/sums.csv": {"name": "Kiel", "known": date(2026, 8, 4), "shown": date(2026, 1, 3)}})
    ''
    """
    right = isinstance(value, Mapping) and all(_right(one) for one in value.values())
    return "" if right else EXPECTED


def _right(one: object) -> bool:
    if not isinstance(one, Mapping) or set(one) != set(KEYS) or not isinstance(one["name"], str):
        return False
    days = type(one["known"]) is date and type(one["shown"]) is date
    return bool(one["name"].strip()) and days and one["shown"] < one["known"]


def declared(declarations: Declarations, document: str) -> Declared | None:
    """Return the declaration of a document; None where it is not reconstructed."""
    one = declarations.get(document)
    return None if one is None else Declared(**{key: one[key] for key in KEYS})


def without_statements(readings: Sequence[Reading], declarations: Declarations) -> list[Reading]:
    """Return the readings, reconstructed ones without entries; each that had some has a finding."""
    if not declarations:
        return list(readings)
    return [_without(one) if one.document in declarations and one.entries.height else one for one in readings]


def _without(reading: Reading) -> Reading:
    finding = Finding(
        Severity.ERROR,
        STATEMENTS,
        Place(reading.document),
        read=str(reading.entries.height),
        expected="published sums alone in a document that konvoi.toml declares as reconstructed",
        remedy="submit packages and line items in another document; none of these counts",
    )
    left = {name: rows for name, rows in reading.tables.items() if name not in ("packages", "lines")}
    return replace(
        reading,
        entries=reading.entries.clear(),
        relations=pl.DataFrame(schema=RELATIONS),
        tables=left,
        findings=(*reading.findings, finding),
    )
