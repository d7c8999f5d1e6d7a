"""Entries become records: one for each package or line of a source, in a form that can be compared."""

from collections.abc import Callable

import polars as pl

from konvoi.kit.latin import latin
from konvoi.kit.money import places
from konvoi.kit.text import fold
from konvoi.model.party import EU_MEMBERS, party_name
from konvoi.model.stages import RANK, Stage
from konvoi.model.table import QUANTITY
from konvoi.reconcile.classed import kinds
from konvoi.reconcile.comparison import RECORDS
from konvoi.reconcile.currency_conversion import worth
from konvoi.reconcile.donors import giver
from konvoi.reconcile.lexicon import AMMUNITION, called
from konvoi.reconcile.uncommon import keyed
from konvoi.reconcile.wording import Said, said

# Factors of number words and weights to the unit of comparison.
_UNITS: dict[str, tuple[str, int]] = {
    **dict.fromkeys(
        ("piece", "pieces", "pc", "pcs", "unit", "units", "item", "items", "ea", "each", "set", "sets"),
        ("piece", 1),
    ),
    **dict.fromkeys(("thousand", "thousand pieces", "1000 pieces"), ("piece", 1000)),
    **dict.fromkeys(("million", "million pieces"), ("piece", 1_000_000)),
    **dict.fromkeys(("t", "tonne", "tonnes", "ton", "tons", "metric ton", "metric tons"), ("kg", 1000)),
    **dict.fromkeys(("kg", "kilogram", "kilograms"), ("kg", 1)),
}
_RANKS = {str(stage): rank for stage, rank in RANK.items()}
_WORTH = ("_eur", "_usd")
_WIDTH = 0.12
_WORD = 5
_RARE = 40


def unit_key() -> pl.Expr:
    """Return the key of a package or line: its source, package and line; without both, its own reference."""
    loose = pl.when(pl.col("package").is_null() & pl.col("line").is_null()).then(
        pl.coalesce("reference", "entry")
    )
    parts = [pl.col("source"), pl.col("package"), pl.col("line"), loose]
    return pl.concat_str([part.fill_null("") for part in parts], separator="\x1f")


def unlinked() -> pl.Expr:
    """Return an expression: True for a contract or an allocation without a named line."""
    signed = pl.col("stage").is_in([str(Stage.ALLOCATED), str(Stage.CONTRACTED)])
    return signed & pl.col("package").is_null() & pl.col("line").is_null()


def issuer() -> pl.Expr:
    """Return the issuer of a reference: the scheme before its colon, else the source.

    A source numbers its contracts separately from its lines: the two references are unrelated.
    """
    scheme = pl.col("reference").str.extract(r"^([A-Za-z][\w.-]*):", 1)
    contracts = pl.when(unlinked()).then(pl.concat_str("source", "stage", separator="/"))
    return pl.coalesce(scheme, contracts, "source")


def counter() -> pl.Expr:
    """Return the numbering authority of a reference: two references that one has given are two things.

    In the scheme of IATI every publisher gives identifiers of his own, so that two of two publishers may be
    one activity; equal ones are one all the same.
    """
    own = pl.concat_str(pl.lit("iati"), "source", separator="/")
    return pl.when(pl.col("reference").str.starts_with("iati:")).then(own).otherwise(issuer())


def firsts(entries: pl.DataFrame) -> pl.DataFrame:
    """The entry that stands for each package or line, with `key`, `issuer` and `counter`, sorted by key.

    It is the first known one that has a stage; entries without a stage stand for nothing but themselves.
    """
    rank = pl.col("stage").replace_strict(_RANKS, default=99, return_dtype=pl.Int64)
    return (
        entries.with_columns(key=unit_key(), issuer=issuer(), counter=counter(), _rank=rank)
        .sort(pl.col("stage").is_null(), "known_on", "day_from", "_rank", "entry", nulls_last=True)
        .unique("key", keep="first", maintain_order=True)
        .sort("key")
    )


def records(entries: pl.DataFrame, rates: pl.DataFrame | None = None) -> pl.DataFrame:
    """All packages and lines that stand at some stage as RECORDS, sorted by id."""
    entries = entries.filter(pl.col("stage").is_not_null())
    if entries.is_empty():
        return pl.DataFrame(schema=RECORDS)
    valued = entries.with_columns(
        key=unit_key(), _eur=worth(entries, rates, "EUR"), _usd=worth(entries, rates, "USD")
    )
    table = (
        firsts(entries)
        .drop("amount_minor", "currency", "quantity", "unit")
        .update(_mostly(valued), on="key")
        .join(_amounts(valued), on="key", how="left")
        .join(_quantities(valued), on="key", how="left")
    )
    compared = _compared(table)
    compared = compared.with_columns(
        thing=kinds(compared),
        # Ammunition and its weapon share most words, and are two goods.
        ammunition=pl.col("called").str.split(" ").list.contains(AMMUNITION),
    )
    return keyed(_blocking(compared)).select(list(RECORDS)).cast(RECORDS).sort("id")


def _mostly(valued: pl.DataFrame) -> pl.DataFrame:
    """Return the most common giver, recipient, implementer and wording of units with several entries."""
    said = ("party", "counterparty", "implementer", "text")
    several = valued.filter(pl.len().over("key") > 1)
    return several.group_by("key").agg(pl.col(c).drop_nulls().mode().sort().first() for c in said)


def _amounts(valued: pl.DataFrame) -> pl.DataFrame:
    """For each key the most that stands at one stage in one currency, and what it is worth."""
    sums = [pl.when(pl.col(c).is_null().any()).then(None).otherwise(pl.col(c).sum()).alias(c) for c in _WORTH]
    return (
        valued.filter(pl.col("amount_minor").is_not_null() & pl.col("currency").is_not_null())
        .group_by("key", "stage", "currency")
        .agg(pl.col("amount_minor").sum(), *sums)
        .with_columns(_size=pl.col("amount_minor").abs())
        .sort("key", "_size", "stage", "currency", descending=[False, True, False, False])
        .unique("key", keep="first", maintain_order=True)
        .drop("stage", "_size")
    )


def _quantities(valued: pl.DataFrame) -> pl.DataFrame:
    """For each key the most that stands at one stage: quantity, and its unit."""
    return (
        valued.filter(pl.col("quantity").is_not_null())
        .group_by("key", "stage", "unit")
        .agg(pl.col("quantity").sum())
        .sort("key", "quantity", "stage", "unit", descending=[False, True, False, False])
        .unique("key", keep="first", maintain_order=True)
        .drop("stage")
    )


def _compared(table: pl.DataFrame) -> pl.DataFrame:
    """The columns that comparisons read."""
    table = table.with_columns(
        **_measured(table),
        _places=_places(table),
        party=_each(table["party"], lambda name: giver(name) or name),
    )
    return table.select(
        "submission",
        "source",
        "variant",
        "package",
        "issuer",
        "counter",
        "reference",
        "party",
        "counterparty",
        "kind",
        "stage",
        "currency",
        id="entry",
        unit="key",
        level=pl.when(pl.col("line").is_null() & ~unlinked())
        .then(pl.lit("package"))
        .otherwise(pl.lit("line")),
        group=pl.when(pl.col("party").is_in(EU_MEMBERS)).then(pl.lit("EU")),
        party_words=_folded("party", name=True),
        good=_folded("good"),
        good_words=_folded("good"),
        called=_called(table),
        text_words=_folded("text"),
        implementer=_folded("implementer"),
        implementer_id="implementer",
        **_days(),
        **_said(table),
        **_figures(),
    )


def _figures() -> dict[str, pl.Expr]:
    """Sums and quantities, and the last place to which each was announced."""
    return {
        "amount": pl.col("amount_minor") / 10.0 ** pl.col("_places"),
        "step": pl.when(pl.col("currency").is_not_null()).then(
            _step(pl.col("amount_minor"), pl.col("_places"))
        ),
        "eur": pl.col("_eur").cast(pl.Float64) / 100,
        "usd": pl.col("_usd").cast(pl.Float64) / 100,
        "quantity": pl.col("_whole") / 10.0**QUANTITY.scale,
        "unit_of": pl.col("_unit"),
        "quantity_step": _step(pl.col("_whole"), pl.lit(QUANTITY.scale)),
    }


def _each(values: pl.Series, made: Callable[[str], str | None]) -> pl.Series:
    """Texts made of texts, each distinct one once."""
    known = {value: made(value) for value in values.unique().drop_nulls()}
    return pl.Series([known.get(value) for value in values], dtype=pl.String)


def _said(table: pl.DataFrame) -> dict[str, pl.Series]:
    """Return the statements of the texts, each distinct one read once."""
    texts = table["text"]
    read = {text: said(text) for text in texts.unique().drop_nulls()}
    nothing = Said(*[None] * len(Said._fields))
    rows = [read[text] if text is not None else nothing for text in texts]
    return {name: pl.Series([row[n] for row in rows], dtype=pl.String) for n, name in enumerate(Said._fields)}


def _places(table: pl.DataFrame) -> pl.Series:
    """Decimal places of the currency of each row; null where it has none."""
    known = {currency: places(currency) for currency in table["currency"].unique().drop_nulls()}
    return table["currency"].replace_strict(known, default=None, return_dtype=pl.Int64)


def _measured(table: pl.DataFrame) -> dict[str, pl.Expr]:
    """Quantities in the unit that is compared, in the least part that is kept of one; and that unit."""
    of = {unit: _UNITS.get(fold(unit), (fold(unit), 1)) for unit in table["unit"].unique().drop_nulls()}
    names, factors = ({unit: one[n] for unit, one in of.items()} for n in (0, 1))
    some = pl.col("quantity").is_not_null()
    unit = pl.col("unit")
    factor = unit.replace_strict(factors, default=1, return_dtype=pl.Int64)
    whole = (pl.col("quantity") * 10**QUANTITY.scale).cast(pl.Int128) * factor
    return {
        "_whole": whole.cast(pl.Float64),
        "_unit": pl.when(some).then(unit.replace_strict(names, default="piece", return_dtype=pl.String)),
    }


def _step(figure: pl.Expr, places: pl.Expr) -> pl.Expr:
    """The last place that a figure was announced to, at most its second one: 1 250 000 gives 10 000.

    figure: in whole least parts, of which a unit has ten to the power of `places`.
    """
    digits = figure.abs().cast(pl.Int128).cast(pl.String)
    told = digits.str.strip_chars_end("0").str.len_chars().cast(pl.Int64)
    last = digits.str.len_chars().cast(pl.Int64) - told - (told == 1).cast(pl.Int64) - places
    return pl.when(figure == 0).then(0.0).otherwise(10.0 ** last.cast(pl.Float64))


def _days() -> dict[str, pl.Expr]:
    """The first and the last day on which it may have happened, and since when it is known."""
    day = pl.coalesce("day_from", "day_to", "known_on")
    return {
        "first": pl.coalesce("day_from", day).to_physical(),
        "last": pl.coalesce("day_to", day).to_physical(),
        "known": pl.coalesce("known_on", day).to_physical(),
        "day": day,
    }


def _called(table: pl.DataFrame) -> pl.Series:
    """Return the name of each good: by its id and, for a line, by the source's own words; empty is null."""
    line = pl.col("line").is_not_null() | unlinked()
    names = table.select(
        pl.concat_str("good", pl.when(line).then("text"), separator=" ", ignore_nulls=True)
    ).to_series()
    return _each(names, lambda name: called(name) or None)


def _folded(column: str, *, name: bool = False) -> pl.Expr:
    """A column's texts in Latin letters, folded (party ids by their name); empty is null."""

    def words(values: pl.Series) -> pl.Series:
        return _each(values, lambda value: fold(latin(party_name(value) if name else value)) or None)

    return pl.col(column).map_batches(words, return_dtype=pl.String)


def _blocking(table: pl.DataFrame) -> pl.DataFrame:
    """Buckets of the amount's logarithm, twice and half apart, and the rarer words, for blocking."""
    # If all amounts are in euro, the dollar would give the same pairs once more.
    dollars = table.filter(pl.col("usd").is_not_null() & pl.col("eur").is_null()).height > 0
    currencies = ("eur", "usd") if dollars else ("eur",)
    marks = [_marks(currency, shift) for currency in currencies for shift in (0.0, 0.5)]
    words = (
        table.select("id", word=pl.concat_str("called", "text_words", separator=" ", ignore_nulls=True))
        .with_columns(pl.col("word").str.split(" "))
        .explode("word")
        .filter(pl.col("word").str.len_chars() >= _WORD)
        .unique()
        .filter(pl.len().over("word") <= _RARE)
        .group_by("id")
        .agg(tokens=pl.col("word").sort())
    )
    return table.with_columns(buckets=pl.concat_list(marks).list.drop_nulls()).join(
        words, on="id", how="left"
    )


def _marks(currency: str, shift: float) -> pl.Expr:
    size = pl.col(currency).abs()
    bucket = ((size.log() / _WIDTH) + shift).floor().cast(pl.Int64)
    return pl.when(size > 0).then(pl.format("{}/{}/{}", pl.lit(currency), pl.lit(str(shift)), bucket))
