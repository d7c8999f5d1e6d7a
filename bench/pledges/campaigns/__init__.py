"""The second generator: campaigns of partners, what is reported of them, the faults, and the truth.

    from bench.pledges.campaigns import campaigns

    made = campaigns(records=36_000, seed=11)     # bench.pledges.handed.Made

It shares neither world nor noise nor code with `bench.pledges.generate`; both draw their names from
`bench.pledges.vocabulary` (seeds below 100 from the dev half, others from the test half).
bench/pledges/README.md describes the world, the records and the faults.
"""

import polars as pl
from bench.pledges.campaigns.reports import report
from bench.pledges.campaigns.world import World
from bench.pledges.handed import EDGES, FUNDS, RECORDS, TOTALS, TRUTH, Made

_PILOT = 400


def campaigns(records: int, seed: int) -> Made:
    """Return about so many records with the truth. The same arguments give the same tables everywhere."""
    least = _PILOT
    pilot = report(World.of(seed, commitments=least))
    wanted = max(20, round(records * least / len(pilot.records)))
    world = World.of(seed, commitments=wanted)
    told = report(world)
    return Made(
        pl.DataFrame(told.records, schema=RECORDS, orient="row"),
        pl.DataFrame(told.truth, schema=TRUTH, orient="row"),
        pl.DataFrame(told.edges, schema=EDGES, orient="row"),
        pl.DataFrame(told.totals(), schema=TOTALS, orient="row"),
        world.rates,
        pl.DataFrame([(fund.code, fund.name) for fund in world.funds], schema=FUNDS, orient="row"),
    )
