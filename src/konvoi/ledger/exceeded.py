"""Parts that hold more than their whole: a finding for each whole."""

from decimal import Decimal

import polars as pl

from konvoi.kit.money import places
from konvoi.ledger.basis import basis
from konvoi.ledger.once import WITHOUT_CONSERVATION
from konvoi.ledger.parts import plain
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question
from konvoi.ledger.summing import summed
from konvoi.model.finding import Finding, Place, Severity

_TOLERANCE = Decimal("0.005")
"""Conversion and rounding may make parts exceed their whole by this share; no finding is made of it."""


def exceeded_wholes(ledger: Ledger, question: Question, recipient: str) -> tuple[Finding, ...]:
    """Return a finding for each whole of which the accepted parts hold more than it does."""
    parts = ledger.relations.filter(
        (pl.col("relation") == "part_of")
        & (pl.col("status") == "accepted")
        & ~pl.col("subtype").fill_null("").is_in(WITHOUT_CONSERVATION)
    )
    if parts.is_empty():
        return ()
    base = basis(ledger, question, recipient)
    inside = summed(base.counting, ledger, question)
    if not inside.accepted.exceeded:
        return ()
    scale = places(base.unit)
    value = dict(inside.accepted.units.select("unit", "value").iter_rows())
    entries = dict(inside.members.select("unit", pl.col("entries").list.first()).iter_rows())
    parts_of: dict[str, list[str]] = {}
    for part, whole in inside.accepted.within.iter_rows():
        parts_of.setdefault(whole, []).append(part)
    found = []
    for whole in sorted(inside.accepted.exceeded):
        together = sum(value[part] for part in parts_of[whole])
        if together - value[whole] <= _TOLERANCE * value[whole]:
            continue
        found.append(
            Finding(
                Severity.WARNING,
                "parts-exceed-whole",
                _place(ledger, entries[whole]),
                read=f"{plain(together, scale)} {base.unit}",
                expected="parts of at most {whole} {unit}, the value of their whole",
                remedy="correct an amount, or the relation of a part; until then the whole counts",
                values={"whole": str(plain(value[whole], scale)), "unit": base.unit},
            )
        )
    return tuple(found)


def _place(ledger: Ledger, entry: str) -> Place:
    row = ledger.entries.row(by_predicate=pl.col("entry") == entry, named=True)
    return Place(row["submission"] or "", row["sheet"] or "", row["row"] or 0, row["column"] or "")
