"""Contradictions of sources that a submission names."""

from konvoi.intake.check import Whole, by_place
from konvoi.kit.text import shown
from konvoi.model.finding import Finding, Place, Severity

_NAME = "contradictions"


def sources_that_differ(whole: Whole) -> tuple[Finding, ...]:
    """Two sources must not state different values of one thing; both are named, and the one that is used."""
    tables = (one.tables[_NAME] for one in whole.readings if _NAME in one.tables)
    return by_place(_finding(row) for table in tables for row in table.iter_rows(named=True))


def _finding(row: dict[str, object]) -> Finding:
    used = str(row["used"] or "")
    return Finding(
        Severity.WARNING,
        "sources-contradict",
        Place(str(row["_file"]), str(row["_sheet"]), int(str(row["_row"])), "value"),
        read=shown(str(row["value"])),
        expected="one value of: {subject}. {source} states {value}; {other_source} states {other}",
        remedy="Ask both sources which value holds. Until then {used} is used here."
        if used
        else "Ask both sources which value holds. Until then neither is used here.",
        values={
            "subject": shown(str(row["subject"])),
            "value": shown(str(row["value"])),
            "source": str(row["address"] or "?"),
            "other": shown(str(row["other_value"])),
            "other_source": str(row["other_address"] or "?"),
            "used": shown(used),
        },
    )
