"""The marking of a page, as it stands on each sheet of it."""

from konvoi.model.markings import COALITION, PUBLIC
from konvoi.report.case import Case
from konvoi.report.ledger.basis import listed
from konvoi.report.names import Names
from konvoi.report.page import Message


def marking(case: Case, audience: str) -> Message:
    """Return the marking of the page, as it stands on each sheet of it.

    It names the sources that were published after the day of the page.
    """
    own = _released_to(case, audience)
    later = case.tables.get("reconstructed")
    if later is None or later.is_empty():
        return own
    named = [
        Message("{source} (published {day})", {"source": name, "day": day})
        for name, day in later.select("name", "published").unique().sort("name", "published").iter_rows()
    ]
    return Message("{marking}; contains {sources}", {"marking": own, "sources": listed(named, "; ")})


def _released_to(case: Case, audience: str) -> Message:
    """Return the readers to whom the page is released."""
    if audience == "cell":
        return Message("for the coordination cell only")
    if audience == PUBLIC:
        return Message("public")
    if audience == COALITION:
        return Message("for the coalition only")
    return Message("releasable to {party} only", {"party": Names(case).party(audience)})
