"""What newer versions changed, in a brief."""

from dataclasses import replace

import polars as pl
from tests.report.cases import case

from konvoi.flow.submissions.revisions import REVISED
from konvoi.report.language import Language
from konvoi.report.reports.revisions import section


def changed(*rows: tuple[str, str, list[str]]) -> pl.DataFrame:
    told = [
        {
            "source": "AR",
            "package": package,
            "party": "ARV",
            "kind": kind,
            "changes": changes,
            "_file": "ar.csv",
        }
        for package, kind, changes in rows
    ]
    return pl.DataFrame([{name: row.get(name) for name in REVISED} for row in told], schema=REVISED)


def test_the_packages_are_counted_by_kind_and_listed() -> None:
    rows = changed(("P-1", "corrected", ["a", "b", "c", "d"]), ("P-2", "added", []))
    known = case()
    found = section(replace(known, tables={**known.tables, "revisions": rows}))
    assert found is not None
    said = Language("en").text(found.answer[0])
    assert "added 1, corrected 1, re-rated 0, re-classified 0, withdrawn 0" in said
    assert Language("en").text(found.tables[0].rows[0][3]) == "a; b; c …"


def test_versions_that_say_the_same_say_so_and_without_any_there_is_no_part() -> None:
    known = case()
    same = section(replace(known, tables={**known.tables, "revisions": changed()}))
    assert same is not None
    assert Language("en").text(same.answer[0]).startswith("No package was changed")
    assert section(known) is None
