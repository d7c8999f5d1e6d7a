"""Readings are cut to the rows that a reader may see, before anything is computed."""

import pytest

from konvoi.flow.cut import row_key, shown_rows
from konvoi.flow.parse_documents import understand
from konvoi.flow.settings import Settings
from konvoi.flow.view import View
from konvoi.model.document import Document, Reading
from konvoi.model.limiting import UNREAD_ROWS

PACKAGES = b"package,party,day,kind,marking\nP-1,DE,2031-01-01,energy,\nP-2,DE,2031-01-01,energy,own\n"
LINES = b"line,package,good,quantity,marking\nL-1,P-1,tent,1,public\nL-2,P-2,tent,1,public\n"
SETTINGS = Settings()


def readings(marking: str = "coalition", packages: bytes = PACKAGES) -> list[Reading]:
    files = {"DE/packages.csv": packages, "DE/lines.csv": LINES}
    return understand(
        [Document(name, text, "DE", marking) for name, text in files.items()], settings=SETTINGS
    )


def test_rows_that_were_left_out_of_limits_are_the_coordination_cells_alone() -> None:
    text = b"party,what,most,marking\nDE,tonnes,nine,public\n"
    [reading] = understand([Document("DE/caps.csv", text, "DE", "public")], settings=SETTINGS)
    assert UNREAD_ROWS in reading.tables
    for reader in ("public", "DE"):
        for shown in shown_rows([reading], View(None, reader), SETTINGS):
            assert UNREAD_ROWS not in shown.tables


def references(shown: list[Reading]) -> list[str]:
    return [
        ref
        for one in shown
        for name, key in (("packages", "package"), ("lines", "line"))
        if name in one.tables
        for ref in one.tables[name][key]
    ]


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        ("public", []),
        ("coalition", ["P-1", "L-1"]),
        ("PL", ["P-1", "L-1"]),
        ("DE", ["P-1", "P-2", "L-1", "L-2"]),
    ],
)
def test_a_row_has_its_own_marking_or_its_documents_and_goes_with_its_parent(
    reader: str, seen: list[str]
) -> None:
    """Both lines are public, but their packages are the coalition's and DE's own."""
    assert references(shown_rows(readings(), View(reader=reader), SETTINGS)) == seen


def test_parties_that_see_the_same_rows_have_equal_keys() -> None:
    them = readings()
    keys = {one: row_key(them, shown_rows(them, View(reader=one), SETTINGS)) for one in ("DE", "PL", "FR")}
    assert keys["DE"] == ""
    assert keys["PL"] == keys["FR"] != ""
