"""Paragraphs of a text document (WordprocessingML) as blocks: numbers computed, changes as if accepted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from konvoi.intake.texts.block import Block
from konvoi.intake.texts.numbering import WORD, Numbering, numbering, of

_GONE = frozenset(f"{WORD}{name}" for name in ("del", "moveFrom", "instrText", "delText", "delInstrText"))
# A drawing stands twice, for readers that know it and for those that do not: the second is left out.
_TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CHANGES = frozenset(f"{WORD}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LOOKS = ("b", "i", "u")
_MOSTLY = 0.6


@dataclass(frozen=True)
class Parts:
    """The roots of a document's parts; None for a part that it does not have."""

    document: etree._Element
    numbering: etree._Element | None = None
    styles: etree._Element | None = None
    footnotes: etree._Element | None = None
    endnotes: etree._Element | None = None


@dataclass(frozen=True)
class Words:
    """The blocks of a document, and the paragraphs (from 1) in which changes are tracked."""

    blocks: tuple[Block, ...]
    changed: tuple[int, ...]


def words(parts: Parts) -> Words:
    """All paragraphs of the body, those of tables and boxes too, then the notes; empty ones are left out."""
    lists = numbering(parts.numbering, parts.styles)
    heads = _heading_styles(parts.styles)
    blocks: list[Block] = []
    changed: list[int] = []
    row = 0
    for row, paragraph in enumerate(_paragraphs(parts.document), 1):
        if any(one.tag in _CHANGES for one in paragraph.iter()):
            changed.append(row)
        blocks += _blocks(paragraph, row, lists, heads)
    notes = [
        one for part in (parts.footnotes, parts.endnotes) if part is not None for one in _paragraphs(part)
    ]
    for number, paragraph in enumerate(notes, row + 1):
        found = _blocks(paragraph, number, lists, heads)
        blocks += [replace(one, note=True, heading=False) for one in found]
    return Words(tuple(blocks), tuple(changed))


def _paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    for one in root.iter(f"{WORD}p"):
        if not any(above.tag == _TWICE or above.tag in _GONE for above in one.iterancestors()):
            yield one


def _blocks(paragraph: etree._Element, row: int, lists: Numbering, heads: frozenset[str]) -> list[Block]:
    """A paragraph's lines that a break parts, each a block; the number belongs to the first."""
    text = "".join(_text(paragraph))
    if not text.strip():
        return []
    style = _named(paragraph.find(f"{WORD}pPr/{WORD}pStyle"))
    own = paragraph.find(f"{WORD}pPr/{WORD}numPr")
    number, depth = of(own) if own is not None else lists.styles.get(style, ("", 0))
    label = lists.label(number, depth) if number not in ("", "0") else ""
    heading = style in heads or _looks_like_one(paragraph)
    lines = [line for line in text.split("\n") if line.strip()]
    return [
        Block(line, row, label if at == 0 else "", depth, heading and len(lines) < 3)
        for at, line in enumerate(lines)
    ]


def _text(element: etree._Element) -> Iterator[str]:
    """The words below an element, without what was deleted and what stands in paragraphs of its own."""
    for child in element:
        if child.tag in _GONE or child.tag == _TWICE:
            continue
        name = child.tag.removeprefix(WORD)
        if child.tag == f"{WORD}t":
            yield child.text or ""
        elif child.tag == f"{WORD}{name}" and name in _SIGNS:
            yield _SIGNS[name]
        elif child.tag != f"{WORD}p":
            yield from _text(child)


def _looks_like_one(paragraph: etree._Element) -> bool:
    """Return True if most of its letters are bold, underlined, in italics, or in a style of characters."""
    total = 0
    looks = dict.fromkeys((*_LOOKS, "rStyle"), 0)
    for run in paragraph.iter(f"{WORD}r"):
        length = len("".join(_text(run)).strip())
        total += length
        form = run.find(f"{WORD}rPr")
        if form is not None:
            looks = {name: seen + length * _on(form.find(f"{WORD}{name}")) for name, seen in looks.items()}
    return total > 0 and max(looks.values()) >= _MOSTLY * total


def _on(element: etree._Element | None) -> bool:
    return element is not None and _named(element) not in ("0", "false", "none", "off")


def _heading_styles(styles: etree._Element | None) -> frozenset[str]:
    """The ids of styles that are a heading by name or by their level in the outline."""
    found = set()
    for style in styles.iterfind(f"{WORD}style") if styles is not None else ():
        level = style.find(f"{WORD}pPr/{WORD}outlineLvl")
        name = _named(style.find(f"{WORD}name")).casefold()
        if name.startswith(("heading", "title")) or (level is not None and _named(level) != "9"):
            found.add(str(style.get(f"{WORD}styleId") or ""))
    return frozenset(found) - {""}


def _named(element: etree._Element | None) -> str:
    return str(element.get(f"{WORD}val") or "") if element is not None else ""
