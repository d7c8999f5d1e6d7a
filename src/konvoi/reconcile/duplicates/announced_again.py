"""Announcements of one partner that may be one: the same content under another reference, at any time."""

from collections.abc import Sequence

import polars as pl

from konvoi.reconcile.duplicates import answers as a
from konvoi.reconcile.duplicates import conditions as c
from konvoi.reconcile.duplicates import pairs as p
from konvoi.reconcile.relation import Evidence
from konvoi.reconcile.statement import JOINT, Statement, adds

SUBTYPE = "announced-again"
_BESIDE = 60
_YEAR = 366
_QUARTER = 92
_MONTHS = 60
_WEEKS = 14
_HALF = 0.5
_SCALES = (1000.0, 100.0)
_NEXT_DAY = 1
_NAMED = 2
_SERIES = 2
"""Other amounts under one title: days between, words of content, titles of one source (more are a series)."""
_ELSEWHERE = 8


def announced_again(evidence: Evidence) -> pl.DataFrame:
    """Return pairs of one giver with similar content and figures, unless period or wording show that both
    count.
    """
    table = evidence.statements.with_columns(_giver=pl.coalesce("party", "source")).with_columns(
        _titled=pl.len().over("_giver", "level", "source", "key")
    )
    unique = evidence.policy.unique
    return p.judged(_blocks(table, unique), table, lambda found: _judged(found, unique))


def _judged(found: pl.DataFrame, unique: Sequence[str]) -> pl.DataFrame:
    """Return the pairs, with the columns of both sides, that may be one announcement, as PROPOSALS."""
    met = found.filter(c.apart(unique), _may_affect(), _lead_fits())
    same = met.filter(
        _similar() | _wrong_scale() | _revised() | _told_elsewhere(unique) | _other_amount(unique)
    )
    open_ = same.filter(~_adds(same))
    said = [a.title(), *a.figures(), _scale(), _other(), _change(), a.distance()]
    # Of two amounts neither of which is later the lower one stands, as of two that conflict.
    together = (pl.col("known") == pl.col("known_later")) & (pl.col("first") == pl.col("first_later"))
    lower = (pl.col("value") < pl.col("value_later")) & _other_amount(unique) & ~_revised()
    return a.proposed(open_, SUBTYPE, _probability(), said, turned=together & lower)


def _blocks(table: pl.DataFrame, unique: Sequence[str]) -> list[pl.DataFrame]:
    """Pairs of one giver with the same content, amount, or quantity of a good, or beside an approximation."""
    goods = table.with_columns(_good=pl.col("goods").list.first())
    valued = table.filter(pl.col("amount") != 0)
    counted = goods.filter(pl.col("quantity") != 0)
    return [
        p.equal(table, ("_giver", "level", "key"), ("value", "quantity")),
        p.equal(valued, ("_giver", "level", "currency", "amount"), ("key",)),
        p.equal(counted, ("_giver", "level", "_good", "unit_of", "quantity"), ("key",)),
        p.equal(
            counted.filter(pl.col("_good").is_null()), ("_giver", "level", "unit_of", "quantity"), ("key",)
        ),
        *_beside_content(table),
        *_beside_other_sources(table),
        _beside_same_words(table, unique),
    ]


def _beside_content(table: pl.DataFrame) -> list[pl.DataFrame]:
    """Pairs of one content within a year: approximations and figures that they may stand for, changes."""
    columns = (*p.NARROW, "_giver", "level", "bound", "revised")
    named = table.select(*columns, _content=pl.concat_list("things", "words")).explode("_content")
    kinds = (
        (pl.col("bound").is_not_null(), c.near_money() | c.near_quantity()),
        (pl.col("revised"), c.same_money() | c.same_unit()),
    )
    return [
        p.beside(
            named.filter(ones),
            named,
            ("_giver", "level", "_content"),
            days=(_YEAR, _YEAR),
            where=where,
            most=_BESIDE,
        )
        for ones, where in kinds
    ]


def _beside_other_sources(table: pl.DataFrame) -> list[pl.DataFrame]:
    """Pairs of two sources on one giver whose figures may be one at the rates of their days, or rounded."""
    figures = table.select(*p.NARROW, "_giver", "level", "round_low", "round_high")
    figured = p.banded(figures)
    rounded = p.banded(figures.with_columns(low=pl.col("round_low"), high=pl.col("round_high")))
    keys = ("_giver", "level", "_of", "_band")
    return [
        p.beside(
            _with_another_source(ones, figured, keys),
            _with_another_source(figured, ones, keys),
            keys,
            days=(_MONTHS, _MONTHS),
            where=(pl.col("source") != pl.col("source_later")) & c.near_money(),
            most=_ELSEWHERE,
        )
        for ones in (figured, rounded)
    ]


def _with_another_source(ones: pl.DataFrame, others: pl.DataFrame, on: Sequence[str]) -> pl.DataFrame:
    """Return the ones with whose keys another source stands among the others: only these can be met."""
    sources = others.group_by(on).agg(_least=pl.col("source").min(), _last=pl.col("source").max())
    known = ones.join(sources, on=list(on), maintain_order="left")
    apart = (pl.col("_least") != pl.col("source")) | (pl.col("_last") != pl.col("source"))
    return known.filter(apart).drop("_least", "_last")


def _beside_same_words(table: pl.DataFrame, unique: Sequence[str]) -> pl.DataFrame:
    """Pairs of two sources on packages of one giver with a word in common, within two weeks."""
    worded = table.filter(
        pl.col("level") == "package",
        pl.col("words").list.len() >= _NAMED,
        ~pl.col("variant").is_in(list(unique)).fill_null(False),
    )
    named = worded.select(*p.NARROW, "_giver", "level", _content="words").explode("_content")
    return p.beside(
        named,
        named,
        ("_giver", "level", "_content"),
        days=(_WEEKS, _WEEKS),
        where=(pl.col("source") != pl.col("source_later")) & c.same_money(),
        most=_ELSEWHERE,
    )


def _may_affect() -> pl.Expr:
    """Both state an amount, or a quantity in one unit: otherwise no total depends on the pair."""
    return c.same_money() | c.same_unit()


def _lead_fits() -> pl.Expr:
    """Totals to date have a class of their own; a joint package may be announced without that word."""
    one, other = (pl.col(name).replace(JOINT, None) for name in ("lead", "lead_later"))
    return one.eq_missing(other)


def _similar() -> pl.Expr:
    near = c.near_money() | c.near_quantity()
    equal = c.equal_money() | c.equal_quantity()
    rough = pl.col("bound").is_not_null() | pl.col("bound_later").is_not_null()
    alike = c.same_good() | (c.words_shared() >= _HALF) | c.one_content()
    rare = (c.equal_money() & c.distinctive_money()) | (
        c.equal_quantity() & c.distinctive_quantity() & c.same_good()
    )
    apart = c.differ("place") | c.differ("numbered")
    titled = c.same_title() & near & ~apart
    like = (equal | (near & rough & (c.gap() <= _YEAR))) & alike
    # Figures that both state and that differ are evidence against it, unless the titles are the same.
    return titled | ((like | rare) & c.no_other_figure() & c.compatible("place", "numbered", "kind"))


def _told_elsewhere(unique: Sequence[str]) -> pl.Expr:
    """Return an expression: True if another source states the same or a rounded amount for one content.

    Words of two languages, and amounts of two currencies, need not agree. Registers are compared by
    likeness.
    """
    registers = pl.any_horizontal(
        pl.col(side).is_in(list(unique)).fill_null(False) for side in ("variant", "variant_later")
    )
    currency = (pl.col("currency") != pl.col("currency_later")).fill_null(False)
    unusual = c.distinctive_money() & c.distinctive_money("_later")
    alike = c.same_good() | (c.words_shared() >= _HALF) | c.one_content()
    near = c.near_money() | c.rounded_money()
    return (
        (pl.col("source") != pl.col("source_later"))
        & ~registers
        & near
        & ((c.other_language() & (c.gap() <= _WEEKS)) | (currency & unusual) | alike)
        & (c.gap() <= _MONTHS)
        & c.no_other_figure(near)
        & c.compatible("place", "numbered", "kind")
    )


def _revised() -> pl.Expr:
    """The later statement gives a new figure for the same content: `raised from 10 to 12 million`."""
    alike = c.same_title() | c.same_good() | (c.words_shared() >= _HALF) | c.one_content()
    return pl.col("revised_later").fill_null(False) & alike & c.compatible("place", "numbered", "kind")


def _wrong_scale() -> pl.Expr:
    """Return an expression: same title and day, and an amount or quantity off by a factor of 1,000 or 100."""
    ratio = (
        pl.when(c.same_money())
        .then(pl.col("value") / pl.col("value_later"))
        .when(c.same_unit())
        .then(pl.col("quantity") / pl.col("quantity_later"))
    )
    off = pl.any_horizontal(
        ratio.is_between(scale * 0.99, scale * 1.01) | (1 / ratio).is_between(scale * 0.99, scale * 1.01)
        for scale in _SCALES
    ).fill_null(False)
    return off & c.same_title() & (c.gap() <= _WEEKS) & ~c.differ("place") & ~c.differ("numbered")


def _same_digits() -> pl.Expr:
    """Return an expression: the same number in two currencies, of which one may be wrong."""
    digits = pl.col("amount") == pl.col("amount_later")
    return digits.fill_null(False) & c.differ("currency")


def _other_amount(unique: Sequence[str]) -> pl.Expr:
    """Packages of one title and day with other amounts: evidence against one gift, not a veto.

    The title names its content in several words; in two sources, those of one title may be among those of
    the other. Left out are series, records of registers, and titles that state other numbers.
    """
    numbers, later = (
        pl.col(name).str.extract_all(r"\d+").list.unique().list.sort() for name in ("title", "title_later")
    )
    counted = (numbers.list.len() > 0) & (later.list.len() > 0) & (numbers != later)
    registers = pl.any_horizontal(
        pl.col(name).is_in(list(unique)).fill_null(False) for name in ("variant", "variant_later")
    )
    elsewhere = (pl.col("source") != pl.col("source_later")) & c.one_content()
    words = pl.min_horizontal(pl.col("words").list.len(), pl.col("words_later").list.len())
    series = pl.max_horizontal("_titled", "_titled_later") > _SERIES
    days = pl.when(_same_digits()).then(_WEEKS).otherwise(_NEXT_DAY)
    return (
        (pl.col("level") == "package")
        & c.same_money()
        & ~c.near_money()
        & (pl.col("amount") > 0)
        & (pl.col("amount_later") > 0)
        & (c.same_title() | elsewhere)
        & (words >= _NAMED)
        & (c.gap() <= days)
        & ~series
        & ~registers
        & ~counted.fill_null(False)
        & ~(c.same_unit() & ~c.near_quantity())
        & c.compatible("place", "numbered", "kind")
    ).fill_null(False)


def _other() -> a.Answer:
    return a.Answer(
        "amount",
        pl.when(~c.same_money() | c.near_money() | _wrong_scale() | _revised())
        .then(None)
        .when(_same_digits())
        .then(pl.lit("the same number in two currencies"))
        .otherwise(pl.lit("other amounts")),
    )


def _scale() -> a.Answer:
    return a.Answer(
        "scale", pl.when(_wrong_scale()).then(pl.lit("figures differ by a factor of 1,000 or 100"))
    )


def _change() -> a.Answer:
    said = pl.when(_revised()).then(pl.lit("the later title says that the figure was changed"))
    return a.Answer("change of the figure", said)


def _adds(found: pl.DataFrame) -> pl.Series:
    """Return True where period or wording shows that the later one adds."""
    columns = ("more", "period", "marks", "revised")
    sides = [found.select(f"{name}{side}" for name in columns) for side in ("", "_later")]
    days = found.select(pl.col("first_later") - pl.col("first")).to_series()
    rows = zip(*(side.iter_rows() for side in sides), days, strict=True)
    marked = [
        adds(
            Statement(more=bool(more), period=period, marks=tuple(marks or ())),
            Statement(
                more=bool(more_later) and not revised, period=period_later, marks=tuple(marks_later or ())
            ),
            abs(between or 0),
        )
        for (more, period, marks, _), (more_later, period_later, marks_later, revised), between in rows
    ]
    apart = found.select(
        ((pl.col("since") > pl.col("last_later")) | (pl.col("since_later") > pl.col("last"))).fill_null(False)
    ).to_series()
    return pl.Series(marked, dtype=pl.Boolean) | apart


def _probability() -> pl.Expr:
    """Return the probability that the pair is one, as measured on synthetic records (docs/decisions/0019)."""
    one_source = pl.col("source") == pl.col("source_later")
    equal = c.equal_money() | c.equal_quantity()
    near = equal | c.near_money() | c.near_quantity() | c.rounded_money()
    alike = c.same_title() | c.same_good() | (c.words_shared() > 0)
    soon = c.gap() <= _WEEKS
    return (
        # Other figures: by judgement.
        pl.when(~near & _same_digits() & ~_revised())
        .then(0.4)
        .when(~near & (_wrong_scale() | _revised()))
        .then(0.25)
        .when(~near)
        .then(0.2)
        .when(soon & one_source)
        .then(0.9)
        .when(soon & (alike | equal))
        .then(0.85)
        .when(soon)
        .then(0.45)
        .when(one_source & equal & c.same_title() & (c.gap() <= _QUARTER))
        .then(0.55)
        .when(one_source)
        .then(0.3)
        .when(c.distinctive_money() & c.distinctive_money("_later"))
        .then(0.7)
        .otherwise(0.15)
    )
