"""The sheet of findings that a workbook comes back with: each finding leads to its cell."""

import re
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from konvoi.intake.outline import cut, outline
from konvoi.intake.sheet import letters
from konvoi.intake.worksheet import WORKBOOK
from konvoi.model.finding import Severity
from konvoi.report.language import Language
from konvoi.report.localized_finding import localized_finding
from konvoi.report.marking.colours import SIGN
from konvoi.report.marking.marks import Told
from konvoi.report.marking.office import MAIN, RELATIONSHIP, Office
from konvoi.report.sentences import sentence

_WORDS = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.NOTE: "Note"}
_HEADS = ("Severity", "Sheet", "Cell", "Column", "Value and remedy", "Code")
_WIDTHS = (11, 18, 9, 22, 96, 24)
_TOP = 4
_LINKS = 65_000
_ROWS = 1_000_000


def word(severity: Severity) -> str:
    """The message id of a severity."""
    return _WORDS[severity]


def worksheet(told: Sequence[Told], language: Language, looks: Mapping[str, int], *, wrapped: int) -> bytes:
    """The sheet's part. looks: the formats for head, link, error, warning; wrapped: that of its cells."""
    rows = [_row(at, _cells(one, language), wrapped) for at, one in enumerate(told[:_ROWS], start=_TOP + 1)]
    last = _TOP + max(1, len(rows))
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(_WIDTHS, start=1)
    )
    errors = sum(one.finding.severity == Severity.ERROR for one in told)
    warnings = sum(one.finding.severity == Severity.WARNING for one in told)
    boxes = {
        "error": f"A{_TOP + 1}:A{_TOP + errors}" if errors else "",
        "warning": f"A{_TOP + 1 + errors}:A{_TOP + errors + warnings}" if warnings else "",
        "head": f"A{_TOP}:F{_TOP}",
        "link": f"C{_TOP + 1}:C{last}",
    }
    parts = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
        f'<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
        f'<dimension ref="A1:F{last}"/>',
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{_TOP}" topLeftCell="A{_TOP + 1}" activePane="bottomLeft" state="frozen"/>'
        "</sheetView></sheetViews>",
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>',
        *_top(told, language),
        *rows,
        f'</sheetData><autoFilter ref="A{_TOP}:F{last}"/>',
        *(_rule(box, looks[name], at) for at, (name, box) in enumerate(boxes.items(), start=1) if box),
        _links(told),
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>',
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>',
        "</worksheet>",
    ]
    return "".join(parts).encode("ascii", "xmlcharrefreplace")


def _top(told: Sequence[Told], language: Language) -> list[str]:
    """Return the title of the sheet, its instructions, and the head of the list."""
    counted = {severity: sum(one.finding.severity == severity for one in told) for severity in _WORDS}
    summary = ", ".join(
        f"{language.say(_WORDS[severity])}: {language.decimal(count)}" for severity, count in counted.items()
    )
    first = summary if told else language.say("No findings.")
    guide = language.say(
        "Correct the cells and hand the workbook in again as it is: this sheet, the colours and the "
        "notes are passed over when it is read."
    )
    heads = [language.say(head) for head in _HEADS]
    return [_row(1, [first], 0), _row(2, [guide], 0), _row(_TOP, heads, 0)]


def _cells(one: Told, language: Language) -> list[str]:
    finding = one.finding
    return [
        language.say(_WORDS[finding.severity]),
        finding.place.sheet,
        one.cell,
        one.head,
        language.text(sentence(localized_finding(finding, language.code))),
        finding.code,
    ]


def _row(number: int, texts: Sequence[str], style: int) -> str:
    said = f' s="{style}"' if style else ""
    cells = "".join(
        f'<c r="{letters(at)}{number}"{said} t="inlineStr">'
        f'<is><t xml:space="preserve">{_plain(text)}</t></is></c>'
        for at, text in enumerate(texts, start=1)
        if text
    )
    return f'<row r="{number}">{cells}</row>'


def _plain(text: str) -> str:
    return escape("".join(letter for letter in text if letter.isprintable() or letter == "\n"))


def _rule(box: str, look: int, priority: int) -> str:
    formula = SIGN.replace('"', "&quot;")
    return (
        f'<conditionalFormatting sqref="{box}"><cfRule type="expression" dxfId="{look}" '
        f'priority="{priority}"><formula>{formula}</formula></cfRule></conditionalFormatting>'
    )


def _links(told: Sequence[Told]) -> str:
    """A link from each cell's reference to the cell; a sheet holds no more than some 65,000."""
    found: list[str] = []
    for at, one in enumerate(told[:_ROWS], start=_TOP + 1):
        if one.row and len(found) < _LINKS:
            target = "'" + one.sheet.replace("'", "''") + "'!" + one.cell
            found.append(f'<hyperlink ref="C{at}" location={quoteattr(target)} display="{one.cell}"/>')
    return f"<hyperlinks>{''.join(found)}</hyperlinks>" if found else ""


def listed(office: Office, name: str) -> str:
    """The path of a new last sheet of a name, which the workbook lists from now on."""
    path = office.free("xl/worksheets/konvoi{}.xml")
    relation = office.relate(WORKBOOK, "worksheet", path)
    office.declare(path, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml")
    content = office[WORKBOOK]
    found = outline(content)
    sheets = found.named("sheets")[0]
    inner = content[sheets.start : sheets.end]
    number = 1 + max(_numbers(inner), default=0)
    element = (
        f'<{found.prefix}sheet xmlns:r="{RELATIONSHIP}" name={quoteattr(name)} sheetId="{number}" '
        f'r:id="{relation}"/>'
    ).encode("ascii", "xmlcharrefreplace")
    at = sheets.start + inner.rindex(b"</")
    office[WORKBOOK] = cut(content, at, at, element)
    return path


def _numbers(sheets: bytes) -> list[int]:
    return [int(one) for one in re.findall(rb'\bsheetId="(\d+)"', sheets)]
