"""An instance with a plan for each test; it is made once in a process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from tests.web.planning.plan_files import submit_plan
from tests.web.world import World, compute, copied


@pytest.fixture(scope="session")
def with_plan(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance with a plan from which those of tests are copied."""
    place = tmp_path_factory.mktemp("plan")
    world = copied(template, place / "instance")
    submit_plan(world.folder, place / "files")
    compute(world.folder, name="planned")
    connections["default"].close()
    return world.folder


@pytest.fixture
def planned(with_plan: Path, tmp_path: Path) -> Iterator[World]:
    """A fresh instance with a plan."""
    yield copied(with_plan, tmp_path / "planned")
    connections["default"].close()
