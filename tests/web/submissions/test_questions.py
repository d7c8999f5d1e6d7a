"""Open questions to a party: answered in the browser, handed in as a submission, and not asked again."""

import re

import pytest
from tests.web.submissions.uploading import confirm, relief, stored, work, workbook
from tests.web.world import World, text

from konvoi.web.runs.models import Job
from konvoi.web.submissions.models import Upload

PATH = "/submissions/questions"


@pytest.mark.slow
def test_a_question_is_answered_as_a_submission_and_closed(world: World) -> None:
    desk = world.client("desk-xa")
    stored(world, "desk-xa", {"list.xlsx": workbook("XA", [relief("XA-2", "XA", "5O0000")])})
    assert 'id="progress"' in desk.get(PATH).content.decode()
    work()
    page = desk.get(PATH).content.decode()
    assert "5O0000" in page
    number = re.search(r'name="answer-(q[0-9a-f]+)"', page)
    assert number is not None
    assert "No question was answered" in text(desk.post(f"{PATH}/answer", {}, follow=True))
    answer = desk.post(f"{PATH}/answer", {f"answer-{number[1]}": "500000", "answer-qstranger": "1"})
    work()
    upload = Upload.objects.get(pk=answer["Location"].rpartition("/")[2])
    assert upload.party == "XA"
    assert "1 question answered" in text(desk.get(answer["Location"]))
    confirm(desk, f"/submissions/uploads/{upload.pk}")
    work()
    desk.get(PATH)
    work()
    assert f"answer-{number[1]}" not in desk.get(PATH).content.decode()


@pytest.mark.slow
def test_each_party_sees_its_own_questions_and_the_cell_all(world: World) -> None:
    stored(world, "desk-xa", {"list.xlsx": workbook("XA", [relief("XA-2", "XA", "5O0000")])})
    for name in ("desk-xb", "planner", "reader-xa"):
        world.client(name).get(PATH)
    work()
    assert "5O0000" not in text(world.client("desk-xb").get(PATH))
    assert "5O0000" in text(world.client("planner").get(PATH))
    reader = world.client("reader-xa").get(PATH)
    assert "5O0000" in text(reader)
    assert "answer-q" not in reader.content.decode()
    for name in ("reader-xa", "auditor"):
        assert world.client(name).post(f"{PATH}/answer", {}).status_code == 404, name
    asked = Job.objects.filter(kind="ask").count()
    world.client("desk-xb").get(PATH)
    assert Job.objects.filter(kind="ask").count() == asked
