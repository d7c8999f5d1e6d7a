"""Queries on pairs once each is one code, the same for every engine."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import polars as pl

from konvoi.link.blocks import Blocked, Joined, whole
from konvoi.link.density import company
from konvoi.link.labels import Labelled
from konvoi.link.refining import Judged
from konvoi.link.settings import Settings
from konvoi.model.finding import Finding


@dataclass(frozen=True)
class Seen:
    """Number of pairs in blocks by code and density, in their order."""

    codes: np.ndarray
    density: np.ndarray
    pairs: np.ndarray


@dataclass(frozen=True)
class Drawn:
    """Number of pairs of a sample by code, in the order of codes."""

    codes: np.ndarray
    pairs: np.ndarray


@dataclass(frozen=True)
class Work:
    """Input of an engine: records in the order of their numbers, their blocks, and the comparisons."""

    records: pl.DataFrame
    blocks: Blocked
    settings: Settings

    @property
    def tables(self) -> np.ndarray:
        """The number of each record's table."""
        return self.records["_table"].to_numpy()

    @cached_property
    def population(self) -> Joined:
        """All pairs of the population (Settings.population), not joined; ValueError where there is none."""
        if self.settings.population is None:
            raise ValueError("these settings name no population")
        return whole(self.records, self.settings.population.block, directed=self.settings.directed)

    @property
    def dense(self) -> bool:
        """Return True if pairs are distinguished by density."""
        return self.settings.by_density or self.settings.population is not None

    def company(self) -> np.ndarray:
        """Return the number of pairs of each record (konvoi.link.density); 0 where density does not count."""
        height = self.records.height
        if self.settings.population is not None:
            return company((self.population,), height)
        return company(self.blocks.joined, height) if self.settings.by_density else np.zeros(height)


class Coded(Protocol):
    """Pairs of record numbers a, b with their density and code."""

    def seen(self) -> Seen:
        """Return the number of pairs in blocks by code and density."""
        ...

    def drawn(self, left: np.ndarray, right: np.ndarray, *, allowed: bool = False) -> Drawn:
        """Return the number of these pairs by code; no block need hold them.

        allowed: whether only allowed pairs count.
        """
        ...

    def judged(self, labels: Labelled) -> Judged:
        """The judged pairs by code: those in blocks, or where single pairs were judged, just these."""
        ...

    def probable(self, table: pl.DataFrame) -> pl.DataFrame:
        """The pairs in blocks that have one of some codes and densities, with what stands there besides.

        table: code, density, probability, lower; the answer has a and b before these.
        """
        ...


class Engine(Protocol):
    """Engine that generates, codes and keeps pairs."""

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """Return the errors raised for lack of room, loss of a part, or a predicate that fails."""
        ...

    def coded(self, work: Work) -> AbstractContextManager[Coded]:
        """All pairs in blocks as codes, as long as the context is open; nothing is left of them after."""
        ...

    def told(self, error: Exception, settings: Settings) -> Finding:
        """Return the finding for a failure."""
        ...
