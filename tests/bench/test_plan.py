"""The planner's benchmark ends with 1 where a goal is missed, and tells all it measured as one document."""

import json
import sys

import pytest
from bench.plan import PLAN, main
from tests.plan.worlds import Rows, tables


def run(monkeypatch: pytest.MonkeyPatch, *options: str) -> int:
    """Its exit."""
    monkeypatch.setattr(sys, "argv", ["plan", *options])
    with pytest.raises(SystemExit) as end:
        main()
    return int(str(end.value.code))


def test_it_tells_values_bounds_and_rules_of_each_seed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "--size", "XXS", "--seeds", "1-2", "--peers", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["data"]["seeds"] == [1, 2]
    assert len(told["runs"][PLAN]["cpu"]) == 2
    for seed in (1, 2):
        assert 0 < told["figures"][f"XXS {seed}: value"] <= told["figures"][f"XXS {seed}: bound"]
        assert told["figures"][f"XXS {seed}: above density"] >= 1


def test_a_goal_that_is_missed_is_told_and_is_the_exit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nine tents serve one of two needs of six that are of use only in full: 6 of at most 9 by prices."""
    needs: Rows = [{"whole": True, "quantity": 6}, {"need": "Z", "quantity": 6, "whole": True}]
    small = tables(needs=needs, offers=[{"quantity": 9}])
    monkeypatch.setattr("bench.plan.tables", lambda size, seed: small)
    assert run(monkeypatch, "--size", "M", "--seeds", "1", "--json") == 1
    goals = {one["goal"]: one for one in json.loads(capsys.readouterr().out)["goals"]}
    assert not goals["plan below its bound"]["reached"]
    assert goals["plan below its bound"]["measured"] > 3
