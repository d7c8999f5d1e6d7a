"""Basis of a total: the entries that a question is about, valued in its unit, at one level."""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from konvoi.ledger.convert import converted
from konvoi.ledger.parts import NOT_SAID
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question
from konvoi.ledger.sift import UNREAD_STAGE, judged, places, sift
from konvoi.ledger.units import UNIT
from konvoi.model.goods import descendants
from konvoi.model.stages import Stage
from konvoi.model.units import in_one_unit

QUANTITY_PLACES = 6
NO_RATE = "no exchange rate for the currency"
_WITHDRAWN = pl.col("stage") == Stage.WITHDRAWN
# The columns that a total looks at: a ledger of millions is not carried along whole.
_USED = (
    "entry",
    *UNIT,
    "party",
    "counterparty",
    "kind",
    "good",
    "stage",
    "route",
    "variant",
    "rule",
    "count_mode",
    "day_from",
    "day_to",
    "known_on",
    "amount_minor",
    "currency",
    "stated_minor",
    "stated_currency",
    "rate",
    "quantity",
    "unit",
    "valuation",
)


UNREAD_VALUES = pl.Schema({"entry": pl.String(), "what": pl.String()})
"""Entries with a value or stage that is stated and could not be read; what: amount, quantity or stage."""


UNSTAGED = pl.Schema({"entry": pl.String(), "value": pl.Int64()})
"""Entries with a stage that could not be read, and their values in the total's unit."""


@dataclass(frozen=True)
class Basis:
    """Basis of a total.

    values: the entries that the question is about, each with `value` (a whole number of the smallest part of
    `unit`), `counted_in` (the unit of its quantity) and `unit` (the package or line that it is of). levelled:
    those of the level that counts. known: of these the ones with a value, and withdrawals. unknown: entries
    without a value. unread: those of them whose value is stated and could not be read. parted: goods that are
    not added to one another. no_rate: currencies that lack a rate. unlike: entries of the unknown with a
    quantity in a unit that is not added. unstaged: entries, at the level that counts, that may have reached
    the stage: theirs could not be read.
    """

    values: pl.DataFrame
    levelled: pl.DataFrame
    known: pl.DataFrame
    unit: str
    variants: tuple[str, ...]
    unknown: int
    unused: tuple[tuple[str, int], ...]
    parted: tuple[str, ...] = ()
    no_rate: tuple[str, ...] = ()
    unread: frozenset[str] = frozenset()
    unlike: frozenset[str] = frozenset()
    unstaged: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=UNSTAGED))

    @cached_property
    def counting(self) -> pl.DataFrame:
        """The entries with a value that lie inside the boundary."""
        return self.known.filter(pl.col("place") == "in")

    def unvalued(self) -> pl.DataFrame:
        """Return the entries inside the boundary without a countable value."""
        said = (pl.col("place") == "in") & ~_WITHDRAWN
        return self.levelled.filter(said & pl.col("value").is_null())


def basis(ledger: Ledger, question: Question, recipient: str) -> Basis:
    """The entries that the question is about, valued in its unit."""
    goods = descendants(ledger.tables, question.good) if question.good else ()
    used = ledger.entries.select(_USED).with_columns(place=located(ledger, question, recipient))
    found, unused = sift(used, question, goods, unread_stages=_unread(ledger, "stage"))
    if question.what == "quantity" and found["unit"].drop_nulls().n_unique() > 1:
        alone = [found] if question.good else found.partition_by("good", maintain_order=True)
        found = pl.concat([in_one_unit(rows) for rows in alone]).sort("entry")
    unit = (question.currency or "EUR") if question.what == "amount" else _unit(found)
    values = _values(found, ledger, question, unit)
    levelled, beside = _level(values, question)
    if question.what == "quantity" and question.by == "good":
        levelled = _without_unlike(levelled)
    lacking = levelled.filter(_no_rate(question))
    unknown = levelled.filter(pl.col("value").is_null() & ~_no_rate(question) & ~_WITHDRAWN)
    return Basis(
        values=values,
        levelled=levelled,
        known=levelled.filter((pl.col("value").is_not_null() | _WITHDRAWN) & ~_no_rate(question)),
        unit=unit,
        variants=tuple(sorted(found["variant"].drop_nulls().unique())),
        unknown=unknown.height,
        unread=_unread(ledger, question.what) & frozenset(unknown["entry"]),
        unlike=frozenset(_unlike(unknown, question)["entry"]),
        unstaged=_unstaged(ledger, question, recipient, goods, unit),
        unused=tuple((why, count) for why, count in (*unused, *beside, (NO_RATE, lacking.height)) if count),
        parted=_parted(values, question),
        no_rate=tuple(lacking["currency"].drop_nulls().unique().sort()),
    )


def located(ledger: Ledger, question: Question, recipient: str) -> pl.Series:
    """Return the place of each entry of a ledger, found once for all questions of one boundary and day."""
    asked = (question.boundary, question.shared, question.on, recipient)
    if asked not in ledger.places:
        ledger.places[asked] = places(ledger.entries, ledger.scopes, question, recipient, ledger.funds)
    return ledger.places[asked]


def _unstaged(
    ledger: Ledger, question: Question, recipient: str, goods: Collection[str], unit: str
) -> pl.DataFrame:
    """Return UNSTAGED of a question."""
    unread = _unread(ledger, "stage")
    rows = ledger.entries.filter(pl.col("entry").is_in(sorted(unread))).select(_USED)
    if rows.is_empty():
        return pl.DataFrame(schema=UNSTAGED)
    there = places(rows, ledger.scopes, question, recipient, ledger.funds)
    judged_rows = judged(rows.with_columns(place=there), question, goods, unread_stages=unread)
    told = judged_rows.filter(pl.col("reason") == UNREAD_STAGE)
    levelled, _ = _level(_values(told.drop("reason"), ledger, question, unit), question)
    return levelled.select(list(UNSTAGED)).cast(UNSTAGED)


def _unlike(unknown: pl.DataFrame, question: Question) -> pl.DataFrame:
    """The entries that state a quantity, in a unit that is not added to those of others of its good."""
    return unknown.filter(pl.lit(question.what == "quantity") & pl.col("quantity").is_not_null())


def _unread(ledger: Ledger, what: str) -> frozenset[str]:
    """The entries of which an amount, a quantity or a stage is stated and could not be read."""
    rows = ledger.tables.get("unread_values")
    if rows is None:
        return frozenset()
    return frozenset(rows.filter(pl.col("what") == what)["entry"])


def _parted(values: pl.DataFrame, question: Question) -> tuple[str, ...]:
    """The goods of which quantities are asked, where none of them is named and they are several."""
    if question.what != "quantity" or question.good:
        return ()
    named = values.filter(pl.col("quantity").is_not_null())["good"].fill_null(NOT_SAID).unique().sort()
    return tuple(named) if len(named) > 1 else ()


def _without_unlike(levelled: pl.DataFrame) -> pl.DataFrame:
    """Return entries without the values of goods whose quantities are in units that are not added."""
    units = levelled.filter(pl.col("quantity").is_not_null()).group_by("good")
    mixed = units.agg(pl.col("counted_in").drop_nulls().n_unique()).filter(pl.col("counted_in") > 1)
    unlike = pl.col("good").fill_null(NOT_SAID).is_in(mixed["good"].fill_null(NOT_SAID).implode())
    return levelled.with_columns(value=pl.when(~unlike).then("value"))


def _unit(found: pl.DataFrame) -> str:
    """The unit that all quantities share; empty where they share none."""
    units = found.filter(pl.col("quantity").is_not_null())["unit"].drop_nulls().unique().to_list()
    return str(units[0]) if len(units) == 1 else ""


def _no_rate(question: Question) -> pl.Expr:
    if question.what == "quantity":
        return pl.lit(False)
    return pl.col("amount_minor").is_not_null() & pl.col("value").is_null()


def _values(found: pl.DataFrame, ledger: Ledger, question: Question, unit: str) -> pl.DataFrame:
    """Entries with `value`, `used_rate`, `counted_in` and `unit`."""
    if question.what == "quantity":
        valued = found.with_columns(
            value=(pl.col("quantity") * 10**QUANTITY_PLACES).cast(pl.Int64),
            used_rate=pl.lit(None, pl.String),
        )
    else:
        valued = converted(found, ledger.tables.get("rates"), unit)
    told = ledger.tables.get("approximations")
    entries = [] if told is None else told["entry"].unique().to_list()
    named = valued.rename({"unit": "counted_in"}).with_columns(
        approximate=pl.col("entry").is_in(entries), fund=pl.col("party").is_in(sorted(ledger.funds))
    )
    if ledger.owners.height:
        of = named.join(ledger.owners, on="entry", how="left", maintain_order="left")
        named = of.with_columns(source=pl.coalesce("owner", "source")).drop("owner")
    return named.with_columns(unit=pl.concat_str([pl.col(c).fill_null("") for c in UNIT], separator="\x1f"))


def _level(values: pl.DataFrame, question: Question) -> tuple[pl.DataFrame, tuple[tuple[str, int], ...]]:
    """Entries of the level that counts, and how many lie beside it, by reason.

    Lines stand for a package that states no value; an estimate of a line never stands for a value that
    the package's own source calls unknown.
    """
    package = pl.col("line").is_null()
    heads = values.filter(package)
    lines = values.filter(~package)
    if question.only_lines:
        return lines, (("a package whose items are counted", heads.height),)
    if question.level == "both":
        return values, ()
    key = ["source", "package"]
    valued = heads.filter(pl.col("value").is_not_null())
    free = lines.join(valued.select(key).unique(), on=key, how="anti", nulls_equal=True)
    guess = (pl.col("valuation") == "by price").fill_null(False)
    silent = heads.filter(pl.col("value").is_null())
    guesses = free.filter(guess).join(silent.select(key).unique(), on=key, how="semi", nulls_equal=True)
    kept = free.join(guesses.select("entry"), on="entry", how="anti")
    told = kept.filter(pl.col("value").is_not_null()).select(key).unique()
    empty = silent.join(told, on=key, how="anti", nulls_equal=True)
    beside = (
        ("counted with the value of its package", lines.height - free.height),
        ("an estimate of an item in a package without a value", guesses.height),
        ("a package without a value, counted by its items", silent.height - empty.height),
    )
    return pl.concat([valued, empty, kept]), beside
