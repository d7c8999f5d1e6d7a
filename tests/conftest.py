"""What every test may ask for: the real files of others, a browser; and how long a property is tried."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
STRICT = bool(os.environ.get("KONVOI_CI"))

# Some 1,800 modules are compiled once, and not by each worker, child and run anew (34 of 40 s of collecting).
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("everyday", derandomize=True, max_examples=12, deadline=None, database=None)
settings.register_profile("slow", derandomize=True, max_examples=200, deadline=None, database=None)
settings.load_profile("slow" if STRICT else "everyday")


def _real_data() -> Path:
    """The folder of the real files, whether it exists or not."""
    return Path(os.environ.get("KONVOI_REAL_DATA") or ROOT.parent / "shared" / "data").resolve()


def _chromium() -> str | None:
    """The first Chromium found on this machine."""
    candidates = (os.environ.get("KONVOI_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in candidates if name and (found := shutil.which(name))), None)


def _absent(reason: str) -> None:
    """Skip, or fail where nothing may be missing."""
    if STRICT:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave slow tests out, visibly, unless they are asked for."""
    if STRICT or "slow" in str(config.getoption("markexpr")):
        return
    later = pytest.mark.skip(reason="slow: runs with -m slow, and in .ci/run")
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(later)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Hold each marked test to what its mark needs, whether or not it uses the fixture."""
    if item.get_closest_marker("real_data") and not _real_data().is_dir():
        _absent("no real data: set KONVOI_REAL_DATA, or put it at ../shared/data")
    if item.get_closest_marker("browser") and _chromium() is None:
        _absent("no Chromium: install it, or name it in KONVOI_CHROMIUM")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder with the real files of others."""
    folder = _real_data()
    if not folder.is_dir():
        _absent(f"no real data at {folder}: set KONVOI_REAL_DATA")
    return folder


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The path of a Chromium."""
    found = _chromium()
    if found is None:
        _absent("no Chromium: install it, or name it in KONVOI_CHROMIUM")
    return str(found)


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> "Iterator[Browser]":
    """A headless Chromium without any network of its own; close the pages that you open."""
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    quiet += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=quiet)
        yield browser
        browser.close()
