"""The form of a scenario: what was filled in, as changes that are supposed together."""

import re
import uuid
from collections.abc import Mapping, Sequence

from konvoi.gateways.refusal import Refused
from konvoi.web.access.viewer import Viewer
from konvoi.web.form_rows.days import stated_day
from konvoi.web.pages.texts import say
from konvoi.web.planning.actions import row_of
from konvoi.web.planning.scenarios import Asked
from konvoi.web.submissions.rows import cell_text

LISTED = ("close", "without", "delay")
"""Fields of which several values can be chosen."""
_LONGEST = 200
_NUMBER = re.compile(r"\d{1,12}([.]\d{1,6})?")
"""A number as it can be read in one way alone: a comma may divide thousands or decimals."""


def asked_of(viewer: Viewer, form: Mapping[str, str], chosen: Mapping[str, Sequence[str]]) -> Asked:
    """Return the scenario that a form states. chosen: values of the fields in LISTED."""
    given = {name: str(value).strip()[:_LONGEST] for name, value in form.items()}
    lists = {name: tuple(one[:_LONGEST] for one in chosen[name] if one) for name in LISTED}
    weeks = given.get("weeks", "")
    if weeks not in ("", "0") and not lists["delay"]:
        raise Refused(say("State what is delayed, or leave the weeks empty."))
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


def _rows(viewer: Viewer, given: Mapping[str, str]) -> dict[str, list[dict[str, str]]]:
    """Return the rows that a scenario adds: an offer, a need with another day, a lower capacity.

    Refused where a part of one is filled in and the rest is missing: nothing is left out silently.
    """
    rows: dict[str, list[dict[str, str]]] = {}
    offer = {name: given.get(f"offer_{name}", "") for name in ("good", "quantity", "site", "ready", "party")}
    if any(offer.values()):
        if not all(offer[name] for name in ("good", "quantity", "site", "party")):
            raise Refused(say("An offer that is added has a good, a quantity, a place and a partner."))
        _check_number(offer["quantity"], some=True)
        offer["ready"] = stated_day(offer["ready"])
        rows["offers"] = [{"offer": f"WHAT-IF-{uuid.uuid4().hex[:8]}", **offer, "state": "accepted"}]
    need, due = given.get("need", ""), given.get("due", "")
    if need or due:
        known = row_of(viewer, "needs", need) if need else None
        if known is None or not due:
            raise Refused(say("A need with another due day has a need and a day."))
        kept = {
            name: cell_text(value)
            for name, value in known.items()
            if not name.startswith("_") and value is not None
        }
        rows["needs"] = [{**kept, "due": stated_day(due)}]
    on, tonnes = given.get("on", ""), given.get("tonnes", "")
    if on or tonnes:
        if not (on and tonnes):
            raise Refused(say("A lower capacity has a lane or site and tonnes a week."))
        _check_number(tonnes)
        rows["capacities"] = [{"on": on, "tonnes": tonnes}]
    return rows


def _check_number(text: str, *, some: bool = False) -> None:
    """Refuse what is no number, or can be read in two ways. some: True where nothing is no answer."""
    if not _NUMBER.fullmatch(text) or (some and float(text) == 0):
        raise Refused(say("“{text}” is no quantity. Write a number such as 40 or 12.5.", text=text))


def rows_in_words(rows: Mapping[str, Sequence[Mapping[str, str]]]) -> list[str]:
    """Return sentences on the rows that a scenario adds, in the reader's language."""
    found = [
        say(
            "Offer added: {quantity} {good} of {party} at {site}, from {ready}.",
            **{name: one.get(name) or "–" for name in ("quantity", "good", "party", "site", "ready")},
        )
        for one in rows.get("offers", ())
    ]
    found += [
        say("Need {need}: due {due}.", need=one["need"], due=one["due"]) for one in rows.get("needs", ())
    ]
    found += [
        say("At most {tonnes} tonnes a week: {on}.", tonnes=one["tonnes"], on=one["on"])
        for one in rows.get("capacities", ())
    ]
    return found
