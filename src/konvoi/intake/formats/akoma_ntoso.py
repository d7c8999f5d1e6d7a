"""Framework documents as Akoma Ntoso 3.0 (OASIS LegalDocML, XML)."""

from konvoi.intake import markup
from konvoi.intake.format import refused
from konvoi.intake.texts.akoma import clauses
from konvoi.intake.texts.reading import AGAIN, WHOLE, fault, reading
from konvoi.model.document import Document, Reading

_SPACE = b"docs.oasis-open.org/legaldocml/ns/akn/3.0"
_HEAD = 65_536


class AkomaNtoso:
    """One document with its attachments."""

    name = "akoma-ntoso"

    def recognises(self, document: Document) -> bool:
        """XML that soon names the namespace of Akoma Ntoso."""
        head = document.content[:_HEAD].replace(b"\0", b"")
        return _SPACE in head and b"<" in head[:8]

    def read(self, document: Document) -> Reading:
        """Read its hierarchy as clauses."""
        try:
            rows = clauses(markup.root(document.content))
        except markup.Forbidden as error:
            # Entities of a document type can draw in other files and grow without bound.
            remedy = "submit the file without the declarations of entities and of the document type"
            expected = "XML without a document type, nested at most 200 deep"
            told = fault(document, "xml-doctype", expected=expected, remedy=remedy, read=str(error))
            return refused(document, told, format=self.name)
        except (*markup.BROKEN, RecursionError) as error:
            told = fault(document, "text-broken", expected=WHOLE, remedy=AGAIN, read=str(error))
            return refused(document, told, format=self.name)
        return reading(document, self.name, rows)


AKOMA_NTOSO = AkomaNtoso()
