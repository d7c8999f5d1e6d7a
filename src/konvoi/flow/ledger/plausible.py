"""Statements that a finding questions by scale, currency or sum, as the finding says they may be meant."""

from collections.abc import Iterable
from dataclasses import replace
from math import log10

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.ledger.changed_scale import CODE as _CHANGED
from konvoi.intake.check import Whole
from konvoi.intake.comparable import in_euro, per_eur
from konvoi.intake.total_rows import MAY_BE_TOTAL
from konvoi.kit.money import places
from konvoi.model.entries import ENTRIES
from konvoi.model.finding import Finding

_SCALE = "amount-out-of-scale"
_CURRENCY = "currency-implausible"
_QUESTIONED = frozenset({_SCALE, _CURRENCY, _CHANGED, MAY_BE_TOTAL})


def with_plausible(gathered: Gathered, findings: Iterable[Finding]) -> Gathered:
    """Return the gathered documents with `ledger.plausible`: the amounts that findings mean.

    What counts is unchanged. A row that is called a subtotal may mean nothing of its own. An entry of
    the same package with the same amount, such as that of its only line item, is meant likewise.
    """
    asked = [one for one in findings if one.code in _QUESTIONED]
    if not asked:
        return gathered
    entries = gathered.ledger.entries
    # A total of others needs no rate to be one: its currency may be any.
    unrated = dict.fromkeys(entries["currency"].drop_nulls().unique(), 1.0)
    rates = unrated | per_eur(Whole(entries, gathered.readings))
    # A register publishes its figures and answers no question: what it states is what it means.
    known = in_euro(entries, rates).filter(pl.col("variant") == "konvoi")
    at = {(row["submission"], row["sheet"], row["row"]): row for row in known.iter_rows(named=True)}
    found: dict[str, dict[str, object]] = {}
    for finding in asked:
        row = at.get((finding.place.file, finding.place.sheet, finding.place.row))
        meant = _meant(row, finding) if row else None
        if row is None or meant is None:
            continue
        same = known.filter(
            pl.col("source").eq_missing(row["source"]),
            pl.col("package").eq_missing(row["package"]),
            pl.col("amount_minor") == row["amount_minor"],
            pl.col("currency") == row["currency"],
        )
        # What the source states in its own currency is the same statement.
        stated = {"stated_minor": None, "stated_currency": None, "rate": None}
        found |= {one["entry"]: one | stated | meant for one in same.iter_rows(named=True)}
    rows = pl.DataFrame(list(found.values()), schema_overrides=dict(ENTRIES), infer_schema_length=None)
    if rows.is_empty():
        return gathered
    plausible = rows.select(list(ENTRIES)).cast(ENTRIES).sort("entry")
    return replace(gathered, ledger=replace(gathered.ledger, plausible=plausible))


def _meant(row: dict[str, object], finding: Finding) -> dict[str, object] | None:
    """Return amount and currency of a row as a finding says they may be meant; None where it does not say."""
    if finding.code == MAY_BE_TOTAL:
        # Where nothing but a sum says that a row is a total, it counts, and the partner is asked.
        return None if "count" in finding.values else {"amount_minor": 0}
    nominal = float(str(row["nominal"]))
    values = finding.values
    if finding.code == _CURRENCY:
        own = values.get("own", "")
        return {"currency": own, "amount_minor": round(nominal * 10 ** places(own))} if own else None
    usual = float(values.get("usual") or 0)
    if finding.code == _CHANGED:
        return {"amount_minor": int(values["before_minor"])}
    quantity = float(str(row["quantity"] or 0))
    stated = nominal / quantity if "unit" in values and quantity else float(str(row["euro"]))
    digits = round(log10(stated / usual)) if usual > 0 and stated > 0 else 0
    if not digits:
        return None
    return {"amount_minor": round(int(str(row["amount_minor"])) / 10**digits)}
