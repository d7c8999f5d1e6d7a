"""The few formats that marks need, put behind those of the workbook, whose numbers stay."""

import re

from konvoi.intake.outline import Child, Outline, cut, outline
from konvoi.model.finding import Severity

_COUNT = re.compile(rb'\bcount="\d+"')
_ORDER = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"),
    *("tableStyles", "colors", "extLst"),
)
EMPTY = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"></styleSheet>'

_DXFS = {
    Severity.ERROR: ("FF8C1D18", "FFF9D9D6", ""),
    Severity.WARNING: ("FF6B4100", "FFFCE8C5", ""),
}
HEAD = ("FF1B1F24", "FFE6EEF7", "<b/>")
LINK = ("FF0B5CAD", "", "<u/>")
_WRAPPED = (
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
)


def with_colours(styles: bytes) -> tuple[bytes, dict[Severity, int]]:
    """The styles with a format for errors and one for warnings, and their numbers."""
    numbers: dict[Severity, int] = {}
    for severity, look in _DXFS.items():
        styles, numbers[severity] = with_look(styles, look)
    return styles, numbers


def with_look(styles: bytes, look: tuple[str, str, str]) -> tuple[bytes, int]:
    """The styles with a format of a rule (colour of text and ground, bold or underlined), and its number."""
    text, ground, more = look
    fill = f'<fill><patternFill patternType="solid"><bgColor rgb="{ground}"/></patternFill></fill>'
    font = f'<font>{more}<color rgb="{text}"/></font>'
    return _with(styles, "dxfs", "dxf", f"<dxf>{font}{fill if ground else ''}</dxf>")


def with_wrapping(styles: bytes) -> tuple[bytes, int]:
    """The styles with one of cells whose text runs on in the next line, and its number."""
    return _with(styles, "cellXfs", "xf", _WRAPPED)


def _with(styles: bytes, list: str, item: str, xml: str) -> tuple[bytes, int]:
    """The styles with an item at the end of a list, unless the list has that very item."""
    found = outline(styles)
    wanted = _prefixed(xml, found.prefix)
    held = found.named(list)
    if not held:
        prefix = found.prefix
        xml = f'<{prefix}{list} count="1">{wanted.decode()}</{prefix}{list}>'
        at = _place(found, list, styles)
        return cut(styles, at, at, xml.encode()), 0
    element = styles[held[0].start : held[0].end]
    starts = [one.start() for one in re.finditer(rb"<(?:\w+:)?" + item.encode() + rb"[\s>/]", element)]
    for number, start in enumerate(starts):
        if element.startswith(wanted, start):
            return styles, number
    return _appended(styles, held[0], wanted, len(starts)), len(starts)


def _appended(styles: bytes, held: Child, item: bytes, count: int) -> bytes:
    element = _COUNT.sub(b'count="%d"' % (count + 1), styles[held.start : held.end], count=1)
    if element.endswith(b"/>"):
        name = re.match(rb"<([\w:]+)", element)
        assert name is not None
        element = element[:-2] + b">" + item + b"</" + name[1] + b">"
    else:
        at = element.rindex(b"</")
        element = element[:at] + item + element[at:]
    return cut(styles, held.start, held.end, element)


def _prefixed(xml: str, prefix: str) -> bytes:
    return re.sub(r"<(/?)(\w)", rf"<\1{prefix}\2", xml).encode()


def _place(found: Outline, name: str, styles: bytes) -> int:
    before = _ORDER[: _ORDER.index(name)]
    first = styles.index(b">", styles.index(b"styleSheet")) + 1
    return max([first, *(child.end for child in found.children if child.name in before)])
