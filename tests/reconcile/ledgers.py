"""Small ledgers of invented entries, but for what each row says."""

from datetime import date

import polars as pl

from konvoi.model.entries import ENTRIES, RELATIONS, frame

DAY = date(2022, 3, 1)


def entries(*rows: dict[str, object]) -> pl.DataFrame:
    """Packages of Norland for Midland, committed on 1 March 2022, but for what each row says.

    A row without a reference bears its entry's name as reference and package.
    """
    usual: dict[str, object] = {
        "submission": "a.csv",
        "source": "NL-1",
        "party": "NL-1",
        "counterparty": "MID",
        "kind": "military",
        "stage": "committed",
        "variant": "konvoi",
        "day_from": DAY,
        "day_to": DAY,
        "known_on": DAY,
    }
    full = [
        usual | {"reference": row["entry"], "package": row.get("reference", row["entry"])} | row
        for row in rows
    ]
    return frame(full, ENTRIES)


def relations(*rows: tuple[str, str, str]) -> pl.DataFrame:
    """Accepted structural relations: left, relation, right."""
    full = [
        {
            "left": left,
            "right": right,
            "relation": relation,
            "probability": 1.0,
            "status": "accepted",
            "basis": "structure",
            "evidence": "[]",
        }
        for left, relation, right in rows
    ]
    return frame(full, RELATIONS)


def told(found: pl.DataFrame) -> list[tuple[str, str, str, str]]:
    """Relations as (left, relation, right, status)."""
    return list(found.select("left", "relation", "right", "status").iter_rows())
