"""What was gathered as a case: for questions, for the brief, for whoever asks before there is a plan."""

from datetime import date

import polars as pl

from konvoi.accord.sessions import decided
from konvoi.accord.steps import standing
from konvoi.flow.gathered import Gathered
from konvoi.flow.problem import Made
from konvoi.flow.supposed_days import as_assumptions
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused
from konvoi.model.answers import MEETS
from konvoi.plan.standards import offer_standards
from konvoi.report.case import Case


def today(gathered: Gathered, work: Workspace) -> date:
    """The day of everything that says "today"."""
    day = work.settings.day or gathered.day or gathered.dated
    if day is None:
        raise Refused("no submission says its day; set `day` under [coalition] in konvoi.toml")
    return day


def bare(gathered: Gathered, work: Workspace) -> Case:
    """The case without totals, plan and forecast; its tables hold how offers stand to the standards."""
    settings, ledger = work.settings, gathered.ledger
    day = today(gathered, work)
    checked = offer_standards(gathered.tables, day, _said(gathered))
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
            "offer_standards": checked,
            "scopes": ledger.scopes,
            "claims": gathered.claims,
            **_talks(gathered, day),
        },
        findings=gathered.findings,
        exercise=settings.exercise,
        assumptions=(
            *(f"{name}: {text}" for name, text in sorted(settings.assumptions.items())),
            *as_assumptions(settings.forecast),
        ),
        receipt_days=settings.receipt_days,
        reader=gathered.view.reader,
    )


def _talks(gathered: Gathered, day: date) -> dict[str, pl.DataFrame]:
    """Steps and decisions as all that is known makes them, before anything of it is hidden from a reader."""
    drawn = {
        "standing": ("steps", standing(gathered.tables, day=day)),
        "decided": ("decisions", decided(gathered.tables)),
    }
    return {name: rows for name, (table, rows) in drawn.items() if table in gathered.tables}


def posed(gathered: Gathered, made: Made, work: Workspace) -> Case:
    """The case of a problem, as it is planned.

    Its day is the workspace's, else that of the latest submission, else the horizon's first.
    """
    settings, starts = work.settings, made.tables["horizon"]["start"].drop_nulls()
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


def _said(gathered: Gathered) -> dict[tuple[str, str], str]:
    """What parties answered about points of standards: by offer and point."""
    rows = gathered.tables.get("answers")
    found: dict[tuple[str, str], str] = {}
    if rows is None or "outcome" not in rows.columns:
        return found
    for row in rows.sort("order", "question").iter_rows(named=True):
        if row["kind"] == "standards" and row["outcome"] == "taken" and row["answer"] in MEETS:
            offer, _, points = str(row["record"]).removeprefix("offers/").partition("#")
            found |= {(offer, point): row["answer"] for point in points.split(";")}
    return found
