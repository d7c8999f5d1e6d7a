"""The front door to figures: what has reached a stage, counted once, with its lowest and highest."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from konvoi.kit.money import places
from konvoi.ledger.answer import Total
from konvoi.ledger.convert import converted
from konvoi.ledger.once import counted
from konvoi.ledger.parts import Sum, doubles, parts, plain
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question
from konvoi.ledger.refuse import refusal
from konvoi.ledger.sift import sift
from konvoi.ledger.units import UNIT, reached
from konvoi.model.stages import Stage

QUANTITY_PLACES = 6
_RATES_NAMED = 5
_WITHDRAWN = pl.col("stage") == Stage.WITHDRAWN
_NO_RATE = "no rate for its currency"
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


def total(
    ledger: Ledger,
    question: Question,
    *,
    recipient: str = "",
    groups: Mapping[str, tuple[str, ...]] | None = None,
) -> Total:
    """What the question asks of the ledger.

    recipient: whose receipts count at the coalition's boundary; empty counts all that was handed in.
    groups: parties by group, for `by="group"`. A total that would count twice is refused with the reason.
    """
    base = _basis(ledger, question, recipient)
    known, levelled, unit = base.known, base.levelled, base.unit
    counting = known.filter(pl.col("place") == "in")
    inside = _sum(counting, ledger, question)
    refused = refusal(question, base.values, unit, ledger.tables.get("shares"))
    scale = places(unit) if question.what == "amount" else QUANTITY_PLACES
    # Where something was said but no value of it is known, the sum is unknown, and not zero.
    silent = refused is not None or (counting.is_empty() and not levelled.is_empty())
    value, lowest, highest = (None if silent else plain(number, scale) for number in inside.bounds())
    apart = {p: plain(_apart(known, p, ledger, question), scale) for p in ("shared", "internal", "perhaps")}
    return Total(
        value=value,
        lowest=lowest,
        highest=highest,
        unit=unit,
        what=question.what,
        stage=question.stage,
        exact=question.exact,
        rule=question.delivered_rule,
        boundary=_boundary(question, recipient),
        variants=base.variants,
        rates=_rates(known),
        valuation=_valuation(inside, question, scale),
        used=counting.height,
        unknown=base.unknown,
        unused=base.unused,
        **apart,
        by=() if refused else parts(inside, question, ledger.tables, groups or {}, scale),
        entries=tuple(inside.members["entries"].explode().drop_nulls().to_list()),
        double=doubles(inside, scale),
        refused=refused,
    )


@dataclass(frozen=True)
class _Basis:
    """What a total is drawn from: sifted values, those of the level that counts, those that are known."""

    values: pl.DataFrame
    levelled: pl.DataFrame
    known: pl.DataFrame
    unit: str
    variants: tuple[str, ...]
    unknown: int
    unused: tuple[tuple[str, int], ...]


def _basis(ledger: Ledger, question: Question, recipient: str) -> _Basis:
    """The entries that the question is about, valued in its unit."""
    found, unused = sift(ledger.entries.select(_USED), ledger.scopes, question, recipient)
    unit = (question.currency or "EUR") if question.what == "amount" else _unit(found)
    values = _values(found, ledger, question, unit)
    levelled, beside = _level(values, question)
    lacking = levelled.filter(_no_rate(question)).height
    return _Basis(
        values=values,
        levelled=levelled,
        known=levelled.filter((pl.col("value").is_not_null() | _WITHDRAWN) & ~_no_rate(question)),
        unit=unit,
        variants=tuple(sorted(found["variant"].drop_nulls().unique())),
        unknown=levelled.filter(pl.col("value").is_null() & ~_no_rate(question) & ~_WITHDRAWN).height,
        unused=_unused((*unused, *beside, (_NO_RATE, lacking))),
    )


def _boundary(question: Question, recipient: str) -> str:
    """The boundary in words."""
    return question.boundary or (f"coalition → {recipient}" if recipient else "all that was handed in")


def _unused(reasons: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """Reasons for which something was left out, each with how much."""
    return tuple((reason, count) for reason, count in reasons if count)


def _rates(known: pl.DataFrame) -> tuple[str, ...]:
    """The names of the rates used; where a source converts each record at a rate of its own, their number."""
    own = pl.col("stated_minor").is_not_null() & (pl.col("value") == pl.col("stated_minor"))
    stated = known.filter(own)["used_rate"].drop_nulls().unique()
    ours = known.filter(~own.fill_null(False))["used_rate"].drop_nulls().unique()
    return tuple(sorted({*_few(stated, "as stated by the source"), *_few(ours)}))


def _few(names: pl.Series, together: str = "") -> list[str]:
    """Names of rates; where there are many, one for each name without its day, with their number."""
    told = [name for name in names.sort().to_list() if name]
    if len(told) <= _RATES_NAMED:
        return told
    if together:
        return [f"{together} ({len(told)} rates)"]
    days: dict[str, list[str]] = {}
    for name in told:
        source, _, day = name.rpartition(" ")
        days.setdefault(source, []).append(day)
    return [
        f"{source} {found[0]}"
        if len(found) == 1
        else f"{source} {found[0]} to {found[-1]} ({len(found)} days)"
        for source, found in days.items()
    ]


def _unit(found: pl.DataFrame) -> str:
    """The unit that all quantities share; empty where they share none."""
    units = found.filter(pl.col("quantity").is_not_null())["unit"].drop_nulls().unique().to_list()
    return str(units[0]) if len(units) == 1 else ""


def _no_rate(question: Question) -> pl.Expr:
    if question.what == "quantity":
        return pl.lit(False)
    return pl.col("amount_minor").is_not_null() & pl.col("value").is_null()


def _values(found: pl.DataFrame, ledger: Ledger, question: Question, unit: str) -> pl.DataFrame:
    """Entries with `value` (a whole number of the smallest part of the unit) and `unit_id`."""
    if question.what == "quantity":
        valued = found.with_columns(
            value=(pl.col("quantity") * 10**QUANTITY_PLACES).cast(pl.Int64),
            used_rate=pl.lit(None, pl.String),
        )
    else:
        valued = converted(found, ledger.tables.get("rates"), unit)
    named = valued.rename({"unit": "counted_in"})
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
    heads, lines = values.filter(package), values.filter(~package)
    if question.what == "quantity" or question.level == "lines" or question.by == "good":
        return lines, (("a package, where its lines are counted", heads.height),)
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
        ("counted by its package's own value", lines.height - free.height),
        ("an estimate of a line, where its package's value is unknown", guesses.height),
        ("a package without a value, counted by its lines", silent.height - empty.height),
    )
    return pl.concat([valued, empty, kept]), beside


def _sum(values: pl.DataFrame, ledger: Ledger, question: Question) -> Sum:
    """Units that have reached the stage, and what relations leave of them."""
    at = reached(values, question.counted_stage, exact=question.exact)
    digits = pl.col("amount_minor").cast(pl.String).str.strip_chars_end("0").str.len_chars()
    about = values.group_by("unit").agg(
        pl.col("source").first(),
        exact=digits.max().fill_null(0),
        known_on=pl.col("known_on").max(),
        entries=pl.col("entry").sort(),
        party=pl.col("party").drop_nulls().sort().first(),
        month=pl.col("day_to").max().dt.strftime("%Y-%m"),
        kind=pl.col("kind").drop_nulls().sort().first(),
        good=pl.col("good").drop_nulls().sort().first(),
        valuation=pl.col("valuation").drop_nulls().sort().first(),
    )
    units = at.join(about, on="unit", how="left").sort("unit")
    pairs = _between_units(ledger.relations, values)
    accepted = pairs.filter(pl.col("status") == "accepted").drop("status")
    maybe = pairs.filter(pl.col("status") != "rejected").drop("status")
    first = counted(units, accepted)
    least = first if maybe.height == accepted.height else counted(units, maybe)
    return Sum(first, least, units)


def _between_units(relations: pl.DataFrame, values: pl.DataFrame) -> pl.DataFrame:
    """Relations between entries as relations between the units that hold them."""
    of = values.select("entry", "unit")
    return (
        relations.join(values.select("entry", "unit", most="value"), left_on="left", right_on="entry")
        .rename({"unit": "unit_left"})
        .join(of, left_on="right", right_on="entry")
        .with_columns(pl.col("subtype").fill_null(""))
        .group_by(left="unit_left", right="unit", relation="relation", subtype="subtype", status="status")
        .agg(pl.col("most").sum())
        .sort("relation", "left", "right")
    )


def _apart(known: pl.DataFrame, place: str, ledger: Ledger, question: Question) -> int:
    """What lies at one place (shared, internal, perhaps), by the same rules, never inside the value."""
    there = known.filter(pl.col("place") == place)
    return _sum(there, ledger, question).bounds()[0] if there.height else 0


def _valuation(inside: Sum, question: Question, scale: int) -> dict[str, Decimal]:
    """What the value rests on, by how it was found."""
    if question.what == "quantity":
        return {}
    sums = (
        inside.accepted.units.join(inside.members.select("unit", "valuation"), on="unit")
        .group_by(pl.col("valuation").fill_null("not said"))
        .agg(pl.col("counts").sum())
        .sort("valuation")
    )
    return {str(name): plain(int(value), scale) for name, value in sums.iter_rows() if value}
