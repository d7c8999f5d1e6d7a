"""An instance with a plan and a delivery for each test; it is made once in a process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from tests.web.deliveries.delivery_files import submit_deliveries
from tests.web.planning.plan_files import submit_plan
from tests.web.world import World, compute, copied


@pytest.fixture(scope="session")
def with_deliveries(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance with a plan and a delivery from which those of tests are copied."""
    place = tmp_path_factory.mktemp("deliveries")
    world = copied(template, place / "instance")
    submit_plan(world.folder, place / "files")
    submit_deliveries(world.folder, place)
    compute(world.folder, name="delivered")
    connections["default"].close()
    return world.folder


@pytest.fixture
def delivered(with_deliveries: Path, tmp_path: Path) -> Iterator[World]:
    """A fresh instance with a plan and a delivery."""
    yield copied(with_deliveries, tmp_path / "delivered")
    connections["default"].close()
