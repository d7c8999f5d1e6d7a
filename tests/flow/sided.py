"""A workspace with invented lists of Canada and the EU of one day, and of the United Nations of another."""

from datetime import date
from pathlib import Path

from tests.align.lists import SAMPLES

from konvoi.flow.sanctions.list_taking import take_in

DAY, BEFORE = date(2031, 9, 2), date(2031, 8, 1)
"""The day of both lists, and that of the EU's list before, to which an act of 1 September adds a party."""


def sided(folder: Path) -> Path:
    """The folder, with the lists taken in; the list of the United Nations states its own day, 27 February."""
    acts = [SAMPLES / "eu" / f"39999R000{number}.csv" for number in (1, 2, 3)]
    take_in(folder, [SAMPLES / "un" / "consolidated.xml"], "un", None)
    take_in(folder, [SAMPLES / "ca" / "sema.xml"], "ca", DAY)
    take_in(folder, acts, "eu", BEFORE)
    take_in(folder, acts, "eu", DAY)
    return folder
