"""Each counting case has its right answer, and keeps it whatever files and references are called."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.counting.case import Case, cases, slug
from tests.counting.checks import faults
from tests.counting.drawing import Drawn, decide, read_here, total
from tests.counting.open_cases import OPEN
from tests.counting.variations import SEEDS, earlier, varied
from tests.counting.writing import write

CASES = cases()
EVERYDAY = 8
"""Of so many cases one is varied every day; the other variations are slow."""
SHOWN = (
    "committed-packages-count-as-pledged",
    "iati-commitment-and-its-disbursements",
    "yen-and-pounds-convert",
    "a-newspaper-in-another-currency",
)
"""Cases that are also drawn by the command itself, with a process of its own for each sender's files."""


def _counted() -> list[Any]:
    return [pytest.param(case, id=slug(case.name), marks=_open("counted", case)) for case in CASES]


def _varied() -> list[Any]:
    found = []
    for number, case in enumerate(CASES):
        for seed in SEEDS:
            slow = [pytest.mark.slow] if number % EVERYDAY or seed != SEEDS[0] else []
            marks = [*slow, *_open("varied", case, f"-{seed}")]
            found.append(pytest.param(case, seed, id=f"{slug(case.name)}-{seed}", marks=marks))
    return found


def _summed() -> list[Any]:
    """Cases of amounts whose total has a value."""
    usual = [case for case in CASES if not {"--by", "quantity"} & set(case.options)]
    valued = [case for case in usual if case.right not in ("unknown", "refused")]
    return [
        pytest.param(case, id=slug(case.name), marks=[pytest.mark.slow] if number % EVERYDAY else [])
        for number, case in enumerate(valued)
    ]


def _with_a_history() -> list[Any]:
    """Cases whose documents became known on several days, each with the day before the last one.

    A page of FTS does not state the day on which it was fetched.
    """
    found: list[Any] = []
    for case in CASES:
        days = sorted({document.day for document in case.documents})
        before = (date.fromisoformat(days[-1]) - timedelta(days=1)).isoformat()
        # Flows and releases became known on days of their own, not on the day of their file.
        dated = not any(document.form in ("fts", "ocds") for document in case.documents)
        if len(days) > 1 and dated and _can_be_asked(earlier(case, before)):
            slow = [pytest.mark.slow] if len(found) % EVERYDAY else []
            marks = [*slow, *_open("earlier", case)]
            found.append(pytest.param(case, before, id=slug(case.name), marks=marks))
    return found


def _can_be_asked(case: Case) -> bool:
    """Return True if the good that is asked for is named."""
    rows = [row for document in case.documents for table in document.tables.values() for row in table]
    asked = case.options[case.options.index("--good") + 1] if "--good" in case.options else ""
    return not asked or any(row.get("good") == asked for row in rows)


def _open(test: str, case: Case, seed: str = "") -> list[Any]:
    """The mark of a case that is known to fail: strict, so that one that passes must leave the list."""
    known = f"{test} {slug(case.name)}{seed}" in OPEN
    return [pytest.mark.xfail(reason="listed in open_cases.txt", strict=True)] if known else []


@pytest.fixture
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)


def test_there_are_enough_cases_with_names_of_their_own() -> None:
    names = [slug(case.name) for case in CASES]
    assert len(names) == len(set(names))
    assert len(names) >= 120 + 43


@pytest.mark.slow(all=True)
@pytest.mark.usefixtures("_read_here")
@pytest.mark.parametrize("case", _counted())
def test_a_case_has_its_right_answer(case: Case, tmp_path: Path) -> None:
    wrong = faults(case, tmp_path)
    assert not wrong, f"{'; '.join(wrong)}. Right: {case.right} ({case.section}: {case.reason})"


@pytest.mark.slow(all=True)
@pytest.mark.usefixtures("_read_here")
@pytest.mark.parametrize(("case", "seed"), _varied())
def test_names_and_order_of_files_references_and_splitting_change_nothing(
    case: Case, seed: int, tmp_path: Path
) -> None:
    changed, names = varied(case, seed)
    folder = write(changed, tmp_path / "other", names)
    decide(folder, changed.decisions)
    assert total(folder, changed.options, as_of=changed.as_of) == _usual(case, tmp_path)


@pytest.mark.slow(all=True)
@pytest.mark.usefixtures("_read_here")
@pytest.mark.parametrize(("case", "day"), _with_a_history())
def test_a_later_document_changes_no_total_of_an_earlier_day(case: Case, day: str, tmp_path: Path) -> None:
    whole = total(write(case, tmp_path / "whole"), case.options, as_of=day)
    before = total(write(earlier(case, day), tmp_path / "before"), case.options, as_of=day)
    assert whole == before


@pytest.mark.slow(all=True)
@pytest.mark.usefixtures("_read_here")
@pytest.mark.parametrize("by", ["partner", "kind"])
@pytest.mark.parametrize("case", _summed())
def test_rows_sum_to_the_total(case: Case, by: str, tmp_path: Path) -> None:
    folder = write(case, tmp_path / "work")
    found = total(folder, [*case.options, "--by", by], as_of=case.as_of)
    values = [value for value, _, _ in found.rows.values() if value is not None]
    assert sum(values) == found.value


_USUAL: dict[str, Drawn] = {}
"""Totals of the cases as they are written, by name: each is drawn once."""


def _usual(case: Case, folder: Path) -> Drawn:
    if case.name not in _USUAL:
        work = write(case, folder / "usual")
        decide(work, case.decisions)
        _USUAL[case.name] = total(work, case.options, as_of=case.as_of)
    return _USUAL[case.name]


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("name", SHOWN)
def test_the_command_itself_gives_the_right_answer(name: str, tmp_path: Path) -> None:
    (case,) = (one for one in CASES if slug(one.name) == name)
    assert faults(case, tmp_path, anew=True) == []
