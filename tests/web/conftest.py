"""An instance for each test of the pages; Django is set up once in a process."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "konvoi.web.settings"
os.environ["KONVOI_DIR"] = tempfile.mkdtemp(prefix="konvoi-none-")
os.environ["KONVOI_HOSTS"] = "localhost,testserver"
# What tests prepare and look at they see whole; what a request sees it sets itself.
os.environ["KONVOI_SCOPE"] = "engine"
# Playwright keeps a loop in the thread of the tests, which use the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

import django
from django.conf import settings

django.setup()

# Persons of tests sign in without a second factor; tests of it turn it on.
settings.KONVOI_SECOND_FACTOR = False

if TYPE_CHECKING:
    from tests.web.world import World


APPLICATION = "konvoi_application"


def migrate() -> None:
    """Bring the tables of the instance in use to the newest form."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance from which those of tests are copied."""
    from tests.web.world import make

    folder = tmp_path_factory.mktemp("web") / "template"
    make(folder, folder.parent / "files", migrate)
    return folder


@pytest.fixture
def world(template: Path, tmp_path: Path) -> "Iterator[World]":
    """A fresh instance with its persons and results."""
    from tests.web.world import copied

    yield copied(template, tmp_path / "instance")
    _close()


@pytest.fixture(scope="session")
def affairs(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance with agreements, a meeting and a programme from which those of tests are copied."""
    from tests.web.affairs import with_affairs
    from tests.web.world import copied

    folder = with_affairs(copied(template, tmp_path_factory.mktemp("affairs") / "instance")).folder
    _close()
    return folder


@pytest.fixture
def negotiated(affairs: Path, tmp_path: Path) -> "Iterator[World]":
    """A fresh instance with agreements, a meeting and a programme."""
    from tests.web.world import copied

    yield copied(affairs, tmp_path / "negotiated")
    _close()


@pytest.fixture(scope="session")
def listed_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance with lists of sanctions from which those of tests are copied."""
    from tests.web.sanctions.listing import with_lists
    from tests.web.world import copied

    folder = with_lists(copied(template, tmp_path_factory.mktemp("listed") / "instance")).folder
    _close()
    return folder


@pytest.fixture
def listed(listed_template: Path, tmp_path: Path) -> "Iterator[World]":
    """A fresh instance with lists of sanctions."""
    from tests.web.world import copied

    yield copied(listed_template, tmp_path / "listed")
    _close()


def _close() -> None:
    from django.db import connections

    connections["default"].close()


@dataclass(frozen=True)
class Server:
    """A PostgreSQL of the tests. empty: makes a database; template: the address of the one that is copied;
    folder: of its instance.
    """

    empty: Callable[..., str]
    template: str
    folder: Path


@pytest.fixture(scope="session")
def server(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL with the instance from which those of tests are copied."""
    from bench.crash_database import postgresql
    from tests.web.world import make

    from konvoi.gateways.database import ADDRESS
    from konvoi.web.database_roles import make_application_role

    folder = tmp_path_factory.mktemp("web-postgresql") / "template"
    with postgresql() as empty:
        dsn = empty()
        # The address is set while the instance is made: other tests of this process keep to their own.
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv(ADDRESS, dsn)
            shutil.copytree(template / ".konvoi-web", folder / ".konvoi-web")
            make(folder, folder.parent / "files", migrate, dsn=dsn)
            make_application_role(dsn, APPLICATION, "only-for-tests")
            _close()
        yield Server(empty, dsn, folder)
        _close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def worlds(
    request: pytest.FixtureRequest, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> "Iterator[World]":
    """A fresh instance in each kind of database; PostgreSQL is asked in the role of the application."""
    from tests.web.world import copied

    from konvoi.gateways.database import ADDRESS

    if request.param == "sqlite":
        yield copied(template, tmp_path / "instance")
    else:
        here: Server = request.getfixturevalue("server")
        monkeypatch.setenv(ADDRESS, as_application(here.empty(template=here.template)))
        yield copied(here.folder, tmp_path / "instance")
    _close()


def as_application(dsn: str) -> str:
    """Return the address of a database for the role of the application."""
    from psycopg.conninfo import make_conninfo

    return make_conninfo(dsn, user=APPLICATION, password="only-for-tests")
