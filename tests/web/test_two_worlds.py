"""Two worlds: what one party keeps to itself changes no byte of what another viewer is given.

Each pair is asked as a third of the viewers, the next pairs of its kind as the others; the benchmark asks as
all.

Compared are bodies and headers of all routes and exports, without nonces, tokens, random ids and the date.
The tables of the coordination cell are held equal: its plan acts on all rows.
"""

from pathlib import Path

import pytest
from tests.web.pairs import SECRETS, Pairs, prepared

PAIRS = 20


@pytest.fixture(scope="module")
def pairs(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Pairs:
    """The instance without a secret."""
    scratch = tmp_path_factory.mktemp("pairs")
    base, addresses = prepared(template, scratch / "base")
    return Pairs(base, scratch, addresses)


CHEAP = [number for number in range(len(SECRETS)) if not SECRETS[number].computed and number != 1]


@pytest.mark.parametrize(
    "number",
    [one if one in CHEAP else pytest.param(one, marks=pytest.mark.slow(all=True)) for one in range(PAIRS)],
)
def test_a_secret_changes_nothing_for_others(pairs: Pairs, number: int) -> None:
    assert pairs.differences(number, third=True) == []
