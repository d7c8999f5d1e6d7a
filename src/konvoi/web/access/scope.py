"""The second wall: PostgreSQL itself shows each request only the rows of its party, whatever is asked.

A request sets who it is for in its own transaction. A connection that has set nothing sees no row. The
worker, and the operator at the machine, see all: their connections begin with the scope of the engine.
SQLite has no such wall.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from django.db import close_old_connections, connection, transaction
from django.http import HttpRequest, HttpResponseBase

from konvoi.web.access.roles import Right
from konvoi.web.access.viewer import Viewer

P = ParamSpec("P")
Result = TypeVar("Result")
USER, PARTY, SCOPE = "konvoi.user", "konvoi.party", "konvoi.scope"
CELL, ADMINISTRATION, ENGINE = "cell", "administration", "engine"


def set_for(viewer: Viewer) -> None:
    """Let the rest of the transaction see what a viewer may see."""
    if connection.vendor != "postgresql":
        return
    scope = CELL if viewer.is_cell else ADMINISTRATION if viewer.may(Right.ADMINISTER) else ""
    user = "" if viewer.user is None else str(viewer.user)
    for name, value in ((USER, user), (PARTY, viewer.party), (SCOPE, scope)):
        _set(name, value)


def _set(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


@contextmanager
def of_engine() -> Iterator[None]:
    """See all rows, where an action needs those of others: the last link of the chain, the queue."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting(%s, true)", [SCOPE])
            (before,) = cursor.fetchone()
        _set(SCOPE, ENGINE)
        # After an error the savepoint takes the scope back.
        yield
        _set(SCOPE, before or "")


@contextmanager
def seen_by(viewer: Viewer) -> Iterator[None]:
    """See what a viewer may see, outside a request."""
    with transaction.atomic() if connection.vendor == "postgresql" else _nothing():
        set_for(viewer)
        yield


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def returning_connection(call: Callable[P, Result]) -> Callable[P, Result]:
    """Return a call that gives back its connection after it: an answer sent in parts may take hours, and
    connections are few.
    """

    def called(*given: P.args, **named: P.kwargs) -> Result:
        try:
            return call(*given, **named)
        finally:
            close_old_connections()

    return called


def with_wall(
    answer: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Hold one transaction for each request on PostgreSQL: what it may see ends with it."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        if connection.vendor != "postgresql":
            return answer(request)
        with transaction.atomic():
            response = answer(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response

    return answered


_OWN_USER = f"\"user\"::text = nullif(current_setting('{USER}', true), '')"
_OWN_ANSWER = f"user_id::text = nullif(current_setting('{USER}', true), '')"
_ACTOR = f"actor = nullif(current_setting('{USER}', true), '')"
_OWN_PARTY = f"party = nullif(current_setting('{PARTY}', true), '')"
# A desk decides on readers of its party.
_OWN_GRANT = f"{_OWN_USER} OR {_OWN_PARTY}"
_BY_SCOPE = f"coalesce(current_setting('{SCOPE}', true), '') IN "

POLICIES = {
    "submissions_upload": f"{_BY_SCOPE} ('{CELL}', '{ENGINE}') OR {_OWN_PARTY}",
    "access_auditevent": f"{_BY_SCOPE} ('{CELL}', '{ENGINE}') OR {_ACTOR}",
    "access_grantevent": f"{_BY_SCOPE} ('{CELL}', '{ADMINISTRATION}', '{ENGINE}') OR {_OWN_GRANT}",
    "agreements_callevent": f"{_BY_SCOPE} ('{CELL}', '{ENGINE}') OR {_OWN_PARTY}",
    "accounts_keptanswer": f"{_BY_SCOPE} ('{ADMINISTRATION}', '{ENGINE}') OR {_OWN_ANSWER}",
    # Others see them by the receipt, which the page looks for in their results first.
    "deliveries_receiptproof": f"{_BY_SCOPE} ('{CELL}', '{ENGINE}') OR {_OWN_PARTY}",
    "deliveries_receiptimage": f"{_BY_SCOPE} ('{CELL}', '{ENGINE}') OR {_OWN_PARTY}",
    "form_rows_formrow": f"{_BY_SCOPE} ('{CELL}', '{ENGINE}') OR {_OWN_PARTY}",
    "matching_opinionasked": f"{_BY_SCOPE} ('{CELL}', '{ENGINE}')",
    "planning_scenario": f"{_BY_SCOPE} ('{CELL}', '{ENGINE}')",
    "planning_scenarioplan": f"{_BY_SCOPE} ('{CELL}', '{ENGINE}')",
    "planning_scenariostep": f"{_BY_SCOPE} ('{CELL}', '{ENGINE}')",
    "planning_sharedscenario": f"{_BY_SCOPE} ('{CELL}', '{ENGINE}') OR {_OWN_PARTY}",
    # A run is of no party; what a reader is told of it the page decides.
    "runs_job": f"{_BY_SCOPE} ('{CELL}', '{ADMINISTRATION}', '{ENGINE}') OR {_OWN_PARTY} OR kind = 'run'",
}
"""Rows of each table that a connection sees."""
ADDED_BY_ALL = frozenset({"access_auditevent"})
"""Tables to which everybody adds, also rows that they do not see."""


def protect() -> None:
    """Put the wall around the tables that are there; made twice it is the same."""
    if connection.vendor != "postgresql":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for table, seen in POLICIES.items():
            cursor.execute("SELECT to_regclass(%s)", [table])
            if cursor.fetchone() == (None,):
                continue
            added = "true" if table in ADDED_BY_ALL else seen
            cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            # FORCE: also for the role that owns the table.
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            cursor.execute(f"DROP POLICY IF EXISTS konvoi_seen ON {table}")
            cursor.execute(f"CREATE POLICY konvoi_seen ON {table} USING ({seen}) WITH CHECK ({seen})")
            cursor.execute(f"DROP POLICY IF EXISTS konvoi_added ON {table}")
            cursor.execute(f"CREATE POLICY konvoi_added ON {table} FOR INSERT WITH CHECK ({added})")
