"""Each reader's workbook holds its own sheets, and somebody fills every sheet."""

import pytest
from tests.report.submissions.test_template import DAY, FILLED, plain

from konvoi.intake.read import read
from konvoi.model.document import Document
from konvoi.model.party import LANGUAGES
from konvoi.model.tables import BY_NAME, TABLES
from konvoi.report.submissions.fillers import FILLERS, SUBJECTS, sheets_for
from konvoi.report.submissions.template import template


def test_every_sheet_is_filled_by_somebody_and_every_name_is_a_sheet() -> None:
    """Where this fails after a new table: say in FILLERS who knows first what goes into it."""
    assert {name for names in FILLERS.values() for name in names} == set(BY_NAME)


def test_without_a_filler_all_sheets_are_there() -> None:
    assert sheets_for() == TABLES


@pytest.mark.parametrize("filler", sorted(FILLERS))
def test_a_fillers_workbook_holds_its_sheets_only(filler: str) -> None:
    reading = read(Document("a.xlsx", template("de", day=DAY, tables=sheets_for(filler))))
    assert set(reading.tables) == set(FILLERS[filler])
    assert reading.findings == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_hxl_tags_the_same_is_read(language: str) -> None:
    content = [template(language, day=DAY, rows=FILLED, hxl=hxl) for hxl in (False, True)]
    plainly, tagged = (read(Document("a.xlsx", one)) for one in content)
    assert [one.code for one in tagged.findings] == [one.code for one in plainly.findings]
    without = {name: frame.drop("_row").rows() for name, frame in plain(plainly).items()}
    assert {name: frame.drop("_row").rows() for name, frame in plain(tagged).items()} == without
    assert all(frame["_row"].to_list() == [3] for frame in tagged.tables.values())


def test_every_sheet_has_one_subject() -> None:
    """Where this fails after a new table: say in SUBJECTS where it belongs."""
    named = [name for names in SUBJECTS.values() for name in names]
    assert sorted(named) == sorted(BY_NAME)


def test_subjects_narrow_the_sheets_of_a_filler() -> None:
    names = [table.name for table in sheets_for("desk", ["deliveries"])]
    assert names == ["movements", "serials"]
