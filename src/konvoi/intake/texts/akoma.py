"""Akoma Ntoso 3.0 as clauses: its hierarchy as it is, whatever its elements are called."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from konvoi.intake.papers.tree import line_of
from konvoi.intake.texts.clauses import Clause
from konvoi.intake.texts.ids import Ids
from konvoi.kit.text import tidy
from konvoi.model.clauses import Kind

_POINTS = frozenset("point indent item list alinea subclause subpoint".split())
_FURTHER = frozenset(["subparagraph"])
_DIVISIONS = frozenset(
    "article book chapter clause division hcontainer level paragraph part proviso rule section subchapter "
    "subdivision sublist subpart subrule subsection subtitle title tome transitional".split()
)
_HIERARCHY = _DIVISIONS | _POINTS | _FURTHER
_HEADS = ("heading", "subheading")
_FLOWS = {
    "coverPage": Kind.TITLE,
    "preface": Kind.TITLE,
    "preamble": Kind.RECITAL,
    "conclusions": Kind.CLOSING,
}
_PLACES = {Kind.TITLE: "title", Kind.RECITAL: "preamble", Kind.CLOSING: "closing"}
_BODIES = ("body", "mainBody", "amendmentBody", "judgmentBody", "debateBody")
_NOTE = "authorialNote"


def clauses(root: etree._Element) -> list[Clause]:
    """The clauses of a document and its attachments, in the order of the text."""
    walk = _Walk()
    for part in root.iter():
        name = _name(part)
        if name in _FLOWS:
            walk.flow(part, _FLOWS[name])
        elif name in _BODIES:
            for child in part:
                walk.element(child, "", 0)
    return walk.rows


@dataclass
class _Walk:
    """The rows so far, and their ids."""

    rows: list[Clause] = field(default_factory=list)
    ids: Ids = field(default_factory=Ids)

    def flow(self, part: etree._Element, kind: Kind) -> None:
        """Add the text before and behind a body, block by block."""
        for block in _blocks(part):
            if block.get("class") == "heading":
                self._add(kind, "", _PLACES[kind], block, label="", text=_text(block))
            else:
                self._block(kind, _PLACES[kind], block)

    def element(self, one: etree._Element, place: str, depth: int) -> None:
        """One element of the hierarchy, or a block that stands between others."""
        name = _name(one)
        if name not in _HIERARCHY:
            for block in _blocks(one):
                self._block(Kind.SUBPARAGRAPH if depth > _DEEP else Kind.PARAGRAPH, place, block)
            return
        label = tidy(" ".join(_text(child) for child in one if _name(child) == "num"))
        heading = tidy(" ".join(_text(child) for child in one if _name(child) in _HEADS))
        rest = [child for child in _opened(one) if _name(child) not in ("num", *_HEADS)]
        divided = bool(heading) or any(_name(child) in _DIVISIONS for child in rest)
        if divided and name not in _POINTS:
            kind = Kind.PART if depth == 0 and name != "section" else Kind.SECTION
            number = _number(label) or ("" if place else _id(one))
            clause = self._add(kind, place, number, one, label=label, text=heading)
            for child in rest:
                self.element(child, clause, depth + 1)
        else:
            self._words(one, place, label, rest)

    def _words(self, one: etree._Element, place: str, label: str, rest: list[etree._Element]) -> None:
        """A paragraph, a point, or what goes on below one; then what stands in it."""
        name = _name(one)
        kind = Kind.POINT if name in _POINTS else Kind.SUBPARAGRAPH if name in _FURTHER else Kind.PARAGRAPH
        at = next((at for at, child in enumerate(rest) if _name(child) in _HIERARCHY), len(rest))
        text = tidy(" ".join(_text(child) for child in rest[:at]))
        clause = self._add(kind, place, _number(label), one, label=label, text=text)
        for child in rest[:at]:
            self._notes(child)
        for child in rest[at:]:
            self.element(child, clause, _DEEP + 1)

    def _block(self, kind: Kind, place: str, block: etree._Element) -> None:
        mark = next(
            (one for one in block.iter() if _name(one) == "inline" and one.get("name") == "num"), None
        )
        label = _text(mark) if mark is not None else ""
        if text := tidy(_text(block).removeprefix(label)):
            self._add(kind, place, "", block, label=label, text=text)
        self._notes(block)

    def _notes(self, block: etree._Element) -> None:
        for note in block.iter():
            if _name(note) == _NOTE:
                self._add(
                    Kind.NOTE, "note", "", note, label="", text=tidy("".join(_letters(note, notes=True)))
                )

    def _add(self, kind: Kind, place: str, number: str, one: etree._Element, *, label: str, text: str) -> str:
        clause, twice = self.ids.new(place, number, _LETTERS.get(kind, "p"))
        self.rows.append(Clause(clause, kind, label, text, "", line_of(one), twice))
        return clause


_DEEP = 8
_LETTERS = {Kind.PART: "s", Kind.SECTION: "s", Kind.POINT: "i", Kind.NOTE: "n"}
_BLOCKS = frozenset("p block docTitle li tblock longTitle formula listIntroduction listWrapUp".split())


def _blocks(part: etree._Element) -> Iterator[etree._Element]:
    """The innermost blocks below an element, or the element itself where it is one or has none."""
    if _name(part) in _BLOCKS or not any(
        _name(below) in _BLOCKS for below in part.iter() if below is not part
    ):
        yield part
        return
    for child in part:
        yield from _blocks(child)


def _opened(one: etree._Element) -> Iterator[etree._Element]:
    """Yield the children of an element, those of a list that has no number in its place.

    A list only groups points: its introduction is text of the clause in which it stands.
    """
    for child in one:
        if _name(child) == "list" and not any(_name(below) in ("num", *_HEADS) for below in child):
            yield from _opened(child)
        else:
            yield child


def _number(label: str) -> str:
    """A label as a part of an id: its letters and digits, the last word of it.

    >>> _number("Part II."), _number("(a)"), _number("•"), _number("o")
    ('II', 'a', '', '')
    """
    words = label.split()
    plain = "".join(letter for letter in words[-1] if letter.isalnum() or letter == ".") if words else ""
    return "" if label == "o" else plain.strip(".")


def _id(one: etree._Element) -> str:
    """The last part of an element's own id, where it has one and no number."""
    return str(one.get("eId") or "").rpartition("__")[2].rpartition("_")[2]


def _text(one: etree._Element) -> str:
    """The words of an element, without its notes."""
    return tidy("".join(_letters(one)))


def _letters(one: etree._Element, *, notes: bool = False) -> Iterator[str]:
    if _name(one) == _NOTE and not notes:
        return
    yield one.text or ""
    for child in one:
        apart = _name(child) in _BLOCKS or _name(child) in ("num", "item", "td", "th")
        yield " " if apart else ""
        yield from _letters(child)
        yield " " if apart else ""
        yield child.tail or ""


def _name(one: etree._Element) -> str:
    return etree.QName(one).localname
