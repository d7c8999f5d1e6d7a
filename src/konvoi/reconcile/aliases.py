"""Aliases of partners: unknown names, identified by statements that agree under two names."""

from collections.abc import Collection, Mapping
from math import log

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

statements: under the name, by amount those with one. agreeing: those of which the party states the same
amount (or number) and content within NEAR days. chance: as many would agree by chance, as counted at other
times; 0 where contents were compared. sure: it may be taken for the party without asking.
"""

NEAR = 31
"""So many days two statements of one amount may lie apart."""
_GAP = 92
_FAR = 458
# Days from -31 to 31 against days from 93 to 458 on either side.
_SPAN = (2 * NEAR + 1) / (2 * (_FAR - _GAP))
_LEAST = 5
_TIMES = 3.0
_PART = 0.1
_OTHER = 0.34
_CROWD = 200_000
_WORD = 4
_RARE = 0.02
_FEW = 5
_SURE = log(1000)
_HINTED = log(5)
_SUPPORT = 3
"""Likelihood ratios above which contents make a name sure, without and with a hint; statements needed."""
_TWICE = 0.3
"""The share of the statements under an alias that the party states besides, in words and numbers alike."""
_NUMBER = r"\d{1,6}"
_SHARED = 1_000
"""A word and a number shared by more statements than this say nothing about their giver."""


def learnt_aliases(
    entries: pl.DataFrame, known: Mapping[str, str], hints: Mapping[str, Collection[str]] | None = None
) -> pl.DataFrame:
    """Return for each name of a giver that is not in `known` the likeliest party (ALIASES).

    known: the party that each name surely means. hints: parties that a name may mean by its spelling; for
    these less evidence is asked. A name is sure by its amounts or by its contents; where both are sure of
    different parties, neither is.
    """
    found = pl.concat([_by_amount(entries, known), _by_content(entries, known, hints or {})])
    sure = found.filter("sure").group_by("name").agg(several=pl.col("party").n_unique() > 1)
    ranked = (
        found.join(sure, on="name", how="left", maintain_order="left")
        .with_columns(pl.col("sure") & ~pl.col("several").fill_null(value=False))
        .sort("name", "sure", "agreeing", "party", descending=[False, True, True, False])
    )
    return ranked.unique("name", keep="first", maintain_order=True).select(list(ALIASES))


def _by_content(
    entries: pl.DataFrame, known: Mapping[str, str], hints: Mapping[str, Collection[str]]
) -> pl.DataFrame:
    """Aliases by statements that share an uncommon word and a number, or a rounded amount, within NEAR days.

    A statement is evidence for a party by the likelihood ratio of a match with it (among all parties that
    state such a thing at that time) to a match by chance (its share of all statements). A statement that
    agrees only with others is evidence against. Sure is a ratio of 1,000 from at least three statements and a
    tenth of all, with less than a third of that for any other party; with a hint, a ratio of five above all
    others.
    """
    rows = _contents(entries, known)
    met = _beside(_marks(rows))
    if met.is_empty():
        return ALIASES.to_frame()
    parties = (
        rows.drop_nulls("of")["of"].value_counts().with_columns(share=pl.col("count") / pl.col("count").sum())
    )
    key = ["entry", "name", "word", "number"]
    counted = met.group_by(*key, "of").len("those").with_columns(every=pl.col("those").sum().over(key))
    # A word and a number shared by few statements weigh more.
    weight = counted.unique(key).group_by("entry").agg(weight=(1 / pl.col("every")).sum())
    each = (
        counted.join(parties.select("of", "share"), on="of")
        .group_by("entry", "name", "of")
        .agg(ratio=(pl.col("those") / pl.col("share") / pl.col("every") ** 2).sum())
        .join(weight, on="entry")
        .with_columns(ratio=(1 - _TWICE + _TWICE * pl.col("ratio") / pl.col("weight")).log())
    )
    whole = each.group_by("name").agg(against=pl.col("entry").n_unique() * log(1 - _TWICE))
    ratios = (
        each.group_by("name", party="of")
        .agg(ratio=(pl.col("ratio") - log(1 - _TWICE)).sum(), agreeing=(pl.col("ratio") > 0).sum())
        .join(whole, on="name")
        .with_columns(pl.col("ratio") + pl.col("against"))
        .join(rows.filter(pl.col("of").is_null()).group_by("name").agg(statements=pl.len()), on="name")
        .sort("name", "ratio", "party", descending=[False, True, False])
        .with_columns(other=pl.col("ratio").shift(-1).over("name").fill_null(0.0).clip(lower_bound=0.0))
        .unique("name", keep="first", maintain_order=True)
        .filter(pl.col("ratio") > 0)
    )
    named = pl.DataFrame(
        [(name, party) for name, those in hints.items() for party in those],
        schema={"name": pl.String, "party": pl.String}, orient="row",
    )  # fmt: skip
    ratios = ratios.join(named.with_columns(hinted=True), on=["name", "party"], how="left")
    enough = (
        (pl.col("ratio") >= _SURE)
        & (pl.col("agreeing") >= _SUPPORT)
        & (pl.col("agreeing") >= _PART * pl.col("statements"))
        & (pl.col("other") <= _OTHER * pl.col("ratio"))
    )
    likely = pl.col("hinted").fill_null(value=False) & (pl.col("ratio") - pl.col("other") >= _HINTED)
    return (
        ratios.with_columns(chance=pl.lit(0.0), sure=enough | likely)
        .sort("name")
        .select(list(ALIASES))
        .cast(ALIASES)
    )


def _contents(entries: pl.DataFrame, known: Mapping[str, str]) -> pl.DataFrame:
    """Statements with a day: entry, name, of (the party known by it), day, text, and the amount rounded."""
    return (
        entries.filter(pl.col("party").is_not_null())
        .select(
            "entry",
            name="party",
            of=pl.col("party").replace_strict(dict(known), default=None, return_dtype=pl.String),
            day=pl.coalesce("day_from", "day_to", "known_on"),
            text=pl.concat_str("text", "implementer", separator=" ", ignore_nulls=True).fill_null(""),
            amount=pl.when(pl.col("amount_minor") > 0).then(
                pl.concat_str("currency", pl.col("amount_minor").cast(pl.Float64).round_sig_figs(2))
            ),
        )
        .drop_nulls("day")
    )


def _marks(rows: pl.DataFrame) -> pl.DataFrame:
    """Each uncommon word or number of a statement beside each number: entry, name, of, day, word, number."""
    distinct = rows["text"].unique().sort()
    words = pl.DataFrame(
        {"text": distinct, "word": [_words(text) for text in distinct]},
        schema={"text": pl.String, "word": pl.List(pl.String)},
    )
    numbers = pl.concat_list(
        pl.col("text").str.extract_all(_NUMBER), pl.concat_list("amount").list.drop_nulls()
    )
    told = rows.join(words, on="text", maintain_order="left").with_columns(number=numbers.list.unique())
    # Two numbers are the same in every language.
    said = told.with_columns(pl.concat_list("word", "number")).explode("word").drop_nulls("word")
    said = said.filter(pl.len().over("word") <= max(_RARE * rows.height, _FEW))
    return (
        said.explode("number")
        .drop_nulls("number")
        .filter(pl.col("word") != pl.col("number"))
        .select("entry", "name", "of", "day", "word", "number")
    )


def _beside(marks: pl.DataFrame) -> pl.DataFrame:
    """Marks under open names, each beside those of parties (_of) that are the same within NEAR days."""
    open_ = marks.filter(pl.col("of").is_null()).drop("of")
    sure = marks.filter(pl.col("of").is_not_null()).drop("name")
    few = (
        open_.group_by("word", "number")
        .len()
        .join(sure.group_by("word", "number").len("those"), on=["word", "number"])
    )
    few = few.filter(pl.col("those") <= _SHARED)
    met = open_.join(few.select("word", "number"), on=["word", "number"], how="semi").join(
        sure, on=["word", "number"], suffix="_of"
    )
    return met.filter((pl.col("day") - pl.col("day_of")).dt.total_days().abs() <= NEAR)


def _words(text: str) -> list[str]:
    return sorted({word for word in fold(latin(text)).split() if len(word) >= _WORD and not word.isdigit()})


def _by_amount(entries: pl.DataFrame, known: Mapping[str, str]) -> pl.DataFrame:
    """Aliases by statements of one amount.

    Statements of one amount in one currency at nearly one day,
    under the name and under a party's, are evidence for it; chance matches are counted at days far apart, so
    that round amounts and a common currency prove nothing. Sure is an alias with at least five such
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
    open_ = rows.filter(pl.col("of").is_null())
    sure = rows.filter(pl.col("of").is_not_null())
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
    words = {text: _words(text) for text in distinct}
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
