"""Marking and count mode of records, stated anew by the desk of their party: a document of its own.

It is checked, shown with what each reader would see, confirmed and stored like any other upload.
"""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404
from django.utils import timezone

from konvoi.flow.cut import marking_of
from konvoi.flow.kept_markings import with_kept_markings
from konvoi.flow.receipts import recorded
from konvoi.flow.stated_markings import with_stated_markings
from konvoi.flow.store import store
from konvoi.gateways.files import SUBMISSIONS, WITHDRAWN
from konvoi.gateways.refusal import Refused
from konvoi.intake.join import headed
from konvoi.model.markings import MARKINGS, parties_of
from konvoi.model.party import party_id
from konvoi.model.stages import COUNT_MODES, DEFAULT_COUNT_MODE
from konvoi.model.tables import BY_NAME
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Viewer
from konvoi.web.instance import instance
from konvoi.web.pages.texts import say
from konvoi.web.record import receipts, settings_now, state_of
from konvoi.web.submissions import queries
from konvoi.web.submissions.actions import hand_in
from konvoi.web.submissions.models import Upload
from konvoi.web.submissions.stored_documents import known_settings, readings

MOST = 200
"""Records of a document that the form lists one by one."""
SENTENCES = {
    "named": "Readers who may see the record see it with its amount. It counts for nobody else.",
    "in total, not named": (
        "Readers who may not see the record find its amount in released totals, without its name."
    ),
    "band only": (
        "Readers who may not see the record find it in released totals as a band, without its amount."
    ),
    "cell only": (
        "Where a reader may not see the record, it counts in the figures of the coordination cell alone."
    ),
    "not counted yet": "The record counts in no figure until you change this.",
}
"""Meaning of each count mode, as message ids."""


@dataclass(frozen=True)
class Record:
    """A record of a document with the marking and count mode that hold now; mode: empty where it has none."""

    table: str
    reference: str
    title: str
    marking: str
    count_mode: str

    @property
    def key(self) -> str:
        """The record as one value of a form."""
        return f"{self.table}:{self.reference}"


def may_state(viewer: Viewer, party: str) -> bool:
    """Return True for the desk of a party: it alone decides on markings of the party's records."""
    return viewer.party == party and viewer.may_submit_for(party)


def document_for(viewer: Viewer, document: str) -> queries.Stored:
    """Return a document for whoever may change the markings of its records; 404 for others."""
    one = queries.document(viewer, document)
    if one is None or one.withdrawn or not may_state(viewer, one.party):
        raise Http404
    return one


def records_of(one: queries.Stored) -> list[Record]:
    """Return the records of a document that have a reference and a marking, with what holds now."""
    settings = known_settings(store(instance().folder))
    own = [
        queries.Stored(path, file.sha256, file.size)
        for path, file in sorted(recorded(receipts()).items())
        if path.startswith(f"{SUBMISSIONS}/{one.party}/")
    ]
    held = headed(readings(own))
    marked = with_stated_markings(with_kept_markings(held, settings), settings)
    found = []
    for reading in (reading for reading in marked if reading.document == one.name):
        marking = marking_of(reading, settings)
        for name, rows in reading.tables.items():
            table = BY_NAME.get(name)
            if table is None or len(table.key) != 1 or "marking" not in table.schema():
                continue
            for row in rows.iter_rows(named=True):
                mode = str(row["count_mode"] or DEFAULT_COUNT_MODE) if "count_mode" in row else ""
                stated = str(row["marking"] or "").strip() or marking
                title = str(row.get("title") or row.get("name") or row.get("good") or "")
                found.append(Record(name, str(row[table.key[0]]), title, stated, mode))
    return found


def state_markings(
    *,
    viewer: Viewer,
    document: str,
    chosen: Sequence[str],
    marking: str,
    count_mode: str,
    base: str,
    key: uuid.UUID,
) -> Upload:
    """Hand in the marking and count mode of records of a document; nothing changes until it is confirmed.

    chosen: keys of records; none for all. marking, count_mode: empty where it stays. base: the state of
    the party that the form showed.
    """
    one = document_for(viewer, document)
    if state_of(one.party) != base:
        text = (
            "The submissions of {party} were changed after this form was opened. Nothing was changed. "
            "Check what holds now."
        )
        raise Refused(say(text, party=one.party))
    if not marking and not count_mode:
        raise Refused(say("Choose a marking or a count mode. Nothing was changed."))
    known = records_of(one)
    records = [record for record in known if record.key in set(chosen)] if chosen else known
    stated = [_stated(record, marking, count_mode) for record in records]
    stated = [row for row in stated if "marking" in row or "count_mode" in row]
    if not stated:
        raise Refused(say("No record would change. Nothing was changed."))
    day = (settings_now().day or timezone.now().date()).isoformat()
    values = {
        "konvoi": "markings",
        "party": one.party,
        "day": day,
        "documents": _documents(one.party),
        "records": stated,
    }
    content = json.dumps(values, ensure_ascii=False, indent=1).encode()
    name = f"markings-{day}.json"
    return hand_in(viewer=viewer, party=one.party, given={name: [content]}, sizes=[len(content)], key=key)


def _stated(record: Record, marking: str, count_mode: str) -> dict[str, str]:
    """Return what changes of a record."""
    row = {"table": record.table, "record": record.reference}
    if marking and marking != record.marking:
        row["marking"] = marking
    if count_mode and record.count_mode and count_mode != record.count_mode:
        row["count_mode"] = count_mode
    return row


def _documents(party: str) -> list[str]:
    """Return the digests of all that a party has submitted so far."""
    folders = (f"{SUBMISSIONS}/{party}/", f"{WITHDRAWN}/{party}/")
    return sorted({one.sha256 for path, one in recorded(receipts()).items() if path.startswith(folders)})


def marking_chosen(viewer: Viewer, choice: str, parties: str) -> str:
    """Return the marking that a form states; empty where it stays as it is.

    Parties are those that anybody knows by their id, and those that the viewer's own results name.
    """
    if choice in ("", *MARKINGS):
        return choice
    named = [party_id(one) or one for one in parties_of(parties)]
    opened = view(viewer.on(None))
    rows = opened.rows("parties", limit=10_000).rows if opened else ()
    known = {str(row["party"]) for row in rows} | {one for one in named if party_id(one)}
    if not named or (strange := [one for one in named if one not in known]):
        shown = ", ".join(strange) if named else parties.strip()
        raise Refused(
            say("Name the parties by their ids, such as PL, DE. Not known: {names}.", names=shown or "–")
        )
    return ";".join(sorted(set(named)))


def mode_chosen(text: str) -> str:
    """Return the count mode that a form states; empty where it stays as it is."""
    return text if text in COUNT_MODES else ""
