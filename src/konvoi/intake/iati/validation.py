"""The checks of the standard on one record after another, as findings."""

from lxml import etree

from konvoi import RELEASED
from konvoi.intake.iati.activity import day
from konvoi.intake.iati.batch import Spot, Work
from konvoi.intake.iati.check import Fault, Standard
from konvoi.intake.iati.checks import CHECKS
from konvoi.intake.iati.checks.schema import head_faults
from konvoi.intake.iati.stream import ROOTS, line
from konvoi.kit.text import shown, tidy
from konvoi.model.finding import Finding, Place, Severity

VERSIONS = ("2.01", "2.02", "2.03")
BY_DEFAULT = 50_000_000
"""Bytes below which a file is checked against the standard without being asked."""

_TODAY = RELEASED
"""Day before which nothing is in the future, for want of a clock; a file may state a later one."""


class Validation:
    """The checks of a file, by the version that it states; 2.03 where it states none that is known."""

    def __init__(self, work: Work) -> None:
        head = work.head
        version = head.version if head.version in VERSIONS else VERSIONS[-1]
        self._standard = Standard(version, max(_TODAY, day(head.generated[:10]) or _TODAY))
        self._work = work
        self._at = Spot("", head.line)
        if head.element is not None:
            self._record = ROOTS[str(head.element.tag)]
            self._at = Spot(str(head.element.tag), head.line)
            for fault in head_faults(head.element, self._standard):
                self._keep(fault, self._at)

    def record(self, element: etree._Element, at: Spot) -> None:
        """Check one element below the first; one that is no record is a fault of its own."""
        if element.tag != self._record:
            words = ("at this place: {elements}", "Remove the element or correct its name.")
            values = {"elements": self._record}
            fault = Fault(
                Severity.ERROR, "iati-schema", words, None, "", line(element), "", str(element.tag), values
            )
            self._keep(fault, self._at)
            return
        for check in CHECKS:
            for fault in check(element, self._standard):
                self._keep(fault, at)

    def close(self, records: int) -> None:
        """Check what can be said at the end of the file only: that it has a record."""
        if not records:
            words = ("the element {elements}", "Submit a file that has one.")
            values = {"elements": self._record}
            self._keep(Fault(Severity.ERROR, "iati-schema", words, values=values), self._at)

    def _keep(self, fault: Fault, at: Spot) -> None:
        path, row = _place(fault, at)
        place = Place(self._work.document.name, path, row, fault.column)
        read = shown(tidy(fault.read))
        found = Finding(fault.severity, fault.code, place, read, *fault.words, dict(fault.values))
        kind = (fault.code, _general(path), fault.column, *fault.words, *fault.values.values())
        self._work.fault(kind, found)


def _place(fault: Fault, at: Spot) -> tuple[str, int]:
    """Return path and line of a fault: those of its element, else those that it names itself."""
    if fault.element is None:
        return "/".join(filter(None, (at.path, fault.path))), fault.line or at.line
    steps: list[str] = []
    element = fault.element
    while (parent := element.getparent()) is not None and parent.getparent() is not None:
        same = [one for one in parent if one.tag == element.tag]
        steps.append(f"{element.tag}[{same.index(element) + 1}]" if len(same) > 1 else str(element.tag))
        element = parent
    return "/".join((at.path, *reversed(steps))), line(fault.element)


def _general(path: str) -> str:
    """Return a path without its numbers.

    >>> _general("iati-activity[3]/transaction[12]/value")
    'iati-activity/transaction/value'
    """
    return "/".join(step.partition("[")[0] for step in path.split("/"))
