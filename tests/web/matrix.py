"""The matrix of rights: every route, each person, and records of each party. Declared here, not computed.

A new route stands in ROUTES with its right, and a parameter of an address in `records` with whom its records
are shown to; without that the matrix fails.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from tests.web.world import ROLES

from konvoi.flow.subject_pages import SUBJECTS
from konvoi.web.access.grants import grants
from konvoi.web.access.roles import Right, Role
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Membership, Viewer
from konvoi.web.accounts.models import User
from konvoi.web.accounts.tokens import make_token
from konvoi.web.reports.feeds import make_feed
from konvoi.web.reports.release_actions import release_brief
from konvoi.web.runs.models import Job
from konvoi.web.sign_in.library_urls import CLOSED, USED
from konvoi.web.submissions.models import Upload
from konvoi.web.submissions.queries import documents

ALL = frozenset({"", *ROLES})
PERSONS = frozenset(ROLES)
READERS = PERSONS - {"administrator"}
DESKS = frozenset({"desk-xa", "desk-xb", "recipient", "planner"})
CELL = frozenset({"planner", "auditor", "sanctions"})

REACHED_BY: dict[Right, frozenset[str]] = {
    Right.OPEN: ALL,
    Right.PUBLIC: ALL,
    Right.SIGNED_IN: PERSONS,
    Right.READ: READERS,
    Right.SUBMIT: DESKS,
    Right.DECIDE: frozenset({"planner"}),
    Right.NEGOTIATE: DESKS | {"legal"},
    Right.SCREEN: frozenset({"sanctions"}),
    Right.AUDIT: frozenset({"auditor"}),
    Right.INVITE: frozenset({"desk-xa", "desk-xb", "recipient", "administrator"}),
    Right.ADMINISTER: frozenset({"administrator"}),
}
"""Persons who reach the routes of a right, in a coalition that lets the public read; empty: nobody yet."""

ROUTES: dict[str, Right] = {
    "overview": Right.PUBLIC,
    "tasks": Right.SIGNED_IN,
    "tasks-file": Right.SIGNED_IN,
    "records": Right.PUBLIC,
    "ledger": Right.PUBLIC,
    "packages": Right.PUBLIC,
    "packages-file": Right.PUBLIC,
    "entries": Right.PUBLIC,
    "entries-file": Right.PUBLIC,
    "revisions": Right.PUBLIC,
    "revisions-file": Right.PUBLIC,
    "pipeline": Right.PUBLIC,
    "pipeline-file": Right.PUBLIC,
    "pipeline-items": Right.PUBLIC,
    "pipeline-items-file": Right.PUBLIC,
    "package": Right.PUBLIC,
    "source": Right.PUBLIC,
    "total": Right.PUBLIC,
    "total-file": Right.PUBLIC,
    "brief-file": Right.PUBLIC,
    "language": Right.OPEN,
    "style": Right.OPEN,
    "script": Right.OPEN,
    "about": Right.OPEN,
    "keys": Right.OPEN,
    "purpose": Right.READ,
    "start": Right.OPEN,
    "invitation": Right.OPEN,
    "invitation-identity": Right.OPEN,
    "account": Right.SIGNED_IN,
    "account-preferences": Right.SIGNED_IN,
    "account-export": Right.SIGNED_IN,
    "token-make": Right.SIGNED_IN,
    "token-revoke": Right.SIGNED_IN,
    "acting": Right.SIGNED_IN,
    "personas": Right.OPEN,
    "persona": Right.OPEN,
    "run-ask": Right.READ,
    "run": Right.PUBLIC,
    "run-events": Right.PUBLIC,
    "run-cancel": Right.READ,
    "submissions": Right.READ,
    "hand-in": Right.SUBMIT,
    "questions": Right.READ,
    "answers": Right.SUBMIT,
    "template": Right.SUBMIT,
    "upload": Right.SUBMIT,
    "upload-marked": Right.SUBMIT,
    "upload-confirm": Right.SUBMIT,
    "upload-discard": Right.SUBMIT,
    "upload-check": Right.SUBMIT,
    "upload-mapping": Right.SUBMIT,
    "documents": Right.READ,
    "documents-file": Right.READ,
    "document": Right.READ,
    "document-original": Right.READ,
    "document-page": Right.READ,
    "document-marking": Right.SUBMIT,
    "document-withdraw": Right.SUBMIT,
    "document-restore": Right.SUBMIT,
    "tables": Right.PUBLIC,
    "tables-file": Right.PUBLIC,
    "table": Right.PUBLIC,
    "table-file": Right.PUBLIC,
    "planning": Right.PUBLIC,
    "plan-coverage": Right.PUBLIC,
    "plan-unmet": Right.PUBLIC,
    "plan-map": Right.PUBLIC,
    "plan-loads": Right.PUBLIC,
    "plan-schedule": Right.PUBLIC,
    "plan-records": Right.PUBLIC,
    "needs": Right.PUBLIC,
    "needs-file": Right.PUBLIC,
    "offers": Right.PUBLIC,
    "offers-file": Right.PUBLIC,
    "planned-movements": Right.PUBLIC,
    "planned-movements-file": Right.PUBLIC,
    "unmet-needs": Right.PUBLIC,
    "unmet-needs-file": Right.PUBLIC,
    "lanes": Right.PUBLIC,
    "lanes-file": Right.PUBLIC,
    "capacities": Right.PUBLIC,
    "capacities-file": Right.PUBLIC,
    "loads": Right.PUBLIC,
    "loads-file": Right.PUBLIC,
    "scenarios": Right.DECIDE,
    "scenario": Right.DECIDE,
    "scenario-current": Right.DECIDE,
    "scenario-share": Right.DECIDE,
    "scenario-propose": Right.DECIDE,
    "scenario-decide": Right.DECIDE,
    "scenario-shared": Right.READ,
    "plan-changes": Right.PUBLIC,
    "plan-changes-file": Right.PUBLIC,
    "need": Right.PUBLIC,
    "need-add": Right.SUBMIT,
    "need-decide": Right.SUBMIT,
    "offer": Right.PUBLIC,
    "offer-add": Right.SUBMIT,
    "offer-decide": Right.SUBMIT,
    **{f"{one}-{page}": Right.PUBLIC for one in SUBJECTS for page in ("in-short", "records")},
    "deliveries": Right.PUBLIC,
    "delivery-records": Right.PUBLIC,
    "orders": Right.READ,
    "order-file": Right.READ,
    "movement-add": Right.SUBMIT,
    "receipt-add": Right.SUBMIT,
    "consignment": Right.PUBLIC,
    "consignment-paper": Right.READ,
    "consignment-sheet": Right.READ,
    "slip": Right.READ,
    "slip-paper": Right.READ,
    "receipt-sheet": Right.READ,
    "delivery-worker": Right.OPEN,
    "receipt-image": Right.READ,
    "consignments": Right.PUBLIC,
    "consignments-file": Right.PUBLIC,
    "dispatches": Right.PUBLIC,
    "dispatches-file": Right.PUBLIC,
    "receipts": Right.PUBLIC,
    "receipts-file": Right.PUBLIC,
    "pieces": Right.PUBLIC,
    "pieces-file": Right.PUBLIC,
    "on-time": Right.PUBLIC,
    "on-time-file": Right.PUBLIC,
    "matching": Right.READ,
    "pairs": Right.READ,
    "pairs-file": Right.READ,
    "next-pair": Right.DECIDE,
    "matching-batch": Right.DECIDE,
    "matching-batch-decide": Right.DECIDE,
    "pair": Right.READ,
    "pair-decide": Right.DECIDE,
    "pair-undo": Right.DECIDE,
    "pair-second": Right.DECIDE,
    "agreements-index": Right.PUBLIC,
    "agreements": Right.PUBLIC,
    "agreements-file": Right.PUBLIC,
    "positions": Right.PUBLIC,
    "positions-file": Right.PUBLIC,
    "obligations": Right.PUBLIC,
    "obligations-file": Right.PUBLIC,
    "triggers": Right.PUBLIC,
    "triggers-file": Right.PUBLIC,
    "agreement": Right.PUBLIC,
    "round": Right.PUBLIC,
    "working-text": Right.PUBLIC,
    "trigger": Right.PUBLIC,
    "meetings-index": Right.PUBLIC,
    "meetings": Right.PUBLIC,
    "meetings-file": Right.PUBLIC,
    "decisions": Right.PUBLIC,
    "decisions-file": Right.PUBLIC,
    "actions": Right.PUBLIC,
    "actions-file": Right.PUBLIC,
    "decision": Right.PUBLIC,
    "meeting": Right.PUBLIC,
    "follow-up": Right.PUBLIC,
    "funding-index": Right.PUBLIC,
    "programmes": Right.PUBLIC,
    "programmes-file": Right.PUBLIC,
    "tranches": Right.PUBLIC,
    "tranches-file": Right.PUBLIC,
    "conditions": Right.PUBLIC,
    "conditions-file": Right.PUBLIC,
    "payments": Right.PUBLIC,
    "payments-file": Right.PUBLIC,
    "projects": Right.PUBLIC,
    "projects-file": Right.PUBLIC,
    "twice": Right.PUBLIC,
    "twice-file": Right.PUBLIC,
    "programme": Right.PUBLIC,
    "condition": Right.PUBLIC,
    "project": Right.PUBLIC,
    "open-data": Right.PUBLIC,
    "sanctions-index": Right.PUBLIC,
    "sanction-lists": Right.PUBLIC,
    "sanction-lists-file": Right.PUBLIC,
    "coverage": Right.PUBLIC,
    "gaps": Right.PUBLIC,
    "gaps-file": Right.PUBLIC,
    "ending": Right.PUBLIC,
    "ending-file": Right.PUBLIC,
    "proposals": Right.PUBLIC,
    "proposals-file": Right.PUBLIC,
    "gap": Right.PUBLIC,
    "proposal": Right.PUBLIC,
    "position": Right.NEGOTIATE,
    "text-return": Right.NEGOTIATE,
    "returned-text": Right.NEGOTIATE,
    "calls": Right.READ,
    "calls-file": Right.READ,
    "call": Right.READ,
    "call-start": Right.DECIDE,
    "acknowledge": Right.OPEN,
    "room": Right.READ,
    "room-record": Right.DECIDE,
    "assessment-decide": Right.SUBMIT,
    "alerts": Right.READ,
    "alerts-file": Right.READ,
    "alert": Right.READ,
    "impact": Right.READ,
    "list-add": Right.SCREEN,
    "list-import": Right.SCREEN,
    "dossier": Right.SCREEN,
    "dossier-file": Right.READ,
    "reports": Right.PUBLIC,
    "report-compute": Right.READ,
    "paper": Right.PUBLIC,
    "paper-records": Right.PUBLIC,
    "paper-file": Right.PUBLIC,
    "releases": Right.PUBLIC,
    "release-make": Right.DECIDE,
    "release": Right.PUBLIC,
    "release-paper": Right.PUBLIC,
    "release-records": Right.PUBLIC,
    "release-file": Right.PUBLIC,
    "release-withdraw": Right.DECIDE,
    "feeds": Right.READ,
    "feed-make": Right.READ,
    "feed-revoke": Right.READ,
    "calendar": Right.OPEN,
    "healthz": Right.OPEN,
    "readyz": Right.OPEN,
    "administration": Right.ADMINISTER,
    "users": Right.INVITE,
    "invite": Right.INVITE,
    "user": Right.INVITE,
    "role-ask": Right.INVITE,
    "invitation-renew": Right.INVITE,
    "user-close": Right.ADMINISTER,
    "role-decide": Right.INVITE,
    "parties": Right.ADMINISTER,
    "settings": Right.ADMINISTER,
    "runs": Right.ADMINISTER,
    "runs-ask": Right.ADMINISTER,
    "runs-stop": Right.ADMINISTER,
    "health": Right.ADMINISTER,
    "audit": Right.AUDIT,
    "audit-file": Right.AUDIT,
    "audit-verify": Right.AUDIT,
    "api": Right.OPEN,
}
ELSEWHERE = frozenset({"personas", "persona", "list-import"})
"""Routes that are not there: outside a demonstration; of an imported list, where the job is another."""

OF_PROGRAMS = frozenset({"api"})
"""Routes that answer programs in another way; tests/web/api looks at them."""

OF_ALLAUTH = frozenset({*USED, *CLOSED})
"""Routes of the library that signs persons in: those in use have a right, the others are not there."""

OF_AFFAIRS = (
    *("agreement", "round", "trigger", "meeting", "decision", "programme", "condition", "project"),
    *("published", "gap", "proposal", "alert"),
)
"""Parameters that name records of agreements, meetings, funding and sanctions."""

NEVER = uuid.UUID("00000000-0000-4000-8000-00000000ffff")
"""The id of no record."""


@dataclass(frozen=True)
class Record:
    """A value of a parameter of an address. shown_to: persons to whom the record is shown, and a second set:
    those who may change it.
    """

    value: Any
    shown_to: frozenset[str]
    changed_by: frozenset[str]


def records() -> Mapping[str, tuple[Record, ...]]:
    """Make records of each party; return them by the parameter that names them."""
    owner = User.objects.get(email="desk-xa@exercise.invalid")
    # A release asks for a run: it comes first, so that it takes in no run that is made here.
    reports = _reports(owner)
    jobs = []
    for party, own in (("XA", {"desk-xa", "reader-xa", "legal"}), ("XB", {"desk-xb"}), ("XV", {"recipient"})):
        job = Job.objects.create(kind="check", lane="files", party=party, asked_by=uuid.uuid4())
        jobs.append(Record(job.pk, CELL | own | {"administrator"}, frozenset({"planner", "administrator"})))
    for reader, own in (("cell", set()), ("XA", {"desk-xa", "reader-xa", "legal"}), ("public", {""})):
        run = Job.objects.create(kind="run", lane="runs", parameters={"readers": [reader], "day": None})
        shown = CELL | own | {"administrator"}
        jobs.append(Record(run.pk, shown, frozenset({"planner", "administrator"})))
    uploads = [
        Record(
            Upload.objects.create(party=party, user=uuid.uuid4(), state=Upload.State.CHECKED).pk,
            frozenset({"planner", desk}),
            frozenset({"planner", desk}),
        )
        for party, desk in (("XA", "desk-xa"), ("XB", "desk-xb"), ("XV", "recipient"))
    ]
    files = ("brief.en.html", "brief.xlsx", "brief.json", "brief.ics")
    until = timezone.now().date()
    token, _ = make_token(owner, name="t", party="XA", scope="read", until=until)
    users = {name: User.objects.get(email=f"{name}@exercise.invalid").pk for name in ("reader-xa", "desk-xb")}
    managed = {"reader-xa": frozenset({"administrator", "desk-xa"}), "desk-xb": frozenset({"administrator"})}
    return {
        "user": tuple(Record(users[name], by, by) for name, by in managed.items()),
        "grant": tuple(Record(grants(users[name])[0].id, by, by) for name, by in managed.items()),
        "token": (Record(token.pk, frozenset({"desk-xa"}), frozenset({"desk-xa"})),),
        "job": tuple(jobs),
        "upload": tuple(uploads),
        "name": tuple(Record(one, ALL, ALL) for one in files),
        "document": tuple(_documents()),
        "form": (Record("csv", ALL, ALL), Record("pdf", frozenset(), frozenset())),
        "table": (Record("packages", ALL, ALL),),
        # Needs, offers and consignments of this world are none; those of another are looked at in
        # tests/web/planning and tests/web/deliveries.
        "need": (Record("N-0", frozenset(), frozenset()),),
        "offer": (Record("O-0", frozenset(), frozenset()),),
        "consignment": (Record("C-0", frozenset(), frozenset()),),
        "scenario": (Record(NEVER, frozenset(), frozenset()),),
        "order": (Record("partner/X/orders.xlsx", frozenset(), frozenset()),),
        "image": (Record(NEVER, frozenset(), frozenset()),),
        "movement": (Record("M-0", frozenset(), frozenset()),),
        # Pairs of this world are none; those of another are looked at in tests/web/matching.
        "pair": (Record("0" * 16, frozenset(), frozenset()),),
        # Texts, meetings, programmes and alerts of another world are looked at in tests/web/test_affairs.py.
        **{name: (Record("no-such-record", frozenset(), frozenset()),) for name in OF_AFFAIRS},
        "call": (Record(NEVER, frozenset(), frozenset()),),
        "link": (Record("unknown", frozenset(), frozenset()),),
        "row": (Record(uuid.UUID(int=24), frozenset(), frozenset()),),
        "record": tuple(_entries("entry")),
        "package": tuple(_entries("package")),
        # Markings are decided by the desk of the party alone.
        "own": tuple(
            Record(one.value, one.shown_to & {desk}, frozenset({desk}))
            for one, desk in zip(_documents(), ("desk-xa", "desk-xb"), strict=True)
        ),
        # Documents of this world are no PDF; tests/web/submissions looks at one that is.
        "page": (Record(1, frozenset(), frozenset()),),
        "number": (Record(7, frozenset(), frozenset()),),
        "secret": (Record("unknown", ALL, ALL),),
        "persona": (Record("planner", frozenset(), frozenset()),),
        **reports,
    }


def _reports(owner: User) -> Mapping[str, tuple[Record, ...]]:
    """Return papers of each kind and their files, a release, and a calendar feed."""
    planner = Viewer(uuid.uuid4(), Membership(Role.PLANNER), (), public_allowed=True)
    seen = view(planner, "public")
    key = uuid.UUID(int=23)
    release_brief(viewer=planner, seen=seen.manifest.digest if seen else "", languages=["en"], key=key)
    desk = Membership(Role.DESK, "XA")
    feed, _ = make_feed(viewer=Viewer(owner.pk, desk, (desk,)), name="t")
    own = {"XA": CELL | {"desk-xa", "reader-xa", "legal"}, "XB": CELL | {"desk-xb"}}
    return {
        "paper": (
            Record("brief", ALL, ALL),
            *(Record(f"delegation-{party}", frozenset(by), frozenset()) for party, by in own.items()),
        ),
        "file": (
            *(Record(one, ALL, ALL) for one in ("brief.en.docx", "brief.ics")),
            *(Record(f"delegation-{party}.en.docx", frozenset(by), frozenset()) for party, by in own.items()),
        ),
        "release": (Record(key, ALL, frozenset({"planner"})),),
        "released": (Record("brief.en.html", ALL, ALL),),
        "feed": (Record(feed.pk, frozenset({"desk-xa"}), frozenset({"desk-xa"})),),
        "address": (Record("konvoi_unknown", frozenset(), frozenset()),),
    }


def _entries(column: str) -> Iterator[Record]:
    """Yield an entry, or its package, of each of two parties: one for all partners, one for everybody."""
    planner = Membership(Role.PLANNER)
    opened = view(Viewer(uuid.uuid4(), planner, (planner,)))
    rows = opened.rows("entries").rows if opened else ()
    shown = {"XA": PERSONS - {"administrator"}, "XB": ALL}
    for row in rows:
        yield Record(row[column], shown[row["party"]], ALL)


def _documents() -> Iterator[Record]:
    """Yield a stored document of each of two parties."""
    planner = Membership(Role.PLANNER)
    stored = {one.name: one for one in documents(Viewer(uuid.uuid4(), planner, (planner,)))}
    for party, own, desk in (
        ("XA", {"desk-xa", "reader-xa", "legal"}, "desk-xa"),
        ("XB", {"desk-xb"}, "desk-xb"),
    ):
        one = stored[f"{party}/packages.csv"]
        yield Record(one.id, CELL | own, frozenset({"planner", desk}))


def absent(parameter: str) -> Any:
    """Return a value of a parameter that names no record."""
    uuids = ("job", "upload", "user", "grant", "token", "release", "feed", "row", "scenario", "call", "image")
    return NEVER if parameter in uuids else 8 if parameter in ("number", "page") else "no-such"


def cases(
    known: Mapping[str, tuple[Record, ...]],
) -> Iterator[tuple[str, dict[str, Any], tuple[Record, ...]]]:
    """Yield each route of ours with the values of its parameters, and the records that these name."""
    for one, _ in patterns():
        if hasattr(one.callback, "route") and one.name not in OF_ALLAUTH | OF_PROGRAMS:
            parameters = sorted(one.pattern.converters)
            for found in product(*(known[name] for name in parameters)):
                values = {name: record.value for name, record in zip(parameters, found, strict=True)}
                yield str(one.name), values, found


def patterns() -> Iterator[tuple[URLPattern, str]]:
    """Yield all routes with their address."""
    yield from _below(get_resolver().url_patterns, "/")


def _below(found: list[Any], before: str) -> Iterator[tuple[URLPattern, str]]:
    for one in found:
        address = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _below(one.url_patterns, address)
        else:
            yield one, address
