"""A second state of Kiel's tracker: known changes to its packages, and its rows in another order.

    PYTHONPATH=src python -m bench.kiel_revised Ukraine_Support_Tracker.xlsx revised.xlsx

It prints what it changed as JSON: package → kind. tests/flow/submissions/test_diff.py asks
konvoi report changes for exactly these. The sheet is changed as XML, so that every number keeps all its
digits and nothing else becomes another.
"""

import argparse
import copy
import json
import random
import re
import zipfile
from collections import defaultdict
from pathlib import Path

from lxml import etree

from konvoi.intake.kiel.columns import MAIN, columns_of
from konvoi.intake.sheet import Row, letters
from konvoi.ledger.revisions import ADDED, CORRECTED, RE_CLASSIFIED, RE_RATED, WITHDRAWN

EACH = 10
SEED = 7
KINDS = (ADDED, CORRECTED, RE_CLASSIFIED, WITHDRAWN, RE_RATED)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Element = etree._Element


class Sheet:
    """The main sheet of a workbook: its rows as XML, its cells by the reader's own names."""

    def __init__(self, book: zipfile.ZipFile) -> None:
        texts = etree.fromstring(book.read("xl/sharedStrings.xml"))
        self.shared = ["".join(map(str, one.itertext(f"{_MAIN}t"))) for one in texts]
        self.part = _part(book)
        self.tree = etree.fromstring(book.read(self.part))
        self.data = next(self.tree.iter(f"{_MAIN}sheetData"))
        rows = list(self.data)
        self.rows = rows[1:]
        head = {self._column(cell): self._text(cell) for cell in rows[0]}
        width = max(head) + 1
        self.at = columns_of(Row(1, tuple(head.get(at) for at in range(width)))).at

    def get(self, row: Element, name: str) -> str:
        """The text of a cell, as it is stored; empty where there is none."""
        cell = self._cell(row, name)
        return "" if cell is None else self._text(cell)

    def put(self, row: Element, name: str, value: str | float) -> None:
        """Another value for a cell."""
        cell = self._cell(row, name)
        if cell is None:
            raise ValueError(f"{name}: the row has no such cell")
        for child in list(cell):
            cell.remove(child)
        if isinstance(value, str):
            cell.set("t", "inlineStr")
            etree.SubElement(etree.SubElement(cell, f"{_MAIN}is"), f"{_MAIN}t").text = value
        else:
            cell.attrib.pop("t", "")
            etree.SubElement(cell, f"{_MAIN}v").text = repr(value)

    def written(self, rows: list[Element]) -> bytes:
        """The sheet with these rows below its head."""
        for row in self.rows:
            self.data.remove(row)
        for number, row in enumerate(rows, 2):
            row.set("r", str(number))
            for cell in row:
                cell.set("r", re.sub(r"\d+$", str(number), cell.get("r", "")))
                for formula in cell.findall(f"{_MAIN}f"):
                    cell.remove(formula)
            self.data.append(row)
        return bytes(etree.tostring(self.tree, xml_declaration=True, encoding="UTF-8"))

    def _column(self, cell: Element) -> int:
        found = 0
        for letter in re.sub(r"\d", "", cell.get("r", "")):
            found = found * 26 + ord(letter) - ord("A") + 1
        return found - 1

    def _cell(self, row: Element, name: str) -> Element | None:
        wanted = f"{letters(self.at[name] + 1)}{row.get('r')}"
        return next((cell for cell in row if cell.get("r") == wanted), None)

    def _text(self, cell: Element) -> str:
        value = cell.findtext(f"{_MAIN}v") or ""
        return self.shared[int(value)] if cell.get("t") == "s" and value else value


def revised(source: Path, target: Path, kinds: tuple[str, ...] = KINDS, each: int = EACH) -> dict[str, str]:
    """Write the second state; gives what was changed: package → kind of change."""
    with zipfile.ZipFile(source) as book:
        sheet = Sheet(book)
        packages: dict[str, list[Element]] = defaultdict(list)
        for row in sheet.rows:
            packages[sheet.get(row, "package").strip()].append(row)
        fit = [name for name, own in sorted(packages.items()) if name and _fits(sheet, own)]
        told: dict[str, str] = {}
        for number, name in enumerate(random.Random(SEED).sample(fit, each * len(kinds))):
            told |= _change(sheet, kinds[number // each], name, packages)
        after = [row for own in packages.values() for row in own]
        random.Random(SEED).shuffle(after)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copied:
            for part in book.namelist():
                copied.writestr(part, sheet.written(after) if part == sheet.part else book.read(part))
    return dict(sorted(told.items()))


def _part(book: zipfile.ZipFile) -> str:
    """Where in the workbook the main sheet lies."""
    sheets = etree.fromstring(book.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
    wanted = next(one.get(_LINK) for one in sheets if one.get("name") == MAIN)
    links = etree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    target = next(str(one.get("Target")) for one in links if one.get("Id") == wanted)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _fits(sheet: Sheet, rows: list[Element]) -> bool:
    """Whether a package can be changed in each way: one head, worth a number in another currency."""
    heads = [row for row in rows if sheet.get(row, "head") == "1"]
    if len(heads) != 1 or sheet.get(heads[0], "currency").strip() == "EUR":
        return False
    return all(re.fullmatch(r"\d+(\.\d+)?(E\d+)?", sheet.get(heads[0], name)) for name in ("eur", "total"))


def _change(sheet: Sheet, kind: str, name: str, packages: dict[str, list[Element]]) -> dict[str, str]:
    own = packages[name]
    head = next(row for row in own if sheet.get(row, "head") == "1")
    if kind == WITHDRAWN:
        del packages[name]
    elif kind == ADDED:
        packages[f"{name}-second"] = again = [copy.deepcopy(row) for row in own]
        for row in again:
            sheet.put(row, "package", f"{name}-second")
        return {f"{name}-second": kind}
    elif kind == RE_CLASSIFIED:
        other = "Humanitarian" if sheet.get(head, "kind") != "Humanitarian" else "Military"
        for row in own:
            sheet.put(row, "kind", other)
    else:
        for column in ("total", "eur") if kind == CORRECTED else ("eur",):
            sheet.put(head, column, float(sheet.get(head, column)) * (2 if kind == CORRECTED else 1.01))
    return {name: kind}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    args = parser.parse_args()
    print(json.dumps(revised(args.source, args.target), indent=1))
