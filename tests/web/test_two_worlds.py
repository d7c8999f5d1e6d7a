"""Two worlds: what one party keeps to itself changes no byte of what another viewer is given.

Each pair is asked as a third of the viewers, the next pairs of its kind as the others; the benchmark asks as
all.

Compared are bodies and headers of all routes and exports, without nonces, tokens, random ids and the date.
The tables of the coordination cell are held equal: its plan acts on all rows.
"""

from pathlib import Path

import pytest
from tests.web.pair_secrets import SECRETS
from tests.web.pairs import Pairs, prepared

PAIRS = 20


@pytest.fixture(scope="module")
def pairs(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Pairs:
    """The instance without a secret."""
    scratch = tmp_path_factory.mktemp("pairs")
    base, addresses = prepared(template, scratch / "base")
    return Pairs(base, scratch, addresses)


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("number", range(PAIRS))
def test_a_secret_changes_nothing_for_others(pairs: Pairs, number: int) -> None:
    assert pairs.differences(number, third=True) == []


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("number", range(len(SECRETS)), ids=lambda number: SECRETS[number].name)
def test_a_secret_is_there_for_who_may_see_it(pairs: Pairs, number: int) -> None:
    assert pairs.is_shown(number)
