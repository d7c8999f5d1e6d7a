"""Records, and what is true of them, from a seed."""

import numpy as np
import polars as pl
from bench.pledges.announced import announce
from bench.pledges.book import ROLES, SUBTYPES, Book, Columns
from bench.pledges.chance import Flag, Whole
from bench.pledges.lexicon import KINDS, lexicon, split_of
from bench.pledges.published import publish
from bench.pledges.registered import register
from bench.pledges.ties import undertaken
from bench.pledges.together import announce_wholes, unreported
from bench.pledges.truth import LOOKALIKES, lookalikes, pairs, totals
from bench.pledges.wording import table
from bench.pledges.world import Setting

PILOT, TRIES, NEAR = 3_000, 3, 0.02
LEAST = 200
Tables = dict[str, pl.DataFrame]


def generate(records: int, seed: int, density: float = 1) -> Tables:
    """About so many records, handed in by six kinds of sources, with the truth.

    records: id and what a register hands in. clusters: id, cluster, role. pairs: left_id, right_id,
    relation, subtype,
    findable. edges: left, right (clusters), relation, subtype, share_eur_minor, findable. totals: partner,
    year,
    eur_minor, counted, replaced, unpriced. lookalikes: left_id, right_id, kind: pairs that are not the same.
    exchange: day, currency, per_euro. The same arguments give the same tables everywhere.

    ValueError where records are fewer than 200 or the density is not above 0.
    """
    if records < LEAST or density <= 0:
        raise ValueError(f"at least {LEAST} records and a density above 0, not {records} and {density}")
    return tables(*generated(records, seed, density))


def generated(records: int, seed: int, density: float = 1) -> tuple[Setting, Book]:
    """Return the setting and all that is reported, as numbers, for about so many records."""
    to = Setting.of(seed, density, lexicon(split_of(seed)))
    undertakings = PILOT
    # How many records an undertaking has depends on the kinds of goods drawn: the second guess is near.
    for _ in range(TRIES):
        book = reported(to, undertakings)
        made = sum(len(batch["node"]) for batch in book.batches)
        if abs(made - records) <= NEAR * records:
            break
        undertakings = max(1, round(undertakings * records / made))
    return to, book


def kinds(to: Setting, book: Book) -> pl.Series:
    """Return the kind of support of each record in the order of the table `records`, also where untold."""
    return _at(KINDS, _shuffled(to, book.records())["kind"])


def reported(to: Setting, undertakings: int) -> Book:
    """Undertakings, and all that is handed in about them."""
    book = Book(undertaken(to, undertakings))
    at = np.flatnonzero(~unreported(to, book.world.joint))
    announce(book, to, at)
    register(book, to, at)
    publish(book, to, at)
    announce_wholes(book, to)
    replaced = np.flatnonzero(book.world.replaces >= 0)
    book.relate(
        replaced, book.world.replaces[replaced], "replacement", book.world.eur[book.world.replaces[replaced]]
    )
    return book


def _shuffled(to: Setting, records: Columns) -> Columns:
    """The records in an order that tells nothing."""
    order = np.argsort(to.chance.bits("order", len(records["node"])), kind="stable")
    return {name: column[order] for name, column in records.items()}


def tables(to: Setting, book: Book) -> Tables:
    """All tables of a book."""
    records, edges = _shuffled(to, book.records()), book.related()
    true, found = pairs(book, records, edges)
    alike = lookalikes(book, records)
    n = len(records["node"])
    ids = pl.Series("id", np.arange(1, n + 1)).cast(pl.String).str.zfill(8).cast(pl.String)
    return {
        "records": table(to, book, records).insert_column(0, ids),
        "clusters": _clusters(ids, records),
        "pairs": _pairs(ids, true),
        "edges": _edges(edges, found),
        "totals": _totals(to, book, records, edges),
        "lookalikes": pl.DataFrame(
            {"left_id": _at(ids, alike["left"]), "right_id": _at(ids, alike["right"]),
             "kind": _at(LOOKALIKES, alike["kind"])}
        ),
        "exchange": to.fx.frame(),
    }  # fmt: skip


def _at(values: pl.Series | tuple[str, ...], places: Whole) -> pl.Series:
    """Values at places."""
    column = values if isinstance(values, pl.Series) else pl.Series(values, dtype=pl.String)
    return column.gather(pl.Series(places, dtype=pl.UInt32))


def _clusters(ids: pl.Series, records: Columns) -> pl.DataFrame:
    """What each record speaks of, and as what."""
    return pl.DataFrame({"id": ids, "cluster": records["node"], "role": _at(ROLES, records["role"])})


def _pairs(ids: pl.Series, true: Columns) -> pl.DataFrame:
    """True pairs with their relation, directed from left to right but for same_as."""
    frame = pl.DataFrame(
        {
            "left_id": _at(ids, true["left"]), "right_id": _at(ids, true["right"]),
            "relation": _at(tuple(relation for relation, _ in SUBTYPES), true["subtype"]),
            "subtype": _at(tuple(name for _, name in SUBTYPES), true["subtype"]),
            "findable": true["findable"] > 0, "order": true["subtype"],
        }
    )  # fmt: skip
    return frame.with_columns(_of_money()).sort("order", "left_id", "right_id").drop("order")


def _edges(edges: Columns, found: Flag) -> pl.DataFrame:
    """Relations between clusters."""
    frame = pl.DataFrame(
        {
            "left": edges["left"], "right": edges["right"],
            "relation": _at(tuple(relation for relation, _ in SUBTYPES), edges["subtype"]),
            "subtype": _at(tuple(name for _, name in SUBTYPES), edges["subtype"]),
            "share_eur_minor": edges["share"], "findable": found,
        }
    )  # fmt: skip
    share = pl.col("share_eur_minor").replace(-1, None)
    return frame.with_columns(share, _of_money()).sort("subtype", "left", "right")


def _of_money() -> pl.Expr:
    """Findable is said of money passed on alone."""
    return pl.when(pl.col("relation") == "passes_through").then("findable").alias("findable")


def _totals(to: Setting, book: Book, records: Columns, edges: Columns) -> pl.DataFrame:
    """Totals with the codes of partners."""
    partners = to.names.partners.codes
    found = totals(book, records, edges, partners.index("EU"))
    codes = _at(tuple(partners), found["partner"].to_numpy())
    return found.with_columns(codes.alias("partner")).rename({"cents": "eur_minor"}).sort("partner", "year")
