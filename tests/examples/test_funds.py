"""Economic packages in the examples: what is told of real ones has a source, the Ukraine Plan is whole."""

import json
from pathlib import Path

import polars as pl
import pytest
from tests.examples import folders


def table(example: str, name: str) -> pl.DataFrame:
    found = [one.tables[name] for one in folders.readings(example) if name in one.tables]
    return pl.concat(found)


def test_what_is_told_of_real_tranches_rests_on_a_statement_with_an_address() -> None:
    said = table("2022", "statements").filter(pl.col("address").is_not_null())["statement"]
    told = table("2022", "tranches")
    assert told.height >= 4
    assert told.filter(~pl.col("source").is_in(said.implode()).fill_null(False)).is_empty()
    assert table("2022", "programmes")["address"].null_count() == 0


def test_nobody_is_said_to_have_assessed_a_step_that_nobody_named() -> None:
    """How many steps were met was published, which of the catalogue they are was not read."""
    assert [one.document for one in folders.readings("2022") if "assessments" in one.tables] == []


def test_the_ukraine_plan_has_149_steps_of_which_five_are_of_bridge_financing() -> None:
    """Texts in English and Ukrainian; amount, day and tranche stay unknown."""
    steps = table("2022", "conditions")
    assert steps.height == steps["condition"].n_unique() == 149
    assert steps.filter("bridge")["title"].str.extract(r"^(\d+)\. bridge").to_list() == [
        *("2", "3", "4", "8", "12")
    ]
    assert steps["title_uk"].null_count() == 0
    assert [steps[name].null_count() for name in ("amount", "due", "tranche")] == [149] * 3


@pytest.mark.real_data
def test_its_steps_are_those_that_were_published(real_data: Path) -> None:
    published = json.loads((real_data / "prozorro" / "plan_of_ukraine.json").read_text("utf-8"))
    steps = {row["condition"]: row for row in folders.facts("2022", "conditions")}
    assert steps.keys() == published.keys()
    assert all(row["title"] == published[key]["name_en"] for key, row in steps.items())
    assert all(row["title_uk"] == published[key]["name_uk"] for key, row in steps.items())
