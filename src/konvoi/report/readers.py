"""The marking of a page, as it stands on each sheet of it."""

from konvoi.model.markings import COALITION, PUBLIC
from konvoi.report.case import Case
from konvoi.report.names import Names
from konvoi.report.page import Message


def marking(case: Case, audience: str) -> Message:
    """Return the marking of the page, as it stands on each sheet of it."""
    if audience == "cell":
        return Message("for the coordination cell only")
    if audience == PUBLIC:
        return Message("public")
    if audience == COALITION:
        return Message("for the coalition only")
    return Message("releasable to {party} only", {"party": Names(case).party(audience)})
