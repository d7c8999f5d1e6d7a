"""Goods that titles name in the words of the workspace's own table goods, in any of its languages."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import polars as pl

from konvoi.kit.latin import latin
from konvoi.kit.text import fold

_COLUMNS = ("name", "name_de", "name_uk")
_START = 3
_LETTERS = 4


class _GoodName(NamedTuple):
    """The words of a name of a good."""

    words: tuple[str, ...]
    good: str


def named_goods(titles: Iterable[str], tables: Mapping[str, pl.DataFrame]) -> dict[str, list[str]]:
    """Return for each title the goods whose names it contains, in any inflection; the longest name wins.

    A name without a word of four letters is left out: it may be an abbreviation of anything.
    """
    by_start: dict[str, list[_GoodName]] = {}
    rows = tables.get("goods")
    columns = [] if rows is None else [name for name in _COLUMNS if name in rows.columns]
    for good, *names in [] if rows is None else rows.select("good", *columns).iter_rows():
        for words in sorted({_words(name) for name in names if name}):
            if good and any(len(word) >= _LETTERS for word in words):
                by_start.setdefault(words[0][:_START], []).append(_GoodName(words, good))
    for listed in by_start.values():
        listed.sort(key=lambda one: (-len(one.words), one))
    return {title: _found(_words(title), by_start) for title in titles} if by_start else {}


def inflects(name: str, word: str) -> bool:
    """Return True if a word is a name in some case or number.

    >>> inflects("niemcy", "niemcami"), inflects("bus", "buses"), inflects("schulbusse", "schulbus")
    (True, True, True)
    >>> inflects("tank", "tanker"), inflects("boat", "boot")
    (True, False)
    """
    stem = name[: len(name) - (2 if len(name) > 6 else 1 if len(name) > 4 else 0)]
    return word.startswith(stem) and len(word) <= len(name) + 3


def _words(text: str) -> tuple[str, ...]:
    return tuple(fold(latin(text)).split())


def _found(words: tuple[str, ...], by_start: Mapping[str, list[_GoodName]]) -> list[str]:
    found: set[str] = set()
    at = 0
    while at < len(words):
        for name, good in by_start.get(words[at][:_START], ()):
            if len(words) - at >= len(name) and all(map(inflects, name, words[at:])):
                found.add(good)
                at += len(name)
                break
        else:
            at += 1
    return sorted(found)
