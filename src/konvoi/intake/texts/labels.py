"""Labels before the words of a block (numbers, letters, bullets), and the form of headings and endings."""

import re
from dataclasses import dataclass

from konvoi.intake.texts.block import Block

PREAMBLE = re.compile(r"(?:preamble|introduction|präambel|einleitung|преамбула|вступ)\W*", re.IGNORECASE)
CLOSES = re.compile(
    r"(?:signed|done|made|unterzeichnet|geschehen|підписано|вчинено|укладено)\b,?"
    r"(?=.*\b(?:in|at|zu|у|в|м\.)\b)(?=.*\b\d{4}\b)",
    re.IGNORECASE,
)
NOTE = re.compile(r"\[\d{1,3}\]")
_CALLED = re.compile(
    r"(?:part|article|paragraph|chapter|title|section|teil|artikel|abschnitt|kapitel|частина|розділ|стаття)"
    r"\s+([IVXLCDM]+|\d{1,3})\b[\s.:–—-]*(.*)",
    re.IGNORECASE,
)
_ANNEX = re.compile(
    r"(?:annex|appendix|anhang|anlage|додаток)\b\s*([IVXLCDM]+\b|\d{1,3}\b|[A-Z]\b)?", re.IGNORECASE
)
_ROMAN = re.compile(r"([IVX]+)\.?\s+(\S.*)")
_ARABIC = re.compile(r"(\d{1,2})\.?\s+(\S.*)")

_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)[.)](?:\s+|$)")
_BARE = re.compile(r"(\d{1,3})\s+(?=[^\W\d_])")
_LETTER = re.compile(r"\(?([a-zа-яґєії]|[ivx]{1,5})[.)]\s+")
_CAPITAL = re.compile(r"([A-ZА-ЯҐЄІЇ])\.\s+")
_BULLETS = "•▪●○◦–-o*"
_SHORT = 100


@dataclass(frozen=True)
class Label:
    """A label before words: its kind (number, letter, capital, bullet, or none), and the words.

    label: as it stands. number: for an id, empty for a bullet. count: how far a number has counted, else 0.
    """

    kind: str
    label: str
    number: str
    text: str
    count: int = 0


@dataclass(frozen=True)
class Heading:
    """The head of a part: its label as it stands, its number for an id, its words."""

    label: str
    number: str
    text: str


def heads(text: str, *, arabic: bool) -> Heading | None:
    """The head of a part; arabic: whether 1., 2., 3. number parts too.

    >>> heads("Article II:  Defense", arabic=False)
    Heading(label='Article II:', number='II', text='Defense')
    >>> heads("Paragraph 14", arabic=False), heads("1. Scope", arabic=False)
    (Heading(label='Paragraph 14', number='14', text=''), None)
    """
    if found := _CALLED.fullmatch(text):
        return Heading(text[: len(text) - len(found[2])].strip(), found[1].upper(), found[2])
    if found := _ANNEX.match(text):
        number = f"annex-{found[1].upper()}" if found[1] else "annex"
        return Heading("", number, text)
    found = _ROMAN.fullmatch(text) or (_ARABIC.fullmatch(text) if arabic else None)
    if found:
        return Heading(text[: len(text) - len(found[2])].strip(), found[1], found[2])
    return None


def label_of(block: Block, last: int) -> Label:
    """The label of a block, computed or typed; last: the number before; one without a dot must follow it."""
    if block.label in _BULLETS and block.label:
        return Label("bullet", block.label, "", block.text)
    typed = f"{block.label} {block.text}" if block.label else block.text
    for kind, pattern in (("number", _NUMBER), ("letter", _LETTER), ("capital", _CAPITAL)):
        if found := pattern.match(typed):
            return _label(kind, found, typed)
    if (found := _BARE.match(typed)) and int(found[1]) == last + 1:
        return _label("number", found, typed)
    if block.label:
        return Label("bullet", block.label, "", block.text)
    return Label("", "", "", block.text)


def _label(kind: str, found: re.Match[str], typed: str) -> Label:
    count = int(found[1].rpartition(".")[2]) if kind == "number" else 0
    return Label(kind, found[0].strip(), found[1], typed[found.end() :], count)


def looks_like_a_heading(block: Block, following: Block | None) -> bool:
    """Return True if a plain block may be a heading: short, without a label or an end, before a whole
    paragraph.
    """
    text = block.text
    if following is None or block.label or len(text) > _SHORT or label_of(block, 0).kind:
        return False
    return text[:1].isupper() and text[-1:].isalnum() and len(following.text) > _SHORT


def opens_a_list(text: str) -> bool:
    """Return True if words lead to a list."""
    return text.rstrip().endswith((":", ",", "–", "—", "-"))
