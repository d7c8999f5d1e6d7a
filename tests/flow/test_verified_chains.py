"""A chain that was verified before is read as if it were verified from its first byte."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.flow.test_receipts import CHAIN, CONTENT

from konvoi.flow import receipts as chains
from konvoi.flow import verified_chains
from konvoi.flow.receipts import Action, BrokenChain, Kind, Receipt, Stored, continued, receipts, written
from konvoi.flow.verified_chains import MOST, verified_receipts

LONGER = written(
    continued(
        CHAIN, [Action(Kind.DECIDED, (Stored("judgements.csv", "d" * 64, 95),), by=f"{n}") for n in range(4)]
    )
)
ENDS = [0, *(at + 1 for at, sign in enumerate(LONGER) if sign == ord("\n"))]
FRESH = itertools.count()


def read(content: bytes) -> tuple[Receipt, ...] | int:
    try:
        return receipts(content)
    except BrokenChain as error:
        return error.number


def read_again(place: object, content: bytes) -> tuple[Receipt, ...] | int:
    try:
        return verified_receipts(place, content)
    except BrokenChain as error:
        return error.number


@st.composite
def states(draw: st.DrawFn) -> bytes:
    """Draw a chain that ends after some line or within one, as written or with bytes that were altered."""
    end = draw(st.one_of(st.sampled_from(ENDS), st.integers(0, len(LONGER))))
    content = bytearray(LONGER[:end])
    for at in draw(st.lists(st.integers(0, max(0, end - 1)), max_size=1 if end else 0)):
        content[at] ^= draw(st.integers(0, 255))
    return bytes(content) + draw(st.sampled_from([b"", b"", b"{}\n", b"x"]))


@given(st.lists(states(), min_size=1, max_size=6))
def test_states_that_follow_one_another_are_read_as_each_alone(contents: list[bytes]) -> None:
    place = next(FRESH)
    for content in contents:
        assert read_again(place, content) == read(content)


@pytest.mark.parametrize("at", range(0, len(CONTENT), 7))
def test_an_altered_beginning_is_found_after_it_was_verified(at: int) -> None:
    place = next(FRESH)
    verified_receipts(place, CONTENT)
    altered = bytearray(LONGER)
    altered[at] ^= 1
    with pytest.raises(BrokenChain) as found:
        verified_receipts(place, bytes(altered))
    assert found.value.number == read(bytes(altered))
    assert verified_receipts(place, LONGER) == receipts(LONGER)


def test_a_line_that_follows_another_chain_is_found() -> None:
    place = next(FRESH)
    verified_receipts(place, CONTENT)
    other = written(
        continued(CHAIN[:-1], [Action(Kind.DECIDED, (), by="A"), Action(Kind.DECIDED, (), by="B")])
    )
    with pytest.raises(BrokenChain):
        verified_receipts(place, CONTENT + other.splitlines(keepends=True)[-1])


def test_lines_are_verified_once(monkeypatch: pytest.MonkeyPatch) -> None:
    place = next(FRESH)
    seen: list[int] = []
    one = chains._receipt

    def counted(line: bytes, number: int) -> Receipt:
        seen.append(number)
        return one(line, number)

    monkeypatch.setattr(chains, "_receipt", counted)
    for end in ENDS:
        verified_receipts(place, LONGER[:end])
        verified_receipts(place, LONGER[:end])
    assert seen == list(range(1, len(ENDS)))


def test_chains_of_the_places_read_last_are_kept() -> None:
    places = [next(FRESH) for _ in range(MOST + 1)]
    for place in places:
        verified_receipts(place, CONTENT)
    assert places[0] not in verified_chains._VERIFIED
    assert list(verified_chains._VERIFIED)[-1] == places[-1]
