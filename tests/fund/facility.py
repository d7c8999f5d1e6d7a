"""The fourth and fifth tranche of the Ukraine Facility as they were published, and small programmes."""

from collections.abc import Mapping
from datetime import date

import polars as pl
from tests.accord.talks import tables

Row = dict[str, object]
Rows = list[Row]

BN = 100_000_000_000
"""A thousand million euros in cents."""
SAID = {"statement": "S", "party": "EU-EC", "day": date(2025, 6, 30), "class": "official"}
FACILITY: Row = {
    "programme": "UA",
    "party": "EU-EC",
    "title": "Ukraine Plan",
    "rule": "by step weight",
    "currency": "EUR",
}


def tranche(name: str, stage: str, amount: float | None, day: date | None = None, **more: object) -> Row:
    """A row of `tranches`; amount in thousands of millions."""
    minor = None if amount is None else round(amount * BN)
    return {
        "tranche": name,
        "programme": "UA",
        "stage": stage,
        "currency": "EUR",
        "amount": minor,
        "day": day,
        "source": "S",
        **more,
    }


def condition(name: str, tranche: str | None = "T4", amount: float | None = None, **more: object) -> Row:
    """A row of `conditions`; amount in thousands of millions."""
    minor = None if amount is None else round(amount * BN)
    own = {"condition": name, "programme": "UA", "title": name, "tranche": tranche}
    return {**own, "amount": minor, "currency": "EUR" if amount is not None else None, **more}


def assessed(name: str, verdict: str, day: date, **more: object) -> Row:
    """A row of `assessments` with an official source."""
    own = {"assessment": f"{name} {day}", "condition": name, "party": "EU-EC", "day": day, "verdict": verdict}
    return {**own, "source": "S", **more}


FOURTH = (
    tranche("T4", "expected", 4.5),
    tranche("T4", "requested", 3.0, date(2025, 6, 6), exactness="about"),
    tranche("T4", "assessed", 3.05, date(2025, 6, 30)),
    tranche("T4", "decided", 3.2, date(2025, 8, 8), exactness="at least"),
)
STEPS = tuple(f"4.{number}" for number in range(1, 17))
UNMET = STEPS[13:]


def verdicts(day: date = date(2025, 6, 30)) -> Rows:
    """Thirteen of the sixteen steps of the fourth tranche met, three not."""
    return [assessed(name, "not met" if name in UNMET else "met", day) for name in STEPS]


def facility(**more: Rows) -> Mapping[str, pl.DataFrame]:
    """The tables of the Facility with a statement to cite; more: rows of tables."""
    return tables(**{"programmes": [FACILITY], "statements": [SAID], **more})
