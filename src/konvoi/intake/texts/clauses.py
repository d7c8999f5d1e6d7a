"""Blocks of text become clauses: parts, sections, paragraphs and points, each with an id."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from konvoi.intake.texts.block import Block
from konvoi.intake.texts.ids import Ids
from konvoi.intake.texts.labels import (
    CLOSES,
    NOTE,
    PREAMBLE,
    Heading,
    Label,
    heads,
    label_of,
    looks_like_a_heading,
    opens_a_list,
)
from konvoi.kit.text import tidy
from konvoi.model.clauses import Kind


@dataclass(frozen=True)
class Clause:
    """One row of model.clauses.CLAUSES; twice: whether its number stood in its place before."""

    clause: str
    kind: Kind
    label: str
    text: str
    sheet: str
    row: int
    twice: bool = False


def clauses(blocks: Sequence[Block]) -> list[Clause]:
    """The clauses of a document, in the order of its text; every block becomes one, or part of a heading.

    Where no heading ends the preamble, the first number does.
    """
    tidied = [replace(block, text=tidy(block.text)) for block in blocks]
    whole = [block for block in tidied if any(letter.isalnum() for letter in block.text)]
    headed = _made(whole, _Maker(_arabic(whole)))
    return headed if _counts(headed) else _made(whole, _Maker(_arabic(whole), flat=True))


def _made(whole: Sequence[Block], maker: "_Maker") -> list[Clause]:
    for block, following in zip_longest(whole, whole[1:]):
        maker.take(block, following)
    return maker.rows


def _counts(rows: Sequence[Clause]) -> bool:
    return any(row.kind == Kind.PARAGRAPH for row in rows)


def _arabic(blocks: Sequence[Block]) -> bool:
    """Return True if parts are numbered 1., 2., 3.: no heading is called a part or has a Roman number."""
    headings = [heads(block.text, arabic=False) for block in blocks if block.heading]
    return not any(headings)


@dataclass
class _Maker:
    """The current place in a document: the last clause opened, and its numbers.

    flat: whether a first number ends the preamble.
    """

    arabic: bool
    flat: bool = False
    rows: list[Clause] = field(default_factory=list)
    ids: Ids = field(default_factory=Ids)
    where: str = "title"
    part: str = ""
    section: str = ""
    paragraph: str = ""
    last: int = 0
    numbered: bool = False
    stack: list[tuple[tuple[str, int], str]] = field(default_factory=list)
    list_last: int = 0
    headed: str = ""
    lettered: bool = False

    def take(self, block: Block, following: Block | None) -> None:
        """Take the next block."""
        heading = self._heading(block, following)
        if block.note or (self.where == "closing" and NOTE.match(block.text)):
            self._put(Kind.NOTE, "note", block)
        elif heading and self._opens_body(block):
            self._head(block)
        elif self.where == "closing" or CLOSES.match(block.text):
            self.where = "closing"
            self._put(Kind.CLOSING, "closing", block)
        elif self.where == "title":
            self._begin(block, heading, following)
        elif self.where == "preamble" and self._starts(block):
            self.where = "body"
            self._words(block)
        elif self.where == "preamble" and not (heading and self.arabic):
            self._put(Kind.RECITAL, "preamble", block, label=block.label)
        elif heading:
            self._head(block)
        else:
            self._words(block)

    def _starts(self, block: Block) -> bool:
        """A first number that ends the preamble of a document without headings."""
        label = label_of(block, 0)
        return self.flat and label.kind == "number" and label.count == 1

    def _heading(self, block: Block, following: Block | None) -> bool:
        if block.note or len(block.text) > _LONGEST:
            return False
        if block.heading:
            return label_of(block, self.last).kind != "letter"
        return self.where == "body" and not self.stack and looks_like_a_heading(block, following)

    def _opens_body(self, block: Block) -> bool:
        """A heading that opens a part, wherever we are."""
        return heads(block.text, arabic=self.arabic and self.where != "closing") is not None

    def _begin(self, block: Block, heading: bool, following: Block | None) -> None:
        """The title, as long as it goes on; then the preamble, or sections where there are no parts."""
        counts = following is not None and label_of(following, 0).kind == "number"
        if PREAMBLE.fullmatch(block.text) and not (self.arabic and counts):
            self.where = "preamble"
            self.rows.append(Clause("preamble", Kind.RECITAL, "", block.text, block.sheet, block.row))
        elif PREAMBLE.fullmatch(block.text):
            self._head(block)
        elif not self.rows or heading:
            self._put(Kind.TITLE, "title", block)
        elif label_of(block, 0).kind == "number":
            self.where = "body"
            self._words(block)
        else:
            self.where = "preamble"
            self._put(Kind.RECITAL, "preamble", block, label=block.label)

    def _head(self, block: Block) -> None:
        """A heading: of a part, or of a section; of two that follow each other "between …" goes on."""
        before = self.rows[-1] if self.rows else None
        if before and before.kind == Kind.PART and block.text.casefold().startswith("between "):
            self.rows[-1] = Clause(**{**vars(before), "text": f"{before.text} {block.text}"})
            return
        self.where = "body"
        self.paragraph = ""
        self.last = 0
        self.numbered = False
        self.stack = []
        found = heads(block.text, arabic=self.arabic)
        if found:
            clause, twice = self.ids.new("", found.number or "annex")
            self.part = clause
            self.section = ""
            self._add(Kind.PART, clause, block, found, twice=twice)
            return
        label = label_of(block, self.last)
        place = self.part
        if label.kind == "capital" and self.section:
            place = self.section if not self.lettered else self.section.rpartition("/")[0]
        elif label.kind not in ("number", "capital"):
            label = Label("", "", "", block.text)
        clause, twice = self.ids.new(place, label.number, "s")
        self.section = clause
        self.lettered = label.kind == "capital"
        self._add(Kind.SECTION, clause, block, label, twice=twice)

    def _words(self, block: Block) -> None:
        """A paragraph, a point of a list, or what goes on below a numbered paragraph."""
        label = label_of(block, self.last)
        if label.kind == "number" and not self._is_point(block, label):
            self._paragraph(block, label, number=label.number)
            self.last = label.count
            self.numbered = True
        elif label.kind in _ITEMS and (self.stack or self._before_opens() or self._lettered(label)):
            self._point(block, label)
        elif label.kind == "" and self.numbered and self.paragraph:
            self._further(block, label)
        else:
            self._paragraph(block, label, number=label.number)

    def _is_point(self, block: Block, label: Label) -> bool:
        """Return True if a number counts points of a list, not paragraphs of the section."""
        if label.count == 1 and self._before_opens() and self.paragraph:
            return True
        style = ("number", block.depth + (_COMPUTED if block.label else 0))
        goes_on = any(known == style for known, _ in self.stack) and label.count == self.list_last + 1
        return block.depth > 0 or goes_on

    def _lettered(self, label: Label) -> bool:
        return label.kind == "letter" and bool(self.paragraph)

    def _further(self, block: Block, label: Label) -> None:
        """More words of a numbered paragraph, or of the point that is headed right above them."""
        headed = self.rows[-1].clause if self.stack and self.rows[-1].clause == self.headed else ""
        clause, twice = self.ids.new(headed or self.paragraph, "", "p")
        self.stack = self.stack if headed else []
        self._add(Kind.SUBPARAGRAPH, clause, block, label, twice=twice)

    def _before_opens(self) -> bool:
        return bool(self.rows) and self.rows[-1].kind in _SAID and opens_a_list(self.rows[-1].text)

    def _paragraph(self, block: Block, label: Label, *, number: str) -> None:
        self.stack = []
        clause, twice = self.ids.new(self.section or self.part, number, "p")
        self.paragraph = clause
        self._add(Kind.PARAGRAPH, clause, block, label, twice=twice)

    def _point(self, block: Block, label: Label) -> None:
        """A point stands below the paragraph, or below the point that opened its list."""
        style = (label.kind, block.depth + (_COMPUTED if block.label and label.kind == "number" else 0))
        held = [known for known, _ in self.stack]
        if style in held:
            del self.stack[held.index(style) :]
        elif self.stack and not self._before_opens() and block.depth <= self.stack[-1][0][1] % _COMPUTED:
            self.stack.pop()
        place = self.stack[-1][1] if self.stack else self.paragraph or self.section or self.part
        clause, twice = self.ids.new(place, label.number, "i")
        self.stack.append((style, clause))
        self.list_last = label.count
        self.headed = clause if block.heading else ""
        self._add(Kind.POINT, clause, block, label, twice=twice)

    def _put(self, kind: Kind, place: str, block: Block, *, label: str = "") -> None:
        clause, _ = self.ids.new(place, "", "n" if kind == Kind.NOTE else "p")
        self._add(kind, clause, block, Label("", label, "", block.text))

    def _add(
        self, kind: Kind, clause: str, block: Block, said: Label | Heading, *, twice: bool = False
    ) -> None:
        self.rows.append(Clause(clause, kind, said.label, said.text, block.sheet, block.row, twice))


_SAID = (Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.POINT)
_ITEMS = ("letter", "number", "bullet")
_LONGEST = 250
# Numbers that were typed and numbers that are computed never count on from each other.
_COMPUTED = 100
