"""A world with two lists of sanctions and a carrier of two lanes."""

from datetime import date
from pathlib import Path

from tests.web.packages import AT
from tests.web.world import World, compute

from konvoi.flow.receipts import Action, Kind
from konvoi.flow.sanctions.list_taking import take_in
from konvoi.flow.store import LISTS, append_lines
from konvoi.flow.submissions.import_submission import take

EXERCISE = Path(__file__).parents[3] / "examples" / "exercise" / "lists"
FILES = {
    "parties.csv": "party,name,kind,role\nX-OSK,Osk Freight,carrier,none\n",
    "sites.csv": "site,name,kind,country,lat,lon\n"
    "XA-DEPOT,Arvendale,depot,XA,46.2,-37.4\nXV-HUB,Velhub,hub,XV,47.2,-36.4\n",
    "lanes.csv": "lane,from,to,mode,days_p50,carrier\n"
    "L-1,XA-DEPOT,XV-HUB,road,3,X-OSK\nL-2,XV-HUB,XA-DEPOT,road,3,X-OSK\n",
}


LISTS_OF = (("uk", date(2031, 2, 26)), ("us", date(2031, 2, 25)))


def take_lists(folder: Path) -> None:
    """Take in two lists of the exercise; a list may be thirty days old."""
    change = Action(Kind.SETTINGS, (), at=AT)
    append_lines(folder, LISTS, "most_days = 30", head="# Lists of the tests.", change=change)
    for regime, day in LISTS_OF:
        take_in(folder, sorted((EXERCISE / regime / day.isoformat()).iterdir()), regime, day, at=AT)


def with_lists(world: World) -> World:
    """Hand in the network, take in the lists, and compute the results."""
    place = world.folder.parent / "network"
    place.mkdir()
    (place / "konvoi.csv").write_text("party,X-CELL\nday,2031-03-01\nmarking,coalition\n", encoding="utf-8")
    for name, text in FILES.items():
        (place / name).write_text(text, encoding="utf-8")
    take([place], party="X-CELL", folder=world.folder, at=AT)
    take_lists(world.folder)
    compute(world.folder, ("cell", "public", "XA"), "listed")
    return world
