"""European Union: acts of the Official Journal as CSV, what amends them, and the consolidated list (FSF)."""

from collections.abc import Sequence
from datetime import date

from konvoi.align.eu import acts, fsf
from konvoi.align.list_findings import told
from konvoi.align.listing import Listing, joined
from konvoi.align.regime import Found, Opened, Regime, doubts, refused, strange
from konvoi.align.table import csv_rows
from konvoi.model.finding import Place

_TITLE = "European Union"


def _read(files: Sequence[Opened], day: date) -> Found:
    """Acts in force on the day, then the entities of the consolidated list: two lists of one regime."""
    journal: list[acts.JournalFile] = []
    consolidated: list[Listing] = []
    own = None
    for file in files:
        if file.root is not None and fsf.is_fsf(file.root):
            consolidated += fsf.listings(file.root, file.name)
            own = fsf.own_day(file.root)
            continue
        found_ = csv_rows(file.text)
        if not acts.is_act(found_.head):
            return strange(_TITLE, file.name, ", ".join(found_.head)[:60])
        if found_.broken:
            return refused(told("list-broken", Place(file.name), why=found_.broken))
        journal.append(acts.JournalFile(file, found_.head, found_.rows))
    force = acts.in_force(journal, day)
    found = (*acts.listings(force.rows), *joined(consolidated))
    note = acts.undated(found)
    return Found(
        listings=found,
        findings=(*((note,) if note else ()), *acts.unread_days(force.rows), *doubts(found)),
        day=own if not journal else None,
        facts={
            "acts": sum(head[0] == acts.ACT for _, head, _ in journal),
            "acts without a row": sum(head[0] == acts.ACT and not rows for _, head, rows in journal),
            "rows": len(force.rows),
            "added": force.added,
            "replaced": force.replaced,
            "already in": force.there,
            "not yet in force": force.later,
            "consolidated": len(consolidated),
        },
    )


EU = Regime("eu", _TITLE, _read)
