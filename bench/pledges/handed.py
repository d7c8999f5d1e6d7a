"""Records as they are handed in, with the truth: the common form of both generators.

    from bench.pledges.handed import registers
    from bench.pledges.campaigns import campaigns

    made = campaigns(records=36_000, seed=11)      # the second generator
    made = registers(records=36_000, seed=11)      # the first one, bench.pledges.generate
    made.records, made.truth, made.totals          # polars frames, see below

Seeds 11-13 draw from the dev half of the vocabulary and serve development; seeds from 101 on draw from the
test half and are for the final measure alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
from bench.pledges.generate import generated, kinds, tables

RECORDS = pl.Schema(
    {
        "id": pl.String(), "sender": pl.String(), "document": pl.String(), "known_on": pl.Date(),
        "party": pl.String(), "counterparty": pl.String(), "day": pl.Date(), "kind": pl.String(),
        "stage": pl.String(), "title": pl.String(), "amount_minor": pl.Int64(), "currency": pl.String(),
        "implementer": pl.String(), "place": pl.String(), "quantity": pl.Int64(), "unit": pl.String(),
    }
)  # fmt: skip
"""One row for each statement. id: the reference under which the sender states it; a sender that corrects a
statement states the id again in a later document. party: the giver as written. amount_minor: null if no
amount is stated; 0 withdraws. quantity: as stated in the title."""
TRUTH = pl.Schema({"id": pl.String(), "cluster": pl.String(), "role": pl.String()})
"""One row for each id. cluster: the commitment that it reports; role: as what."""
EDGES = pl.Schema({"child": pl.String(), "whole": pl.String(), "relation": pl.String()})
"""Clusters that are contained in, replaced by, or passed on from another one; see `Made`."""
TOTALS = pl.Schema({"partner": pl.String(), "year": pl.Int64(), "eur_minor": pl.Int64()})
"""The true total of each partner and year: each commitment once, at the rate of its own day."""
FUNDS = pl.Schema({"party": pl.String(), "name": pl.String()})


@dataclass(frozen=True)
class Made:
    """What a generator made.

    edges: relation part_of (child in whole), restates (a total to date and a part of it), passes_through
    (payment into a fund and its gift). exchange: day, currency, per_euro. funds: parties that are pooled
    funds, with their names.
    """

    records: pl.DataFrame
    truth: pl.DataFrame
    edges: pl.DataFrame
    totals: pl.DataFrame
    exchange: pl.DataFrame
    funds: pl.DataFrame

    def pairs(self) -> pl.DataFrame:
        """Return every pair of ids of one cluster: left_id < right_id."""
        one = self.truth.select("cluster", left_id="id")
        both = one.join(self.truth.select("cluster", right_id="id"), on="cluster")
        return both.filter(pl.col("left_id") < pl.col("right_id")).select("left_id", "right_id")


Generator = Callable[[int, int], Made]
"""Takes about how many records, and the seed."""

_SENDERS, _GROUPS = 7, 20
_STAGES = {"incoming": "committed"}


def registers(records: int, seed: int) -> Made:
    """Return records of the first generator, a package under a reference of its own for each row.

    Payments stand under the activity of the commitment that they are paid of, as publishers state them.

    Newspapers are `_SENDERS` titles, registers one sender each; implementers' reports of incoming
    funds come through `_GROUPS` umbrella bodies. Every sender hands in one document a half-year.
    """
    setting, book = generated(records, seed)
    made = tables(setting, book)
    # A contract is a statement about an obligation, not a package of its own.
    rows = made["records"].with_columns(kind=kinds(setting, book)).filter(pl.col("source") != "contracts")
    rows, truth = _under_activities(rows, made["clusters"], made["edges"])
    half = pl.format("{}-{}", pl.col("known_on").dt.year(), (pl.col("known_on").dt.month() - 1) // 6 + 1)
    newspaper = pl.format("NEWS{}", pl.col("id").str.slice(-4).cast(pl.Int64) % _SENDERS)
    implementer = pl.format("IMP{}", pl.col("publisher").str.extract(r"(\d+)$").cast(pl.Int64) % _GROUPS)
    sender = (
        pl.when(pl.col("source") == "ministry").then(pl.col("partner"))
        .when(pl.col("source") == "press").then(newspaper)
        .when(pl.col("stage") == "incoming").then(pl.coalesce(implementer, pl.lit("RECEIVERS")))
        .otherwise(pl.col("source").str.to_uppercase())
    )  # fmt: skip
    stated = rows.with_columns(sender=pl.coalesce(sender, pl.lit("NEWS0")), document=half).select(
        "id", "sender", "document", "known_on",
        party=pl.coalesce("partner", "partner_name", "publisher"),
        counterparty=pl.when(pl.col("stage") == "incoming").then("publisher"),
        day="day_to",
        kind="kind",
        stage=pl.col("stage").replace(_STAGES),
        title="text",
        amount_minor="amount_minor",
        currency="currency",
        implementer="implementer",
        place="region",
        quantity="quantity",
        unit="unit",
    )  # fmt: skip
    named = [pl.col(name).cast(pl.String) for name in ("left", "right")]
    return Made(
        records=stated.cast(RECORDS),
        truth=truth,
        edges=made["edges"].select(child=named[0], whole=named[1], relation="relation"),
        totals=made["totals"].select(list(TOTALS)).cast(TOTALS),
        exchange=made["exchange"],
        funds=pl.DataFrame(schema=FUNDS),
    )


def _under_activities(
    rows: pl.DataFrame, clusters: pl.DataFrame, edges: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return rows with one id for a published commitment and its payments, and the truth of all ids.

    A publisher that files several commitments under one number numbers them within it.
    """
    paid = edges.filter(pl.col("subtype") == "payment").select(cluster="left", of="right")
    told = rows.join(clusters, on="id", how="left").join(paid, on="cluster", how="left")
    told = told.with_columns(of=pl.coalesce("of", "cluster"))
    commitment = (pl.col("source") == "iati") & (pl.col("role") == "commitment")
    heads = told.filter(commitment).unique(["activity_id", "of"], keep="first", maintain_order=True)
    heads = heads.with_columns(_n=pl.int_range(1, pl.len() + 1).over("activity_id")).select(
        "activity_id", "of", activity=pl.format("{}-{}", "activity_id", "_n")
    )
    published = (pl.col("source") == "iati") & (pl.col("stage") != "incoming")
    named = told.join(heads, on=["activity_id", "of"], how="left", maintain_order="left").with_columns(
        id=pl.when(published).then(pl.coalesce("activity", "id")).otherwise("id"),
        cluster=pl.when(published & pl.col("activity").is_not_null()).then("of").otherwise("cluster"),
    )
    truth = named.select("id", pl.col("cluster").cast(pl.String), "role")
    return named, truth.unique("id", keep="first", maintain_order=True).sort("id")
