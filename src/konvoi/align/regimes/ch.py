"""Switzerland: the whole list of the State Secretariat for Economic Affairs (SECO, XML).

It keeps who was delisted, and in each change a copy of what was there before: only the targets themselves
count, by the last of their changes.
"""

from collections.abc import Sequence
from datetime import date

from konvoi.align.ch.targets import GONE, change, listing, programmes
from konvoi.align.days import day_in
from konvoi.align.elements import line
from konvoi.align.list_findings import told
from konvoi.align.listing import Listing, joined
from konvoi.align.regime import Found, Opened, Regime, doubts, strange
from konvoi.model.finding import Finding, Place

_TITLE = "Switzerland"


def _read(files: Sequence[Opened], day: date) -> Found:
    """One listing for each target that was not delisted last."""
    found: list[Listing] = []
    findings: list[Finding] = []
    own = None
    gone = 0
    for file in files:
        root = file.root
        if root is None or root.tag != "swiss-sanctions-list":
            return strange(_TITLE, file.name, "no XML" if root is None else f"<{root.tag}>")
        made = day_in(root.get("date", ""))
        own = made.first if made else own
        known = programmes(root)
        for target in root.iterfind("target"):
            if change(target)[0] == GONE:
                gone += 1
            elif one := listing(target, known, file.name):
                found.append(one)
            else:
                place = Place(file.name, "", line(target))
                findings.append(told("entry-row", place, read=target.get("ssid", "")))
    listings = joined(found)
    untried = told("reader-untried", Place(files[0].name)) if files else None
    first = (untried,) if untried else ()
    facts = {"targets": len(found) + gone, "delisted": gone}
    return Found(listings, (*first, *findings, *doubts(listings)), day=own, facts=facts)


CH = Regime("ch", _TITLE, _read, untried=True)
