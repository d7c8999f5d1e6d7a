"""Elements of a UBL document: found by local name, their texts as ids, days and quantities."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

from konvoi.kit.days import iso
from konvoi.kit.text import tidy
from konvoi.model.paper import SCHEME
from konvoi.model.units import unit_of

# A quantity that our tables hold exactly: 38 digits, six of them behind the point.
_MOST = Decimal(10) ** 31


def children(element: etree._Element | None, *path: str) -> Iterator[etree._Element]:
    """All elements at the end of a path of local names below an element."""
    if element is None:
        return
    if not path:
        yield element
        return
    for child in element:
        if etree.QName(child).localname == path[0]:
            yield from children(child, *path[1:])


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element at the end of a path; None where there is none."""
    return next(children(element, *path), None)


def text(element: etree._Element | None, *path: str) -> str:
    """The text of the first element at the end of a path that has one; else empty."""
    return next((found for one in children(element, *path) if (found := tidy(one.text or ""))), "")


def id_of(element: etree._Element | None, otherwise: str = "") -> str:
    """An id with its scheme: ours as it is, of another scheme `scheme:id`, of none behind `otherwise`."""
    value = text(element)
    if element is None or not value:
        return ""
    scheme = tidy(str(element.get("schemeID") or "")).lower()
    if scheme == SCHEME:
        return value
    return f"{scheme}:{value}" if scheme else f"{otherwise}{value}"


def ours(element: etree._Element | None) -> bool:
    """Return True if an id is one of our own tables."""
    return element is not None and tidy(str(element.get("schemeID") or "")).lower() == SCHEME


def day_of(element: etree._Element | None, *path: str) -> date | None:
    """A single day; None where there is none, or where it is not a day."""
    found = iso(text(element, *path)[:10])
    return found.first if found and found.exact else None


def quantity_of(element: etree._Element | None) -> tuple[Decimal | None, str]:
    """A quantity and its unit; no quantity where none can be read or our tables could not hold it exactly."""
    if element is None:
        return None, ""
    return number(text(element)), unit_of(str(element.get("unitCode") or ""))


def number(text: str) -> Decimal | None:
    """A decimal number that is not negative, with at most six places; None for anything else."""
    try:
        value = Decimal(text)
        if not value.is_finite() or value < 0 or value >= _MOST:
            return None
        return value if value == value.quantize(Decimal("0.000001")) else None
    except InvalidOperation:
        return None


def line_name(package: str, good: str) -> str:
    """Return the name of a line without an id of ours: its package or paper, and its good.

    >>> line_name("ORD-5", "gtin:1"), line_name("ORD-5", "")
    ('ORD-5/gtin:1', 'ORD-5')
    """
    return f"{package}/{good}" if good else package


def line_of(element: etree._Element) -> int:
    """The line of the file on which an element begins."""
    found: object = element.sourceline
    return found if isinstance(found, int) else 0
