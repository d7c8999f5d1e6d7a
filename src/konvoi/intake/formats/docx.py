"""Framework documents from a word processor (DOCX), with the numbers that it computes."""

from konvoi.intake import container, markup
from konvoi.intake.format import refused
from konvoi.intake.size import xml_excess
from konvoi.intake.texts import docx
from konvoi.intake.texts.clauses import clauses
from konvoi.intake.texts.reading import AGAIN, WHOLE, fault, reading
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Place, Severity

_MAIN = "word/document.xml"
_OTHERS = ("numbering", "styles", "footnotes", "endnotes")


class Docx:
    """A text document in WordprocessingML."""

    name = "docx"

    def recognises(self, document: Document) -> bool:
        """A container with a text document in it."""
        return _MAIN in container.names(document.content)

    def read(self, document: Document) -> Reading:
        """Read its paragraphs as clauses; tracked changes are read as if accepted, and reported."""
        try:
            parts = _parts(document.content)
            if excess := next(filter(None, map(xml_excess, parts.values())), ""):
                return refused(
                    document, container.refusal(document, "xml-too-large", read=excess), format=self.name
                )
            words = docx.words(docx.Parts(**{name: markup.root(part) for name, part in parts.items()}))
        except (*container.BROKEN, *markup.BROKEN, KeyError) as error:
            return refused(document, _broken(document, str(error)), format=self.name)
        changed = words.changed
        found = fault(
            document,
            "text-changes-tracked",
            expected="a text in which no change is tracked",
            remedy="Accept or reject the changes and submit it again; until then they are read as accepted.",
            read=", ".join(str(row) for row in changed),
            severity=Severity.WARNING,
            place=Place(document.name, "", changed[0] if changed else 0),
        )
        return reading(document, self.name, clauses(words.blocks), findings=[found] if changed else [])


DOCX = Docx()


def _parts(content: bytes) -> dict[str, bytes]:
    """The parts of a document that are read, by their names in docx.Parts."""
    held = set(container.names(content))
    names = {name: f"word/{name}.xml" for name in _OTHERS}
    others = {name: container.part(content, at) for name, at in names.items() if at in held}
    return {"document": container.part(content, _MAIN), **others}


def _broken(document: Document, read: str) -> Finding:
    return fault(document, "text-broken", expected=WHOLE, remedy=AGAIN, read=read)
