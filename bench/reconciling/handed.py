"""Made-up records as a source would hand them in: entries, rates of exchange, and what each is part of."""

import polars as pl

from konvoi.model.entries import ENTRIES, SCOPES

# What came in is paid in at the receiver's: it is his report of another's payment.
_STAGES = {"incoming": "paid in"}
_UNITS = {"kilogram": "kg", "tonne": "t", "kit": "kit"}


def entries(records: pl.DataFrame) -> pl.DataFrame:
    """One entry for each record, by id; a register's row is a package of its own, told by what it refers to.

    An activity's identifier is the reference where there is one, for that is what other registers quote. A
    page of the press names its giver as it writes it; a number is known by who gave it out.
    """
    number = _number("activity_id", "reference")
    made = records.select(
        entry="id",
        submission=pl.col("source"),
        source=pl.when(pl.col("source") == "press")
        .then(pl.concat_str(pl.lit("press/"), "id"))
        .otherwise(pl.concat_str("source", pl.col("publisher").fill_null(""), separator="/")),
        reference=number,
        party=pl.coalesce("partner", "partner_name"),
        counterparty="recipient",
        # What nobody has linked to its line is a contract of its own (konvoi.reconcile.records).
        package=pl.when(pl.col("stage") != "contracted").then("id"),
        kind="kind",
        good="good",
        stage=pl.col("stage").replace(_STAGES),
        variant="source",
        day_from="day_from",
        day_to="day_to",
        known_on="known_on",
        amount_minor="amount_minor",
        currency="currency",
        quantity=pl.col("quantity").cast(ENTRIES["quantity"]),
        unit=pl.col("unit").replace(_UNITS),
        text="text",
        implementer="implementer",
    )
    missing = [pl.lit(None, kind).alias(name) for name, kind in ENTRIES.items() if name not in made.columns]
    return made.with_columns(missing).select(list(ENTRIES)).cast(ENTRIES).sort("entry")


def scopes(records: pl.DataFrame) -> pl.DataFrame:
    """The region that a register names, the activities that money passes through, and who takes part.

    As the files of IATI are read (konvoi.intake.iati.links): what a receiver tells comes out of the activity
    that it names as the giver's, and goes into its own.
    """
    passed = pl.col("related_id").is_not_null() & (pl.col("stage") == "incoming")
    records = records.with_columns(
        _out=pl.when(passed).then(_number("related_id")),
        _into=pl.when(passed).then(_number("activity_id")),
        _named=pl.col("participants").str.split("; "),
    )
    of = (
        ("place", "destination", "region"),
        ("activity", "source", "_out"),
        ("activity", "destination", "_into"),
    )
    parts = [
        records.select(entry="id", side=pl.lit(side), dimension=pl.lit(dimension), value=column).drop_nulls()
        for dimension, side, column in of
    ]
    named = records.select(entry="id", side=pl.lit("source"), dimension=pl.lit("participant"), value="_named")
    parts.append(named.explode("value").drop_nulls())
    return pl.concat(parts).cast(SCOPES).sort("entry", "dimension", "side", "value")


def _number(*columns: str) -> pl.Expr:
    """A number by who gave it out, as in the entries' references."""
    return pl.coalesce(*columns).str.replace(r"^(.*)-(\d+)$", "${1}:${2}")


def rates(exchange: pl.DataFrame) -> pl.DataFrame:
    """The generator's rates as a register of rates gives them."""
    return exchange.select("currency", "day", per_eur="per_euro")
