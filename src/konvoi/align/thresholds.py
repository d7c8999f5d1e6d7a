"""Ownership thresholds of regimes: the share from which what listed owners hold is frozen, and its days.

Each rule names the act or the guidance that states it. A regime without a rule here, or without one on the
day, states no percentage: then any stake of a listed owner is a question, and none is a match.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal


@dataclass(frozen=True)
class Share:
    """Ownership threshold in percent; None where a regime states none.

    whole: the threshold itself counts, too. added: shares of several listed owners are added. asked: the
    share from which a person is asked although the threshold is not reached. since, until: first and last
    day on which the rule holds. act: where it is stated.
    """

    percent: Decimal | None
    whole: bool = True
    added: bool = True
    asked: Decimal | None = None
    since: date | None = None
    until: date | None = None
    act: str = ""

    def reached(self, percent: Decimal) -> bool:
        """Return True if a share is enough."""
        if self.percent is None:
            return False
        return percent >= self.percent if self.whole else percent > self.percent

    def asks(self, percent: Decimal) -> bool:
        """Return True if a person is asked about a share, which may be one of several owners together."""
        if self.percent is None:
            return percent > 0
        return self.reached(percent) or (self.asked is not None and percent >= self.asked)

    def holds(self, on: date) -> bool:
        """Return True if the rule holds on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def __str__(self) -> str:
        return "?" if self.percent is None else f"{'>=' if self.whole else '>'} {self.percent:f}"


_HALF = Decimal(50)
UNDECLARED = Share(None)
"""The rule of a regime that states no percentage."""

_BEST = "EU Best Practices for the effective implementation of restrictive measures"
_SAMLA = (
    "regulation 7 (owned or controlled) of the regulations under the Sanctions and Anti-Money Laundering Act"
)
_EU_CHANGED = date(2024, 7, 3)
_US_ADDED = date(2014, 8, 13)
_DAY = timedelta(days=1)

OWNED: Mapping[str, tuple[Share, ...]] = {
    "eu": (
        Share(_HALF, whole=False, until=_EU_CHANGED - _DAY, act=f"{_BEST}, ownership (version of 2018)"),
        Share(_HALF, since=_EU_CHANGED, act=f"{_BEST}, ownership (version of 3 July 2024)"),
    ),
    "us": (
        Share(
            _HALF,
            added=False,
            since=date(2008, 2, 14),
            until=_US_ADDED - _DAY,
            act="OFAC, guidance on entities owned by blocked persons of 14 February 2008",
        ),
        Share(
            _HALF,
            since=_US_ADDED,
            act="OFAC, revised guidance on entities owned by blocked persons of 13 August 2014",
        ),
    ),
    "uk": (
        Share(_HALF, whole=False, added=False, since=date(2020, 12, 31), act=f"{_SAMLA} 2018; OFSI guidance"),
    ),
    "ca": (
        Share(
            _HALF,
            added=False,
            since=date(2023, 6, 22),
            act="Special Economic Measures Act, section 2.1 (deemed ownership)",
        ),
    ),
    "ch": (
        Share(
            _HALF,
            whole=False,
            asked=_HALF,
            since=date(2024, 5, 16),
            act="SECO, questions and answers on the Ordinance SR 946.231.176.72, article 15",
        ),
    ),
}
"""The rules of regimes by their names, each with its days. Others state no percentage: the sanctions
committees of the United Nations, Australia (Autonomous Sanctions Regulations 2011: owned or controlled, not
defined), Ukraine (Law 1644-VII: assets that a person may dispose of), Japan and member states' own lists."""


def rule(rules: Sequence[Share], on: date) -> Share:
    """Return the rule that holds on a day; UNDECLARED where none does.

    >>> str(rule(OWNED["eu"], date(2024, 7, 2))), str(rule(OWNED["eu"], date(2024, 7, 3)))
    ('> 50', '>= 50')
    """
    return next((one for one in rules if one.holds(on)), UNDECLARED)
