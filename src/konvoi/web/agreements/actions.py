"""Actions on rounds: a position is a row that waits to be stored."""

import uuid
from collections.abc import Mapping
from typing import Any

from konvoi.web.access.roles import Right
from konvoi.web.access.viewer import Viewer
from konvoi.web.agreements.rounds import OfRound
from konvoi.web.form_rows.actions import enter
from konvoi.web.form_rows.models import FormRow


def take_position(
    *, viewer: Viewer, shown: OfRound, party: str, row: Mapping[str, Any], key: uuid.UUID, marking: str
) -> FormRow:
    """Record a position of a party; the same key twice is one. row: of positions, without faults."""
    return enter(
        viewer=viewer,
        right=Right.NEGOTIATE,
        party=party,
        table="positions",
        row={name: str(value) for name, value in row.items() if value is not None and name != "marking"},
        about=shown.about,
        key=key,
        marking=marking,
    )
