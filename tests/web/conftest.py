"""An instance for each test of the pages; Django is set up once in a process."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "konvoi.web.settings"
os.environ["KONVOI_DIR"] = tempfile.mkdtemp(prefix="konvoi-none-")
os.environ["KONVOI_HOSTS"] = "localhost,testserver"

import django

django.setup()

if TYPE_CHECKING:
    from tests.web.world import World


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance from which those of tests are copied."""
    from tests.web.world import make

    folder = tmp_path_factory.mktemp("web") / "template"
    make(folder, folder.parent / "files", _migrate)
    return folder


@pytest.fixture
def world(template: Path, tmp_path: Path) -> "Iterator[World]":
    """A fresh instance with its persons and results."""
    from tests.web.world import copied

    yield copied(template, tmp_path / "instance")

    from django.db import connections

    connections["default"].close()
