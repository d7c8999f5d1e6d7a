"""A small invented world with records of all subjects: plan, deliveries, texts, meetings, money, lists."""

from collections.abc import Mapping
from pathlib import Path

from tests.web.affairs import submit_affairs
from tests.web.deliveries.delivery_files import submit_deliveries
from tests.web.matrix import Record
from tests.web.planning.plan_files import hand_in, submit_plan
from tests.web.sanctions.listing import take_lists
from tests.web.world import World, compute

from konvoi.web.access.roles import Role
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Membership, Viewer

CARRIER = {
    "parties": "party,name,kind,role\nX-OSK,Osk Freight,carrier,none\n",
    "lanes": "lane,from,to,mode,days_p50,carrier\nL-O,XV-HUB,XA-DEPOT,road,3,X-OSK\n",
}
"""A carrier that a list names."""


def with_all_subjects(world: World, scratch: Path) -> World:
    """Hand in records of all subjects and compute the results of an instance for all readers."""
    submit_plan(world.folder, scratch / "plan")
    submit_deliveries(world.folder, scratch / "deliveries")
    submit_affairs(world.folder)
    hand_in(world.folder, scratch / "carrier", "X-CELL", "coalition", CARRIER)
    take_lists(world.folder)
    compute(world.folder, name="all-subjects")
    return world


def shown_records() -> Mapping[str, tuple[Record, ...]]:
    """Return records of the subjects by the parameter of the address that names them.

    Whether a person sees one is not said: the records are for addresses to be asked for.
    """
    names: dict[str, tuple[object, ...]] = {
        "need": ("N-1",),
        "offer": ("XA-O1",),
        "consignment": ("W-1",),
        "movement": ("XA-M1",),
        "order": ("partner/XA/orders.en.html", "partner/XB/orders.en.html"),
        "agreement": ("D-XA", "D-PACT"),
        "round": ("PACT-1",),
        "trigger": ("G-1",),
        "meeting": ("SES-1",),
        "decision": ("DEC-0",),
        "programme": ("EP-1",),
        "condition": ("C-1",),
        "project": ("P-1",),
        "published": ("projects-oc4ids.json",),
        "gap": tuple(_gaps()),
        "alert": tuple(_alerts()),
    }
    return asked_for(names)


def asked_for(names: Mapping[str, tuple[object, ...]]) -> Mapping[str, tuple[Record, ...]]:
    """Return records by parameter, of which it is not said to whom they are shown."""
    return {
        name: tuple(Record(one, frozenset(), frozenset()) for one in values) for name, values in names.items()
    }


def _rows_of_cell(table: str) -> list[Mapping[str, object]]:
    planner = Membership(Role.SANCTIONS)
    opened = view(Viewer(acting=planner, memberships=(planner,)))
    return [] if opened is None else list(opened.rows(table, limit=1).rows)


def _gaps() -> list[str]:
    """Return the address of a gap."""
    return [f"{row['lacks']}/asset-freeze/{row['party']}" for row in _rows_of_cell("sanction_gaps")]


def _alerts() -> list[str]:
    """Return the id of an alert."""
    return [str(row["hit"]) for row in _rows_of_cell("screening_hits")]
