"""Hidden line items that readers can compute: a visible package less its visible line items."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.kit.money import to_major
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.markings import COALITION, PUBLIC, admits

CODE = "hidden-amount-inferable"
# Line items need not state the stage that their package states.
_KEY = ["source", "package", "currency"]


def inferable_lines(whole: Gathered) -> Iterator[Finding]:
    """Yield a warning for each package whose visible amounts together give those of hidden line items.

    It is for the coordination cell, which sees both. Readers are the public and the coalition; of the two the
    wider one is named.
    """
    if not whole.view.is_cell:
        return
    documents = whole.documents.select(submission="name", _of="marking")
    rows = whole.ledger.entries.filter(
        pl.col("package").is_not_null(),
        pl.col("amount_minor").is_not_null(),
        pl.col("currency").is_not_null(),
    ).join(documents, on="submission", how="left")
    rows = rows.with_columns(marking=pl.coalesce("marking", "_of", pl.lit("")))
    lines = rows.filter(pl.col("line").is_not_null())
    narrow = [one for one in lines["marking"].unique() if not admits(one, (), PUBLIC)]
    hiding = lines.filter(pl.col("marking").is_in(narrow)).select(_KEY).unique()
    heads = rows.filter(pl.col("line").is_null()).join(hiding, on=_KEY, how="semi", nulls_equal=True)
    parts = lines.join(hiding, on=_KEY, how="semi", nulls_equal=True).partition_by(_KEY, as_dict=True)
    for key, of in sorted(heads.partition_by(_KEY, as_dict=True).items(), key=lambda one: str(one[0])):
        found = (_inferable(head, parts[key]) for head in of.sort("entry").iter_rows(named=True))
        if first := next((one for one in found if one), None):
            yield first


def _inferable(head: dict[str, Any], lines: pl.DataFrame) -> Finding | None:
    """Return the finding on one statement of a package; None where its hidden line items stay unknown."""
    for reader in (PUBLIC, COALITION):
        seen = pl.Series([admits(one, (), reader) for one in lines["marking"]], dtype=pl.Boolean())
        hidden = lines.filter(~seen)
        rest = head["amount_minor"] - int(lines.filter(seen)["amount_minor"].sum())
        known = admits(head["marking"], (), reader)
        if known and hidden.height and rest == int(hidden["amount_minor"].sum()):
            return _finding(head, hidden, reader)
    return None


def _finding(head: dict[str, Any], hidden: pl.DataFrame, reader: str) -> Finding:
    first = hidden.sort("line").row(0, named=True)
    values = {
        "lines": ", ".join(hidden["line"].sort()),
        "package": str(head["package"]),
        "reader": reader,
    }
    amount = to_major(int(hidden["amount_minor"].sum()), str(head["currency"]))
    return Finding(
        Severity.WARNING,
        CODE,
        Place(str(first["submission"] or ""), str(first["sheet"] or ""), int(first["row"] or 0), "amount"),
        f"{amount:f} {head['currency']}",
        "an amount that readers cannot compute: {package} less its visible line items gives {lines} "
        "({reader})",
        "Mark the package as narrowly as the line items, or leave its amount out.",
        values,
    )
