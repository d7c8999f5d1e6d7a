"""The catalogue of the Ukraine Plan's steps; the sample is of our own, built alike."""

from pathlib import Path

import pytest

from konvoi.intake.formats.ukraine_plan import PROGRAMME, UKRAINE_PLAN
from konvoi.intake.read import read
from konvoi.model.document import Document
from konvoi.model.tables import BY_NAME

SAMPLE = (Path(__file__).parent / "samples" / "ukraine_plan" / "plan.json").read_bytes()
ID = "00000000-0000-4000-8000-00000000000{}"


def test_each_step_is_a_condition_without_tranche_day_and_weight() -> None:
    found = read(Document("plan.json", SAMPLE))
    assert found.format == "ukraine-plan"
    steps = found.tables["conditions"]
    assert steps.schema == BY_NAME["conditions"].schema()
    assert steps.select("condition", "programme", "title", "bridge", "_row").rows() == [
        (ID.format(1), PROGRAMME, "1.1. The first step", None, 1),
        (ID.format(2), PROGRAMME, "2. bridge. A step of bridge financing", True, 2),
        (ID.format(3), PROGRAMME, "2.1. Крок без англійського тексту", None, 3),
    ]
    assert steps["title_uk"][0] == "1.1. Крок перший"
    assert [steps[name].null_count() for name in ("tranche", "due", "amount", "currency")] == [3] * 4


def test_what_holds_no_text_is_told_of_and_the_rest_is_read() -> None:
    found = read(Document("plan.json", SAMPLE))
    assert [(one.code, one.place.row, one.read) for one in found.findings] == [
        ("plan-step-without-text", 4, ID.format(4)),
        ("plan-step-without-text", 5, ID.format(5)),
    ]


def test_a_file_that_is_cut_short_is_refused() -> None:
    found = UKRAINE_PLAN.read(Document("plan.json", SAMPLE[:200]))
    assert (found.refused, [one.code for one in found.findings]) == (True, ["json-broken"])


def test_other_json_is_left_to_others() -> None:
    for content in (b"{}", b'{"releases": []}', b'{"a": {"name_uk": "x"}}', b""):
        assert not UKRAINE_PLAN.recognises(Document("plan.json", content))


@pytest.mark.real_data
def test_the_published_plan_has_149_steps_of_which_five_are_of_bridge_financing(real_data: Path) -> None:
    path = real_data / "prozorro" / "plan_of_ukraine.json"
    found = read(Document(path.name, path.read_bytes()))
    steps = found.tables["conditions"]
    assert (steps.height, steps["bridge"].sum(), found.findings) == (149, 5, ())
