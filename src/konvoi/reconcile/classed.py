"""Kinds of goods that no lexicon names: what registers that class a good call it, in the table itself."""

import polars as pl

_WORDS = 3
_OFTEN = 3
_PURE = 0.8


def kinds(table: pl.DataFrame) -> pl.Series:
    """Return the kind of good of each row: by its text, else by the usual name of its class, else by its
    words.

    table: `thing` (what a lexicon found), `good` (the class, where the source gives one), `text_words`.
    A class that the lexicon does not know stands for itself. Words (up to three in a row) mean a class if at
    least three rows of it bear them and hardly any row of another.
    """
    named = table.with_columns(_kind=_kind_of_class(table)).with_row_index("_row")
    kind = pl.coalesce("thing", "_kind")
    open_ = named.filter(kind.is_null() & pl.col("text_words").is_not_null())
    if open_.is_empty() or named["_kind"].null_count() == named.height:
        return named.select(kind).to_series()
    known = named.filter(pl.col("_kind").is_not_null()).select("_row", "text_words", kind=kind)
    # The table's own `kind` (military, humanitarian, …) differs from the kind of good to find.
    wanted = _phrases(open_.select("_row", "text_words"))
    found = (
        wanted.join(_meanings(known, wanted), on="phrase")
        .sort("words", "share", "phrase", descending=[True, True, False])
        .unique("_row", keep="first", maintain_order=True)
        .select("_row", _read="kind")
    )
    read = named.join(found, on="_row", how="left", maintain_order="left")
    return read.select(pl.coalesce("thing", "_kind", "_read")).to_series()


def _kind_of_class(table: pl.DataFrame) -> pl.Series:
    """For each row what its class is mostly called; the class itself where the lexicon has no name."""
    classed = table.filter(pl.col("good").is_not_null())
    called = (
        classed.group_by("good", "thing")
        .len()
        .with_columns(share=pl.col("len") / pl.col("len").sum().over("good"))
        .sort("good", "len", "thing", descending=[False, True, False], nulls_last=True)
        .unique("good", keep="first", maintain_order=True)
    )
    kind = pl.when(pl.col("share") > 0.5).then(pl.coalesce("thing", "good")).otherwise("good")
    return (
        table.select("good")
        .join(called.select("good", kind=kind), on="good", how="left", maintain_order="left")
        .select("kind")
        .to_series()
    )


def _phrases(rows: pl.DataFrame) -> pl.DataFrame:
    """Every one, two or three words in a row of each row's text (_row, phrase, words); none with a figure."""
    words = rows.select(
        "_row", *(c for c in ("kind",) if c in rows.columns), w=pl.col("text_words").str.split(" ")
    )
    parts = []
    for count in range(1, _WORDS + 1):
        room = pl.col("w").list.len().cast(pl.Int64) - count + 1
        columns = [f"w{n}" for n in range(count)]
        one = (
            words.filter(room > 0)
            .with_columns(pl.col("w").list.slice(n, room).alias(c) for n, c in enumerate(columns))
            .explode(columns)
        )
        parts.append(
            one.select(
                *(c for c in one.columns if c in ("_row", "kind")),
                phrase=pl.concat_str(columns, separator=" "),
                words=pl.lit(count),
            )
        )
    every = pl.concat(parts)
    return every.filter(
        ~pl.col("phrase").str.contains(r"\d") & (pl.col("phrase").str.len_chars() > 3)
    ).unique()


def _meanings(known: pl.DataFrame, wanted: pl.DataFrame) -> pl.DataFrame:
    """Return the kind of each wanted phrase (phrase, kind, share), from rows with a known kind."""
    borne = _phrases(known).join(wanted.select("phrase").unique(), on="phrase", how="semi")
    counted = (
        borne.group_by("phrase", "kind")
        .len()
        .with_columns(share=pl.col("len") / pl.col("len").sum().over("phrase"))
    )
    return counted.filter((pl.col("len") >= _OFTEN) & (pl.col("share") >= _PURE)).select(
        "phrase", "kind", "share"
    )
