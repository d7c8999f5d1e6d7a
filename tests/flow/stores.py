"""The stores of a workspace, each empty but for its settings: tests of the contract run with all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from konvoi.flow.move_workspace import new_workspace
from konvoi.flow.store import Store, store
from konvoi.gateways.database import ADDRESS, MARKER

SETTINGS = '[coalition]\nname = "Exercise"\nday = 2031-02-01\n'
KINDS = ("folder", "sqlite", "postgresql")
AT = "2031-02-01T08:00:00+00:00"


@dataclass(frozen=True)
class Kept:
    """A workspace of one kind of store."""

    kind: str
    folder: Path
    dsn: str = ""

    @property
    def store(self) -> Store:
        """The store, opened anew as each command does."""
        return store(self.folder)


def made(kind: str, folder: Path, monkeypatch: pytest.MonkeyPatch, server: Callable[[], str]) -> Kept:
    """Return a workspace with its settings and nothing else."""
    if kind == "folder":
        folder.mkdir()
        (folder / "konvoi.toml").write_text(SETTINGS)
        return Kept(kind, folder)
    if kind == "sqlite":
        new_workspace(folder, SETTINGS, at=AT)
        return Kept(kind, folder)
    dsn = server()
    monkeypatch.setenv(ADDRESS, dsn)
    new_workspace(folder, SETTINGS, dsn=dsn, at=AT)
    assert (folder / MARKER).is_file()
    return Kept(kind, folder, dsn)
