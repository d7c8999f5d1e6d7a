"""The chain of receipts: whatever is changed in it is found."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.flow.receipts import (
    Action,
    BrokenChain,
    Kind,
    LostReceipts,
    ReleasedDays,
    Stored,
    Withdrawal,
    checked_end,
    continued,
    head,
    receipts,
    recorded,
    released_days,
    withdrawals,
    written,
)

CHAIN = continued(
    (),
    [
        Action(
            Kind.BEGUN, (Stored("submissions/PL/a.csv", "a" * 64, 3),), "2031-01-10", "2031-01-11T09:00:00Z"
        ),
        Action(Kind.ADDED, (Stored("submissions/PL/Größe.csv", "b" * 64, 4),), "2031-01-10", by="PL"),
        Action(
            Kind.WITHDRAWN,
            (Stored("withdrawn/PL/a.csv", "a" * 64, 3, "submissions/PL/a.csv"),),
            reason='says "no"\nand more',
        ),
        Action(Kind.DECIDED, (Stored("judgements.csv", "c" * 64, 90),), by="M. Example"),
    ],
)
CONTENT = written(CHAIN)


def broken(content: bytes) -> bool:
    try:
        return receipts(content) != CHAIN
    except BrokenChain:
        return True


def test_a_chain_is_read_as_it_was_written() -> None:
    assert receipts(CONTENT) == CHAIN
    assert receipts(b"") == ()


def test_receipts_say_which_files_are_there() -> None:
    assert {path: one.sha256[0] for path, one in recorded(CHAIN).items()} == {
        "submissions/PL/Größe.csv": "b",
        "withdrawn/PL/a.csv": "a",
        "judgements.csv": "c",
    }


def test_a_file_that_was_accepted_as_gone_is_no_longer_recorded() -> None:
    gone = continued(CHAIN, [Action(Kind.ACCEPTED, (Stored("judgements.csv", ""),))])
    assert "judgements.csv" not in recorded(gone)


def test_a_file_has_the_latest_day_released_before_it_was_stored() -> None:
    """Two releases, the second about an earlier day: the file between them has the first one's day."""

    def stored(name: str) -> Action:
        return Action(Kind.ADDED, (Stored(f"submissions/{name}", "a" * 64),))

    chain = continued(
        (),
        [
            stored("first"),
            Action(Kind.PUBLISHED, (Stored("releases.jsonl", "b" * 64),), "2031-02-01"),
            stored("second"),
            Action(Kind.PUBLISHED, (Stored("releases.jsonl", "c" * 64),), "2031-01-01"),
            stored("third"),
        ],
    )
    days = released_days(chain)
    assert days.floor("submissions/first") is None
    for name in ("second", "third", "not recorded yet"):
        assert days.floor(f"submissions/{name}") == date(2031, 2, 1)
    assert released_days(CHAIN).floor("submissions/PL/a.csv") is None


@given(at=st.integers(0, len(CONTENT) - 1), change=st.integers(1, 255))
def test_any_change_of_one_byte_is_found(at: int, change: int) -> None:
    assert broken(CONTENT[:at] + bytes([CONTENT[at] ^ change]) + CONTENT[at + 1 :])


def test_each_byte_with_its_lowest_bit_changed_is_found() -> None:
    assert all(
        broken(CONTENT[:at] + bytes([CONTENT[at] ^ 1]) + CONTENT[at + 1 :]) for at in range(len(CONTENT))
    )


@given(at=st.integers(0, len(CONTENT) - 1), count=st.integers(1, 80))
def test_bytes_left_out_are_found(at: int, count: int) -> None:
    assert broken(CONTENT[:at] + CONTENT[at + count :])


@given(st.permutations(range(len(CHAIN))), st.integers(0, len(CHAIN)))
def test_lines_left_out_or_in_another_order_are_found(order: list[int], kept: int) -> None:
    lines = CONTENT.splitlines(keepends=True)
    found = [lines[number] for number in order[:kept]]
    assert broken(b"".join(found)) == (found != lines)


@pytest.mark.parametrize("number", range(1, len(CHAIN)))
def test_a_line_left_out_before_the_last_is_named(number: int) -> None:
    lines = CONTENT.splitlines(keepends=True)
    with pytest.raises(BrokenChain) as caught:
        receipts(b"".join(lines[: number - 1] + lines[number:]))
    assert caught.value.number == number


def test_another_chain_has_another_head() -> None:
    heads = {head(CHAIN[:number]) for number in range(len(CHAIN) + 1)}
    assert len(heads) == len(CHAIN) + 1


def test_the_end_of_a_chain_is_checked_against_the_last_hash() -> None:
    checked_end(CHAIN, head(CHAIN), begun=True)
    checked_end(CHAIN, CHAIN[1].hash, begun=False)
    checked_end(CHAIN, "", begun=True)
    checked_end((), "", begun=False)
    for chain, last, begun in ((CHAIN[:-1], head(CHAIN), True), ((), head(CHAIN), False), ((), "", True)):
        with pytest.raises(LostReceipts) as lost:
            checked_end(chain, last, begun=begun)
        assert lost.value.number == len(chain) + 1


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_line_that_is_not_as_it_was_written_is_named(number: int) -> None:
    lines = CONTENT.splitlines(keepends=True)
    for altered in (b"nothing\n", lines[number - 1].replace(b'"number"', b'"nummer"'), b"[1]\n"):
        with pytest.raises(BrokenChain) as found:
            receipts(b"".join([*lines[: number - 1], altered, *lines[number:]]))
        assert found.value.number == number


def test_a_line_without_its_end_is_named() -> None:
    with pytest.raises(BrokenChain) as found:
        receipts(CONTENT + b"x")
    assert found.value.number == len(CHAIN) + 1
    assert receipts(b"") == ()


def test_a_chain_begins_with_nothing_before_it() -> None:
    with pytest.raises(BrokenChain) as found:
        receipts(written(CHAIN[1:]))
    assert found.value.number == 1


def test_a_new_file_has_the_latest_released_day_and_one_of_before_none() -> None:
    published = [Action(Kind.PUBLISHED, (), day) for day in ("2031-03-05", "2031-03-01")]
    old = Action(Kind.ADDED, (Stored("submissions/a.csv", "a"),))
    between = Action(Kind.ADDED, (Stored("submissions/b.csv", "b"),))
    gone = Action(Kind.ACCEPTED, (Stored("submissions/c.csv", ""),))
    moved = Action(Kind.WITHDRAWN, (Stored("withdrawn/a.csv", "a", 1, "submissions/a.csv"),))
    days = released_days(continued((), [old, published[0], between, published[1], gone, moved]))
    latest = date(2031, 3, 5)
    assert days.latest == latest
    floors = [days.floor(f"submissions/{name}.csv") for name in "abc"]
    assert floors == [None, latest, latest]
    assert "withdrawn/a.csv" not in days.before
    assert released_days(continued((), [old])) == ReleasedDays()


def test_a_withdrawal_lasts_until_the_file_is_brought_back() -> None:
    there, aside, again = "submissions/PL/a.csv", "withdrawn/PL/a.csv", "submissions/PL/v2/a.csv"
    gone = Action(Kind.WITHDRAWN, (Stored(aside, "a", 1, there),), "2031-02-01")
    back = Action(Kind.BROUGHT_BACK, (Stored(again, "a", 1, aside),), "2031-03-01")
    first, until = date(2031, 2, 1), date(2031, 3, 1)
    assert withdrawals(continued((), [gone])) == (Withdrawal(aside, there, first),)
    (ended,) = withdrawals(continued((), [gone, back]))
    assert ended == Withdrawal(aside, again, first, until)
    held = [ended.holds(date(2031, *day)) for day in ((1, 31), (2, 1), (2, 28), (3, 1))]
    assert held == [False, True, True, False]


@pytest.mark.parametrize(
    ("day", "at", "first"),
    [
        ("2031-02-01", "2026-01-01T10:00:00", date(2031, 2, 1)),
        ("", "2026-01-01T10:00:00", date(2026, 1, 1)),
        ("", "", None),
    ],
)
def test_a_withdrawal_counts_from_its_day_else_from_when_it_was_made_else_always(
    day: str, at: str, first: date | None
) -> None:
    gone = Action(Kind.WITHDRAWN, (Stored("withdrawn/a", "a", 1, "submissions/a"),), day, at)
    (found,) = withdrawals(continued((), [gone]))
    assert found.first == first
    assert found.holds(date(1999, 1, 1)) == (first is None)
