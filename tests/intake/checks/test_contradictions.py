"""Sources that state different values: a finding names both, and the value that is used."""

import polars as pl

from konvoi.intake.check import Whole
from konvoi.intake.checks.contradictions import sources_that_differ
from konvoi.model.document import Reading
from konvoi.model.entries import ENTRIES
from konvoi.model.tables import BY_NAME


def found(**more: str) -> list[dict[str, str]]:
    row = {
        "contradiction": "C-1",
        "party": "AR",
        "subject": "Tents",
        "value": "10",
        "address": "https://example.org/a",
        "other_value": "12",
        "other_address": "https://example.org/b",
        "_file": "a.csv",
        "_sheet": "contradictions",
        "_row": 2,
    }
    table = pl.DataFrame([row | more], schema=BY_NAME["contradictions"].schema())
    reading = Reading("a.csv", "", "konvoi", "AR", tables={"contradictions": table})
    told = sources_that_differ(Whole(pl.DataFrame(schema=ENTRIES), (reading,)))
    return [{"read": one.read, "remedy": one.remedy, **one.values} for one in told]


def test_both_sources_are_named() -> None:
    (one,) = found()
    assert (one["read"], one["source"]) == ("10", "https://example.org/a")
    assert (one["other"], one["other_source"]) == ("12", "https://example.org/b")
    assert "neither is used" in one["remedy"]


def test_the_value_that_is_used_is_named() -> None:
    (one,) = found(used="10")
    assert one["used"] == "10"
    assert "{used} is used here" in one["remedy"]


def test_without_contradictions_nothing_is_found() -> None:
    reading = Reading("a.csv", "", "konvoi", "AR")
    assert sources_that_differ(Whole(pl.DataFrame(schema=ENTRIES), (reading,))) == ()
