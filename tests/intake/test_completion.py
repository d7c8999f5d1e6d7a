"""Completion of later rows: a channel that is not known takes nothing back that was stated."""

import pytest

from konvoi.intake.completion import completed
from konvoi.intake.sheet import Row
from konvoi.intake.table import Origin, read_by_sender
from konvoi.model.document import Reading
from konvoi.model.tables import BY_NAME

HEAD = ("line *", "package *", "good", "quantity", "channel")


def channels(*words: str) -> list[str]:
    """The channel of one line item in each of several documents, each later than the one before."""
    readings = []
    for at, word in enumerate(words):
        rows = [Row(1, HEAD), Row(2, ("L-1", "P-1", "tent", "10", word))]
        frame = read_by_sender(BY_NAME["lines"], rows, Origin(str(at), "Lines")).frame
        readings.append(Reading(str(at), "", "konvoi", "AR", tables={"lines": frame}))
    found = completed(readings, {str(at): at for at in range(len(words))})
    return [str(one.tables["lines"]["route"].item()) for one in found]


@pytest.mark.parametrize("unknown", ["not stated", "undisclosed", ".", "", "by horse"])
def test_a_channel_that_is_not_known_keeps_the_one_stated_before(unknown: str) -> None:
    assert channels("procured", unknown) == ["procured", "procured"]
    assert channels("procured", unknown, "from stock") == ["procured", "procured", "from stock"]


def test_a_channel_that_becomes_known_replaces_the_unknown_one() -> None:
    assert channels("not stated", "procured") == ["not stated", "procured"]


def test_a_dash_clears_the_channel_and_does_not_make_it_the_default() -> None:
    assert channels("procured", "-") == ["procured", "not stated"]
