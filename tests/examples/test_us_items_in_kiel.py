"""Each item of the American fact sheets has its line in the tracker, or the reason why it has none."""

from collections import Counter
from datetime import date, datetime
from functools import cache
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest
from tests.examples import folders

_IN_KIEL = import_module("examples.2022.in_kiel")
NEAR, WINDOW, held, read = _IN_KIEL.NEAR, _IN_KIEL.WINDOW, _IN_KIEL.held, _IN_KIEL.read

WORKBOOK = "pledges/kiel-release-7/Ukraine_Support_Tracker.xlsx"


def kept() -> dict[str, dict[str, str]]:
    return {row["item"]: row for row in folders.facts("2022", "us-fact-sheets-kiel")}


def items() -> dict[str, dict[str, str]]:
    return {row["item"]: row for row in folders.facts("2022", "us-fact-sheets")}


@cache
def table(path: Path) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(path, read_only=True, data_only=True)["Bilateral assistance, MAIN DATA"]
    sheet.reset_dimensions()
    return list(sheet.iter_rows(values_only=True))


def test_each_item_is_matched_or_has_a_reason_and_no_line_is_taken_twice() -> None:
    rows = kept()
    assert rows.keys() == items().keys()
    assert all(bool(row["row"]) != bool(row["reason"]) for row in rows.values())
    assert max(Counter(row["row"] for row in rows.values() if row["row"]).values()) == 1
    counts = Counter(bool(row["row"]) for row in rows.values())
    assert (counts[True], counts[False]) == (24, 165)


def test_only_what_was_new_in_the_days_of_the_release_has_a_line() -> None:
    of = items()
    for name, row in kept().items():
        new = of[name]["counts"] == "new" and WINDOW[0] <= date.fromisoformat(of[name]["day"]) <= WINDOW[1]
        assert new or not row["row"], name


@pytest.mark.real_data
def test_matched_lines_are_american_of_the_same_days_and_quantities(real_data: Path) -> None:
    """Looked up in the workbook itself: giver, package, day, and the number where both name one."""
    of = items()
    for name, row in kept().items():
        if row["row"]:
            cells = table(real_data / WORKBOOK)[int(row["row"]) - 1]
            assert cells[1] == "United States", name
            assert cells[0] == row["package"], name
            assert isinstance(cells[2], datetime), name
            assert abs(cells[2].date() - date.fromisoformat(of[name]["day"])) <= NEAR, name
            if of[name]["quantity"]:
                assert str(cells[12]) == of[name]["quantity"], name


@pytest.mark.slow
@pytest.mark.real_data
def test_the_engine_proposes_these_pairs_and_hardly_any_other(real_data: Path) -> None:
    """What is kept was read by a person; weights may move a pair or two."""
    found = {row["item"]: row["row"] for row in held(read(real_data / WORKBOOK))}
    right = sum(bool(row["row"]) and found[name] == row["row"] for name, row in kept().items())
    assert right >= 21
    assert sum(bool(row) for row in found.values()) - right <= 2
