"""What every test may ask for: the real files of others, a browser; and how long a property is tried."""

import os
import shutil
import subprocess
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
WHOLE = os.environ.get("KONVOI_SLOW") == "all"
"""True to try all parameters of slow tests and twice the examples, which takes more than CI has."""
REPEATED = 4
TURNS = 5
"""A slow test with so many parameters is tried on some of them in a run of CI, on all in so many runs."""

# Some 1,800 modules are compiled once, and not by each worker, child and run anew (34 of 40 s of collecting).
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("everyday", derandomize=True, max_examples=12, deadline=None, database=None)
settings.register_profile(
    "slow", derandomize=True, max_examples=200 if WHOLE else 100, deadline=None, database=None
)
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
    """Leave slow tests out, visibly, unless they are asked for; in CI a fifth of repetitions, in turn."""
    if STRICT:
        if not WHOLE and (later := _of_the_next_run(items)):
            config.hook.pytest_deselected(items=later)
            items[:] = [one for one in items if one not in later]
        return
    if "slow" in str(config.getoption("markexpr")):
        return
    later_mark = pytest.mark.skip(reason="slow: runs with -m slow, and in .ci/run")
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(later_mark)


def _of_the_next_run(items: list[pytest.Item]) -> set[pytest.Item]:
    """Return the parameters of slow tests that other runs try; the number of commits says which.

    A test that is marked `slow(all=True)` is tried on all of them.
    """
    repeated: dict[str, list[pytest.Item]] = {}
    for item in items:
        mark = item.get_closest_marker("slow")
        if mark is not None and not mark.kwargs.get("all"):
            repeated.setdefault(item.nodeid.partition("[")[0], []).append(item)
    turn = _commits()
    found = set()
    for some in (some for some in repeated.values() if len(some) >= REPEATED):
        every = min(TURNS, len(some))
        found |= {one for at, one in enumerate(some) if at % every != turn % every}
    return found


def _commits() -> int:
    """Return the number of commits of this checkout; 0 where it has no history."""
    asked = ["git", "-C", str(ROOT), "rev-list", "--count", "HEAD"]
    try:
        told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    return int(told)


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
