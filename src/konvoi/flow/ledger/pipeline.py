"""The support pipeline as tables of a view: every line item, and the sums by partner, kind, good and
agreement.
"""

import polars as pl

from konvoi.flow.as_gathered import gathered_of
from konvoi.flow.declare import SETTINGS
from konvoi.flow.ledger.gap import BY, fields, with_documents
from konvoi.flow.ledger.tables import PIPELINE_ITEMS, PIPELINE_STAGES
from konvoi.flow.settings import Settings
from konvoi.flow.totals_asked import full
from konvoi.kit.money import places
from konvoi.ledger.basis import QUANTITY_PLACES
from konvoi.ledger.funnel import FUNNEL, funnel, stated
from konvoi.ledger.question import Question

MEASURES = ("amount", "quantity")
_SHOWN = {"word": "pledged", "word_entries": "pledged_entries"}


def pipeline(**inputs: object) -> dict[str, pl.DataFrame]:
    """Return PIPELINE_ITEMS and PIPELINE_STAGES of a view, in the currency and boundary of its totals.

    Items without a quantity are in no pipeline of quantities.
    """
    settings = inputs[SETTINGS]
    if not isinstance(settings, Settings):
        raise TypeError("the settings of the workspace are no table")
    gathered = gathered_of({name: rows for name, rows in inputs.items() if isinstance(rows, pl.DataFrame)})
    found = {}
    for what in MEASURES:
        question = full(gathered, Question(what=what), settings)
        rows = with_documents(funnel(gathered.ledger, question, recipient=settings.recipient), gathered)
        found[what] = rows if what == "amount" else rows.filter(pl.col("word").is_not_null())
    items = pl.concat([_items(rows, what) for what, rows in found.items()])
    stages = [_stages(rows, what, by) for what, rows in found.items() for by in BY]
    return {PIPELINE_ITEMS.name: items, PIPELINE_STAGES.name: pl.concat(stages)}


def _items(rows: pl.DataFrame, what: str) -> pl.DataFrame:
    """Return FUNNEL rows with `document` as PIPELINE_ITEMS, their figures in whole units of the measure."""
    scales = {
        one: places(one) if what == "amount" else QUANTITY_PLACES
        for one in rows["measure"].drop_nulls().unique()
    }
    parts = pl.col("measure").replace_strict(
        {one: 10**-scale for one, scale in scales.items()},
        default=None,
        return_dtype=pl.Decimal(38, 6),
    )
    schema = PIPELINE_ITEMS.schema()
    named = rows.select(*FUNNEL, "document").rename(_SHOWN)
    return (
        named.with_columns(
            (pl.col(name).cast(pl.Decimal(38, 6)) * parts).cast(pl.Decimal(38, 6))
            for name in ("pledged", "reached")
        )
        .with_columns(what=pl.lit(what))
        .sort("party", "package", "line", "unit", maintain_order=True)
        .select(list(schema))
        .cast(schema)
    )


def _stages(rows: pl.DataFrame, what: str, by: str) -> pl.DataFrame:
    """Return PIPELINE_STAGES by one column; of agreements only line items that have one."""
    of = rows.filter(pl.col("document").is_not_null()) if by == "document" else rows
    schema = PIPELINE_STAGES.schema()
    told = (fields(row) for row in stated(of, BY[by]).iter_rows(named=True))
    values = [{"what": what, "by": by, **row, "key": row["key"] or None} for row in told]
    return pl.DataFrame([{name: row[name] for name in schema} for row in values], schema=schema)
