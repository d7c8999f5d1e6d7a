"""As of an earlier day: whatever arrives later, every command prints what it printed."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.cli.test_view import OF_NO_DAY

from konvoi.cli.commands import COMMANDS
from konvoi.flow.load_workspace import gathering
from konvoi.flow.workspace import workspace

EXERCISE = Path(__file__).parents[2] / "examples" / "exercise"
SENDERS = {"velmora": "XV", "fendria": "XF", "arvenia": "XA", "eskeria": "XE", "pellavar": "X-PELLAVAR"}
ARGUMENTS: dict[str, tuple[str, ...]] = {
    "total": ("--mix", "--by", "partner"),
    "show": ("XA-1",),
    "table": ("entries",),
    "plan solve": ("--rounds", "1"),
    **dict.fromkeys(("sanctions lists", "sanctions matrix", "sanctions propose"), ("--dir",)),
    "review": ("--json", "--dir"),
}
APART = {
    "report changes": "compares two workspaces",
    **dict.fromkeys(
        ("meeting pack", "meeting remind", "delivery papers", "run", "brief", "ask", "sanctions screen"),
        "writes files",
    ),
    **dict.fromkeys(("plan forecast", "plan what-if", "plan orders", "plan audit"), "takes a plan"),
}
"""Commands that are not tried here, each with the reason."""


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, date]:
    """The exercise, the same with its inbox added, and the day before the first file of the inbox."""
    before, after = (tmp_path_factory.mktemp(name) / "week" for name in ("before", "after"))
    for one in (before, after):
        shutil.copytree(EXERCISE, one)
    for file in sorted((EXERCISE / "inbox").glob("*/*.xlsx")):
        shutil.copy(file, after / "submissions" / SENDERS[file.name.split("-")[0]] / f"inbox-{file.name}")
    known = set(gathering(workspace(before)).documents["name"])
    late = gathering(workspace(after)).documents
    days = [day for name, day in late.select("name", "known_on").iter_rows() if name not in known and day]
    return before, after, min(days) - timedelta(days=1)


@pytest.mark.slow
@pytest.mark.parametrize("verb", sorted(set(COMMANDS) - set(OF_NO_DAY) - set(APART)))
def test_files_that_arrive_later_change_nothing_as_of_an_earlier_day(
    verb: str, worlds: tuple[Path, Path, date]
) -> None:
    before, after, day = worlds
    first, second = (
        konvoi(*verb.split(), *ARGUMENTS.get(verb, ()), one, "--as-of", day.isoformat())
        for one in (before, after)
    )
    assert first.out
    assert second.out.replace(str(after), str(before)) == first.out
    assert second.code == first.code
