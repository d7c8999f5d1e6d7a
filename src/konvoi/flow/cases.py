"""What was gathered as a case: for questions, for the brief, for whoever asks before there is a plan."""

from datetime import date

import polars as pl

from konvoi.flow.derive import derived
from konvoi.flow.forecast.supposed_days import as_assumptions
from konvoi.flow.gathered import Gathered
from konvoi.flow.planning.problem import Made
from konvoi.flow.settings import Settings
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import key
from konvoi.report.case import Case


def today(gathered: Gathered, work: Workspace) -> date:
    """The day of everything that says "today"."""
    day = work.settings.day or gathered.day or gathered.dated
    if day is None:
        raise Refused("no submission says its day; set `day` under [coalition] in konvoi.toml")
    return day


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
            "scopes": ledger.scopes,
            "claims": gathered.claims,
            **_meetings(gathered, settings, day),
        },
        findings=gathered.findings,
        exercise=settings.exercise,
        assumptions=(
            *(f"{name}: {text}" for name, text in sorted(settings.assumptions.items())),
            *as_assumptions(settings.forecast),
        ),
        receipt_days=settings.receipt_days,
        reader=gathered.view.reader,
        head=_head(gathered, work),
        digest=_digest(gathered),
    )


def _head(gathered: Gathered, work: Workspace) -> str:
    """Return the head of the receipts by which a paper of the coordination cell can be checked later.

    Receipts contain changes after an earlier day, and changes that other readers may not see.
    """
    return work.head if gathered.view.is_cell and not gathered.view.as_of else ""


def _digest(gathered: Gathered) -> str:
    """Return the digest of the documents that another reader sees."""
    if gathered.view.is_cell:
        return ""
    return key(gathered.documents.filter("in_force").select("name", "digest").sort("name").rows())


def _meetings(gathered: Gathered, settings: Settings, day: date) -> dict[str, pl.DataFrame]:
    """Action items and decisions as they stand, where any were handed in."""
    made = {"standing": "steps", "decided": "decisions"}
    names = [name for name, table in made.items() if table in gathered.tables]
    return derived(gathered, settings, day, *names)


def posed(gathered: Gathered, made: Made, work: Workspace) -> Case:
    """The case of a problem, as it is planned.

    Its day is the workspace's, else that of the latest submission, else the horizon's first.
    """
    settings = work.settings
    starts = made.tables["horizon"]["start"].drop_nulls()
    return Case(
        title=settings.name,
        day=starts[0] if (settings.day or gathered.day) is None and len(starts) else today(gathered, work),
        recipient=settings.recipient,
        entries=gathered.ledger.entries,
        relations=gathered.ledger.relations,
        documents=gathered.documents,
        tables={**gathered.tables, **made.tables},
        findings=gathered.findings,
        exercise=settings.exercise,
    )
