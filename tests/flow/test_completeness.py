"""Partners without a submission and a day far from the documents are findings."""

from pathlib import Path

from tests.flow.workspaces import dated, workspace

from konvoi.flow.load_workspace import gathering
from konvoi.flow.submissions.not_counted import not_counted
from konvoi.flow.workspace import workspace as opened
from konvoi.model.finding import Finding

PARTIES = ("party,name,kind,role,member_to", "AR,Arvenia,state,member,", "CO,Corland,state,member,")
PARTICIPANTS = ("package,party,share", "P-1,AR,", "P-1,DU,")


def told(folder: Path, code: str) -> list[Finding]:
    return [one for one in gathering(opened(folder)).findings if one.code == code]


def with_day(folder: Path, day: str) -> Path:
    settings = folder / "konvoi.toml"
    settings.write_text(settings.read_text().replace("exercise = true", f"exercise = true\nday = {day}"))
    return folder


def test_a_member_and_a_participant_without_a_document_are_found_where_they_are_named(tmp_path: Path) -> None:
    path = workspace(tmp_path, parties=PARTIES, participants=PARTICIPANTS)
    found = told(path, "partner-without-submission")
    assert [(one.read, one.place.file, one.place.row, one.place.column) for one in found] == [
        ("DU", "AR/participants.csv", 3, "party"),
        ("CO", "AR/parties.csv", 3, "role"),
    ]
    assert not_counted(gathering(opened(path))).partners == ("CO", "DU")


def test_former_members_and_parties_of_no_role_are_not_expected_to_submit(tmp_path: Path) -> None:
    parties = (*PARTIES[:2], "CO,Corland,state,member,2020-01-01", "EK,Ekland,state,observer,")
    path = workspace(tmp_path, parties=parties)
    assert told(path, "partner-without-submission") == []


def test_where_no_partner_submits_for_itself_none_is_missed(tmp_path: Path) -> None:
    """The facts of a cell: parties of which it found something published."""
    parties = ("party,name,kind,role", "BO,Bolaria,state,member", "CO,Corland,state,member")
    assert told(workspace(tmp_path, parties=parties), "partner-without-submission") == []


def test_a_day_more_than_a_year_from_every_document_is_found(tmp_path: Path) -> None:
    near = with_day(dated(workspace(tmp_path / "near")), "2032-02-01")
    assert told(near, "day-far-from-documents") == []
    for day, known in (("2033-03-01", "2031-02-08"), ("2029-03-01", "2031-01-10")):
        (finding,) = told(with_day(dated(workspace(tmp_path / day)), day), "day-far-from-documents")
        assert (finding.place.file, finding.read, finding.values["known"]) == ("konvoi.toml", day, known)


def test_without_a_day_of_its_own_a_workspace_is_at_that_of_its_documents(tmp_path: Path) -> None:
    assert told(dated(workspace(tmp_path)), "day-far-from-documents") == []
