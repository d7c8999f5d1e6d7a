"""The form of a rule: a condition on the whole ledger, with its relations."""

from typing import Protocol

from konvoi.ledger.post import Ledger
from konvoi.model.finding import Finding


class Rule(Protocol):
    """A condition that only the ledger as a whole can decide.

    A member is a function. It never raises and changes nothing; it gives one finding for each place, sorted
    by place, and none where nothing is known. Its docstring is the sentence that people read about it.
    """

    def __call__(self, ledger: Ledger) -> tuple[Finding, ...]:
        """All findings of this rule."""
