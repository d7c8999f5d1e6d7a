"""The best values known: a better one replaces what is known, a worse one never does."""

import json
from pathlib import Path

import pytest

from bench import best


def test_only_a_better_value_is_kept_and_others_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "best.json"
    file.write_text('{"one": 5.0}')
    monkeypatch.setattr(best, "BEST", file)
    for problem, value in (("two", 3.0), ("two", 2.0), ("one", 6.0)):
        best.kept(problem, value)
    assert json.loads(file.read_text()) == {"one": 6.0, "two": 3.0}
