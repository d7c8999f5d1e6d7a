"""Needs that no plan can take as they stand, each with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from konvoi.model.unreadable import Why
from konvoi.plan.problem import NEED_STATES
from konvoi.report.case import Case
from konvoi.report.names import table
from konvoi.report.page import Message, Number, Value
from konvoi.report.planning.need_status import served

_QUANTITY = "not planned: the quantity is not above zero"
_REFUSED = "not planned: the row was refused; its finding names what to correct"
_GOOD = "not planned: {good} is in no table of goods"
_SITE = "not planned: {site} is in no table of sites"
_WEIGHT = "not planned: the weight is below zero"
_REFERENCES = {"good": ("goods", _GOOD), "site": ("sites", _SITE)}
"""Columns of needs that refer to a table, with what is said where it lacks the row."""


@dataclass(frozen=True)
class NotPlanned:
    """A need that is not planned. open: what of it is not covered; None for one that is in no sum."""

    need: str
    reason: Message
    open: Decimal | None = None


def impossible(case: Case) -> tuple[NotPlanned, ...]:
    """Return the needs in no sum: without a possible quantity or weight, and, for the cell, refused."""
    rows = table(case, "needs").filter(pl.col("state").fill_null("validated").is_in(NEED_STATES))
    nothing = (pl.col("quantity") <= 0).fill_null(value=True)
    found = [
        NotPlanned(need, Message(_QUANTITY if none else _WEIGHT))
        for need, none in rows.filter(nothing | (pl.col("weight") < 0)).select("need", nothing).iter_rows()
    ]
    return tuple(sorted([*found, *_refused(case, frozenset(rows["need"]))], key=lambda one: one.need))


def _refused(case: Case, known: frozenset[str]) -> list[NotPlanned]:
    """Return the needs whose rows were refused; a repeated reference is one beside the row that stands."""
    if case.plan is None or case.reader != "cell":
        return []
    rows = case.plan.without.filter((pl.col("table") == "needs") & pl.col("used").is_null())
    again = case.plan.without.filter((pl.col("table") == "needs") & (pl.col("why") == Why.REPEATED))
    ids = {one for one in rows["key"] if one not in known} | {*again["key"]}
    return [NotPlanned(one, Message(_REFUSED)) for one in ids]


def left_out(case: Case) -> tuple[NotPlanned, ...]:
    """Return the needs of goods or sites that no table knows, so that they stay open without a cause.

    They are told to the coordination cell alone: another reader may not see the table that knows them.
    """
    if case.plan is None or case.reader != "cell":
        return ()
    told = set(case.plan.unmet["need"])
    known = {column: set(table(case, of)[column]) for column, (of, _) in _REFERENCES.items()}
    found = [
        (one, _unknown(known, one.need))
        for one in served(case)
        if not one.full and one.need["need"] not in told
    ]
    return tuple(
        NotPlanned(str(one.need["need"]), reason, one.open + one.late) for one, reason in found if reason
    )


def _unknown(known: Mapping[str, set[object]], need: dict[str, object]) -> Message | None:
    """Return what no table knows of a need; None where both its good and its site are known."""
    for column, (_, text) in _REFERENCES.items():
        if need[column] not in known[column]:
            return Message(text, {column: str(need[column])})
    return None


def not_counted(case: Case) -> tuple[Message, ...]:
    """Return the number of needs that are in none of the figures because no plan can take them."""
    found = impossible(case)
    if not found:
        return ()
    behind = tuple(f"needs/{one}" for one in sorted({one.need for one in found}))
    values: dict[str, Value] = {"count": Number(Decimal(len(found)), "", "", case.day, behind)}
    return (
        Message(
            "{count} need cannot be planned and is not included in these figures.",
            values,
            "{count} needs cannot be planned and are not included in these figures.",
            len(found),
        ),
    )
