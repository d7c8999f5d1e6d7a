"""Framework documents as PDF, as far as they have a text layer."""

from konvoi.intake.container import refusal
from konvoi.intake.format import refused
from konvoi.intake.texts.clauses import clauses
from konvoi.intake.texts.lines import blocks
from konvoi.intake.texts.reading import AGAIN, WHOLE, fault, reading
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Place, Severity

_HEAD = 1024


class Pdf:
    """A PDF in which the letters are letters, not pictures of them."""

    name = "pdf"

    def recognises(self, document: Document) -> bool:
        """The mark of a PDF within the first bytes."""
        return b"%PDF-" in document.content[:_HEAD]

    def read(self, document: Document) -> Reading:
        """Read the text layer as clauses; a scan without one is refused."""
        # Loaded here: few submissions are PDFs, and every child would wait for it.
        from konvoi.intake.texts.pdf import BROKEN, LOCKED, TooLarge, layer

        try:
            found = layer(document.content)
        except LOCKED:
            return refused(document, _locked(document), format=self.name)
        except TooLarge as large:
            return refused(document, refusal(document, "pdf-too-large", read=str(large)), format=self.name)
        except BROKEN as error:
            told = fault(document, "text-broken", expected=WHOLE, remedy=AGAIN, read=str(error))
            return refused(document, told, format=self.name)
        if not any(found.pages):
            return refused(document, _without_text(document, 0, len(found.pages)), format=self.name)
        faults = [_without_text(document, page, 1) for page in found.pictures]
        faults += [_unknown(document, page, count) for page, count in sorted(found.unknown.items())]
        facts = {"pages": str(len(found.pages))}
        return reading(document, self.name, clauses(blocks(found.pages)), findings=faults, facts=facts)


PDF = Pdf()


def _locked(document: Document) -> Finding:
    return fault(
        document,
        "pdf-locked",
        expected="a PDF without a password",
        remedy="Remove the password and submit the file again.",
    )


def _without_text(document: Document, page: int, pages: int) -> Finding:
    """One page that is a picture is left out; a whole document of them is refused."""
    return fault(
        document,
        "pdf-without-text",
        expected="pages with a text layer; these are pictures of pages",
        remedy="Submit the text itself (DOCX), or a PDF made from it; what is a picture was not read.",
        read="" if page else f"{pages} pages",
        place=Place(document.name, f"page {page}" if page else ""),
    )


def _unknown(document: Document, page: int, count: int) -> Finding:
    return fault(
        document,
        "pdf-letters-unknown",
        expected="characters with a known encoding",
        remedy="Submit the text itself (DOCX); letters without a meaning are shown as �.",
        read=str(count),
        severity=Severity.WARNING,
        place=Place(document.name, f"page {page}"),
    )
