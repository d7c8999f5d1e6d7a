"""Views kept on disk: what was gathered once is not gathered again while nothing of its inputs changes."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.package_digest import package_digest
from konvoi.flow.view import View
from konvoi.flow.workspace import CACHE, Workspace, refuse_unreliable
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import key
from konvoi.kit.progress import Stop, never
from konvoi.ledger.post import Ledger
from konvoi.model.calibration import CalibrationState
from konvoi.model.document import Document, Reading, Unread
from konvoi.model.finding import Finding, Place, Severity

FOLDER = "views"
MOST = 8
"""So many views of a workspace are kept; beyond them all older ones go."""

_LEDGER = tuple(one.name for one in fields(Ledger) if one.type is pl.DataFrame)
_FRAMES = tuple(one.name for one in fields(Gathered) if one.type is pl.DataFrame)
_CONTENTS = "view.json"


def loaded(work: Workspace, *, stop: Stop = never) -> Gathered:
    """Return the gathered documents of a workspace under its view; from disk where nothing has changed.

    What is kept has no rows of single documents (`Reading.tables`, `.entries`), no inputs and no weights:
    whoever needs those gathers anew (konvoi.flow.load_workspace).
    """
    refuse_unreliable(work)
    place = _place(work)
    if place is not None and (found := _kept(place, work)) is not None:
        return found
    from konvoi.flow.load_workspace import gathering

    whole = gathering(work, stop=stop)
    if place is not None:
        _keep(place, whole)
    return whole


def _place(work: Workspace) -> Path | None:
    """Return the file of a view: its name changes with every input, and with the code that reads them."""
    if work.folder is None:
        return None
    view = work.view.as_of, work.view.reader
    name = key(package_digest(), *_inputs(work), view)
    return work.folder / CACHE / FOLDER / f"{name}.zip"


def inputs_digest(work: Workspace) -> str:
    """Return a digest of all that figures are made from: documents, settings, decisions and changes."""
    return key(*_inputs(work), work.head)


def _inputs(work: Workspace) -> tuple[object, ...]:
    inputs = [
        *(_identity(one) for one in work.documents),
        *(("withdrawn", *_identity(one)) for one in work.withdrawn),
    ]
    return inputs, (repr(work.settings), tuple(map(repr, work.findings)), work.judgements)


def _identity(document: Document) -> tuple[object, ...]:
    return document.name, document.digest, document.party, document.marking, document.sheets


def _keep(place: Path, whole: Gathered) -> None:
    """Keep a view where that is possible; a folder that only lets itself be read is no fault."""
    content = as_bytes(whole)
    with suppress(Refused):
        older = files.files_in(place.parent)
        if len(older) >= MOST:
            for one in older:
                files.remove(one)
        files.write(place, content, sync=False)


def as_bytes(whole: Gathered) -> bytes:
    """Return gathered documents as the content of one file, without what `loaded` leaves out."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        names = {name: _add(archive, name, rows) for name, rows in _frames(whole)}
        archive.writestr(
            zipfile.ZipInfo(_CONTENTS), json.dumps({**_contents(whole), "frames": names}, ensure_ascii=False)
        )
    return out.getvalue()


def _frames(whole: Gathered) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield all frames of the gathered documents, by a path that says where they belong."""
    for name in _LEDGER:
        yield f"ledger/{name}", getattr(whole.ledger, name)
    for name, rows in sorted(whole.ledger.tables.items()):
        yield f"ledger/tables/{name}", rows
    for name in _FRAMES:
        yield f"frames/{name}", getattr(whole, name)
    for name, rows in sorted(whole.tables.items()):
        yield f"tables/{name}", rows


def _add(archive: zipfile.ZipFile, name: str, rows: pl.DataFrame) -> int:
    content = io.BytesIO()
    rows.write_ipc(content)
    # Without a time of writing: equal views are equal bytes.
    archive.writestr(zipfile.ZipInfo(name), content.getvalue())
    return rows.height


def _contents(whole: Gathered) -> dict[str, Any]:
    """Return all that is no frame, as plain JSON values."""
    return {
        "boundary": whole.boundary,
        "currency": whole.currency,
        "refused": whole.refused,
        "goods": dict(whole.goods),
        "groups": {name: list(members) for name, members in whole.groups.items()},
        "on": whole.on.isoformat() if whole.on else None,
        "view": [
            whole.view.as_of.isoformat() if whole.view.as_of else None,
            whole.view.reader,
            whole.view.partner,
        ],
        "calibration": whole.calibration.as_dict() if whole.calibration else None,
        "findings": [_finding(one) for one in whole.findings],
        "ledger findings": [_finding(one) for one in whole.ledger.findings],
        "readings": [_reading(one) for one in whole.readings],
    }


def _finding(one: Finding) -> list[object]:
    place = list(asdict(one.place).values())
    return [str(one.severity), one.code, place, one.read, one.expected, one.remedy, dict(one.values)]


def _reading(one: Reading) -> dict[str, object]:
    return {
        "document": one.document,
        "digest": one.digest,
        "format": one.format,
        "party": one.party,
        "boundary": one.boundary,
        "currency": one.currency,
        "refused": one.refused,
        "facts": dict(one.facts),
        "headings": {sheet: dict(names) for sheet, names in one.headings.items()},
        "unread": [list(asdict(sheet).values()) for sheet in one.unread],
    }


def _kept(place: Path, work: Workspace) -> Gathered | None:
    """Return a view that is kept; None where there is none, or where it is damaged."""
    content = files.content(place)
    return None if content is None else from_bytes(content, work.folder)


def from_bytes(content: bytes, folder: Path | None) -> Gathered | None:
    """Return the gathered documents of `as_bytes`; None where the content is damaged.

    folder: of the workspace.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            told = json.loads(archive.read(_CONTENTS))
            frames = {name: pl.read_ipc(io.BytesIO(archive.read(name))) for name in told["frames"]}
        return _understood(told, frames, folder)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, pl.exceptions.PolarsError):
        return None


def _understood(told: dict[str, Any], frames: Mapping[str, pl.DataFrame], folder: Path | None) -> Gathered:
    ledger = Ledger(
        **{name: frames[f"ledger/{name}"] for name in _LEDGER},
        tables=_below("ledger/tables/", frames),
        findings=tuple(map(_as_finding, told["ledger findings"])),
    )
    as_of, reader, partner = told["view"]
    state = told["calibration"]
    own: dict[str, Any] = {name: frames[f"frames/{name}"] for name in _FRAMES}
    return Gathered(
        **own,
        ledger=ledger,
        tables=_below("tables/", frames),
        findings=tuple(map(_as_finding, told["findings"])),
        boundary=told["boundary"],
        currency=told["currency"],
        refused=told["refused"],
        goods=told["goods"],
        groups={name: tuple(members) for name, members in told["groups"].items()},
        readings=tuple(map(_as_reading, told["readings"])),
        calibration=CalibrationState(**state) if state else None,
        folder=folder,
        on=date.fromisoformat(told["on"]) if told["on"] else None,
        view=View(date.fromisoformat(as_of) if as_of else None, reader, partner),
    )


def _below(path: str, frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    return {name.removeprefix(path): rows for name, rows in frames.items() if name.startswith(path)}


def _as_finding(told: list[Any]) -> Finding:
    severity, code, place, read, expected, remedy, values = told
    return Finding(Severity(severity), code, Place(*place), read, expected, remedy, values)


def _as_reading(told: dict[str, Any]) -> Reading:
    unread = tuple(Unread(*sheet) for sheet in told.pop("unread"))
    # Frames without a column: whoever reads one of them fails at once instead of finding no row.
    none = pl.DataFrame()
    return Reading(
        **told, unread=unread, tables=_NotKept(), entries=none, scopes=none, relations=none, claims=none
    )


class _NotKept(Mapping[str, pl.DataFrame]):
    """The tables of a single document, which a kept view does not hold: reading them is a fault."""

    def __getitem__(self, name: str) -> pl.DataFrame:
        raise RuntimeError(f"a kept view holds no tables of single documents; {name} was asked for")

    def __iter__(self) -> Iterator[str]:
        raise RuntimeError("a kept view holds no tables of single documents")

    def __len__(self) -> int:
        raise RuntimeError("a kept view holds no tables of single documents")
