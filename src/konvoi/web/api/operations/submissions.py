"""Submissions in the API: markings and count modes of the records of a document, stated by its party."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from konvoi.model.markings import MARKINGS
from konvoi.model.stages import COUNT_MODES
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.api.calls import Call
from konvoi.web.api.once import once
from konvoi.web.api.operations.answers import Subject, new_key, stated, tag_from
from konvoi.web.api.problems import refused_by, unfit
from konvoi.web.api.received import members_of, refuse_unseen, texts
from konvoi.web.api.schema_parts import TEXT, WHOLE, line, list_of, object_of, one_of, texts_of
from konvoi.web.api.uploads import created
from konvoi.web.record import state_of
from konvoi.web.submissions import markings

LONGEST_PARTIES = 1_000
MOST_RECORDS = 10_000
OF_MARKING = {"marking": 40, "parties": LONGEST_PARTIES, "count_mode": 40}
_CHOICES = {"marking": MARKINGS, "count_mode": COUNT_MODES}


def document_markings(request: HttpRequest, document: str) -> HttpResponse:
    """Return the records of a document with the marking and count mode that hold now, for its party."""
    viewer = viewer_of(request)
    one = markings.document_for(viewer, document)
    rows = [
        {
            "record": record.key,
            "title": record.title,
            "marking": record.marking,
            "count_mode": record.count_mode,
        }
        for record in markings.records_of(one)[:MOST_RECORDS]
    ]
    values = {"document": one.id, "party": one.party, "count": len(rows), "records": rows}
    return stated(values, tag=tag_from(one.id, state_of(one.party)))


def state_markings(request: HttpRequest, document: str) -> HttpResponse:
    """Hand in another marking or count mode of records; nothing changes until the upload is confirmed."""
    viewer = viewer_of(request)
    one = markings.document_for(viewer, document)
    told = members_of(request)
    records = told.pop("records", [])
    given = texts(told, OF_MARKING, needed=())
    for name, values in _CHOICES.items():
        if name in given and given[name] not in values:
            raise unfit(name, f"One of these is needed: {', '.join(values)}.")
    if (
        not isinstance(records, list)
        or len(records) > MOST_RECORDS
        or not all(isinstance(each, str) for each in records)
    ):
        raise unfit("records", f"A list of up to {MOST_RECORDS} records is needed.")

    if given.get("parties") and given.get("marking"):
        raise refused_by({"parties": "State a marking or parties, not both."})

    def act() -> HttpResponse:
        base = state_of(one.party)
        refuse_unseen(request, [tag_from(one.id, base)], needed=True)
        made = markings.state_markings(
            viewer=viewer,
            document=document,
            chosen=records,
            marking=markings.marking_chosen(viewer, _choice(given), given.get("parties", "")),
            count_mode=markings.mode_chosen(given.get("count_mode", "")),
            base=base,
            key=new_key(),
        )
        return created(made)

    return once(request, act, content=[given, records], needed=True)


def _choice(given: dict[str, str]) -> str:
    """Return the choice of the form of the page: a marking, parties by their names, or none."""
    return "parties" if given.get("parties") else given.get("marking", "")


_SCHEMAS: dict[str, Any] = {
    "DocumentMarkings": object_of(
        {
            "document": TEXT,
            "party": TEXT,
            "count": WHOLE,
            "records": list_of(object_of(texts_of("record", "title", "marking", "count_mode"))),
        }
    ),
    "MarkingsToState": object_of(
        {},
        {
            "marking": one_of(MARKINGS),
            "parties": line(LONGEST_PARTIES),
            "count_mode": one_of(COUNT_MODES),
            "records": list_of({"type": "string"}, most=MOST_RECORDS),
        },
        closed=True,
    ),
}
SUBJECT = Subject(
    calls=(
        Call(
            "documents/{document}/markings",
            Right.SUBMIT,
            document_markings,
            "Markings and count modes of the records of a document",
            query=(),
            answer="DocumentMarkings",
            tagged=True,
        ),
        Call(
            "documents/{document}/markings",
            Right.SUBMIT,
            state_markings,
            "State markings and count modes anew",
            query=(),
            answer="UploadState",
            status=201,
            writes=True,
            body="MarkingsToState",
            keyed=True,
            seen=True,
        ),
    ),
    schemas=_SCHEMAS,
    links={
        "DocumentMarkings": {
            "state_markings": {
                "document": "$response.body#/document",
                "header.If-Match": "$response.header.ETag",
            }
        }
    },
)
"""Operations of submissions."""
