"""Principles: requirements for a project, the source of each answer, and its possible values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from konvoi.fund.steps import Row, key
from konvoi.model.tables.projects import MET, NOT_MET, UNKNOWN

NOT_TOLD = "nothing is reported"
NO_THRESHOLD = "its threshold is in no table"
ATTESTED = "attested"
MEASURED = "measured: {value}"
UNREADABLE = "cannot be read: {value}"
FEWEST = "fewest tenderers of a contracting process: {value}"
SOME_NOT_TOLD = "not reported for contracting process {value}"
KINDS = "kinds of documents with an address: {value}"
CONSULTATIONS = "consultations held: {value}"
DAYS = "days of maintenance: {value}"
BUDGETED = "budgeted: {value}"
ASSESSED = "assessed {value}"
TOO_OLD = "assessed too long ago: {value}"

REASONS = (
    *(NOT_TOLD, NO_THRESHOLD, ATTESTED, MEASURED, UNREADABLE, FEWEST, SOME_NOT_TOLD, KINDS),
    *(CONSULTATIONS, DAYS, BUDGETED, ASSESSED, TOO_OLD),
)
"""Reasons of an answer, as message ids; {value} is the value found."""

AT_LEAST, AT_MOST, NO_NUMBER = SENSES = ("at least", "at most", "")
"""Sense of a principle's threshold: met from it on, met up to it, or no threshold."""

FACTS = "project_facts"
_DIGITS = 18


@dataclass(frozen=True)
class Asked:
    """A project, with the facts about it that a principle may use.

    facts: its rows of PROJECT_FACTS. attestations: of this principle, those that hold, the oldest first.
    damages: of its buildings, the oldest first. threshold: None where the table says none.
    """

    project: Row
    day: date
    facts: Sequence[Row] = ()
    attestations: Sequence[Row] = ()
    damages: Sequence[Row] = ()
    threshold: Decimal | None = None

    def at(self, path: str) -> list[Row]:
        """Its facts at a path."""
        return [one for one in self.facts if one["path"] == path]


@dataclass(frozen=True)
class Answer:
    """Answer of a principle for a project, with its reason and rows (`key`).

    verdict: met, not met or unknown. party, day: who attested it and when, where it was attested.
    """

    verdict: str
    reason: str
    value: str = ""
    behind: tuple[str, ...] = ()
    party: str | None = None
    day: date | None = None


@dataclass(frozen=True)
class Principle:
    """One principle. reads: the path of OC4IDS, or table and column, that its answer stands in.

    measure: its value in OC4IDS or our tables; None if there is none, so that attestations decide.
    unit: of the threshold and of what is measured.
    """

    name: str
    reads: str
    sense: str = NO_NUMBER
    unit: str = ""
    measure: Callable[[Asked], Answer | None] = field(default=lambda asked: None)

    def answer(self, asked: Asked) -> Answer:
        """Return met, not met or unknown: by measurement, else by the latest attestation in force."""
        if self.sense and asked.threshold is None:
            return Answer(UNKNOWN, NO_THRESHOLD)
        found = self.measure(asked)
        if found is None and asked.attestations:
            return self._attested(asked, asked.attestations[-1])
        return found or Answer(UNKNOWN, NOT_TOLD)

    def _attested(self, asked: Asked, row: Row) -> Answer:
        value = row["value"]
        said = row["verdict"]
        day = row["day"]
        if self.sense and isinstance(value, Decimal):
            found = Answer(self.held(value, asked.threshold), MEASURED, plain(value))
        elif said and not self.sense:
            found = Answer(str(said), ATTESTED)
        else:
            return Answer(UNKNOWN, NOT_TOLD)
        by = str(row["party"])
        when = day if isinstance(day, date) else None
        return replace(found, behind=(key("attestations", row),), party=by, day=when)

    def held(self, value: Decimal, threshold: Decimal | None) -> str:
        """Return the verdict on a number against the threshold."""
        if threshold is None:
            return UNKNOWN
        met = value <= threshold if self.sense == AT_MOST else value >= threshold
        return MET if met else NOT_MET


def behind(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the sources of facts: the places of their projects in their files, each once."""
    return tuple(dict.fromkeys(fact_key(row) for row in rows))


def fact_key(row: Row) -> str:
    """Return the key of the facts of one project in one file among all rows."""
    return f"{FACTS}/{row['project']}#{row['_file']}:{row['_row']}"


def plain(value: Decimal) -> str:
    """A number without idle zeros.

    >>> plain(Decimal("120.500000")), plain(Decimal("700"))
    ('120.5', '700')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(row: Mapping[str, object]) -> Decimal | None:
    """The number that a fact holds; None where it is none, or one that no project can have."""
    try:
        found = Decimal(str(row["value"]))
    except ArithmeticError:
        return None
    return found if found.is_finite() and abs(found.adjusted()) <= _DIGITS else None
