"""Answers that put cells right: a limit that could not be read can be read from then on."""

from decimal import Decimal

import pytest

from konvoi.flow.submissions.answer_effects import Patch, patched
from konvoi.intake.read import read
from konvoi.model.document import Document
from konvoi.plan.clean import Notes, clean


@pytest.mark.parametrize(
    ("table", "text", "column", "used"),
    [
        ("capacities", "on,tonnes\nDS,1.469", "tonnes", Decimal("1.469")),
        ("caps", "party,what,most\nPL,quantity,1.200", "most", Decimal("1.2")),
    ],
)
def test_an_answer_about_a_limit_makes_it_readable(table: str, text: str, column: str, used: Decimal) -> None:
    """A row that was left out for its only fault limits by the answered value."""
    reading = read(Document(f"{table}.csv", text.encode()))
    for answered, expected in (("1200", Decimal(1200)), ("", used)):
        patch = Patch(reading.document, table, 2, table, column, answered, {})
        [after] = patched([reading], [patch] if answered else [])
        notes = Notes()
        frames = clean({**after.tables, "lanes": _LANES}, notes)
        assert frames[table][column].to_list() == [expected]
        assert [one.column for one in notes.without] == ([] if answered else [column])


_LANES = read(Document("lanes.csv", b"lane,from,to,mode,days_p50\nDS,D,S,road,2")).tables["lanes"]
