"""Markdown as blocks: headings, list items and paragraphs, their marks taken off."""

import re
from collections.abc import Iterator, Sequence

from konvoi.intake.texts.block import Block

_ITEM = re.compile(r"(\s*)(?:([-+*•])|(\d{1,3}[.)]))\s+(.*)")
_HEAD = re.compile(r"#{1,6}\s+(.*?)\s*#*$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_STRONG = re.compile(r"(?:\*\*.+\*\*|__.+__)", re.DOTALL)
_MARK = re.compile(r"(?<!\\)(?:\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)|`+|~~)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_RULE = re.compile(r"\s*(?:[-*_]\s*){3,}")


def front(text: str) -> dict[str, str]:
    """Return the values in the head between lines of three hyphens, by name, without quotes."""
    lines = text.splitlines()[: _behind(text.splitlines())]
    pairs = (line.partition(":") for line in lines if re.match(r"\w[\w ]*:", line))
    # YAML writes an unbreakable space within quotation marks as \_.
    return {name.strip(): value.strip().strip("'\"").replace("\\_", " ") for name, _, value in pairs}


def blocks(text: str) -> list[Block]:
    """The blocks of a text, each at its first line; comments, rules and marks of form are left out."""
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    return [made for row, lines in _groups(text) if (made := _block(row, lines)) is not None]


def _behind(lines: Sequence[str]) -> int:
    """The number of the first line behind the head."""
    if not lines or lines[0].strip() != "---":
        return 0
    return next((at + 1 for at, line in enumerate(lines) if at and line.strip() == "---"), 0)


def _groups(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines that belong together, with the number of the first, from 1."""
    lines = text.splitlines()
    held: list[str] = []
    begun = 0
    for row, line in enumerate(lines[_behind(lines) :], _behind(lines) + 1):
        alone = bool(_HEAD.match(line)) or (not held and bool(_RULE.fullmatch(line)))
        if held and (alone or not line.strip() or _ITEM.match(line)):
            yield begun, held
            held = []
        if alone:
            yield row, [line]
        elif line.strip():
            begun, held = (begun, held) if held else (row, [])
            held.append(line)
    if held:
        yield begun, held


def _block(row: int, lines: Sequence[str]) -> Block | None:
    if len(lines) == 1 and _RULE.fullmatch(lines[0]):
        return None
    if found := _HEAD.match(lines[0]):
        return Block(_plain(found[1]), row, heading=True)
    whole = "\n".join(lines).strip()
    if item := _ITEM.match(lines[0]):
        rest = "\n".join([item[4], *lines[1:]])
        # A number is a part of the text, as in the other formats if a person typed it.
        words = _plain(f"{item[3]} {rest}" if item[3] else rest)
        return Block(words, row, "" if item[3] else "•", len(item[1].expandtabs(4)) // 4)
    plain = _plain(whole)
    return Block(plain, row, heading=bool(_STRONG.fullmatch(_TAG.sub("", whole)))) if plain else None


def _plain(text: str) -> str:
    """Words without marks; what a backslash escapes stays."""
    text = _MARK.sub("", _TAG.sub("", _LINK.sub(r"\1", text)))
    return " ".join(_ESCAPED.sub(r"\1", text).split())
