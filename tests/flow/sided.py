"""A workspace with invented lists of the EU and the United Nations of one day, for tests that only read."""

from datetime import date
from pathlib import Path

from tests.align.lists import SAMPLES

from konvoi.flow.list_taking import take_in

DAY = date(2031, 2, 27)
"""The day that the list of the United Nations states; that of the EU is taken in as of it, too."""

BEFORE = date(2031, 1, 31)


def sided(folder: Path) -> Path:
    """A folder with a list of the UN, and two of the EU: the second with what amends the first."""
    acts = [SAMPLES / "eu" / f"39999R000{number}.csv" for number in (1, 2, 3)]
    take_in(folder, [SAMPLES / "un" / "consolidated.xml"], "un", None)
    take_in(folder, acts[:1], "eu", BEFORE)
    take_in(folder, acts, "eu", DAY)
    return folder
