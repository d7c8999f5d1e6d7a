"""Every place of the examples has a name that a reader of each language can read."""

import csv
import re
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LATIN = re.compile("[A-Za-z]")


@pytest.mark.parametrize("example", ["2022", "exercise"])
def test_every_place_has_a_german_and_a_ukrainian_name(example: str) -> None:
    with (EXAMPLES / example / "facts" / "sites.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["site"] for row in rows if not row["name_de"] or LATIN.search(row["name_uk"] or "x")] == []
    english = re.compile(r"\b(Depot at|Port of|[Hh]ub|Railhead|crossing|Crossing|centre|point)\b")
    assert [row["name_de"] for row in rows if english.search(row["name_de"])] == []
