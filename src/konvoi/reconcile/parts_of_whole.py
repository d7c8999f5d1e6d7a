"""Parts that a giver states beside their whole: instalments, and contents that a whole names as included."""

import polars as pl

from konvoi.reconcile.duplicates import answers as a
from konvoi.reconcile.duplicates import conditions as c
from konvoi.reconcile.duplicates import pairs as p
from konvoi.reconcile.relation import Evidence, Found, proposals

INSTALMENT = "instalment"
INCLUDED = "included"
_SOON = 120
_LONG = 550
_OFF = 0.01
_MOST = 20
# Share of instalments that are parts: sums alone as measured (docs/decisions/0019), worded ones by judgement.
_WORDED = 0.7
_SUM_ALONE = 0.2
_LESS = 0.4


def instalments(evidence: Evidence) -> Found:
    """Propose instalments as part of a whole of the same giver and content that they make up.

    Instalments name an ordinal, month or quarter that the whole does not. They need not make up a whole whose
    title mentions parts, or one of whose parts names itself one of several.
    """
    table = _table(evidence).filter(pl.col("value") != 0)
    parts = table.filter(_marked("^(ordinal|month|quarter)"), pl.col("lead").is_null(), ~pl.col("including"))
    wholes = table.filter(~_marked("^ordinal"))
    met = _met(parts, wholes, table, (_SOON, _LONG))
    nothing = (pl.col("words").list.len() == 0) & (pl.col("words_later").list.len() == 0)
    content = c.same_title() | c.same_good() | (c.words_shared() >= 0.5) | c.one_content()
    content |= nothing & ~c.differ("kind")
    found = met.filter(
        content & ~c.other_good() & ~c.differ("place") & ~c.differ("numbered"),
        c.apart(evidence.policy.unique),
    )
    kept = found.filter(pl.col("marks_later").list.set_difference("marks").list.len() > 0)
    whole = pl.col("value")
    total = pl.col("value_later").sum().over("id")
    makes_up = ((total - whole).abs() <= _OFF * whole) & (pl.len().over("id") > 1)
    worded = (pl.col("in_parts") | pl.col("several_later")) & (total <= whole * (1 + _OFF))
    open_ = kept.with_columns(_up=makes_up, _worded=worded).filter(makes_up | worded)
    says = (
        pl.when("_up")
        .then(pl.lit("the parts make up the whole"))
        .otherwise(pl.lit("the parts are less than the whole"))
    )
    chance = (
        pl.when(pl.col("_up") & pl.col("_worded")).then(_WORDED).when("_up").then(_SUM_ALONE).otherwise(_LESS)
    )
    return _proposed(open_, INSTALMENT, chance, [a.Answer("instalments", says), a.title()])


def _marked(pattern: str) -> pl.Expr:
    """Return True if a mark of the title matches."""
    return pl.col("marks").list.eval(pl.element().str.contains(pattern)).list.any().fill_null(False)


def included(evidence: Evidence) -> Found:
    """Propose what a whole may include (`including`, `of which`) as part of it: smaller, of the same giver.

    The whole names the content of the part, or no content at all.
    """
    table = _table(evidence)
    wholes = table.filter("including", pl.col("lead").is_null())
    parts = table.filter(pl.col("lead").is_null())
    met = _met(parts, wholes, table, (_LONG, _SOON))
    content = c.same_good() | (c.words_shared() > 0) | (_wordless() & ~c.differ("kind"))
    found = met.filter(content & ~c.differ("place"), c.apart(evidence.policy.unique))
    says = a.Answer("whole", pl.lit("the whole says that it includes other amounts"))
    found = found.filter(c.within_whole(_OFF))
    return _proposed(found, INCLUDED, pl.lit(0.4), [says, a.title(), a.distance()])


def _wordless() -> pl.Expr:
    return (pl.col("words").list.len() == 0) & (pl.col("goods").list.len() == 0)


def _table(evidence: Evidence) -> pl.DataFrame:
    """Statements of sources whose records may overlap, with their giver."""
    unique = list(evidence.policy.unique)
    named = evidence.statements.filter(~pl.col("variant").is_in(unique).fill_null(False))
    return named.with_columns(_giver=pl.coalesce("party", "source"))


def _met(
    parts: pl.DataFrame, wholes: pl.DataFrame, table: pl.DataFrame, days: tuple[int, int]
) -> pl.DataFrame:
    """Return wholes with smaller parts; days: of parts before and after their whole."""
    below = (c.same_money() & (pl.col("value_later") < pl.col("value") * (1 - _OFF))) | (
        c.same_unit() & (pl.col("quantity_later") < pl.col("quantity"))
    )
    return p.beside_all(
        p.contents(wholes, whole=True),
        p.contents(parts, whole=False),
        ("_giver", "level", "_content"),
        days=days,
        where=below,
        most=_MOST,
        table=table,
        ordered=False,
    )


def _proposed(found: pl.DataFrame, subtype: str, chance: pl.Expr, answers: list[a.Answer]) -> Found:
    rows = found.select(
        left="id_later",
        right="id",
        subtype=pl.lit(subtype),
        probability=chance.cast(pl.Float64),
        evidence=a.told(found, answers),
    )
    return proposals(rows, "part_of")
