"""Despatch and receipt advices of the Universal Business Language, versions 2.0 to 2.4 (XML)."""

import io

from lxml import etree

from konvoi.intake.format import refused
from konvoi.intake.markup import BROKEN, Forbidden, elements, scan
from konvoi.intake.papers import ubl
from konvoi.intake.papers.posting import posted_papers
from konvoi.intake.papers.tree import line_of, text
from konvoi.intake.papers.work import Work
from konvoi.kit.text import shown
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Place, Severity

_SPACE = "urn:oasis:names:specification:ubl:schema:xsd:"
_HEAD = 65_536
_READ = ("DespatchAdvice", "ReceiptAdvice")


class Ubl:
    """One business paper in XML."""

    name = "ubl"

    def recognises(self, document: Document) -> bool:
        """XML that soon names a schema of UBL, in any encoding of one or two bytes."""
        bare = document.content[:_HEAD].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf")
        bare = bare.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip()
        return bare.startswith(b"<") and _SPACE.encode() in bare

    def read(self, document: Document) -> Reading:
        """Read one paper: a despatch or a receipt; any other paper of UBL is named and counts for nothing."""
        work = Work(document)
        try:
            names: list[str] = []
            scan(
                io.BytesIO(document.content), start=lambda name, _: names.append(name) if not names else None
            )
            for root in elements(io.BytesIO(document.content), names[0]):
                if root.getparent() is None:
                    _paper(root, work)
        except Forbidden as error:
            return _refused(
                document, "xml-doctype", str(error), "XML without a document type, not nested deep"
            )
        except BROKEN as error:
            return _refused(document, "xml-broken", str(error), "a whole XML document")
        return posted_papers(work, self.name)


UBL = Ubl()


def _paper(root: etree._Element, work: Work) -> None:
    name = etree.QName(root).localname
    version = text(root, "UBLVersionID")
    work.facts |= {"paper": name, "number": text(root, "ID")} | ({"version": version} if version else {})
    at = work.place(name, line_of(root), "")
    if name not in _READ:
        words = ("a dispatch advice or a receipt advice", "No action if the document is for the record only.")
        work.tell(Severity.NOTE, "ubl-paper-kept", at, words, read=name)
        return
    if not text(root, "ID"):
        words = (
            "a document with a number",
            "Assign a number to the document; without one it cannot be matched.",
        )
        work.tell(Severity.ERROR, "paper-number-missing", work.place(name, line_of(root), "ID"), words)
        return
    work.papers += [ubl.despatch(root, work)] if name == _READ[0] else ubl.receipts(root, work)
    if not any(paper.lines for paper in work.papers):
        words = ("a document with its lines", "Add the lines; nothing was read from it.")
        work.tell(Severity.ERROR, "paper-without-lines", at, words, read=text(root, "ID"))
        return
    if any(paper.planned for paper in work.papers):
        words = (
            "a document for dispatched goods",
            "Nothing: hand it in without that status once it has left.",
        )
        work.tell(Severity.NOTE, "paper-planned", at, words, read=text(root, "ID"))


def _refused(document: Document, code: str, read: str, expected: str) -> Reading:
    finding = Finding(
        Severity.ERROR,
        code,
        Place(document.name),
        shown(read),
        expected,
        "submit the file again as it was made",
    )
    return refused(document, finding, format=UBL.name)
