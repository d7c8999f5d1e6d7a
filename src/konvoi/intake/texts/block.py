"""A block of text as a file holds it: what every reader of documents gives, before clauses are made of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """One paragraph, list item or heading, in the order of the text.

    label: a number that the word processor computes, or a bullet; empty where there is none or where it is
    a part of the text. depth: how deep in a list it stands, from 0. heading: whether it looks like one: by
    its style, or most of it bold, underlined or in italics. sheet, row: its place. note: a footnote.
    """

    text: str
    row: int
    label: str = ""
    depth: int = 0
    heading: bool = False
    sheet: str = ""
    note: bool = False
