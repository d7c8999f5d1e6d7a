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
from tests.web.world import ROLES

from konvoi.web.access.roles import Right
from konvoi.web.runs.models import Job
from konvoi.web.submissions.models import Upload

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
    Right.AUDIT: frozenset({"auditor"}),
    Right.ADMINISTER: frozenset({"administrator"}),
}
"""Persons who reach the routes of a right, in a coalition that lets the public read; empty: nobody yet."""

ROUTES: dict[str, Right] = {
    "overview": Right.PUBLIC,
    "records": Right.PUBLIC,
    "tasks": Right.SIGNED_IN,
    "brief-file": Right.PUBLIC,
    "language": Right.OPEN,
    "style": Right.OPEN,
    "script": Right.OPEN,
    "about": Right.OPEN,
    "keys": Right.OPEN,
    "start": Right.OPEN,
    "account": Right.SIGNED_IN,
    "acting": Right.SIGNED_IN,
    "personas": Right.OPEN,
    "persona": Right.OPEN,
    "run-ask": Right.READ,
    "run": Right.PUBLIC,
    "run-events": Right.PUBLIC,
    "run-cancel": Right.READ,
    "healthz": Right.OPEN,
    "readyz": Right.OPEN,
}
ELSEWHERE = frozenset({"personas", "persona"})
"""Routes that are not there outside a demonstration."""

OF_ALLAUTH = frozenset(
    {
        *("account_login", "account_logout", "account_inactive", "account_signup", "account_reauthenticate"),
        *("account_request_reauthentication_code", "account_confirm_reauthentication_code", "account_email"),
        *("account_email_verification_sent", "account_change_password", "account_set_password"),
        *("account_reset_password", "account_confirm_login_code", "account_confirm_email"),
        *("account_reset_password_from_key_done", "account_reset_password_from_key"),
        *("account_reset_password_done", "mfa_index", "mfa_authenticate", "mfa_reauthenticate"),
        *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_add_webauthn"),
        *("mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn"),
        *("mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn", "mfa_login_webauthn"),
        *("socialaccount_login_cancelled", "socialaccount_login_error", "socialaccount_signup"),
        *("socialaccount_connections", "openid_connect_login", "openid_connect_callback"),
        *("usersessions_list", None),
    }
)
"""Routes of the library that signs persons in; it asks for their rights itself."""

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
    return {
        "job": tuple(jobs),
        "upload": tuple(uploads),
        "name": tuple(Record(one, ALL, ALL) for one in files),
        "secret": (Record("unknown", ALL, ALL),),
        "persona": (Record("planner", frozenset(), frozenset()),),
    }


def absent(parameter: str) -> Any:
    """Return a value of a parameter that names no record."""
    return NEVER if parameter in ("job", "upload") else "no-such"


def cases(
    known: Mapping[str, tuple[Record, ...]],
) -> Iterator[tuple[str, dict[str, Any], tuple[Record, ...]]]:
    """Yield each route of ours with the values of its parameters, and the records that these name."""
    for one, _ in patterns():
        if hasattr(one.callback, "route"):
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
