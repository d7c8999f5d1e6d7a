"""konvoi plan standards: the verdict on each offer, and what else it needs."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.asked import cell


def test_each_point_has_its_verdict(tmp_path: Path) -> None:
    found = konvoi("plan", "standards", cell(tmp_path), "--json").json
    assert [(one["standard"], one["verdict"]) for one in found["offers"]] == [
        ("S-1", "lacks"),
        ("S-2", "unknown"),
    ]
    assert found["counts"] == {"meets": 0, "meets with ratio": 0, "lacks": 1, "unknown": 1}


def test_people_read_a_table(tmp_path: Path) -> None:
    called = konvoi("plan", "standards", cell(tmp_path))
    assert called.code == 1, "a quantity could not be read"
    assert "2 points of standards checked on offers: 1 lacks, 1 unknown." in called.out


@pytest.mark.slow
def test_what_a_party_answers_is_known_from_then_on(tmp_path: Path) -> None:
    from tests.flow.asked import asked, filled, handed_in

    folder = cell(tmp_path)
    found = asked(folder)
    id = next(one.id for one in found.questions if "S-2" in one.record)
    handed_in(folder, "AR", "a.xlsx", filled(found.files["AR/questions.xlsx"], {id: {"Answer": "meets"}}))
    rows = konvoi("plan", "standards", folder, "--json").json["offers"]
    assert [(one["standard"], one["verdict"], one["said"]) for one in rows] == [
        ("S-1", "lacks", "codes"),
        ("S-2", "meets", "answer"),
    ]
