"""Drawings: a chart's values as one static SVG, readable without colour and without scripts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from konvoi.report.language import Language
from konvoi.report.page import Number


@dataclass(frozen=True)
class Pen:
    """The settings for text and links: the reader's language, and the target of a number (empty: none)."""

    language: Language
    link: Callable[[Number], str]


@dataclass(frozen=True)
class Drawing:
    """The drawing of one kind of chart.

    name: its stable key and CSS class. of: the type of page value that it draws. draw: the SVG as text;
    every mark is a link to what is behind it, with its words as its label; colours are CSS classes (s0 to
    s5 for stages, gap for an outline without fill, unknown for the hatch, ontime, atrisk, late), so that
    screen, dark and print have theirs. Axes of amounts start at zero. Text keeps its size at every width:
    positions are per cent of the width.
    """

    name: str
    of: type
    draw: Callable[[Any, Pen], str]
