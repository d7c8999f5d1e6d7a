"""How many first hops anybody could find: one who knows all that the generator knows but the answer.

He knows giver, receiver, good, implementer, sum, place and detail of every undertaking without a fault, and
that what comes in is told 10 to 160 days after. Equal undertakings in those days are equally likely: months
of a run, flows equal to another. He tells every one that is as likely as not.
"""

import numpy as np
import polars as pl
from bench.pledges.book import SUBTYPE
from bench.pledges.generate import reported
from bench.pledges.lexicon import lexicon, split_of
from bench.pledges.truth import pairs
from bench.pledges.world import Setting

FIRST, LEAST = 10, 0.5
_SAME = ("programme", "implementer", "amount", "currency", "region", "detail")


def first_hop(seed: int, undertakings: int, density: float = 1) -> dict[str, float]:
    """Precision and recall of findable first hops that can be had."""
    to = Setting.of(seed, density, lexicon(split_of(seed)))
    book = reported(to, undertakings)
    records, edges = book.records(), book.related()
    findable = pairs(book, records, edges)[1]
    hops = np.flatnonzero(edges["subtype"] == SUBTYPE["first_hop"])
    row = np.full(book.nodes, -1, dtype=np.int64)
    row[records["node"]] = np.arange(len(records["node"]))
    came = pl.DataFrame(
        {
            "hop": hops,
            "of": edges["left"][hops],
            "came": records["day"][row[edges["right"][hops]]],
            "findable": findable[hops],
        }
    )
    world = pl.DataFrame({name: getattr(book.world, name) for name in (*_SAME, "day")}).with_row_index("of")
    world = world.with_columns(pl.col("of").cast(pl.Int64))
    alike = came.join(world, on="of").join(
        world.drop("of"), on=list(_SAME), suffix="_other", nulls_equal=True
    )
    late = FIRST + to.rate.whole("chain.lag_days")
    within = alike.filter((pl.col("came") - pl.col("day_other")).is_between(FIRST, late))
    choice = came.join(within.group_by("hop").len("choices"), on="hop", how="left").fill_null(1)
    return _told(choice)


def _told(choice: pl.DataFrame) -> dict[str, float]:
    """Of hops with the number of flows they may come from: what telling all those as likely as not yields."""
    likely = choice.filter(1 / pl.col("choices") >= LEAST)
    every = max(int(choice["findable"].sum()), 1)
    return {
        "precision": likely.height / max(int(likely["choices"].sum()), 1),
        "recall of findable": int(likely["findable"].sum()) / every,
    }
