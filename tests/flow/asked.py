"""A workspace with one question of each kind, and answering its workbooks as a desk does."""

import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from tests.flow.workspaces import workspace

from konvoi.flow.submissions.questions_asked import Asked, asking
from konvoi.flow.workspace import CACHE
from konvoi.flow.workspace import workspace as opened
from konvoi.kit.digest import digest, key

DAY = date(2031, 3, 10)

TABLES: dict[str, tuple[str, ...]] = {
    "konvoi": ("party,AR", "day,2031-03-01"),
    "lines": (
        "line,package,good,quantity,route,promised",
        "L-1,P-1,tent,10,from stock,2031-03-01",
        "L-2,P-2,tent,1O,from stock,",
        "L-3,P-2,tent,5,from stock,2031-01-20",
    ),
    "movements": (
        "movement,line,day,stage,quantity,to,waybill",
        "M-1,L-1,2031-02-01,dispatched,4,town,W-1",
        "M-2,L-1,2031-02-02,dispatched,4,town,",
    ),
    "receipts": (
        "receipt,reference,day,received,place,proof,document",
        "R-1,M-1,2031-02-08,3,town,signed by consignee,D-1",
    ),
    "approvals": (
        "approval,kind,party,covers,asked,due,given",
        "A-1,transit,CA,O-1,2031-01-10,2031-02-01,",
    ),
    "standards": (
        "standard,good,requirement,value,version,mandatory,in_force",
        "S-1,tent,identity code,NSN:1,1,yes,2031-01-01",
        "S-2,tent,packing,pallet,1,yes,2031-01-01",
    ),
    "goods": ("good,name,unit,weight_kg,step,codes", "tent,Tent,piece,50,1,NSN:2"),
    "offers": ("offer,party,good,quantity,site,line", "O-1,AR,tent,10,port,L-1"),
}

PRESS: dict[str, tuple[str, ...]] = {
    "konvoi": ("party,X-CELL", "day,2031-03-01"),
    "packages": (
        "package,party,day,kind,amount,currency,stage",
        "N-1,AR,2031-01-10,humanitarian,1000.00,EUR,committed",
    ),
}
"""What the cell read of the same gift."""


def cell(folder: Path, **changed: tuple[str, ...]) -> Path:
    """The workspace, with a report of the press; `changed` tables stand in for those of TABLES."""
    made = workspace(folder / "cell", **{**TABLES, **changed})
    press = made / "submissions" / "X-CELL"
    press.mkdir()
    for name, rows in PRESS.items():
        (press / f"{name}.csv").write_text("\n".join(rows) + "\n")
    settings = made / "konvoi.toml"
    settings.write_text(settings.read_text().replace("[rules]", f"day = {DAY}\n[rules]"))
    return made


def asked(folder: Path, party: str = "") -> Asked:
    """What is asked of a party, or of all; kept, for a folder of the same files asks the same."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    given = [name for name in sorted(files) if not name.startswith(CACHE)]
    state = key(party, *(part for name in given for part in (name, digest(files[name].read_bytes()))))
    if state not in _ASKED:
        _ASKED[state] = asking(opened(folder), party=party)
    return _ASKED[state]


_ASKED: dict[str, Asked] = {}


def kinds(found: Asked) -> list[tuple[str, str]]:
    """Party and kind of each question."""
    return [(one.party, one.kind) for one in found.questions]


def id_of(found: Asked, kind: str) -> str:
    """The number of the one question of a kind."""
    return next(one.id for one in found.questions if one.kind == kind)


def filled(
    book: bytes,
    answers: Mapping[str, Mapping[str, Any]],
    *,
    change: Callable[[Worksheet], None] | None = None,
) -> bytes:
    """A workbook with answers by the number of their question: columns by their English name."""
    found = openpyxl.load_workbook(io.BytesIO(book))
    sheet = found.worksheets[1]
    names = [str(one.value) for one in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        for name, value in answers.get(str(row[0].value), {}).items():
            row[names.index(name)].value = value
    if change:
        change(sheet)
    stream = io.BytesIO()
    found.save(stream)
    return stream.getvalue()


def handed_in(folder: Path, party: str, name: str, content: bytes) -> None:
    """A file below a party's submissions."""
    path = folder / "submissions" / party / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
