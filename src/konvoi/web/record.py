"""The record of the workspace: its store, and one transaction for it and for the tables of the web."""

import json
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.db import Error, OperationalError, connection, transaction

from konvoi.flow.receipts import Receipt, recorded
from konvoi.flow.settings import Settings
from konvoi.flow.store import Store, store
from konvoi.flow.workspace import settings_of
from konvoi.gateways.database import held, is_held, read_by
from konvoi.gateways.database_tables import last_receipt
from konvoi.gateways.files import SUBMISSIONS
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import key
from konvoi.web.instance import instance

Value = TypeVar("Value")
_TRIES = 20


class _OfDjango:
    """The connection of Django as the store asks it."""

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows."""
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, list(values) or None)
                return [tuple(row) for row in cursor.fetchall()] if cursor.description else []
        except OperationalError as error:
            raise Refused("the record is being changed; nothing was changed; try again") from error
        except Error as error:
            raise Refused("the database refused a change; nothing was changed") from error


@contextmanager
def writing() -> Iterator[Store]:
    """Hold one transaction for the store and for the tables of the web: all is kept, or nothing."""
    here = instance()
    with transaction.atomic(), held(here.address, _OfDjango()):
        yield store(here.folder)


def head() -> str:
    """Return the hash of the last receipt: it changes with every change of the workspace."""
    line = last_receipt(_OfDjango())
    return str(json.loads(line)["hash"]) if line else ""


@contextmanager
def reading() -> Iterator[None]:
    """Let the store read by the connection of Django, which sees what its own transaction has written."""
    here = instance()
    with nullcontext() if is_held(here.address) else read_by(here.address, _OfDjango()):
        yield


class OfRecord(Generic[Value]):
    """Values that a function reads from the record, kept for its last states.

    The hash of the last receipt stands for all that the record holds. Head and content are read by one
    connection, which sees what its own transaction has written, and are kept only where nothing was written
    in between: a state never has the content of another.
    """

    def __init__(self, read: Callable[[Path], Value], *, most: int = 4) -> None:
        self._read, self._most = read, most
        self._kept: OrderedDict[tuple[str, str], Value] = OrderedDict()

    def now(self) -> Value:
        """Return the content of the present state."""
        here = instance()
        for _ in range(_TRIES):
            at = str(here.folder), head()
            known = self._kept.get(at)
            if known is not None:
                return known
            with reading():
                found = self._read(here.folder)
            if head() == at[1]:
                self._kept[at] = found
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
                return found
        raise Refused("the record is being changed; try again")


def receipts() -> tuple[Receipt, ...]:
    """Return the chain of receipts; it is checked once for each state of the record."""
    return _RECEIPTS.now()


def senders() -> set[str]:
    """Return who submitted: the folder of a submission is named after its sender."""
    parts = [path.split("/") for path in recorded(receipts()) if path.startswith(f"{SUBMISSIONS}/")]
    return {one[1] for one in parts if len(one) > 2}


def changed_since(known: str, party: str) -> bool:
    """Return True if submissions of a party were changed after the receipt with a hash."""
    chain = receipts()
    first = next((one.number for one in chain if one.hash == known), 0)
    return any(one.change.by == party for one in chain[first:])


def state_of(party: str) -> str:
    """Return a digest of all that a party submitted and changed: it tells nothing of others.

    The hash of a receipt does: it depends on all receipts before.
    """
    own = (one.change for one in receipts() if one.change.by == party)
    return key(party, *((one.kind, one.at, file.path, file.sha256) for one in own for file in one.files))


def settings_now() -> Settings:
    """Return the settings of the workspace as they are now."""
    return _SETTINGS.now()


_RECEIPTS = OfRecord(lambda folder: store(folder).receipts())
_SETTINGS = OfRecord(lambda folder: settings_of(folder), most=8)
