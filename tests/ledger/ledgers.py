"""Small ledgers for tests: a builder that says only what matters."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.ledger.post import Ledger, post
from konvoi.model.entries import RELATIONS, SCOPES, frame
from konvoi.model.table import QUANTITY

DAY = date(2026, 3, 2)

_RELATION = ("left", "relation", "right", "status", "probability")


def ledger(
    *rows: dict[str, object],
    relations: Sequence[tuple[str | float, ...]] = (),
    scopes: Sequence[tuple[str, str, str, str]] = (),
    **tables: pl.DataFrame,
) -> Ledger:
    """A ledger of Arvenian pledges of EUR 1.00, but for what each row says; entries are named e0, e1, …

    relations: left, relation, right, status, and a match probability where there is one.
    """
    usual: dict[str, object] = {
        "submission": "s1",
        "source": "AR",
        "party": "AR",
        "kind": "military",
        "stage": "pledged",
        "variant": "konvoi",
        "day_from": DAY,
        "day_to": DAY,
        "known_on": DAY,
        "currency": "EUR",
        "amount_minor": 100,
        "marking": "public",
    }
    full = [usual | {"entry": f"e{n}", "package": f"p{n}"} | row for n, row in enumerate(rows)]
    related = frame(
        [dict(zip(_RELATION, r, strict=False)) | {"subtype": ""} for r in relations],
        RELATIONS,
    )
    placed = frame([dict(zip(SCOPES, s, strict=True)) for s in scopes], SCOPES)
    return post([frame(full)], scopes=[placed], relations=related, tables=tables)


def rates(*rows: tuple[str, date, str]) -> pl.DataFrame:
    """Rates of invented days: currency, day, units for one euro."""
    return pl.DataFrame(
        {
            "currency": [r[0] for r in rows],
            "day": [r[1] for r in rows],
            "per_eur": [Decimal(r[2]) for r in rows],
            "source": ["bank"] * len(rows),
        },
        schema_overrides={"per_eur": QUANTITY, "day": pl.Date},
    )
