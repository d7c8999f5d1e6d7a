"""Sets made once and only read."""

import polars as pl
import pytest
from bench.pledges.book import Book
from bench.pledges.generate import Tables, generate, reported
from bench.pledges.lexicon import lexicon
from bench.pledges.world import Setting


@pytest.fixture(scope="package")
def made() -> Tables:
    """A training set of about 20,000 records."""
    return generate(20_000, 1)


@pytest.fixture(scope="package")
def told(made: Tables) -> pl.DataFrame:
    """Its records with what they speak of and as what."""
    return made["records"].join(made["clusters"], on="id")


@pytest.fixture(scope="package")
def to() -> Setting:
    """The setting of the first training seed."""
    return Setting.of(1, 1, lexicon("train"))


@pytest.fixture(scope="package")
def book(to: Setting) -> Book:
    """Six thousand undertakings and all that is said of them, as numbers."""
    return reported(to, 6_000)
