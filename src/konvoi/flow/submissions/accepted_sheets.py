"""Sheets that are named like no table and are read as one at a person's request, recorded in konvoi.toml."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from konvoi.flow.receipts import Action
from konvoi.flow.settings import FILE, Settings, settings
from konvoi.flow.store import Edit, Store
from konvoi.gateways.refusal import Refused
from konvoi.kit.text import fold, shown
from konvoi.model.document import Reading
from konvoi.model.sheet_names import table_of
from konvoi.model.tables import TABLES

_HEAD = re.compile(r"^[ \t]*\[[ \t]*sheets[ \t]*\][ \t]*(#.*)?$", re.MULTILINE)


def requested_sheets(texts: Sequence[str]) -> dict[str, str]:
    """Return the table of each sheet of requests such as `Packages 2026=packages`.

    >>> requested_sheets(["Packages 2026=Pakete"])
    {'Packages 2026': 'packages'}
    """
    found: dict[str, str] = {}
    for text in texts:
        sheet, _, name = (part.strip() for part in text.rpartition("="))
        table = table_of(name)
        if not sheet or table is None:
            known = ", ".join(one.name for one in TABLES)
            raise Refused(f'--sheet {text}: not of the form "SHEET"=TABLE; tables are {known}')
        found[sheet] = table.name
    return found


def with_sheets(known: Settings, requested: Mapping[str, str]) -> Settings:
    """Return settings that read the requested sheets as well; a sheet read as another table is refused."""
    before = {fold(sheet): table_of(table) for sheet, table in known.sheets.items()}
    fresh: dict[str, str] = {}
    for sheet, name in requested.items():
        held = before.get(fold(sheet))
        if held is not None and held.name != name:
            raise Refused(
                f"--sheet {shown(sheet)}: {FILE} reads it as {held.name}; change it there under [sheets]"
            )
        if held is None:
            fresh[sheet] = name
    return replace(known, sheets={**known.sheets, **fresh}) if fresh else known


def without_sheet(requested: Mapping[str, str], readings: Iterable[Reading]) -> list[str]:
    """Return the requested sheets that no reading has."""
    read = {fold(sheet) for reading in readings for sheet in reading.headings}
    return [sheet for sheet in requested if fold(sheet) not in read]


def record_sheets(kept: Store, known: Settings, change: Action) -> None:
    """Write into konvoi.toml the sheets that settings have and the file has not."""
    text = kept.text(FILE) or ""
    before, _ = settings(text)
    fresh = {sheet: table for sheet, table in known.sheets.items() if sheet not in before.sheets}
    if not fresh:
        return
    rows = "".join(
        f"\n{json.dumps(sheet, ensure_ascii=False)} = {json.dumps(table)}" for sheet, table in fresh.items()
    )
    head = _HEAD.search(text)
    at = head.end() if head else len(text.rstrip())
    changed = text[:at] + ("" if head else "\n\n[sheets]") + rows + (text[at:] if head else "\n")
    # A file that is written in another way, such as with an inline table, is left to people.
    if settings(changed)[0].sheets != known.sheets:
        wanted = ", ".join(
            f"{json.dumps(sheet, ensure_ascii=False)} = {json.dumps(name)}" for sheet, name in fresh.items()
        )
        raise Refused(f"{FILE}: add under [sheets] by hand: {wanted}")
    kept.commit(change, [Edit(FILE, changed.encode())])
