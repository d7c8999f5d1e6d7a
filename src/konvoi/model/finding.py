"""Findings: faults of a submission, with place and remedy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

OTHER_ROWS = "other_rows"
"""Value of a finding on a column: its other rows for which the finding holds, as konvoi.kit.text.ranges."""


CONFORMANCE = frozenset(
    {"iati-schema", "iati-code-unknown", "iati-rule", "iati-location-unknown", "epcis-schema"}
)
"""Codes of departures from a published standard: what is at their place is read and counts all the same."""


class Severity(StrEnum):
    """Severity of a finding: only an error makes a command exit with 1."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, order=True)
class Place:
    """Place in a file: file, sheet (or table, or path in a tree), row from 1, column's name.

    heading: what stands at the head of the column in the file itself, in whatever language; empty where
    that is not known. It takes no part in comparing places.
    """

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""
    heading: str = field(default="", compare=False)

    @property
    def named(self) -> str:
        """The column as its reader finds it: by its heading, else by its name."""
        return self.heading or self.column


@dataclass(frozen=True)
class Finding:
    """One fault of a submission.

    `expected` and `remedy` are English message ids, translated at the edge; `{name}` in them is filled
    from `values` after translation. `code` is stable and documented in docs/reference/findings.md.
    """

    severity: Severity
    code: str
    place: Place
    read: str = ""
    expected: str = ""
    remedy: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """The finding as plain JSON values, sentences filled in English."""
        return {
            "severity": str(self.severity),
            "code": self.code,
            "file": self.place.file,
            "sheet": self.place.sheet,
            "row": self.place.row or None,
            "column": self.place.column,
            "heading": self.place.named,
            "read": self.read,
            "expected": filled(self.expected, self.values),
            "remedy": filled(self.remedy, self.values),
        }


def filled(sentence: str, values: Mapping[str, str]) -> str:
    """A sentence with each `{name}` replaced; a brace that names nothing stays as it is.

    >>> filled("not {what} {other}", {"what": "that"})
    'not that {other}'
    """
    for name, value in values.items():
        sentence = sentence.replace("{" + name + "}", value)
    return sentence


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The heaviest severity among findings; None where there are none."""
    order = list(Severity)
    return max((f.severity for f in findings), key=order.index, default=None)


def told(
    severity: Severity,
    code: str,
    row: Mapping[str, object],
    words: tuple[str, str],
    *,
    read: str = "",
    values: Mapping[str, str] | None = None,
) -> Finding:
    """Return a finding at the place of an entry; `words`: expectation and remedy."""
    number = row.get("row")
    place = Place(
        str(row.get("submission") or ""),
        str(row.get("sheet") or ""),
        number if isinstance(number, int) else 0,
        str(row.get("column") or ""),
    )
    return Finding(severity, code, place, read, words[0], words[1], dict(values or {}))
