"""A world in which Bolaria reports Arvenia's packages, too, and three planners review the pairs."""

from datetime import date, timedelta
from pathlib import Path

from tests.web.packages import AT, HEADINGS
from tests.web.world import World, compute

from konvoi.flow.submissions.import_submission import take
from konvoi.web.access.grants import ask, decide
from konvoi.web.access.models import GrantEvent
from konvoi.web.access.roles import Role
from konvoi.web.access.viewer import Membership, Viewer
from konvoi.web.accounts.models import User
from konvoi.web.matching.queries import Desk, desk_of

PAIRS = 6
PLANNERS = ("planner", "planner-b", "planner-c")
READERS = ("cell", "XA", "XB")
_FIRST, _MONTHS = date(2029, 1, 12), timedelta(days=60)


def _rows(prefix: str, count: int = PAIRS) -> str:
    found = [
        f"{prefix}-{n},XA,humanitarian,Shelter for winter,{_FIRST + _MONTHS * n},pledged,EUR,{n}00000,XV"
        for n in range(1, count + 1)
    ]
    return HEADINGS + "\n".join(found) + "\n"


def _hand_in(folder: Path, where: Path, party: str, rows: str, *, marking: str = "coalition") -> None:
    where.mkdir(parents=True)
    head = f"party,{party}\nday,2031-02-02\nmarking,{marking}\n"
    (where / "konvoi.csv").write_text(head, encoding="utf-8")
    (where / "packages.csv").write_text(rows, encoding="utf-8")
    take([where], party=party, folder=folder, at=AT)


def with_pairs(world: World, *, hidden: bool = False) -> World:
    """Hand in packages that Arvenia and Bolaria both report, and compute results.

    hidden: Bolaria keeps its reports to itself.
    """
    files = world.folder.parent / "pairs"
    _hand_in(world.folder, files / "a", "XA", _rows("P"))
    _hand_in(world.folder, files / "b", "XB", _rows("X"), marking="own" if hidden else "coalition")
    # Arvenia announces its smallest gift again under a new reference.
    again = f"{HEADINGS}P-9,XA,humanitarian,Shelter for winter,{_FIRST + _MONTHS},pledged,EUR,100000,XV\n"
    _hand_in(world.folder, files / "c", "XA", again)
    for name in PLANNERS[1:]:
        user = User.objects.create_user(f"{name}@exercise.invalid", name)
        decide(ask(user.id, Role.PLANNER, "", by=user.id), GrantEvent.Step.CONFIRMED, by=None)
    compute(world.folder, READERS[:2] if hidden else READERS, "pairs")
    return world


def viewer(world: World, name: str = "planner") -> Viewer:
    """Return a planner as a viewer."""
    one = Membership(Role.PLANNER)
    return Viewer(world.user(name).pk, one, (one,))


def desk(world: World, name: str = "planner") -> Desk:
    """Return the pairs of a planner."""
    found = desk_of(viewer(world, name))
    assert found is not None
    return found
