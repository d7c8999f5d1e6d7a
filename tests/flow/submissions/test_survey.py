"""Large files of activities are counted apart; all else is held."""

from pathlib import Path

from konvoi.flow.submissions.survey import beside, surveyed

ACTIVITIES = (
    '<iati-activities version="2.03"><iati-activity><iati-identifier>A-1</iati-identifier>'
    '<reporting-org ref="XX-1" type="10"><narrative>X</narrative></reporting-org></iati-activity>'
    "</iati-activities>"
)


def folder(at: Path) -> Path:
    (at / "in").mkdir()
    (at / "in" / "a.xml").write_text(ACTIVITIES)
    (at / "in" / "goods.csv").write_text("good,name,unit\ngen,generator,piece\n")
    return at / "in"


def test_what_is_large_and_a_file_of_activities_is_counted(tmp_path: Path) -> None:
    here = folder(tmp_path)
    found = surveyed([here], party="AR", large=10)
    assert [(path.name, one.document, one.party) for path, one in found.items()] == [("a.xml", "a.xml", "AR")]
    assert [one.facts["rows of iati_activities"] for one in found.values()] == ["1"]
    assert [one.name for one in beside([here], found).documents] == ["goods.csv"]


def test_what_is_small_is_held(tmp_path: Path) -> None:
    assert surveyed([folder(tmp_path)]) == {}


def test_a_workspace_is_held_whole(tmp_path: Path) -> None:
    here = folder(tmp_path)
    (here / "konvoi.toml").write_text("")
    assert surveyed([here], large=10) == {}


def test_a_large_file_that_breaks_off_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(ACTIVITIES[:-3])
    (found,) = surveyed([tmp_path / "a.xml"], large=10).values()
    assert found.refused
