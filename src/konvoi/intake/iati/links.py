"""Links between IATI activities: money that passes from one to the next, parents and children."""

import json
from collections.abc import Sequence

from lxml import etree

from konvoi.intake.iati.activity import Activity
from konvoi.intake.iati.batch import Spot, Work, spot
from konvoi.intake.iati.organisations import Organisation, is_registration
from konvoi.intake.iati.transaction import Transaction
from konvoi.kit.text import tidy


def passing(found: Sequence[Transaction], within: Activity, work: Work) -> None:
    """passes_through, by the activity that a transaction names as the other side's; and both as scopes.

    Amounts that the receiver reports come out of the provider's activity; amounts that the giver reports go
    into the receiver's. The other side is named by its reference, for no transaction of it is named.
    """
    for one in found:
        named: dict[str, str] = {}
        for side, party in (("source", one.provider), ("destination", one.receiver)):
            own = (side == "destination") == one.receiver_view
            column = "provider-activity-id" if side == "source" else "receiver-activity-id"
            other = _other(party, column, one.at, within, work, own=own)
            named[side] = other or (within.id if own else "")
            ends = (f"iati:{other}", one.entry) if side == "source" else (one.entry, f"iati:{other}")
            if other:
                _relate(work, *ends, relation="passes_through", subtype=column)
        if all(named.values()):
            work.batch.scopes += [
                {"entry": one.entry, "side": side, "dimension": "activity", "value": name}
                for side, name in named.items()
            ]


def related(element: etree._Element, within: Activity, work: Work) -> None:
    """part_of from child to parent activity; siblings and the like are kept and relate nothing."""
    for number, child in enumerate(element.iterfind("related-activity"), start=1):
        at = spot(child, f"{within.at.path}/related-activity[{number}]")
        other = Organisation(activity=tidy(child.get("ref") or ""))
        kind = (child.get("type") or "").strip()
        work.add("iati_related", at, {"activity": within.id, "related": other.activity, "type": kind})
        name = _other(other, "ref", at, within, work)
        ends = (f"iati:{within.id}", f"iati:{name}")
        if name and kind in ("1", "2"):
            left, right = ends if kind == "1" else ends[::-1]
            _relate(work, left, right, relation="part_of", subtype="iati-parent")


def _other(
    one: Organisation, column: str, at: Spot, within: Activity, work: Work, *, own: bool = False
) -> str:
    """Return the activity that is named, empty if none is; report a name of no other activity.

    own: the side on which IATI asks to name this very activity, so that it is not reported.
    """
    name = one.activity
    if not name or (own and name == within.id):
        return ""
    if name == within.id:
        sentences = (
            "another activity",
            "name the other side's activity; this is the very same one ({count}×), which links nothing",
        )
        work.note("iati-reference-itself", at.at(column), name, sentences)
        return ""
    codes = {one.ref, within.reporting.ref} | {participant.ref for _, participant in within.participants}
    if name in codes or is_registration(name):
        sentences = (
            "the identifier of an activity",
            "name the activity; this is the code of an organisation ({count}×), which links nothing",
        )
        work.note("iati-reference-organisation", at.at(column), name, sentences)
        return ""
    return name


def _relate(work: Work, left: str, right: str, *, relation: str, subtype: str) -> None:
    row: dict[str, object] = {
        "left": left,
        "right": right,
        "relation": relation,
        "subtype": subtype,
        "probability": 1.0,
        "status": "accepted",
        "basis": "structure" if relation == "part_of" else "reference",
        "evidence": json.dumps([[subtype, "named by the publisher"]]),
    }
    work.batch.relations.append(row)
