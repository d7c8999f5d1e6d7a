"""Changes of an issue of the orders from the issue before it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import polars as pl

Record = Mapping[str, object]

CHANGES = pl.Schema(
    {
        "consignment": pl.String(),
        "change": pl.String(),
        "field": pl.String(),
        "before": pl.String(),
        "after": pl.String(),
    }
)
"""One line for each field that changed, and one for each consignment that is new, dropped or past.

A consignment's id follows from source, need and days, so one that moves to other days is dropped and comes
back as new: where a single new one stands for a single dropped one of the same source and need, the line
says `in place of` in `field` and the id of the dropped one in `before`, and its fields are compared."""

KINDS = ("new", "changed", "dropped", "past")

FIELDS = (
    *("quantity", "gross_kg", "volume_m3", "pallets", "neq_kg", "hazard", "from", "to"),
    *("pickup_from", "pickup_to", "departs", "arrives", "way", "crossing", "consignee", "papers"),
)
"""Fields that are compared; `papers` lists missing approvals."""


def changes(before: Mapping[str, Record] | None, after: Mapping[str, Record], *, today: date) -> pl.DataFrame:
    """Return the changes between two issues, by consignment (CHANGES); none if there was no earlier issue.

    before, after: consignments by id, with FIELDS as texts. A consignment that is gone and whose loading day
    lies before today is past, not dropped.
    """
    found = [] if before is None else sorted(_changes(before, after, today))
    return pl.DataFrame(found, schema=CHANGES, orient="row")


def _changes(
    before: Mapping[str, Record], after: Mapping[str, Record], today: date
) -> Iterator[tuple[str, str, str, str, str]]:
    gone = {id: row for id, row in before.items() if id not in after}
    fresh = {id: row for id, row in after.items() if id not in before}
    instead = _instead(gone, fresh)
    for id in gone:
        past = text(gone[id].get("departs")) < today.isoformat()
        yield id, "past" if past else "dropped", "", "", ""
    for id, row in fresh.items():
        old = instead.get(id)
        yield id, "new", "in place of" if old else "", old or "", ""
        if old:
            yield from _fields(id, gone[old], row)
    for id in sorted(set(before) & set(after)):
        yield from _fields(id, before[id], after[id])


def _fields(id: str, old: Record, new: Record) -> Iterator[tuple[str, str, str, str, str]]:
    for name in FIELDS:
        if text(old.get(name)) != text(new.get(name)):
            yield id, "changed", name, text(old.get(name)), text(new.get(name))


def _instead(gone: Mapping[str, Record], fresh: Mapping[str, Record]) -> dict[str, str]:
    """The dropped consignment that each new one stands for, where there is one of each."""
    sides: dict[tuple[str, ...], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((gone, fresh)):
        for id, row in rows.items():
            key = tuple(text(row.get(name)) for name in ("offer", "budget", "supplier", "need", "good"))
            sides[key][side].append(id)
    return {new[0]: old[0] for old, new in sides.values() if len(old) == len(new) == 1}


def text(value: object) -> str:
    """A cell as text: decimals without idle zeros, days as ISO 8601, unknown as empty.

    >>> text(Decimal("2.50")), text(None), text(date(2026, 1, 5))
    ('2.5', '', '2026-01-05')
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize() if value else Decimal(0), "f")
    return str(value)
