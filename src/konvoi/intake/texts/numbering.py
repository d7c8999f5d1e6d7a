"""Numbers that a word processor computes, from the definitions of lists in WordprocessingML."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BULLETS = {"o": "o", "\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "": "•"}
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_MOST = 10_000


@dataclass(frozen=True)
class Level:
    """One level of a list: how its numbers look, where they start, after which level they start anew."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int = -1
    legal: bool = False


@dataclass
class Numbering:
    """All lists of a document, and how far each has counted; ask in the order of the text."""

    lists: dict[str, str] = field(default_factory=dict)
    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    overrides: dict[tuple[str, int], Level] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, number: str, depth: int) -> str:
        """The label of the next item of a list at a depth; empty for a list that is none."""
        kind = self.lists.get(number)
        if kind is None:
            return ""
        counts = self._counts.setdefault(kind, {})
        self._count(number, depth, counts)
        level = self._level(number, depth)
        if level.form == "bullet":
            return _BULLETS.get(level.text, "•")
        if level.form == "none":
            return ""
        label = level.text
        for at in range(9):
            form = "decimal" if level.legal else self._level(number, at).form
            start = self._level(number, at).start
            label = label.replace(f"%{at + 1}", written(counts.get(at, start), form))
        return label

    def _count(self, number: str, depth: int, counts: dict[int, int]) -> None:
        """Count one more at a depth; deeper numbers restart, as far as their level requires."""
        start = self._level(number, depth).start
        fresh = (number, depth) in self.starts and (number, depth) not in self._begun
        self._begun.add((number, depth))
        if fresh:
            counts[depth] = self.starts[number, depth]
        else:
            counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            restart = self._level(number, deeper).restart
            if restart != 0 and (restart < 0 or depth < restart):
                del counts[deeper]

    def _level(self, number: str, depth: int) -> Level:
        known = self.overrides.get((number, depth))
        return known or self.levels.get((self.lists.get(number, ""), depth), Level(text=f"%{depth + 1}."))


def written(count: int, form: str) -> str:
    """A number in a form of WordprocessingML; a form that we do not know is written in digits.

    >>> [written(4, form) for form in ("decimal", "lowerLetter", "upperRoman", "decimalZero", "ordinal")]
    ['4', 'd', 'IV', '04', '4']
    >>> written(28, "lowerLetter"), written(3, "russianLower")
    ('bb', 'в')
    """
    if not 0 < count < _MOST:
        return str(count)
    match form:
        case "lowerLetter" | "upperLetter":
            letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        case "lowerRoman" | "upperRoman":
            letter = "".join(_roman(count))
        case "russianLower" | "russianUpper":
            letter = _CYRILLIC[(count - 1) % len(_CYRILLIC)] * ((count - 1) // len(_CYRILLIC) + 1)
        case "decimalZero":
            return f"{count:02}"
        case _:
            return str(count)
    return letter.upper() if form.startswith("upper") or form.endswith("Upper") else letter


def _roman(count: int) -> Iterator[str]:
    for value, sign in _ROMAN:
        yield sign * (count // value)
        count %= value


def numbering(definitions: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """The lists of a document, from the roots of its parts `numbering.xml` and `styles.xml`."""
    found = Numbering()
    for kind in definitions.iterfind(f"{WORD}abstractNum") if definitions is not None else ():
        for level in kind.iterfind(f"{WORD}lvl"):
            found.levels[_value(kind, "abstractNumId"), whole(_value(level, "ilvl"))] = _read(level)
    for number in definitions.iterfind(f"{WORD}num") if definitions is not None else ():
        name = _value(number, "numId")
        found.lists[name] = _child(number, "abstractNumId")
        for override in number.iterfind(f"{WORD}lvlOverride"):
            depth = whole(_value(override, "ilvl"))
            if start := _child(override, "startOverride"):
                found.starts[name, depth] = whole(start)
            if (own := override.find(f"{WORD}lvl")) is not None:
                found.overrides[name, depth] = _read(own)
    for style in styles.iterfind(f"{WORD}style") if styles is not None else ():
        if (list_of := style.find(f"{WORD}pPr/{WORD}numPr")) is not None:
            found.styles[_value(style, "styleId")] = of(list_of)
    return found


def of(element: etree._Element) -> tuple[str, int]:
    """The list and the depth that an element `numPr` names; list 0 is none."""
    return _child(element, "numId"), whole(_child(element, "ilvl"))


def whole(text: str) -> int:
    """A whole number; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _read(level: etree._Element) -> Level:
    start = _child(level, "start")
    restart = _child(level, "lvlRestart")
    return Level(
        form=_child(level, "numFmt") or "decimal",
        text=_child(level, "lvlText"),
        start=whole(start) if start else 1,
        restart=whole(restart) if restart else -1,
        legal=level.find(f"{WORD}isLgl") is not None,
    )


def _child(element: etree._Element, name: str) -> str:
    found = element.find(f"{WORD}{name}")
    return _value(found, "val") if found is not None else ""


def _value(element: etree._Element, name: str) -> str:
    return str(element.get(f"{WORD}{name}") or "")
