"""Names of partners that nobody has explained, learnt from statements that agree under two names."""

from collections.abc import Mapping

import polars as pl

from konvoi.kit.latin import latin
from konvoi.kit.text import fold

ALIASES = pl.Schema(
    {
        "name": pl.String(),
        "party": pl.String(),
        "statements": pl.Int64(),
        "agreeing": pl.Int64(),
        "chance": pl.Float64(),
        "sure": pl.Boolean(),
    }
)
"""One row for each name and the party that it most likely stands for, sorted by name.

statements: with an amount under the name. agreeing: those of which the party states the same amount within
NEAR days. chance: as many would agree by chance, as counted at other times. sure: it may be taken for the
party without asking.
"""

NEAR = 31
"""So many days two statements of one amount may lie apart."""
_GAP, _FAR = 92, 458
# Days from -31 to 31 against days from 93 to 458 on either side.
_SPAN = (2 * NEAR + 1) / (2 * (_FAR - _GAP))
_LEAST, _TIMES, _PART, _OTHER = 5, 3.0, 0.1, 0.34
_CROWD = 200_000
_WORD, _RARE, _FEW = 4, 0.02, 5


def learnt_aliases(entries: pl.DataFrame, known: Mapping[str, str]) -> pl.DataFrame:
    """Return for each name of a giver that is not in `known` the likeliest party (ALIASES).

    known: the party that each name surely means. Statements of one amount in one currency at nearly one day,
    under the name and under a party's, speak for it; how often that happens by chance is counted at days far
    apart, so that round amounts and a common currency prove nothing. Sure is an alias with at least five such
    statements, three times as many as by chance, a tenth of all, and no other party
    with a third as many above chance.
    """
    met, named = _meetings(entries, known)
    if met.is_empty():
        return ALIASES.to_frame()
    near = met.filter(pl.col("gap") <= NEAR).group_by("name", "party").agg(agreeing=pl.len())
    far = (
        met.filter((pl.col("gap") > _GAP) & (pl.col("gap") <= _FAR))
        .group_by("name", "party")
        .agg(chance=pl.len() * _SPAN)
    )
    both = near.join(far, on=["name", "party"], how="left").with_columns(
        pl.col("agreeing").cast(pl.Int64), pl.col("chance").fill_null(0.0)
    )
    more = (pl.col("agreeing") - pl.col("chance")).clip(lower_bound=0.0)
    ranked = both.with_columns(_more=more).sort("name", "_more", "party", descending=[False, True, False])
    best = ranked.with_columns(_next=pl.col("_more").shift(-1).over("name").fill_null(0.0)).unique(
        "name", keep="first", maintain_order=True
    )
    told = best.join(named.group_by("name").len("statements"), on="name", maintain_order="left")
    enough = (pl.col("agreeing") >= _LEAST) & (pl.col("agreeing") >= _TIMES * (pl.col("chance") + 1))
    plain = (pl.col("_more") >= _PART * pl.col("statements")) & (pl.col("_next") <= _OTHER * pl.col("_more"))
    return (
        told.filter(pl.col("_more") > 1).with_columns(sure=enough & plain).select(list(ALIASES)).cast(ALIASES)
    )


def _meetings(entries: pl.DataFrame, known: Mapping[str, str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Pairs of a statement under an open name and one of a party, of one amount and content.

    Columns entry, name, party, gap (days between them); and beside them the statements under open names.
    """
    rows = entries.filter(
        pl.col("party").is_not_null() & (pl.col("amount_minor") > 0) & pl.col("currency").is_not_null()
    ).select(
        "entry",
        "currency",
        "amount_minor",
        name="party",
        day=pl.coalesce("day_from", "day_to", "known_on"),
        of=pl.col("party").replace_strict(dict(known), default=None, return_dtype=pl.String),
    )
    open_, sure = rows.filter(pl.col("of").is_null()), rows.filter(pl.col("of").is_not_null())
    key = ["currency", "amount_minor"]
    many = open_.group_by(key).len("a").join(sure.group_by(key).len("b"), on=key)
    few = many.filter(pl.col("a") * pl.col("b") <= _CROWD).select(key)
    met = open_.join(few, on=key, how="semi").join(
        sure.select(*key, "of", "day", "entry"), on=key, suffix="_of"
    )
    gap = (pl.col("day") - pl.col("day_of")).dt.total_days().abs()
    met = met.with_columns(gap=gap).filter(pl.col("gap") <= _FAR)
    return _worded(met, entries).select("entry", "name", party="of_of", gap="gap"), open_


def _worded(met: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """The pairs of statements (entry, entry_of) that share an uncommon word of text or implementer."""
    ends = pl.concat([met["entry"], met["entry_of"]]).unique()
    rows = entries.filter(pl.col("entry").is_in(ends.implode()))
    said = rows.select("entry", text=pl.concat_str("text", "implementer", separator=" ", ignore_nulls=True))
    distinct = said["text"].unique().drop_nulls()
    words = {
        text: sorted({word for word in fold(latin(text)).split() if len(word) >= _WORD}) for text in distinct
    }
    borne = pl.DataFrame(
        {"text": list(words), "word": list(words.values())},
        schema={"text": pl.String, "word": pl.List(pl.String)},
    )
    told = said.join(borne, on="text").explode("word").select("entry", "word").drop_nulls()
    rare = told.filter(pl.len().over("word") <= max(_RARE * rows.height, _FEW))
    pairs = met.select("entry", "entry_of").unique()
    shared = (
        pairs.join(rare, on="entry")
        .join(rare.rename({"entry": "entry_of"}), on=["entry_of", "word"], how="semi")
        .select("entry", "entry_of")
        .unique()
    )
    return met.join(shared, on=["entry", "entry_of"], how="semi")
