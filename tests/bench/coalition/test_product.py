"""Findings are told at the names of the workspace and kept at the files that were handed in."""

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from bench.coalition.product import Workspace
from bench.coalition.world import Document, Gift

GIFT = Gift("GB", "energy", date(2024, 5, 2), "Gensets", Decimal(7), "GBP", reference="GB-A0001")


def _document(name: str, amount: int) -> Document:
    document = Document("GB", name, date(2024, 9, 30), "csv-comma")
    document.add("packages", GIFT.package(amount=Decimal(amount)))
    return document


def test_a_finding_at_a_file_that_is_kept_under_another_name_is_one_at_our_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def answer(self: Workspace, *arguments: str) -> dict[str, Any]:
        """Keep the second table of packages as `v2/packages.csv`, with a finding."""
        asked.append(arguments)
        content = (tmp_path / "inbox" / "GB" / "second" / "packages.csv").read_bytes()
        finding = {"severity": "warning", "code": "some", "file": "GB/v2/packages.csv", "sheet": "packages"}
        kept = {"name": "GB/v2/packages.csv", "digest": hashlib.sha256(content).hexdigest(), "findings": []}
        return {"files": [kept], "findings": [finding | {"row": 2, "column": "amount"}]}

    monkeypatch.setattr(Workspace, "run", answer)
    workspace = Workspace(tmp_path / "workspace", tmp_path / "inbox")
    workspace.add([_document("first", 7), _document("second", 5)])
    folders = [str(tmp_path / "inbox" / "GB" / name) for name in ("first", "second")]
    assert asked == [("add", *folders, "--from", "GB", "--dir", str(tmp_path / "workspace"), "--json")]
    (finding,) = workspace.findings
    assert (finding.path, finding.row) == (tmp_path / "inbox" / "GB" / "second" / "packages.csv", 2)
