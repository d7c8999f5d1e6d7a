"""Cells turn red and amber by rules laid over them: not a cell and not a style of the sender's is touched."""

import re
from collections.abc import Collection, Mapping, Sequence

from konvoi.intake.outline import Outline, cut, outline
from konvoi.intake.sheet import letters
from konvoi.model.finding import Severity

SIGN = 'ISTEXT("Konvoi")'
"""Always true; by it our rules are known again after any program has saved the workbook."""

_OURS = re.compile(
    rb"<(\w+:)?cfRule\b(?:(?!</(?:\w+:)?cfRule>).)*?ISTEXT\((?:\"|&quot;)Konvoi(?:\"|&quot;)\)"
    rb"(?:(?!</(?:\w+:)?cfRule>).)*</(?:\w+:)?cfRule>",
    re.DOTALL,
)
_PRIORITY = re.compile(rb'\bpriority="(\d+)"')
_TOGETHER = 400
_ORDER = (
    *("sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter"),
    *("sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr"),
    *("conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches"),
    *("ignoredErrors", "smartTags", "drawing", "legacyDrawing"),
)
"""What follows one another in a worksheet (ECMA-376 part 1, 18.3.1.99)."""


def place_of(found: Outline, name: str) -> int:
    """Return the position in a worksheet at which an element of a name may be inserted."""
    before = _ORDER[: _ORDER.index(name) + 1]
    return max(child.end for child in found.children if child.name in before)


def uncoloured(sheet: bytes) -> bytes:
    """A worksheet without our rules."""
    # From the last: what stands before a replaced element keeps its position.
    for child in reversed(outline(sheet).named("conditionalFormatting")):
        element = sheet[child.start : child.end]
        left = _OURS.sub(b"", element)
        if left != element:
            sheet = cut(sheet, child.start, child.end, left if b"cfRule" in left else b"")
    return sheet


def coloured(
    sheet: bytes, cells: Mapping[Severity, Collection[tuple[int, int]]], styles: Mapping[Severity, int]
) -> bytes:
    """Return a worksheet with cells (row, column) coloured by severity; styles: numbers of our formats."""
    errors = set(cells.get(Severity.ERROR, ()))
    warnings = set(cells.get(Severity.WARNING, ())) - errors
    found = outline(sheet)
    priority = max([0, *(int(one) for one in _PRIORITY.findall(_rules(sheet, found)))])
    rules = b""
    for severity, marked in ((Severity.ERROR, errors), (Severity.WARNING, warnings)):
        priority += 1
        boxes = _boxes(marked)
        for at in range(0, len(boxes), _TOGETHER):
            rules += _rule(found.prefix, boxes[at : at + _TOGETHER], styles[severity], priority)
    at = place_of(found, "conditionalFormatting")
    return cut(sheet, at, at, rules)


def _rules(sheet: bytes, found: Outline) -> bytes:
    return b"".join(sheet[child.start : child.end] for child in found.named("conditionalFormatting"))


def _rule(prefix: str, boxes: Sequence[str], style: int, priority: int) -> bytes:
    formula = SIGN.replace('"', "&quot;")
    return (
        f'<{prefix}conditionalFormatting sqref="{" ".join(boxes)}"><{prefix}cfRule type="expression" '
        f'dxfId="{style}" priority="{priority}"><{prefix}formula>{formula}</{prefix}formula>'
        f"</{prefix}cfRule></{prefix}conditionalFormatting>"
    ).encode()


def _boxes(cells: set[tuple[int, int]]) -> list[str]:
    """Cells as references, those below one another as one box."""
    boxes: list[str] = []
    begin = end = (0, 0)
    for column, row in [*sorted((column, row) for row, column in cells), (0, 0)]:
        if (column, row) == (end[0], end[1] + 1):
            end = (column, row)
            continue
        if begin[1]:
            first = f"{letters(begin[0])}{begin[1]}"
            last = f"{letters(end[0])}{end[1]}"
            boxes.append(first if first == last else f"{first}:{last}")
        begin = end = (column, row)
    return boxes
