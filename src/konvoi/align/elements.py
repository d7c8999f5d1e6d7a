"""Values read from the elements of an XML list by several regimes."""

from lxml import etree

from konvoi.kit.text import tidy


def line(one: etree._Element) -> int:
    """The line on which an element begins; 0 where that is not known."""
    found: object = one.sourceline
    return found if isinstance(found, int) else 0


def text(one: etree._Element, name: str) -> str:
    """The text of a child, white space folded; empty where there is none."""
    return tidy(one.findtext(name) or "")
