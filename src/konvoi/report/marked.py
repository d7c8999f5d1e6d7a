"""Markings: which rows an audience is in."""

import polars as pl

from konvoi.model.markings import COALITION, OWN, PUBLIC

__all__ = ["COALITION", "OWN", "PUBLIC", "seen", "seen_alone", "seen_documents"]

_PARTS = r"[,;\s]+"


def seen(rows: pl.DataFrame, documents: pl.DataFrame, *, key: str, audience: str) -> pl.DataFrame:
    """The rows that an audience may see, in their order.

    key: the column that names the row's document: `submission`, or `_file` (the document's name). A row
    without a marking has its document's; where that has none either, it is its party's own. `public` sees
    public rows, `coalition` also those of the coalition, a party also its own and those that name it.
    """
    wanted = {"submission": "submission", "_file": "name"}[key]
    of_document = (
        documents.select(pl.col(wanted).alias(key), _document="marking", _holder="party")
        .drop_nulls(key)
        .unique(key, keep="first", maintain_order=True)
    )
    own = pl.col("marking") if "marking" in rows.columns else pl.lit(None, pl.String())
    party = pl.col("party") if "party" in rows.columns else pl.lit(None, pl.String())
    return (
        rows.join(of_document, on=key, how="left", maintain_order="left")
        .with_columns(
            _marking=pl.coalesce(_filled(own), _filled(pl.col("_document")), pl.lit(OWN)),
            _parties=pl.concat_list(party.fill_null(""), pl.col("_holder").fill_null("")),
        )
        .filter(_may(audience))
        .select(rows.columns)
    )


def seen_documents(documents: pl.DataFrame, audience: str) -> pl.DataFrame:
    """The documents whose own marking an audience is in."""
    return (
        documents.with_columns(
            _marking=pl.coalesce(_filled(pl.col("marking")), pl.lit(OWN)),
            _parties=pl.concat_list(pl.col("party").fill_null("")),
        )
        .filter(_may(audience))
        .select(documents.columns)
    )


def seen_alone(rows: pl.DataFrame, audience: str) -> pl.DataFrame:
    """The rows of a table that is no document's, by their own marking; without one they are nobody's."""
    told = pl.coalesce(_filled(pl.col("marking")), pl.lit(OWN))
    bare = pl.lit([], pl.List(pl.String()))
    return rows.with_columns(_marking=told, _parties=bare).filter(_may(audience)).select(rows.columns)


def _filled(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.strip_chars() != "").then(text.str.strip_chars())


def _may(audience: str) -> pl.Expr:
    """Whether an audience is in `_marking`. A wide word beside a narrow one widens nothing."""
    parts = pl.col("_marking").str.replace_all(_PARTS, ",").str.split(",")
    if audience == PUBLIC:
        return parts.list.eval(pl.element() == PUBLIC).list.all()
    wide = parts.list.eval(pl.element().is_in([PUBLIC, COALITION])).list.all()
    if audience == COALITION:
        return wide
    return wide | parts.list.contains(audience) | pl.col("_parties").list.contains(audience)
