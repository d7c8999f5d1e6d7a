"""Sentences of the reasons why planned movements change."""

import json
from collections.abc import Mapping
from typing import Any

from konvoi.flow.planning.plan_in_force import ADOPTION, LATER
from konvoi.plan.roll_reasons import REASONS
from konvoi.web.pages.texts import say

SINCE = {ADOPTION: "adoption of the plan in force", LATER: "submissions since the adoption"}
"""Message ids of what brought a change about."""


def why(row: Mapping[str, Any]) -> str:
    """Return the reason of a change of a movement in the reader's language.

    row: with the columns of konvoi.plan.roll_reasons.ROLL_CHANGES.
    """
    text = REASONS.get(str(row["reason"]))
    if text is None:
        return say("It follows from changes elsewhere. The coordination cell knows the reason.")
    return say(text, **json.loads(str(row["values"] or "{}")))
