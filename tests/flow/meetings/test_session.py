"""The pack of a session: which session, since when, for whose eyes, from whose plan."""

import io
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from tests.flow.workspaces import workspace as made

from konvoi.flow.meetings.session import session_pack
from konvoi.flow.name_lookup import Unknown
from konvoi.flow.snapshots import name_of, write_snapshot
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace, viewed, workspace
from konvoi.gateways.refusal import Refused

HEAD = "party,X-CELL\nday,{day}\nmarking,public\n"
TALKS = {
    "2022-12-02": {
        "sessions": "session,day,town\nS1,2022-12-01,Odrin\nS2,2023-03-20,Karsk\n",
        "decisions": "decision,session,words,reservations\nD1,S1,Tents go first.,PL: until May\n",
        "steps": "step,title,party,due,follows,marking\n"
        "A,ask for escorts,PL,2022-12-20,D1,\nH,hidden errand,PL,2022-12-20,D1,PL\n",
    },
    "2023-02-20": {
        "agenda": "item,session,topic,title\nI,S2,security,Escorts\n",
        "steps": "step,title,party,due,follows,state\nA,ask for escorts,PL,2022-12-20,D1,done\n",
    },
}


def cell(folder: Path) -> Path:
    """The workspace of the flow's tests, with two sessions in it."""
    made(folder)
    for day, tables in TALKS.items():
        own = folder / "submissions" / "X-CELL" / day
        own.mkdir(parents=True)
        (own / "konvoi.csv").write_text(HEAD.format(day=day))
        for name, rows in tables.items():
            (own / f"{name}.csv").write_text(rows)
    return folder


def coalition(folder: Path) -> Workspace:
    """A workspace as it is opened for the coalition."""
    return viewed(workspace(folder), View(None, "coalition"))


def words(content: bytes) -> str:
    """The text of a DOCX, its tables too."""
    document = Document(io.BytesIO(content))
    cells = [one.text for table in document.tables for row in table.rows for one in row.cells]
    head = document.sections[0].header.paragraphs[0].text
    return "\n".join([head, *(paragraph.text for paragraph in document.paragraphs), *cells])


def test_without_a_name_it_is_the_next_session_and_tells_what_changed_since_the_last(tmp_path: Path) -> None:
    done = session_pack(coalition(cell(tmp_path)))
    assert done.session == "S2"
    assert sorted(done.files) == [
        f"session.{code}.{form}" for code in ("de", "en", "uk") for form in ("docx", "html")
    ]
    said = words(done.files["session.en.docx"])
    assert "Karsk, 20 Mar 2023." in said
    assert "changed action items 1." in said
    assert "Poland: until May" in said
    assert "Escorts" in done.files["session.de.html"].decode()


def test_the_document_says_what_the_page_says_in_each_language(tmp_path: Path) -> None:
    done = session_pack(coalition(cell(tmp_path)))
    assert "Матеріали засідання станом на" in words(done.files["session.uk.docx"])
    assert "Sitzungsmappe, Stand" in words(done.files["session.de.docx"])
    assert "Einstufung: nur für die Koalition" in words(done.files["session.de.docx"])


@pytest.mark.slow
def test_what_a_reader_may_not_see_is_in_neither_form(tmp_path: Path) -> None:
    work = workspace(cell(tmp_path))
    for audience, shown in (("coalition", False), ("PL", True)):
        files = session_pack(viewed(work, View(None, audience))).files
        assert ("hidden errand" in words(files["session.en.docx"])) is shown
        assert ("hidden errand" in files["session.en.html"].decode()) is shown


def test_the_first_session_has_none_before_it(tmp_path: Path) -> None:
    said = words(session_pack(coalition(cell(tmp_path)), session="S1").files["session.en.docx"])
    assert "Changes since the last meeting" not in said
    assert "Odrin, 1 Dec 2022." in said


def test_the_same_workspace_gives_the_same_bytes(tmp_path: Path) -> None:
    work = workspace(cell(tmp_path))
    assert dict(session_pack(work).files) == dict(session_pack(work).files)


@pytest.mark.slow
def test_it_stands_on_a_day_that_is_named_or_as_known_on_one(tmp_path: Path) -> None:
    """After the second session there is no next one, so the last is taken; what was known before anything
    was handed in is nothing."""
    work = workspace(cell(tmp_path))
    later = session_pack(work, day=date(2023, 6, 1))
    assert (later.session, later.day) == ("S2", date(2023, 6, 1))
    assert "1 Jun 2023" in words(later.files["session.en.docx"])
    assert session_pack(viewed(work, View(later.day, "coalition"))).day == later.day
    with pytest.raises(Refused, match="no meeting is"):
        session_pack(viewed(work, View(date(2022, 1, 1), "coalition")))


def test_a_session_that_nobody_knows_and_no_session_at_all_are_told_of(tmp_path: Path) -> None:
    with pytest.raises(Unknown, match="S3"):
        session_pack(coalition(cell(tmp_path)), session="S3")
    with pytest.raises(Refused, match="fill in the table sessions"):
        session_pack(workspace(made(tmp_path / "none")))


def test_a_snapshot_holds_the_pack_of_the_next_session_cut_for_each_reader(tmp_path: Path) -> None:
    work = workspace(cell(tmp_path / "work"))
    target = tmp_path / "snapshot"
    write_snapshot(work, target, ("PL", "coalition", "public"))
    for reader, shown in (("PL", True), ("coalition", False)):
        place = target / name_of(reader) / "papers"
        said = words((place / "session.en.docx").read_bytes())
        assert "Karsk, 20 Mar 2023." in said
        assert "changed action items" in said
        assert ("hidden errand" in said) is shown
        assert ("hidden errand" in (place / "session/figures.en.html").read_text("utf-8")) is shown
        assert "Conflicts of the plan" not in said
    assert not (target / name_of("public") / "papers" / "session.en.docx").exists()
