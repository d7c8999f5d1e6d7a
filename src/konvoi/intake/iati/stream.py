"""The activities of an IATI file one after another, each forgotten before the next is read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from lxml import etree

from konvoi.intake.iati.version import is_version_1
from konvoi.intake.markup import SAFE
from konvoi.kit.text import shown
from konvoi.model.finding import Finding, Place, Severity

DEPTH = 200
ROOTS = {"iati-activities": "iati-activity", "iati-organisations": "iati-organisation"}
"""The records of a file, by the name of its first element."""


@dataclass(frozen=True)
class Head:
    """The values of the first element, which apply to the whole file; element: emptied of its records."""

    file: str
    version: str
    generated: str
    line: int
    element: etree._Element | None = None


class Refusal(Exception):
    """The file cannot be read any further; nothing of it may be used."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def records(
    source: IO[bytes], file: str, root: str = "iati-activities"
) -> Iterator[tuple[Head, etree._Element | None]]:
    """Yield the head once with None, then the head with each element below; one is emptied after its turn.

    Elements of other namespaces are passed over. Raises Refusal for what is no well-formed XML, has a
    document type or nests too deep, has another first element, or is of version 1. No more than one record is
    in memory, whatever the size of the file.
    """
    parser = etree.iterparse(
        source,
        events=("start", "end"),
        **SAFE,
    )
    try:
        yield from _walk(parser, file, root)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        raise Refusal(_refusal("xml-broken", Place(file, "", line), error.msg or "", _WHOLE)) from error
    except (LookupError, ValueError) as error:
        raise Refusal(_refusal("xml-broken", Place(file), str(error), _WHOLE)) from error


def line(element: etree._Element) -> int:
    """Return the line of the file on which an element begins; 0 if the parser gives none."""
    found: object = element.sourceline
    return found if isinstance(found, int) else 0


def _walk(
    parser: "etree.iterparse[tuple[str, etree._Element]]", file: str, root: str
) -> Iterator[tuple[Head, etree._Element | None]]:
    head: Head | None = None
    depth = 0
    for event, element in parser:
        if event == "start":
            depth += 1
            if head is None:
                head = _head(element, file, root)
                yield head, None
            if depth > DEPTH:
                place = Place(file, "", line(element))
                raise Refusal(_refusal("xml-too-deep", place, "", "elements nested at most 200 deep"))
            continue
        depth -= 1
        if depth == 1 and head is not None:
            if "{" not in str(element.tag):
                if not head.version and is_version_1(element):
                    raise Refusal(_old(file, str(element.tag), line(element), ""))
                yield head, element
            _forget(element)


def _forget(element: etree._Element) -> None:
    """Empty an element and take all before it out of the tree."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _head(root: etree._Element, file: str, wanted: str) -> Head:
    place = Place(file, str(root.tag), line(root))
    info = root.getroottree().docinfo
    if info.internalDTD is not None or info.externalDTD is not None:
        raise Refusal(_refusal("xml-doctype", place, "<!DOCTYPE", "XML without a document type"))
    if root.tag != wanted:
        raise Refusal(_refusal("iati-root", place, str(root.tag), f"a file of {wanted}"))
    version = (root.get("version") or "").strip()
    if version.startswith("1"):
        raise Refusal(_old(file, str(root.tag), line(root), version))
    return Head(file, version, root.get("generated-datetime") or "", line(root), root)


def _old(file: str, path: str, row: int, version: str) -> Finding:
    return _refusal(
        "iati-version-old",
        Place(file, path, row, "version"),
        version or "1 (no version attribute)",
        "version 2.01, 2.02 or 2.03; these are IATI data of version 1",
        "Ask the publisher for version 2.03, or convert the file to it; version 1 names things otherwise.",
    )


_WHOLE = "a whole XML document"


def _refusal(code: str, place: Place, read: str, expected: str, remedy: str = "") -> Finding:
    remedy = remedy or "submit the file again as it was published"
    return Finding(Severity.ERROR, code, place, shown(read), expected, remedy)
