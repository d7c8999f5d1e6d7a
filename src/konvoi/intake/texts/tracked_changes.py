"""Tracked changes of a text document (DOCX): each paragraph before and after them, with their authors."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from konvoi.intake import container, markup
from konvoi.intake.size import xml_excess
from konvoi.intake.texts.numbering import WORD
from konvoi.model.document import Document
from konvoi.model.finding import Severity

PARAGRAPHS = 5_000
SIGNS = 1_000_000
"""Limits of one text: paragraphs, and characters of all of them together."""

_MAIN = "word/document.xml"
_GONE = frozenset(f"{WORD}{name}" for name in ("del", "moveFrom"))
_COME = frozenset(f"{WORD}{name}" for name in ("ins", "moveTo"))
_SIGNS = {f"{WORD}tab": " ", f"{WORD}br": " ", f"{WORD}cr": " ", f"{WORD}noBreakHyphen": "-"}
_WORDS = (f"{WORD}t", f"{WORD}delText")
_TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


_OTHER = "the file is not a text document (.docx); nothing was read"
_LARGE = "the file is larger inside than a text can be; nothing was read"
_BROKEN = "the file is broken, encrypted or not let in; save it again as .docx without a password"


class UnreadableText(ValueError):
    """A file that cannot be read; its text says why and what to do."""


@dataclass(frozen=True)
class TrackedParagraph:
    """A paragraph. row: counted from 1. before: with all changes rejected; after: with all accepted; both on
    one line. authors: of its changes, each once.
    """

    row: int
    before: str
    after: str
    authors: tuple[str, ...] = ()


def tracked_paragraphs(name: str, content: bytes) -> tuple[TrackedParagraph, ...]:
    """Return the paragraphs of the body in their order, without those that are empty either way.

    Raises UnreadableText where the file is no text document, is broken, or is beyond the limits of reading.
    """
    if any(one.severity == Severity.ERROR for one in container.inspected(Document(name, content))):
        raise UnreadableText(_BROKEN)
    try:
        if _MAIN not in container.names(content):
            raise UnreadableText(_OTHER)
        part = container.part(content, _MAIN)
        if xml_excess(part):
            raise UnreadableText(_LARGE)
        root = markup.root(part)
    except UnreadableText:
        raise
    except (*container.BROKEN, *markup.BROKEN, KeyError):
        raise UnreadableText(_BROKEN) from None
    found = tuple(one for one in _paragraphs(root) if one.before or one.after)
    if len(found) > PARAGRAPHS or sum(len(one.before) + len(one.after) for one in found) > SIGNS:
        raise UnreadableText(_LARGE)
    return found


def _paragraphs(root: etree._Element) -> Iterator[TrackedParagraph]:
    for row, paragraph in enumerate(root.iter(f"{WORD}p"), 1):
        if any(above.tag == _TWICE for above in paragraph.iterancestors()):
            continue
        pieces = list(_pieces(paragraph, frozenset()))
        before = "".join(text for text, changes in pieces if not changes & _COME)
        after = "".join(text for text, changes in pieces if not changes & _GONE)
        changes = (one for one in paragraph.iter(*_GONE, *_COME))
        authors = dict.fromkeys(" ".join(str(one.get(f"{WORD}author") or "").split()) for one in changes)
        yield TrackedParagraph(row, _line(before), _line(after), tuple(filter(None, authors)))


def _pieces(element: etree._Element, changes: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the words below an element, each with the kinds of changes that it stands in."""
    for child in element:
        tag = str(child.tag)
        if tag in _WORDS:
            yield child.text or "", changes
        elif tag in _SIGNS:
            yield _SIGNS[tag], changes
        elif tag not in (f"{WORD}p", _TWICE):
            yield from _pieces(child, changes | ({tag} & (_GONE | _COME)))


def _line(text: str) -> str:
    return " ".join(text.split())
