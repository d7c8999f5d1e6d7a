"""The invented contracts and drafts of the benchmark: as they are said to be, and told as by hand."""

from datetime import date

import polars as pl
from bench.accord import made
from bench.negotiated import drafted
from bench.negotiated import worked as heard

from konvoi.accord.facts import facts, of_lines
from konvoi.accord.stage_reconciliation import exceeded, joints
from konvoi.accord.stalled import stalled
from konvoi.model.tables.positions import RESERVES


def test_ten_lines_are_told_in_five_stages_but_for_one_receipt() -> None:
    entries = made(10)["entries"]
    assert entries.height == 49
    assert entries.filter(pl.col("line").is_null())["stage"].to_list() == ["contracted"]


def test_it_gives_the_same_rows_each_time() -> None:
    for name, rows in made(10).items():
        assert rows.equals(made(10)[name]), name


def test_what_is_wrong_in_it_is_found_and_the_loose_contract_stands_under_its_line() -> None:
    """Of ten lines, line 3 is sent one above its contract, and line 4 is not received."""
    tables = made(10)
    lines = of_lines(tables["entries"], tables["relations"])
    found = joints(facts(lines, tables))
    of_line = found.filter(pl.col("level") == "line")
    assert of_line.group_by("state").len().sort("state").rows() == [("above", 1), ("met", 37), ("open", 2)]
    assert [finding.read for finding in exceeded(of_line)] == ["l3: 5 piece"]
    loose = of_line.filter((pl.col("record") == "l9") & (pl.col("to") == "contracted"))
    assert loose.select("had", "came", "state").row(0) == (10, 10, "met")
    stays = stalled(lines.with_columns(eur_minor="amount_minor"), date(2031, 3, 31))
    assert stays["line"].to_list() == ["l4"]


def test_a_draft_is_heard_as_by_hand() -> None:
    """Sixty clauses, ten parties: on every third clause nobody speaks, and clause 8 and 58 are gone."""
    draft = drafted(60, 10)
    first, second = (draft.texts[name]["clause"] for name in ("R1", "R2"))
    assert (len(first), len(second)) == (60, 58)
    found = heard(draft)
    assert found["cells"] == (60 + 58) * 10
    said = draft.tables["positions"]
    assert said.filter(pl.col("round") == "R1").height == 40
    reserves = said.filter((pl.col("round") == "R1") & pl.col("stance").is_in(RESERVES))
    gone = reserves.filter(pl.col("clause").is_in(["1/8", "2/8"]))
    assert found["told"] == gone.height
