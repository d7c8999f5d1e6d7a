"""What the terminal says of findings: all are named somewhere, and where is said truly."""

import pytest

from konvoi.cli.output import WIDTH, table, tell, tell_errors
from konvoi.model.finding import Finding, Place, Severity

MANY = [Finding(Severity.ERROR, "cell-missing", Place("a.csv", "steps", row)) for row in range(1, 13)]


def test_beside_another_answer_konvoi_read_tells_the_rest_and_not_that_answer_s_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell_errors(MANY)
    told = "".join(capsys.readouterr())
    assert "12 errors in the submissions; all findings: konvoi read" in told
    assert "… and 7 more\n" in told
    assert "--json" not in told


def test_where_the_answer_holds_its_findings_its_json_tells_the_rest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell(MANY, most=5)
    assert "--json lists all 12" in "".join(capsys.readouterr())


def test_a_wide_table_breaks_lines_between_words_and_fits(capsys: pytest.CaptureFixture[str]) -> None:
    """Its columns would take 150 signs side by side; no word and no number is cut."""
    numbers = [f"after so many days, number {n}" for n in range(4)]
    table(
        ["Stage", *numbers], [["committed by contract", *["not reached yet"] * 4], ["short", *["1 000"] * 4]]
    )
    told = capsys.readouterr().out
    assert max(len(line) for line in told.splitlines()) <= WIDTH
    assert {"committed", "contract", "reached", "number"} <= {*told.split()}
    assert told.count("1 000") == 4


def test_a_table_of_words_that_cannot_fit_still_fits(capsys: pytest.CaptureFixture[str]) -> None:
    table(["Name", "Other"], [["x" * 90, "y" * 90]])
    told = capsys.readouterr().out
    assert max(len(line) for line in told.splitlines()) <= WIDTH
    assert (told.count("x"), told.count("y")) == (90, 90)
