"""An instance with pairs for each test; it is made once in a process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from tests.web.matching.reviewing import with_pairs
from tests.web.world import World, copied


@pytest.fixture(scope="session")
def prepared(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance with pairs from which those of tests are copied."""
    folder = with_pairs(copied(template, tmp_path_factory.mktemp("pairs") / "instance")).folder
    connections["default"].close()
    return folder


@pytest.fixture
def reviewed(prepared: Path, tmp_path: Path) -> Iterator[World]:
    """A fresh instance with pairs."""
    yield copied(prepared, tmp_path / "reviewed")
    connections["default"].close()
