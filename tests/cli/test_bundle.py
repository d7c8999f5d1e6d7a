"""konvoi bundle: what a party may see as a signed file."""

from pathlib import Path

import pytest
from tests.cli.calling import Called, konvoi
from tests.flow.federation.pairs import pair, stored

from konvoi.cli.i18n import VARIABLE


def bundled(folder: Path, *words: str) -> Called:
    two = pair(folder)
    key = ("--key-file", str(two.key_file))
    return konvoi("bundle", two.sender, "--for", "PL", "--out", folder / "pl.bundle", *key, *words)


def test_a_bundle_is_written_and_told_of(tmp_path: Path) -> None:
    called = bundled(tmp_path)
    assert (called.code, called.err) == (0, "")
    assert called.out.splitlines() == [
        f"{tmp_path / 'pl.bundle'}: bundle 1 of XC for PL, 2 submissions.",
        "Rows and entries: 3",
    ]
    assert (tmp_path / "pl.bundle").read_bytes()[:2] == b"PK"


def test_a_bundle_in_json_has_digests_tables_markings_and_the_head(tmp_path: Path) -> None:
    told = bundled(tmp_path, "--json").json
    assert (told["from"], told["to"], told["number"], told["head"]) == ("XC", "PL", 1, "")
    assert [one["tables"] for one in told["documents"]] == [{"lines": 1}, {"packages": 2}]
    assert len(told["digest"]) == 64


def test_a_key_that_others_may_read_and_a_file_that_is_there_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = pair(tmp_path)
    two.key_file.chmod(0o644)
    before = stored(two.sender)
    called = konvoi("bundle", two.sender, "--for", "PL", "--key-file", two.key_file, "--out", tmp_path / "x")
    assert (called.code, "other users may read this key" in called.err) == (3, True)
    two.key_file.chmod(0o600)
    monkeypatch.setenv(VARIABLE, "de")
    words = ("--key-file", two.key_file, "--out", two.key_file)
    called = konvoi("bundle", two.sender, "--for", "PL", *words)
    assert (called.code, "ist schon vorhanden" in called.err) == (3, True)
    assert stored(two.sender) == before
