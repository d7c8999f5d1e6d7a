"""Every case of every suite has the result that its publisher wants; the page states how many were tried."""

import re
from pathlib import Path

import pytest
from tests.conformance.suites import SUITES, Suite

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "conformance.md"


@pytest.mark.real_data
@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_every_case_passes_and_the_page_says_how_many(suite: Suite, real_data: Path) -> None:
    cases = list(suite.cases(real_data))
    assert cases
    assert [(one.name, one.fault) for one in cases if one.fault] == []
    (row,) = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith(f"| {suite.name} |")]
    assert [int(number) for number in re.findall(r"\| (\d+) (?=\|)", row)] == [len(cases), len(cases), 0]


def test_the_page_names_every_suite() -> None:
    text = PAGE.read_text("utf-8")
    assert [one.name for one in SUITES if f"| {one.name} |" not in text] == []
