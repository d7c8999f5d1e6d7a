"""The record as the web reads it: each state with its own content, while others write."""

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction
from tests.web.packages import AT
from tests.web.world import World

from konvoi.flow.receipts import Receipt
from konvoi.flow.released_papers import release_paper
from konvoi.flow.store import store
from konvoi.web.record import OfRecord, head, receipts, writing


def write() -> None:
    """Add a change to the record, in a transaction of its own or in that of the caller."""
    with writing() as kept:
        release_paper(kept, str(uuid.uuid4()), "public", date(2031, 3, 3), {"a": b""}, at=AT)


def written_by_another() -> None:
    """Add a change in another transaction, and end it."""

    def act() -> None:
        write()
        connection.close()

    other = threading.Thread(target=act)
    other.start()
    other.join()


def test_a_transaction_reads_what_it_has_written_and_nobody_else_does(worlds: World) -> None:
    before = receipts()
    with transaction.atomic():
        write()
        assert len(receipts()) == len(before) + 1
        assert receipts()[-1].hash == head()
        transaction.set_rollback(True)
    assert receipts() == before
    assert receipts()[-1].hash == head()


def _early(read: Callable[[], tuple[Receipt, ...]]) -> tuple[Receipt, ...]:
    written_by_another()
    return read()


def _late(read: Callable[[], tuple[Receipt, ...]]) -> tuple[Receipt, ...]:
    found = read()
    written_by_another()
    return found


@contextmanager
def _in_request() -> Iterator[None]:
    """Open the transaction in which PostgreSQL answers a request."""
    with transaction.atomic() if connection.vendor == "postgresql" else nullcontext():
        yield


@pytest.mark.parametrize("around", [nullcontext, _in_request])
@pytest.mark.parametrize("order", [_early, _late])
def test_no_state_is_kept_with_the_content_of_another(
    worlds: World,
    order: Callable[[Callable[[], tuple[Receipt, ...]]], tuple[Receipt, ...]],
    around: Callable[[], AbstractContextManager[None]],
) -> None:
    states: list[tuple[Receipt, ...]] = []

    def read(folder: Path) -> tuple[Receipt, ...]:
        def now() -> tuple[Receipt, ...]:
            return store(folder).receipts()

        found = now() if states else order(now)
        states.append(found)
        return found

    kept = OfRecord(read)
    with around():
        assert kept.now()[-1].hash == head()
        # What was read while another wrote was not kept.
        assert len(states) == 2
        assert kept.now() is states[1]
