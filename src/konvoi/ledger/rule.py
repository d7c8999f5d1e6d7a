"""What a rule is: something that must hold in the whole ledger, with its relations."""

from collections.abc import Mapping
from typing import Protocol

from konvoi.ledger.post import Ledger
from konvoi.model.finding import Finding, Place, Severity


class Rule(Protocol):
    """Something that only the ledger as a whole can tell.

    A member is a function. It never raises and changes nothing; it gives one finding for each place, sorted
    by place, and none where nothing is known. Its docstring is the sentence that people read about it.
    """

    def __call__(self, ledger: Ledger) -> tuple[Finding, ...]:
        """All findings of this rule."""


def told(
    severity: Severity,
    code: str,
    row: Mapping[str, object],
    words: tuple[str, str],
    *,
    read: str = "",
    values: Mapping[str, str] | None = None,
) -> Finding:
    """A finding at the place of an entry; `words`: what was expected, and what to do."""
    number = row.get("row")
    place = Place(
        str(row.get("submission") or ""),
        str(row.get("sheet") or ""),
        number if isinstance(number, int) else 0,
        str(row.get("column") or ""),
    )
    return Finding(severity, code, place, read, words[0], words[1], dict(values or {}))
