"""The front door: a document becomes a reading by the first format that recognises it."""

from xml.parsers import expat

from konvoi.intake.container import inspected, is_ole, is_zip
from konvoi.intake.format import refused
from konvoi.intake.formats import FORMATS
from konvoi.intake.formats.konvoi_csv import KONVOI_CSV
from konvoi.intake.formats.konvoi_workbook import KONVOI_WORKBOOK
from konvoi.intake.known_forms import FORMS, known_form
from konvoi.intake.mapped import missing_headings
from konvoi.intake.mapping import mapping_from_json
from konvoi.intake.markup import Forbidden, strict
from konvoi.intake.ods import is_ods
from konvoi.intake.size import oversized
from konvoi.intake.unread import near_table
from konvoi.intake.unrecognised import unrecognised
from konvoi.intake.workbook import workbook_names, workbook_sheets
from konvoi.kit.text import listed, shown
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Place, Severity


def read(document: Document) -> Reading:
    """Read a document whole; one that no format knows, or that is not safe to open, comes back refused."""
    if not document.content:
        place = Place(document.name)
        empty = Finding(Severity.ERROR, "file-empty", place, "0 B", "a file with content", _EMPTY)
        return refused(document, empty)
    if is_zip(document.content) or is_ole(document.content):
        found = [one for one in inspected(document) if one.severity == Severity.ERROR]
        is_workbook = is_ole(document.content) or is_ods(document.content)
        if not found and is_workbook and not workbook_names(document):
            found = list(workbook_sheets(document).findings)
        if found and all(one.code == "container-nested" for one in found):
            # An archive of workbooks is no workbook.
            archive = known_form(document, FORMS)
            found = [archive] if archive else found
        if found:
            return refused(document, *found)
    elif (excess := oversized(document)) is not None:
        return refused(document, excess)
    for format in FORMATS:
        if format.recognises(document):
            return format.read(document)
    if (told := known_form(document, FORMS) or _other_headings(document)) is not None:
        return refused(document, told)
    if (reading := _by_likeness(document)) is not None:
        return reading
    if fault := _cut_short(document):
        return refused(document, fault)
    return refused(document, unrecognised(document))


def _other_headings(document: Document) -> Finding | None:
    """The finding that a file has most of the headings of a mapping of its sender, and lacks some."""
    mappings = map(mapping_from_json, document.mappings)
    lost = [missing for one in mappings if (missing := missing_headings(document, one))]
    if not lost:
        return None
    fewest = sorted(lost, key=len)[0]
    return Finding(
        Severity.ERROR,
        "mapping-differs",
        Place(document.name),
        shown(listed(fewest), 200),
        expected="every heading of the mapping that is kept for this sender",
        remedy="File not imported: it lacks these headings. Map it again: konvoi map FILE --from PARTY.",
    )


def _by_likeness(document: Document) -> Reading | None:
    """A workbook or CSV without a table's name, if HXL tags mean a table or a name comes near to one."""
    if (table := KONVOI_CSV.read_by_likeness(document)) is not None:
        return table
    names = workbook_names(document)
    if not names:
        return None
    reading = KONVOI_WORKBOOK.read(document)
    near = any(near_table(name) for name in names)
    return reading if reading.tables or (near and reading.unread) else None


def _cut_short(document: Document) -> Finding | None:
    """The finding that XML of whatever kind ends before its first element does."""
    if not document.content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        return None
    parser = strict()
    try:
        parser.Parse(document.content, True)
    except Forbidden:
        return None
    except expat.ExpatError as error:
        if error.code not in _ENDS:
            return None
        place = Place(document.name, row=error.lineno)
        read = f"{len(document.content)} B"
        return Finding(Severity.ERROR, "xml-broken", place, read, _WHOLE, _AGAIN)
    return None


_ENDS = frozenset(
    expat.errors.codes[one]
    for one in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)
_WHOLE = "a whole file; this one is cut short or altered"
_AGAIN = "Send the file again, and compare its size at both ends."


_EMPTY = "Check that it is the file you meant; `konvoi template` writes a workbook to fill in."
