"""Framework documents as Markdown."""

from konvoi.intake.format import refused
from konvoi.intake.texts.clauses import clauses
from konvoi.intake.texts.markdown import blocks, front
from konvoi.intake.texts.reading import fault, reading
from konvoi.model.document import Document, Reading

_ENDINGS = (".md", ".markdown")


class Markdown:
    """A text file with marks for headings and lists."""

    name = "markdown"

    def recognises(self, document: Document) -> bool:
        """Return True by the file's name: nothing in the content identifies the format."""
        return document.name.lower().endswith(_ENDINGS)

    def read(self, document: Document) -> Reading:
        """Read its blocks as clauses, its head as facts."""
        try:
            text = document.content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            read = f"byte {error.start + 1}"
            told = fault(
                document,
                "text-encoding",
                expected="text in UTF-8",
                remedy="Save it as UTF-8 and submit it again.",
                read=read,
            )
            return refused(document, told, format=self.name)
        head = front(text)
        facts = {name: head[name] for name in ("title", "version", "supersedes") if head.get(name)}
        return reading(document, self.name, clauses(blocks(text)), facts=facts)


MARKDOWN = Markdown()
