"""The exercise: the most urgent things that konvoi names, beside those that a reader chose beforehand.

Before any output for the exercise was looked at, its submissions were read as of 3 March 2031, and three
things were chosen:

1. Bolaria's 3,000 rounds: its parliament was to be asked by 20 February, Corland's consent was due on
   28 February, and one waits for the other.
2. The transit through Galvoria for two of the five transformers that the meeting puts before all others: due
   on 28 February, no answer.
3. Eskeria's 12 ambulances, promised for 25 February: all that Marrovel asks for.

Konvoi weighed neither approvals nor action items by the needs that depend on them; since it does, it names
the first two. In place of the ambulances it names Arvenia's thirty generators without a day, and it is right:
by a decision one of them serves for three smaller ones, in a table at which the reader had not looked. Nearly
twice as much of the needs depends on them, by the needs' own weights.
"""

import pytest
from tests.examples import folders

from konvoi.flow.status import MOST_URGENT, status
from konvoi.flow.workspace import workspace

CHOSEN = ("XB-2/1", "XD-4/1", "XE-1/1")


@pytest.mark.slow
def test_the_most_urgent_are_those_chosen_beforehand_but_for_one_that_weighs_less() -> None:
    found = status(workspace(folders.kept("exercise"))).urgent
    assert len(found) == MOST_URGENT
    roots = [one.root for one in found]
    assert roots == ["XB-2/1", "XA-2/1", "XD-4/1"]
    assert [one for one in CHOSEN if one not in roots] == ["XE-1/1"]
    assert [one.party for one in found] == ["XB", "XA", "XD"]
    assert [round(float(one.share), 2) for one in found] == [0.06, 0.06, 0.04]
