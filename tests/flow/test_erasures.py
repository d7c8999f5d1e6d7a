"""The list of erasures holds days and random ids, and nothing else is taken for one."""

import pytest

from konvoi.flow.erasures import ACCOUNT, CONTACT, Erasure, erasures, lines
from konvoi.gateways.refusal import Refused

FOUND = (
    Erasure(CONTACT, f"person-{'a' * 32}", "2031-03-02"),
    Erasure(ACCOUNT, "00000000-0000-4000-8000-000000000001", "2031-03-03"),
)


def test_a_list_is_read_as_it_was_written() -> None:
    assert erasures(lines(FOUND)) == FOUND
    assert erasures("") == ()


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        '{"of":"account","id":"a.name@example.org","day":"2031-03-03"}',
        '{"of":"person","id":"x","day":"2031-03-03"}',
        '{"of":"contact","id":"x","day":"yesterday"}',
        '{"of":"contact","id":"x"}',
        "[]",
    ],
)
def test_another_line_is_refused_with_its_number(line: str) -> None:
    with pytest.raises(Refused, match="line 3"):
        erasures(lines(FOUND) + line + "\n")
