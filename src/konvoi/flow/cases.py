"""Gathered documents as a case: for questions, for the brief, and for any reader before there is a plan."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from konvoi.flow.derive import derived
from konvoi.flow.gathered import Gathered
from konvoi.flow.settings import Settings
from konvoi.flow.today import known_today, today
from konvoi.flow.workspace import Workspace
from konvoi.report.case import Case

if TYPE_CHECKING:
    from konvoi.flow.planning.problem import Made


def bare(gathered: Gathered, work: Workspace) -> Case:
    """The case without totals, plan and forecast; its tables hold how offers stand to the standards."""
    settings = work.settings
    ledger = gathered.ledger
    day = today(gathered, work)
    return Case(
        title=settings.name,
        day=day,
        recipient=settings.recipient,
        entries=ledger.entries,
        earlier=ledger.history.join(ledger.entries, on="entry", how="anti"),
        relations=ledger.relations,
        documents=gathered.documents,
        tables={
            **gathered.tables,
            **derived(gathered, settings, day, "offer_standards"),
            **_published(gathered, settings, day),
            "scopes": ledger.scopes,
            "claims": gathered.claims,
            **_meetings(gathered, settings, day),
            **_records(gathered, settings, day),
        },
        findings=gathered.findings,
        exercise=settings.exercise,
        assumptions=(
            *(f"{name}: {text}" for name, text in sorted(settings.assumptions.items())),
            *_assumed_days(settings),
        ),
        receipt_days=settings.receipt_days,
        remind_days=settings.remind_days,
        escalate_days=settings.escalate_days,
        reader=gathered.view.reader,
        head=_head(gathered, work),
        digest=_digest(gathered),
    )


def _published(gathered: Gathered, settings: Settings, day: date) -> dict[str, pl.DataFrame]:
    """Return support as registers publish it, and the sources that were published after the day."""
    names = [
        *(["reconstructed"] if settings.reconstructed else []),
        *(["support_by_year", "allocation_speed"] if "published_sums" in gathered.tables else []),
    ]
    return derived(gathered, settings, day, *names)


def _assumed_days(settings: Settings) -> tuple[str, ...]:
    """Return the days that the settings assume; their module loads the engine of forecasts."""
    if not settings.forecast:
        return ()
    from konvoi.flow.forecast.supposed_days import as_assumptions

    return as_assumptions(settings.forecast)


def _head(gathered: Gathered, work: Workspace) -> str:
    """Return the head of the receipts by which a paper of the coordination cell can be checked later.

    Receipts contain changes after an earlier day, and changes that other readers may not see.
    """
    return work.head if gathered.view.is_cell and not gathered.view.as_of else ""


def _digest(gathered: Gathered) -> str:
    """Return the digest of the documents that another reader sees, as `konvoi verify --for` prints it."""
    return "" if gathered.view.is_cell else gathered.digest


def _meetings(gathered: Gathered, settings: Settings, day: date) -> dict[str, pl.DataFrame]:
    """Return action items, reminders of them and decisions as they stand, where any were submitted."""
    return _made(gathered, settings, day, {"standing": "steps", "reminders": "steps", "decided": "decisions"})


def _records(gathered: Gathered, settings: Settings, day: date) -> dict[str, pl.DataFrame]:
    """Return use of stocks, days by leg, signatures, clauses with triggers, where any were submitted."""
    made = {"stock_use": "stocks", "leg_days": "movements"}
    made |= {"signatures": "milestones", "guarantees_in_force": "guarantees", "renewals": "documents"}
    return _made(gathered, settings, day, made)


def _made(
    gathered: Gathered, settings: Settings, day: date, made: Mapping[str, str]
) -> dict[str, pl.DataFrame]:
    names = [name for name, table in made.items() if table in gathered.tables]
    return derived(gathered, settings, day, *names)


def posed(gathered: Gathered, made: "Made", work: Workspace) -> Case:
    """The case of a problem, as it is planned.

    Its day is the workspace's, else that of the latest submission, else the horizon's first.
    """
    settings = work.settings
    starts = made.tables["horizon"]["start"].drop_nulls()
    return Case(
        title=settings.name,
        day=starts[0]
        if known_today(gathered, work.settings) is None and len(starts)
        else today(gathered, work),
        recipient=settings.recipient,
        entries=gathered.ledger.entries,
        relations=gathered.ledger.relations,
        documents=gathered.documents,
        tables={**gathered.tables, **made.tables},
        findings=gathered.findings,
        exercise=settings.exercise,
    )
