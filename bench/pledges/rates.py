"""The rates that the generator goes by: what was counted (rates.toml) and what is assumed (assumed.toml)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from bench.pledges.chance import Chance, Whole

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Rates:
    """Rates by name, `file.rate`."""

    counted: dict[str, Any]
    assumed: dict[str, Any]

    def _of(self, name: str) -> dict[str, Any]:
        """The entry of a name; a name in neither file is a mistake of ours."""
        group, rate = name.split(".")
        for table in (self.counted, self.assumed):
            if rate in table.get(group, {}):
                found: dict[str, Any] = table[group][rate]
                return found
        raise ValueError(f"no rate {name!r}")

    def share(self, name: str) -> float:
        """A share, or an assumed number."""
        return float(self._of(name)["value"])

    def whole(self, name: str) -> int:
        """An assumed whole number."""
        return int(self._of(name)["value"])

    def values(self, name: str) -> list[str]:
        """The values that were counted."""
        return list(self._of(name)["values"])

    def counts(self, name: str) -> list[int]:
        """How often each was."""
        return list(self._of(name)["counts"])

    def mean(self, name: str) -> float:
        """The mean of counted whole numbers."""
        counts, values = self.counts(name), [int(value) for value in self.values(name)]
        return sum(c * v for c, v in zip(counts, values, strict=True)) / sum(counts)

    def quantiles(self, name: str) -> list[int]:
        """The quantiles that were seen."""
        return list(self._of(name)["quantiles"])

    def drawn(self, name: str, chance: Chance, stream: str, n: int) -> Whole:
        """Whole numbers as often as they were counted."""
        values = np.array([int(value) for value in self.values(name)], dtype=np.int64)
        return np.asarray(values[chance.weighted(stream, n, self.counts(name))])


@cache
def rates() -> Rates:
    """The rates beside this file."""
    counted, assumed = (tomllib.loads((HERE / f"{n}.toml").read_text("utf-8")) for n in ("rates", "assumed"))
    return Rates(counted, assumed)
