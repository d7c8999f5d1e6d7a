"""Every case of every suite has the result that its publisher wants; the page states how many were tried."""

import os
import re
from pathlib import Path

import pytest
from tests.conformance.suites import SUITES, Suite

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "conformance.md"
OTHERS = os.environ.get("KONVOI_SUITES")
"""A folder with whole suites, or other versions of them, laid out as the page says."""


def row(suite: Suite) -> str:
    (found,) = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith(f"| {suite.name} |")]
    return found


@pytest.mark.real_data
@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_every_case_passes_and_the_page_says_how_many(suite: Suite, real_data: Path) -> None:
    """Of other suites the page says nothing, and those that are not there are not tried."""
    folder = Path(OTHERS) if OTHERS else real_data
    if OTHERS and not (folder / suite.folder).is_dir():
        pytest.skip(f"no files at {suite.folder}")
    cases = list(suite.cases(folder))
    assert cases
    assert [(one.name, one.fault) for one in cases if one.fault] == []
    if not OTHERS:
        counts = [int(number) for number in re.findall(r"\| (\d+) (?=\|)", row(suite))]
        assert counts == [len(cases), len(cases), 0]
        assert suite.digest(real_data) in PAGE.read_text("utf-8")


def test_the_page_names_every_suite_with_its_address_and_folder() -> None:
    text = PAGE.read_text("utf-8")
    for one in SUITES:
        assert row(one)
        assert one.address in text
        assert f"`{one.folder}`" in text


def test_the_digest_tells_names_and_contents_apart(tmp_path: Path) -> None:
    suite = SUITES[0]
    own = tmp_path / suite.folder
    own.mkdir(parents=True)
    (own / "a.xml").write_bytes(b"x")
    first = suite.digest(tmp_path)
    # find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
    assert first == "3ccd121833a0535970fb86e212d990d6b3cc49cb65d8e7a76a8d210324b9c835"
    (own / "a.xml").rename(own / "b.xml")
    assert suite.digest(tmp_path) != first
