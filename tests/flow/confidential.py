"""Workspaces with confidential packages of several partners for tests; all parties are invented."""

from pathlib import Path
from typing import NamedTuple

from tests.flow.workspaces import reads_once

from konvoi.model.tables import BY_NAME

IN_TOTAL, BAND = "in total, not named", "band only"


class Package(NamedTuple):
    """A package of EUR `amount`, of which nobody but its giver may see anything unless it says so."""

    party: str
    package: str
    amount: str
    mode: str = IN_TOTAL
    marking: str = "own"
    kind: str = "energy"
    relates: str = ""
    day: str = "2031-01-10"


THREE = (Package("AR", "A-1", "45"), Package("CE", "C-1", "30"), Package("DO", "D-1", "25"))
"""Three contributors, none of whom dominates: EUR 100 in all."""


def confidential(folder: Path, *packages: Package, settings: str = "") -> Path:
    """A workspace of 1 February 2031 in which each package lies in a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    head = '[coalition]\nname = "Exercise"\nrecipient = "BO"\nexercise = true\nday = 2031-02-01\n'
    (folder / "konvoi.toml").write_text(head + settings)
    reads_once(folder)
    for one in packages:
        submitted(folder / "submissions" / one.party, one)
    return folder


def submitted(desk: Path, one: Package) -> Path:
    """A folder with one package and the head that says its day, as its giver hands it in."""
    place = desk / one.package
    place.mkdir(parents=True, exist_ok=True)
    (place / "konvoi.csv").write_text(f"party,{one.party}\nday,{one.day}\nmarking,{one.marking}\n")
    columns = [column.name for column in BY_NAME["packages"].columns]
    row = {
        "package": one.package,
        "party": one.party,
        "day": one.day,
        "kind": one.kind,
        "amount": one.amount,
        "currency": "EUR",
        "stage": "committed",
        "title": f"Exercise {one.package}",
        "marking": one.marking,
        "count_mode": one.mode,
        "relates": one.relates,
    }
    cells = ",".join(f'"{row.get(name, "")}"' for name in columns)
    (place / "packages.csv").write_text(",".join(columns) + f"\n{cells}\n")
    return place
