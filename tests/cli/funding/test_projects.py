"""konvoi funding projects: what is unknown first, then the most pressing; one project whole; and OC4IDS."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.examples import folders

from konvoi.cli.i18n import VARIABLE

EXERCISE = folders.EXAMPLES / "exercise"


@pytest.fixture(scope="module")
def found() -> dict[str, object]:
    return dict(konvoi("funding", "projects", EXERCISE, "--json").json)


def test_people_read_what_is_unknown_before_anything_else() -> None:
    called = konvoi("funding", "projects", EXERCISE)
    first, second, *_ = called.out.replace("\u00a0", " ").splitlines()
    assert first == "Unknown: 59 % of 66 answers; 23 met, 4 not met."
    assert second == "As of 2031-03-03: 8 projects."
    lines = [line.split() for line in called.out.splitlines()]
    (school,) = (line for line in lines if line[:1] == ["P-1"] and "XV02" in line)
    assert school[:7] == ["P-1", "prepared", "XV02", "EUR", "4.2", "0", "0"]
    assert "1 pair may be one place or building:" in called.out
    assert all(len(line) <= 100 for line in called.out.splitlines())


def test_the_json_tells_sums_answers_and_pairs(found: dict[str, object]) -> None:
    """Emergency power is paid from an allocation and bought by two call-offs in the giver's crowns."""
    rows = {row["project"]: row for row in found["projects"]}  # type: ignore[attr-defined]
    power = rows["P-4"]
    assert [power[name] for name in ("currency", "committed", "contracted", "paid", "left")] == [
        *("XTS", 36000000, 32400000, 12000000, 24000000)
    ]
    assert (rows["P-1"]["damage"], rows["P-4"]["damage"]) == (3600000, None)
    assert found["answers_by_verdict"] == {"met": 23, "not met": 4, "unknown": 39}
    assert found["unknown"] == 0.5909
    pair = found["twice"][0]  # type: ignore[index]
    assert (pair["left"], pair["right"], pair["amount"]) == ("P-1", "P-2", 3900000)


def test_one_project_whole_with_each_answer_and_what_it_rests_on() -> None:
    called = konvoi("funding", "projects", "P-3", EXERCISE)
    text = " ".join(called.out.split())
    head = "Unknown: 27 % of 11 answers; 4 met, 4 not met. P-3: Water works of Quinvel what value"
    assert text.startswith(head)
    assert "damage 5.1 m EUR, Photographs from the air, 2030-10-30" in text
    assert "DEC-5" in text
    assert "P-1" not in text
    assert "not assessed" in konvoi("funding", "projects", "P-4", EXERCISE).out


def test_a_project_that_nobody_knows_is_refused_with_the_nearest() -> None:
    called = konvoi("funding", "projects", "P-11", EXERCISE)
    assert called.code == 2
    assert "P-1" in called.err
    assert konvoi("funding", "projects", "P-1", "P-3", EXERCISE).code == 2


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("--oblast", "XV03"), {"P-3", "P-8"}),
        (("--oblast", "quin valley"), {"P-3", "P-8"}),
        (("--of", "XA"), {"P-1", "P-3"}),
        (("--of", "Tarnvel Town"), {"P-1", "P-2", "P-4", "P-5"}),
        (("--of", "XB", "--oblast", "XV02"), {"P-2"}),
    ],
)
def test_those_of_one_oblast_or_party_alone(words: tuple[str, ...], ids: set[str]) -> None:
    """A party's are those that it owns or pays for."""
    told = konvoi("funding", "projects", EXERCISE, *words, "--json").json
    assert {row["project"] for row in told["projects"]} == ids
    assert {row["project"] for row in told["answers"]} <= ids


def test_an_oblast_that_nobody_knows_is_refused_with_the_nearest() -> None:
    called = konvoi("funding", "projects", EXERCISE, "--oblast", "XV04")
    assert (called.code, "XV03" in called.err) == (2, True)


def test_what_was_known_on_a_day(found: dict[str, object]) -> None:
    """Before Velmora's list only Bolaria's project and its own earlier file were known."""
    early = konvoi("funding", "projects", EXERCISE, "--known", "2031-02-21", "--json").json
    assert {row["project"] for row in early["projects"]} == {"P-1", "P-3", "P-5"}
    assert early["unknown"] is None


def test_projects_leave_as_oc4ids_for_an_audience(tmp_path: Path) -> None:
    target = tmp_path / "projects.json"
    called = konvoi("funding", "projects", EXERCISE, "--oc4ids", target)
    assert "no registered prefix" in called.err
    public = json.loads(target.read_bytes())["projects"]
    before = target.read_bytes()
    refused = konvoi("funding", "projects", EXERCISE, "--oc4ids", target, "--for", "coalition")
    assert (refused.code, target.read_bytes()) == (3, before)
    assert "is there already" in refused.err
    konvoi("funding", "projects", EXERCISE, "--oc4ids", target, "--for", "coalition", "--over")
    assert len(json.loads(target.read_bytes())["projects"]) == len(public) + 1 == 8


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "Unbekannt: 59\u00a0% von 66 Antworten"), ("uk", "Невідомо: 59\u00a0% з 66 відповідей")],
)
def test_it_speaks_the_language_that_is_asked_for(
    language: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, language)
    assert words in konvoi("funding", "projects", EXERCISE).out
