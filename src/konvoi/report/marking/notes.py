"""Notes on cells: the comments of a sheet and the boxes that show them, beside those that are there."""

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from konvoi.intake.outline import cut, outline
from konvoi.intake.sheet import coordinates, letters
from konvoi.report.marking.colours import place_of
from konvoi.report.marking.office import MAIN, RELATIONSHIP, Office

SIGN = "⚑ Konvoi"
"""The first line of each of our notes; by it they are known again, whoever saved the workbook."""

MOST = 900
"""How many notes a sheet gets at most; the numbers of their boxes must stay within a block of 1,024."""

_COMMENTS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{MAIN}">'
    "<authors></authors><commentList></commentList></comments>"
).encode()
_BOXES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{block}"/></o:shapelayout><v:shapetype id="_x0000_t202" '
    'coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_BOX = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{id}" type="#_x0000_t202" '
    'style="position:absolute;z-index:{z};visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 4, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_SHAPE = re.compile(rb"<(?:\w+:)?shape\b.*?</(?:\w+:)?shape>", re.DOTALL)
_SHAPE_ID = re.compile(rb'<(?:\w+:)?shape\b[^>]*?\bid="_x0000_s(\d+)"')
_AT = re.compile(rb"<(?:\w+:)?Row>\s*(\d+)\s*</(?:\w+:)?Row>\s*<(?:\w+:)?Column>\s*(\d+)\s*<")
_BLOCK = re.compile(rb'<(?:\w+:)?idmap\b[^>]*?\bdata="(\d+)')
_ITEM = re.compile(rb"<(?:\w+:)?comment\b.*?</(?:\w+:)?comment>", re.DOTALL)
_REFERENCE = re.compile(rb'\bref="([A-Z]+\d+)"')
_TEXT = re.compile(rb"<(?:\w+:)?t\b[^>]*>([^<]*)")
_WIDTH = 3
_PER_LINE = 44


def noted(office: Office, part: str, notes: Mapping[tuple[int, int], str]) -> frozenset[tuple[int, int]]:
    """Put notes (by row and column from 1) on a sheet, in place of our earlier ones; the cells that got one.

    A cell that has a note of its sender's keeps it and gets none.
    """
    comments = office.related(part, "comments")
    boxes = office.related(part, "vmlDrawing")
    if not comments and not notes:
        return frozenset()
    comments = comments or _new_comments(office, part)
    boxes = boxes or _new_boxes(office, part)
    left, taken, removed = _without(office[comments])
    new = [cell for cell in sorted(notes) if cell not in taken][: max(0, MOST - len(taken))]
    office[comments] = _with(left, {cell: notes[cell] for cell in new})
    office[boxes] = _drawn(office[boxes], removed, {cell: notes[cell] for cell in new})
    return frozenset(new)


def _new_comments(office: Office, part: str) -> str:
    path = office.free("xl/comments{}.xml")
    office[path] = _COMMENTS
    office.relate(part, "comments", path)
    office.declare(path, "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml")
    return path


def _new_boxes(office: Office, part: str) -> str:
    path = office.free("xl/drawings/vmlDrawing{}.vml")
    number = re.sub(r"\D", "", path)
    office[path] = _BOXES.format(block=1000 + int(number)).encode()
    relation = office.relate(part, "vmlDrawing", path)
    office.declare(path, "application/vnd.openxmlformats-officedocument.vmlDrawing")
    found = outline(office[part])
    at = place_of(found, "legacyDrawing")
    element = f'<{found.prefix}legacyDrawing xmlns:r="{RELATIONSHIP}" r:id="{relation}"/>'
    office[part] = cut(office[part], at, at, element.encode())
    return path


Cells = frozenset[tuple[int, int]]


def _without(comments: bytes) -> tuple[bytes, Cells, Cells]:
    """The comments without ours, the cells of those that are left, and the cells of ours."""
    cells: dict[bool, set[tuple[int, int]]] = {True: set(), False: set()}

    def sifted(found: re.Match[bytes]) -> bytes:
        text = b"".join(_TEXT.findall(found[0]))
        ours = any(text.startswith(sign) for sign in _SIGNS)
        reference = _REFERENCE.search(found[0])
        at = coordinates(reference[1].decode()) if reference else None
        if at:
            cells[ours].add(at)
        return b"" if ours else found[0]

    left = _ITEM.sub(sifted, comments)
    return left, frozenset(cells[False]), frozenset(cells[True])


_SIGNS = (SIGN.encode(), SIGN.encode("ascii", "xmlcharrefreplace"))


def _with(comments: bytes, notes: Mapping[tuple[int, int], str]) -> bytes:
    if not notes:
        return comments
    comments, author = _author(comments)
    found = outline(comments)
    prefix = found.prefix
    items = "".join(_comment(prefix, cell, text, author) for cell, text in notes.items())
    held = found.named("commentList")[0]
    content = comments[held.start : held.end]
    if content.endswith(b"/>"):
        content = content[:-2] + f"></{prefix}commentList>".encode()
    at = content.rindex(b"</")
    content = content[:at] + items.encode("ascii", "xmlcharrefreplace") + content[at:]
    return cut(comments, held.start, held.end, content)


def _author(comments: bytes) -> tuple[bytes, int]:
    """The comments with Konvoi among the authors, and its number there."""
    found = outline(comments)
    held = found.named("authors")[0]
    content = comments[held.start : held.end]
    names = re.findall(rb"<(?:\w+:)?author>([^<]*)<|<(?:\w+:)?author/>", content)
    if b"Konvoi" in names:
        return comments, names.index(b"Konvoi")
    prefix = found.prefix
    if content.endswith(b"/>"):
        content = content[:-2] + f"></{prefix}authors>".encode()
    at = content.rindex(b"</")
    content = content[:at] + f"<{prefix}author>Konvoi</{prefix}author>".encode() + content[at:]
    return cut(comments, held.start, held.end, content), len(names)


def _comment(prefix: str, cell: tuple[int, int], text: str, author: int) -> str:
    said = escape(f"{SIGN}\n{text}")
    return (
        f'<{prefix}comment ref="{letters(cell[1])}{cell[0]}" authorId="{author}"><{prefix}text><{prefix}r>'
        f'<{prefix}t xml:space="preserve">{said}</{prefix}t></{prefix}r></{prefix}text></{prefix}comment>'
    )


def _drawn(boxes: bytes, removed: Cells, notes: Mapping[tuple[int, int], str]) -> bytes:
    """The boxes without those of removed notes, with one for each new note."""

    def sifted(found: re.Match[bytes]) -> bytes:
        at = _AT.search(found[0])
        return b"" if at and (int(at[1]) + 1, int(at[2]) + 1) in removed else found[0]

    left = _SHAPE.sub(sifted, boxes)
    block = _BLOCK.search(left)
    first = max([int(block[1]) * 1024 if block else 1024, *map(int, _SHAPE_ID.findall(left))]) + 1
    drawn = [_box(cell, text, first + at) for at, (cell, text) in enumerate(notes.items())]
    end = left.rindex(b"</xml>")
    return left[:end] + "".join(drawn).encode() + left[end:]


def _box(cell: tuple[int, int], text: str, id: int) -> str:
    row = cell[0] - 1
    column = cell[1] - 1
    lines = 2 + sum(1 + len(line) // _PER_LINE for line in text.split("\n"))
    return _BOX.format(
        id=id,
        z=id % 1024 + 1,
        left=column + 1,
        top=max(row - 1, 0),
        right=column + 1 + _WIDTH,
        bottom=max(row - 1, 0) + lines,
        row=row,
        column=column,
    )
