"""The form of a check of the IATI standard: one record in, its faults out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from konvoi.model.finding import Severity


@dataclass(frozen=True)
class Standard:
    """Standard by which a file is checked.

    version: of the schemas. today: the last day that is not in the future.
    """

    version: str
    today: date


@dataclass(frozen=True)
class Fault:
    """A departure of a record from the standard.

    element: where it is. path: below the record, where the element is not known; line: of the file.
    column: attribute or child that is at fault. words: what is expected, and the remedy.
    """

    severity: Severity
    code: str
    words: tuple[str, str]
    element: etree._Element | None = None
    path: str = ""
    line: int = 0
    column: str = ""
    read: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


Check = Callable[[etree._Element, Standard], Iterator[Fault]]
"""A check takes one iati-activity or iati-organisation, whole, and yields its faults."""
