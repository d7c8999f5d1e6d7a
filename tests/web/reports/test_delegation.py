"""The delegation page: figures, tasks, and open questions that its desk answers there."""

import re

import pytest
from tests.web.submissions.uploading import relief, stored, work, workbook
from tests.web.world import World, compute, text

from konvoi.web.runs.models import Job
from konvoi.web.submissions.models import Upload

PATH = "/reports/papers/delegation-XA"


@pytest.mark.slow
def test_a_desk_answers_a_question_from_its_delegation_page(world: World) -> None:
    desk = world.client("desk-xa")
    stored(world, "desk-xa", {"list.xlsx": workbook("XA", [relief("XA-2", "XA", "5O0000")])})
    compute(world.folder, ("XA",), "second")
    assert 'id="progress"' in desk.get(PATH).content.decode()
    work()
    page = desk.get(PATH).content.decode()
    assert "5O0000" in page
    number = re.search(r'name="answer-(q[0-9a-f]+)"', page)
    assert number is not None
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key is not None
    given = {"key": key[1], f"answer-{number[1]}": "500000"}
    answer = desk.post("/submissions/questions/answer", given)
    assert Upload.objects.get(pk=answer["Location"].rpartition("/")[2]).party == "XA"


def test_only_its_desk_is_asked_on_a_delegation_page(world: World) -> None:
    for name in ("reader-xa", "planner", "legal"):
        page = world.client(name).get(f"{PATH}?for=XA")
        assert page.status_code == 200
        assert "Answer questions" not in text(page), name
    assert not Job.objects.filter(kind="ask").exists()
    for name in ("desk-xb", "recipient", "administrator"):
        assert world.client(name).get(PATH).status_code == 404, name
