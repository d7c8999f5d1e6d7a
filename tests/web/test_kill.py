"""Server and worker are killed under load: nothing acknowledged is lost, and jobs are taken up again."""

from pathlib import Path

import pytest
from bench.crash_web import rounds
from tests.web.world import copied

pytestmark = pytest.mark.slow
ROUNDS = 20


def test_nothing_acknowledged_is_lost_when_server_and_worker_are_killed(
    template: Path, tmp_path: Path
) -> None:
    tally = rounds(copied(template, tmp_path / "instance"), ROUNDS, 1)
    assert tally.wrong == []
    assert tally.acknowledged > 0
    assert tally.kills >= ROUNDS
