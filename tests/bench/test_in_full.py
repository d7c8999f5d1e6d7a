"""Problems with large needs useful only in full: equal for equal seeds, kits as they were, and audited."""

import json
import sys

import polars as pl
import pytest
from bench.in_full import in_full, main
from bench.instances import tables


def test_a_tenth_asks_many_times_as_much_and_all_of_it() -> None:
    world = tables("S", 1)
    changed = in_full(world, 1, 30)["needs"]
    assert changed.equals(in_full(world, 1, 30)["needs"])
    large = changed.filter(pl.col("quantity") != world["needs"]["quantity"])
    assert 10 <= large.height <= 30
    assert large["whole"].all()
    before = large.join(world["needs"], on="need", suffix="_before")
    assert (before["quantity"] == 30 * before["quantity_before"]).all()


def test_components_of_kits_stay_as_they_are() -> None:
    world = tables("S", 1)
    kits = world["kits"]["need"].to_list()
    components = [
        table.filter(pl.col("need").is_in(kits)) for table in (world["needs"], in_full(world, 1, 5)["needs"])
    ]
    assert components[0].equals(components[1])
    assert components[0].height > 20


@pytest.mark.slow
def test_the_benchmark_tells_each_gap_and_audits_each_plan(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--size", "XXS", "--seeds", "1", "--times", "5", "--json"]
    monkeypatch.setattr(sys, "argv", ["in_full", *options])
    with pytest.raises(SystemExit) as end:
        main()
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert [line.partition(":")[0] for line in err.splitlines()] == ["own 1, 5 times", "second 1, 5 times"]
    goals = {one["goal"]: one for one in told["goals"]}
    assert goals["faults by the audit"]["measured"] == 0
    assert {"own 1, 5 times: below the bound, %", "second 1, 5 times: below the bound, %"} <= set(
        told["figures"]
    )
    assert int(str(end.value.code)) == int(not all(one["reached"] for one in told["goals"]))
