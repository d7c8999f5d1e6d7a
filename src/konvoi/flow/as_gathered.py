"""Named frames as what was gathered, for functions that take a ledger with its tables."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.ledger.post import Ledger
from konvoi.model.calibration import CalibrationState
from konvoi.model.entries import CLAIMS

_LEDGER = {
    "entries": "entries",
    "scopes": "scopes",
    "relations": "relations",
    "owners": "owners",
    "superseded": "earlier_entries",
    "disputes": "disputes",
    "disputed": "disputed_entries",
    "plausible": "plausible_entries",
}
"""Frames of the ledger with the tables of the catalogue that hold them."""


class HandedOver(Mapping[str, pl.DataFrame]):
    """Tables that were handed over by name; one without a row is not there.

    Reading one that was not handed over raises KeyError: the table that is computed does not declare it.
    """

    def __init__(self, frames: Mapping[str, pl.DataFrame]) -> None:
        self._frames = frames

    def __getitem__(self, name: str) -> pl.DataFrame:
        if name not in self._frames:
            raise KeyError(f"{name} is not a declared input")
        return self._frames[name]

    def __contains__(self, name: object) -> bool:
        return self[str(name)].height > 0

    def __iter__(self) -> Iterator[str]:
        return (name for name, rows in self._frames.items() if rows.height)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def get(self, name: str, default: object = None) -> pl.DataFrame | object:  # type: ignore[override]
        """Return a table; the default where it has no row."""
        found = self[name]
        return found if found.height else default


def gathered_of(frames: Mapping[str, pl.DataFrame]) -> Gathered:
    """Return a case that holds the declared inputs of a table and nothing else."""
    # Frames without a column: whoever reads one that was not handed over fails instead of finding no row.
    none = pl.DataFrame()
    tables = HandedOver(frames)
    known: dict[str, Any] = {name: frames.get(table, none) for name, table in _LEDGER.items()}
    ledger = Ledger(
        **known,
        corrected=frames["entries"].clear() if "entries" in frames else none,
        tables=tables,
    )
    gathered = Gathered(
        ledger=ledger,
        tables=tables,
        documents=frames.get("submissions", none),
        claims=pl.DataFrame(schema=CLAIMS),
        findings=(),
    )
    return _with_conventions(gathered, frames["conventions"]) if "conventions" in frames else gathered


def _with_conventions(gathered: Gathered, conventions: pl.DataFrame) -> Gathered:
    told = conventions.row(0, named=True)
    state = CalibrationState(told["calibrated"], told["reviewed"], told["needed"])
    return replace(
        gathered,
        boundary=told["boundary"],
        currency=told["currency"],
        calibration=state if told["reviewed"] or told["needed"] else None,
    )
