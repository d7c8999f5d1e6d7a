"""Which framework documents stand behind a line."""

from collections.abc import Mapping, Sequence

import polars as pl

from konvoi.accord.line_frameworks import BEHIND, behind
from konvoi.model.tables import BY_NAME


def table(name: str, rows: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    kinds = BY_NAME[name].empty().schema
    return pl.DataFrame([{c: row.get(c) for c in kinds} for row in rows], schema=kinds)


def test_what_was_allocated_to_an_undertaking_leads_from_its_line_to_the_document() -> None:
    words = [{"undertaking": "U-1", "document": "D-1"}, {"undertaking": "U-2", "document": "D-2"}]
    given: list[dict[str, object]] = [
        {"allocation": "A-1", "undertaking": "U-2", "line": "L-1"},
        {"allocation": "A-2", "undertaking": "U-1", "line": "L-1"},
        {"allocation": "A-3", "undertaking": "U-1", "line": "L-2"},
        {"allocation": "A-4", "undertaking": None, "line": "L-3"},
    ]
    found = behind({"undertakings": table("undertakings", words), "allocations": table("allocations", given)})
    assert found.rows() == [("L-1", "D-1; D-2"), ("L-2", "D-1")]


def test_where_nothing_was_handed_in_no_line_has_one() -> None:
    assert behind({}).schema == BEHIND
    assert behind({}).is_empty()


def test_a_line_names_its_agreement_itself() -> None:
    words = [{"undertaking": "U-1", "document": "D-1"}]
    given: list[dict[str, object]] = [{"allocation": "A-1", "undertaking": "U-1", "line": "L-1"}]
    lines = [{"line": "L-1", "agreement": "D-2"}, {"line": "L-2", "agreement": "D-1"}, {"line": "L-3"}]
    found = behind(
        {
            "undertakings": table("undertakings", words),
            "allocations": table("allocations", given),
            "lines": table("lines", lines),
        }
    )
    assert found.rows() == [("L-1", "D-1; D-2"), ("L-2", "D-1")]
