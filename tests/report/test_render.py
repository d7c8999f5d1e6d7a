"""The front door: which files there are, that they are the same twice, and that nothing is needed to read
them."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.report.cases import case

from konvoi.report.render import render

ROOT = Path(__file__).parents[2]
DIGEST = (
    "import hashlib; from konvoi.report.render import render; from tests.report.cases import case; "
    "print([(n, hashlib.sha256(c).hexdigest()) for n, c in render(case()).items()])"
)


def test_there_is_a_page_for_each_language_a_workbook_a_document_and_a_calendar() -> None:
    assert list(render(case(), languages=("en", "uk"))) == [
        "brief.en.html",
        "brief.ics",
        "brief.json",
        "brief.uk.html",
        "brief.xlsx",
    ]


@pytest.mark.slow
def test_two_runs_give_the_same_bytes_whatever_the_hash_seed() -> None:
    """Sets and dicts must not decide the order of anything."""
    runs = []
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        command = [sys.executable, "-c", DIGEST]
        runs.append(
            subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
        )
    assert runs[0] == runs[1]
    assert "brief.xlsx" in runs[0]


def test_a_case_with_nothing_in_it_says_what_is_missing_and_what_to_do() -> None:
    """No entries, no tables, no plan: a page all the same."""
    import polars as pl

    from konvoi.model.entries import ENTRIES, RELATIONS

    whole = case()
    bare = case(
        entries=pl.DataFrame(schema=ENTRIES),
        relations=pl.DataFrame(schema=RELATIONS),
        documents=whole.documents.clear(),
        tables={},
        findings=(),
        totals={},
        plan=None,
        outlook=None,
        assumptions=(),
    )
    page = render(bare, languages=("en",), full=True)["brief.en.html"].decode()
    for told in ("No amounts submitted.", "No needs submitted.", "There is no plan yet", "No findings"):
        assert told in page


def test_a_brief_is_made_in_far_less_than_ten_seconds() -> None:
    start = time.perf_counter()
    render(case())
    assert time.perf_counter() - start < 10
