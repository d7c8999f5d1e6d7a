"""The first page of a brief."""

from konvoi.ledger.units import FULFILLED
from konvoi.model.stages import Stage
from konvoi.report.case import Case
from konvoi.report.front.decisions import decisions
from konvoi.report.front.missing import missing
from konvoi.report.front.tiles import tiles
from konvoi.report.ledger.figures import FUNNEL, Step, gap, is_reported, share, told, whole
from konvoi.report.ledger.support import supports
from konvoi.report.page import Front, Message, Number
from konvoi.report.reports.sources import integrity
from konvoi.report.reports.support import size

NO_AMOUNTS = Message("No amounts are reported. Import submissions with konvoi add, then run konvoi run.")


def front(case: Case, audience: str) -> Front:
    """Return the first page of a case that is already cut to its reader."""
    table, further = decisions(case, audience)
    return Front(_answer(case), tiles(case), table, further, missing(case), next(iter(integrity(case)), None))


def _answer(case: Case) -> Message:
    """Return the headline: support as a register publishes it, and what the submissions state."""
    own = _own(case)
    found = supports(case)
    if len(found) != 1:
        return own
    return Message(
        "{size} In the submissions, not the same items: {own}", {"size": size(found[0]), "own": own}
    )


def _own(case: Case) -> Message:
    """Return what submissions state: pledged, delivered or disbursed, outstanding."""
    total = case.totals.get(f"{FUNNEL}{Stage.PLEDGED}")
    if total is None or not total.is_reported:
        return NO_AMOUNTS
    pledged = Step(str(Stage.PLEDGED), total)
    if total.refused:
        return Message("The total pledged is not computed: some amounts would count twice.")
    first = whole(case, pledged)
    if first.value is None:
        return Message("Pledges are reported, but none with a value.")
    end = case.totals.get(f"{FUNNEL}{FULFILLED}")
    last = told(case, Step(FULFILLED, end)) if end is not None else None
    if end is None or not is_reported(Step(FULFILLED, end)) or not isinstance(last, Number):
        return Message(
            "{pledged} pledged. Deliveries and disbursements are not reported.", {"pledged": first}
        )
    if last.value is None:
        text = "{pledged} pledged. Deliveries are reported, but none with a value."
        return Message(text, {"pledged": first})
    text = "{pledged} pledged, {delivered} ({share}) delivered or disbursed. Outstanding: {gap}."
    values = {"pledged": first, "delivered": last, "share": share(last, first), "gap": gap(first, last)}
    return Message(text, values)
