"""konvoi report changes: what changed from one state to another."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import TABLES, workspace

from konvoi.cli.i18n import VARIABLE


def test_for_people_it_tells_kinds_totals_and_packages_in_their_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = (*TABLES["packages"], "P-3,AR,2031-02-11,energy,70.00,EUR,committed,")
    old, new = workspace(tmp_path / "old"), workspace(tmp_path / "new", packages=packages)
    told = konvoi("report", "changes", old, new).out
    assert told.startswith("1 package changed: added 1.")
    assert "added +70.00" in told
    assert "No package changed." in konvoi("report", "changes", old, old).out
    monkeypatch.setenv(VARIABLE, "uk")
    assert konvoi("report", "changes", old, new).out.startswith("1 пакет змінився: додано 1.")


def test_what_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert konvoi("report", "changes", tmp_path / "none", tmp_path).code == 2
