"""What the terminal says of findings: all are named somewhere, and where is said truly."""

import pytest

from konvoi.cli.talk import tell, tell_errors
from konvoi.model.finding import Finding, Place, Severity

MANY = [Finding(Severity.ERROR, "cell-missing", Place("a.csv", "steps", row)) for row in range(1, 13)]


def test_beside_another_answer_konvoi_read_tells_the_rest_and_not_that_answer_s_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell_errors(MANY)
    told = "".join(capsys.readouterr())
    assert "12 errors in what was read; konvoi read tells all findings:" in told
    assert "… and 7 more\n" in told
    assert "--json" not in told


def test_where_the_answer_holds_its_findings_its_json_tells_the_rest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell(MANY, most=5)
    assert "--json lists all 12" in "".join(capsys.readouterr())
