"""Kind of support of a transaction, as far as its flags and sectors state it."""

from collections.abc import Iterable

from lxml import etree

from konvoi.intake.iati.activity import Activity

# Source: sectors of the OECD's Development Assistance Committee, by the first digits of their codes.
_KINDS = {
    "73": "reconstruction",
    "72": "humanitarian",
    "74": "humanitarian",
    "23": "energy",
    "51": "financial",
    "60": "financial",
}
_DAC = ("", "1", "2")


def kind(element: etree._Element, within: Activity) -> str | None:
    """The kind of a transaction; None where its sectors are of several kinds, or of none that we know.

    The humanitarian flag of transaction or activity decides; else the DAC sectors of the transaction, and
    where it has none, those of the activity.
    """
    flag = element.get("humanitarian")
    if flag in ("1", "true") or (flag is None and within.humanitarian):
        return "humanitarian"
    found = _kinds(element.iterfind("sector")) or _kinds(within.sectors)
    return found.pop() if len(found) == 1 else None


def _kinds(sectors: Iterable[etree._Element]) -> set[str | None]:
    return {
        _KINDS.get((sector.get("code") or "")[:2])
        for sector in sectors
        if (sector.get("vocabulary") or "") in _DAC
    }
