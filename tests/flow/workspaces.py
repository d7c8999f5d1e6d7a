"""Small workspaces on disk for tests; all parties are invented."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from konvoi.flow import kept_views
from konvoi.flow.store import CACHE

DAY = "2031-02-10"
"""The latest day that the tables name."""

TABLES = {
    "packages": (
        "package,party,day,kind,amount,currency,stage,relates",
        "P-1,AR,2031-01-10,humanitarian,1000.00,EUR,committed,",
        "P-2,AR,2031-02-10,humanitarian,,,pledged,restates:P-1",
    ),
    "lines": (
        "line,package,good,quantity,route,promised",
        "L-1,P-1,tent,10,from stock,2031-03-01",
        "L-2,P-2,tent,10,from stock,2031-03-01",
    ),
    "movements": (
        "movement,line,day,stage,quantity",
        "M-1,L-1,2031-02-01,dispatched,4",
    ),
    "receipts": (
        "receipt,reference,day,received,place,proof",
        "R-1,M-1,2031-02-08,3,town,signed by consignee",
    ),
    "goods": ("good,name,unit,weight_kg,step", "tent,Tent,piece,50,1"),
    "sites": (
        "site,name,kind,country,lat,lon",
        "port,Port,port,AR,54,18",
        "town,Town,destination,BO,50,30",
    ),
    "lanes": ("lane,from,to,mode,days_p10,days_p50,days_p90", "road,port,town,road,2,3,6"),
    "needs": ("need,good,quantity,site,due,weight", "N-1,tent,8,town,2031-03-15,1"),
    "offers": (
        "offer,party,good,quantity,site,line",
        "O-1,AR,tent,10,port,L-1",
        "O-2,AR,tent,10,port,L-2",
    ),
    "horizon": ("start,weeks,late_credit", "2031-02-10,8,0.5"),
}


@cache
def _readings() -> "TemporaryDirectory[str]":
    """A folder in which workspaces of tests keep what was read: what several tests read is read once.

    It holds the views of hundreds of workspaces, where one workspace keeps a few and lets older ones go.
    """
    kept_views.MOST = 400
    return TemporaryDirectory()


def reads_once(folder: Path) -> None:
    """Let a new workspace take what another one of the same content has read and gathered."""
    (folder / CACHE).symlink_to(_readings().name)


def copied_to(folder: Path, made: Path) -> None:
    """Put a copy of what a module has made once into a folder of a test, to write in."""
    shutil.copytree(made, folder, symlinks=True, dirs_exist_ok=True)


def alone(folder: Path) -> Path:
    """The same workspace, read and gathered by itself: for tests of just that."""
    (folder / CACHE).unlink()
    return folder


def workspace(folder: Path, **changed: tuple[str, ...]) -> Path:
    """A workspace in which Arvenia gives Bolaria tents; `changed` tables stand in for the usual ones."""
    desk = folder / "submissions" / "AR"
    desk.mkdir(parents=True)
    head = '[coalition]\nname = "Exercise"\nrecipient = "BO"\nexercise = true\n[rules]\nsamples = 50\n'
    (folder / "konvoi.toml").write_text(head)
    reads_once(folder)
    for name, rows in (TABLES | changed).items():
        if rows:
            (desk / f"{name}.csv").write_text("\n".join(rows) + "\n")
    return folder


def of_day(folder: Path) -> Path:
    """The same, with a day: readers to whom nothing is released have none otherwise."""
    settings = folder / "konvoi.toml"
    settings.write_text(settings.read_text().replace("[rules]", f"day = {DAY}\n[rules]"))
    return folder


def dated(folder: Path) -> Path:
    """The same, each table handed in on a day of 2031: despatches on 1 February, receipts on 8 February, all
    else on 10 January."""
    days = {"movements": "2031-02-01", "receipts": "2031-02-08"}
    lines = [f'"AR/{name}.csv" = {days.get(name, "2031-01-10")}' for name in TABLES]
    settings = folder / "konvoi.toml"
    settings.write_text(settings.read_text() + "\n".join(["[known_on]", *lines]) + "\n")
    return folder
