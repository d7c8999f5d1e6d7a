"""Source passages of records: the cells of a row, the members of an object, the parts of an element."""

import io
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from konvoi.intake.batch import unpacked_batch
from konvoi.intake.excerpt import CELLS, LONG, Excerpt, Spot, excerpts
from konvoi.intake.json_text import parsed, plain
from konvoi.intake.markup import BROKEN, SAFE
from konvoi.intake.table_text import written
from konvoi.intake.wire import unpacked_document
from konvoi.kit.text import tidy
from konvoi.model.document import Document

_STEP = re.compile(r"([^\[\]]+)((?:\[\d+\])*)")
_INDEX = re.compile(r"\[\d+\]")
_DEEPEST = 6


def read_passages(sent: bytes) -> bytes:
    """Return the passages of a packed document (konvoi.intake.excerpt.packed_ask) as JSON: what runs in the
    child process.
    """
    document, asked = (unpacked_document(part) for part in unpacked_batch(sent, 2) or [])
    spots = [(str(sheet), int(row)) for sheet, row in json.loads(asked.content)]
    found = passages(document, spots)
    return written([found.get(spot, ()) for spot in spots])


def passages(document: Document, spots: Sequence[Spot]) -> dict[Spot, Excerpt]:
    """Return the passage at each place of a document, as names and texts of its parts.

    Of workbooks and CSV files the cells of the row; of JSON the members of the object, those of objects and
    lists in it by their path; of XML the parts and attributes of the element. What is a record of its own
    within another is left out there. A place at which several elements may be meant has no passage, nor has
    any place of a PDF: its text is in the records.
    """
    start = document.content.lstrip(b"\xef\xbb\xbf \r\n\t")[:5]
    if start[:1] in (b"{", b"["):
        whole = parsed(document).value
        own = frozenset(f"{path}[{row - 1}]" for path, row in spots)
        return {spot: found for spot in spots if (found := _of_object(_at(whole, spot), spot, own))}
    if start[:1] == b"<":
        return _of_elements(document.content, spots)
    return {} if start == b"%PDF-" else excerpts(document, spots)


def _at(whole: object, spot: Spot) -> object:
    """Return what stands in JSON at a row (from 1) of the list at a path."""
    path, row = spot
    held = whole
    for step in path.split("."):
        found = _STEP.fullmatch(step)
        held = held.get(found[1]) if found and isinstance(held, dict) else None
        for index in _INDEX.findall(found[2]) if found else ():
            number = int(index[1:-1])
            held = held[number] if isinstance(held, list) and number < len(held) else None
    return held[row - 1] if isinstance(held, list) and 0 < row <= len(held) else None


def _of_object(held: object, spot: Spot, own: Collection[str]) -> Excerpt:
    """Return the members of an object, without those that are records of their own."""
    if not isinstance(held, dict):
        return ()
    start = f"{spot[0]}[{spot[1] - 1}]."
    # Its own members come first: they are what a record is mostly made of.
    flat = [(name, one) for name, one in held.items() if not isinstance(one, dict | list)]
    deep = [(name, one) for name, one in held.items() if isinstance(one, dict | list)]
    found = []
    for name, one in (*flat, *deep):
        for path, text in _members(str(name), one, start, own):
            found.append((path[:LONG], tidy(text)[:LONG]))
            if len(found) == CELLS:
                return tuple(found)
    return tuple(found)


def _members(path: str, held: object, start: str, own: Collection[str]) -> Iterator[tuple[str, str]]:
    if start + path in own or len(_INDEX.findall(path)) + path.count(".") > _DEEPEST:
        return
    if isinstance(held, dict):
        for name, one in held.items():
            yield from _members(f"{path}.{name}", one, start, own)
    elif isinstance(held, list):
        for number, one in enumerate(held):
            yield from _members(f"{path}[{number}]", one, start, own)
    elif text := plain(held):
        yield path, text


def _of_elements(content: bytes, spots: Sequence[Spot]) -> dict[Spot, Excerpt]:
    """Return the elements that begin on the lines of places, one subtree of the document after another."""
    wanted: dict[int, list[Spot]] = {}
    for spot in spots:
        wanted.setdefault(spot[1], []).append(spot)
    found: dict[Spot, list[Excerpt]] = {}
    numbers: dict[str, int] = {}
    depth = 0
    try:
        for event, element in etree.iterparse(io.BytesIO(content), events=("start", "end"), **SAFE):
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 1:
                name = _name(element)
                numbers[name] = numbers.get(name, 0) + 1
                _look(element, ((name, numbers[name]),), wanted, found)
                _forget(element)
    except BROKEN:
        return {}
    return {spot: some[0] for spot, some in found.items() if len(some) == 1}


Steps = tuple[tuple[str, int], ...]
"""Names of elements from below the root on, each with its number among those of its name."""


def _look(
    element: etree._Element,
    steps: Steps,
    wanted: Mapping[int, Sequence[Spot]],
    found: dict[Spot, list[Excerpt]],
) -> None:
    """Add the passages of an element and of all below it to those found."""
    line: Any = element.sourceline
    for spot in wanted.get(line, ()):
        if _fits(spot[0], steps):
            found.setdefault(spot, []).append(_of_element(element, steps, wanted))
    if len(steps) > _DEEPEST:
        return
    numbers: dict[str, int] = {}
    for child in element:
        name = _name(child)
        numbers[name] = numbers.get(name, 0) + 1
        _look(child, (*steps, (name, numbers[name])), wanted, found)


def _fits(path: str, steps: Steps) -> bool:
    """Return True if a path names an element; a name without a path is that of the element alone."""
    named = path.split("/")
    if len(named) == 1 and "[" not in path:
        return path == steps[-1][0]
    return len(named) == len(steps) and all(
        one in (name, f"{name}[{number}]") for one, (name, number) in zip(named, steps, strict=True)
    )


def _of_element(element: etree._Element, steps: Steps, wanted: Mapping[int, Sequence[Spot]]) -> Excerpt:
    """Return the parts of an element, without those that are records of their own."""
    found: list[tuple[str, str]] = []
    _parts(element, "", steps, wanted, found)
    return tuple(found[:CELLS])


def _parts(
    element: etree._Element,
    path: str,
    steps: Steps,
    wanted: Mapping[int, Sequence[Spot]],
    found: list[tuple[str, str]],
) -> None:
    if len(found) > CELLS or path.count("/") > _DEEPEST:
        return
    if text := tidy(element.text or ""):
        found.append((path or _name(element), text[:LONG]))
    for name, value in element.attrib.items():
        at = f"@{etree.QName(name).localname}"
        found.append((f"{path}/{at}" if path else at, tidy(str(value))[:LONG]))
    numbers: dict[str, int] = {}
    for child in element:
        name = _name(child)
        numbers[name] = numbers.get(name, 0) + 1
        below = (*steps, (name, numbers[name]))
        line: Any = child.sourceline
        if not any(_fits(spot[0], below) for spot in wanted.get(line, ())):
            _parts(child, f"{path}/{name}" if path else name, below, wanted, found)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _forget(element: etree._Element) -> None:
    """Empty an element and take all before it out of the tree."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
