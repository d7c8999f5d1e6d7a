"""One small prepared set for all tests of the benchmark."""

from pathlib import Path

import pytest
from bench.reconciling.prepared import prepare


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About 1,500 records of a train seed, through the model, with the truth beside them."""
    return prepare(1_500, 1, 1, tmp_path_factory.mktemp("reconciling"))
