"""Reasons why a cell that limits a plan counts as unreadable."""

from enum import StrEnum


class Why(StrEnum):
    """Reason why a cell counts as unreadable."""

    UNREADABLE = "unreadable"
    TWO_READINGS = "two readings"
    MISSING = "missing"
    REPEATED = "repeated"
    ORDER = "days in the wrong order"
    UNKNOWN = "unknown"
    UNVALUED = "no value in the currency of the cap"


NOT_LIMITED = (Why.MISSING, Why.REPEATED, Why.UNKNOWN)
"""Reasons for which it is not certain what the row limits: no orders are issued until it is waived."""
