"""Gradient boosting in a process and an environment of its own, on the same rounds as all others."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl
from bench.forecasting.rivals import EDGES, boosted
from bench.forecasting.rounds import Mask, Round
from bench.record import PEERS, Benchmark, peer

from konvoi.forecast.distribution import Floats, Ints
from konvoi.forecast.leadtimes.cases import FACTORS

TEXTS = (
    *("Fulfill Via", "Project Code", "Shipment Mode", "Country", "Manufacturing Site", "Product Group"),
    *("Vendor", "Vendor INCO Term", "Managed By", "Sub Classification", "Molecule/Test Type", "Dosage Form"),
    *("Brand", "First Line Designation"),
)
NUMBERS = ("Line Item Quantity", "Line Item Value", "Pack Price", "Unit of Measure (Per Pack)")
"""What a planner knows when a delivery is promised; weights and freight are told later."""


def coded(cases: pl.DataFrame) -> Floats:
    """Of each case what our model sees of it, and no more: the codes of FACTORS."""
    codes = [cases[name].fill_null("").rank("dense") - 1 for name in FACTORS]
    return np.column_stack([column.cast(pl.Float64).to_numpy() for column in codes])


def features(path: Path, named: str = "Scheduled Delivery Date") -> Floats:
    """Of each row of the file: texts as codes, numbers, and a day, its month, week day and day of the month.

    named: the column of the day; where it has none, its features are unknown.
    """
    told = pl.read_csv(path, infer_schema=False)
    day = told[named].str.to_date("%Y-%m-%d", strict=False)
    codes = [told[name].fill_null("").cast(pl.Categorical).to_physical() for name in TEXTS]
    numbers = [told[name].cast(pl.Float64, strict=False) for name in NUMBERS]
    when = [day.cast(pl.Int32), day.dt.month(), day.dt.weekday(), day.dt.day()]
    columns = [column.cast(pl.Float64).to_numpy() for column in (*codes, *numbers, *when)]
    return np.column_stack(columns)


def forecasts(
    bench: Benchmark,
    name: str,
    work: Path,
    told: tuple[Floats, Sequence[Round]],
    half: float,
    *,
    edges: Sequence[int] = EDGES,
    hazards: bool = False,
    texts: int = len(TEXTS),
) -> Iterator[Floats]:
    """The chances of each day for each round; half: days after which a case counts half, 0 for never.

    edges: the last days of the bins that are told apart. hazards: whether the chance of ending in a bin is
    learnt from those that come to it, which is fair where many are open. texts: so many of the first features
    are codes of texts.
    """
    found, every = told
    task, answer = work / "task.npz", work / "answer.npz"
    arrays: dict[str, Ints | Floats | Mask] = {"features": found, "texts": np.array(texts)}
    arrays |= {"half": np.array(half), "rounds": np.array(len(every)), "bins": np.array(len(edges) + 1)}
    for number, now in enumerate(every):
        age = now.day.toordinal() - now.history.promised[now.learn]
        arrays |= {f"learn_{number}": now.learn, f"age_{number}": age, f"ask_{number}": now.ask}
        if hazards:
            arrays[f"open_{number}"] = now.is_open
        arrays[f"bins_{number}"] = np.searchsorted(np.array(edges), now.seen)
    np.savez(task, **arrays)  # type: ignore[arg-type]
    os.environ["OMP_NUM_THREADS"] = "1"
    bench.command(name, [peer("survival"), str(PEERS / "boosting.py"), str(task), str(answer)], runs=1)
    with np.load(answer) as chances:
        for number, now in enumerate(every):
            yield boosted(now, chances[f"chances_{number}"], edges)
