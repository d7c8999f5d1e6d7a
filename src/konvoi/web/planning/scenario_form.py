"""The form of a scenario: what was filled in, as changes that are supposed together."""

import uuid
from collections.abc import Mapping, Sequence

from konvoi.gateways.refusal import Refused
from konvoi.web.access.viewer import Viewer
from konvoi.web.pages.texts import say
from konvoi.web.planning.actions import row_of
from konvoi.web.planning.scenarios import Asked
from konvoi.web.submissions.rows import cell_text

LISTED = ("close", "without", "delay")
"""Fields of which several values can be chosen."""
_LONGEST = 200


def asked_of(viewer: Viewer, form: Mapping[str, str], chosen: Mapping[str, Sequence[str]]) -> Asked:
    """Return the scenario that a form states. chosen: values of the fields in LISTED."""
    given = {name: str(value).strip()[:_LONGEST] for name, value in form.items()}
    lists = {name: tuple(one[:_LONGEST] for one in chosen[name] if one) for name in LISTED}
    weeks = given.get("weeks", "")
    parts = [text for texts in lists.values() for text in texts]
    rows = _rows(viewer, given)
    parts += [text for some in rows.values() for row in some for text in list(row.values())[:2]]
    return Asked(
        given.get("name") or ", ".join(parts)[:_LONGEST] or "–",
        **lists,
        first=given.get("first", ""),
        last=given.get("last", ""),
        weeks=int(weeks) if weeks.lstrip("-").isdigit() and len(weeks) < 5 else 0,
        as_submitted=given.get("as_submitted") == "yes",
        rows=rows,
    )


def _rows(viewer: Viewer, given: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    """Return the rows that a scenario adds: an offer, a need with another day, a lower capacity."""
    rows: dict[str, list[dict[str, str]]] = {}
    if given.get("offer_good"):
        if not (given.get("offer_quantity") and given.get("offer_site") and given.get("offer_party")):
            raise Refused(say("An offer that is added has a good, a quantity, a place and a partner."))
        offer = {
            name: given.get(f"offer_{name}", "") for name in ("good", "quantity", "site", "ready", "party")
        }
        rows["offers"] = [{"offer": f"WHAT-IF-{uuid.uuid4().hex[:8]}", **offer, "state": "accepted"}]
    if given.get("need"):
        known = row_of(viewer, "needs", given["need"])
        if known is None or not given.get("due"):
            raise Refused(say("A need with another due day has a need and a day."))
        kept = {
            name: cell_text(value)
            for name, value in known.items()
            if not name.startswith("_") and value is not None
        }
        rows["needs"] = [{**kept, "due": given["due"]}]
    if given.get("on"):
        if not given.get("tonnes"):
            raise Refused(say("A lower capacity has a lane or site and tonnes a week."))
        rows["capacities"] = [{"on": given["on"], "tonnes": given["tonnes"]}]
    return rows
