"""Orders: a plan and its problem become what partners, hubs, carriers and consignees get."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import polars as pl

from konvoi.flow.cases import posed
from konvoi.flow.hidden_ids import hidden_ids
from konvoi.flow.load_workspace import gathering
from konvoi.flow.name_lookup import Unknown
from konvoi.flow.planning.named_plan import named_plan
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace
from konvoi.gateways.files import content
from konvoi.gateways.refusal import Refused
from konvoi.kit.progress import Stop, never
from konvoi.model.finding import Finding
from konvoi.model.markings import COALITION, PUBLIC
from konvoi.plan.clean import without
from konvoi.plan.orders import Orders, orders
from konvoi.report.case import Case
from konvoi.report.orders.render import previous, render
from konvoi.report.orders.view import Eyes, Issue, narrowed


@dataclass(frozen=True)
class Issued:
    """An issue of orders as its reader may know it: what it says, its files by path, and the findings.

    The files are made while they are taken, once.
    """

    orders: Orders
    files: Iterator[tuple[str, bytes]]
    findings: tuple[Finding, ...]
    refused: int


def issue(
    plan: Path | None,
    work: Workspace,
    *,
    last: Path | None = None,
    audience: str = "",
    stop: Stop = never,
) -> Issued:
    """The orders of a plan's folder, compared with the issue that lies in the folder `last`.

    plan: None is the plan that was adopted. work: as the coordination cell sees it.
    audience: empty for the coordination cell, which issues the orders of all readers; else public, coalition,
    or one reader's id, who is told of its own view alone.
    """
    before = issue_at(last) if last else None
    gathered = gathering(work, stop=stop)
    found = named_plan(plan, work, gathered, stop=stop)
    made = found.made
    _refuse_uncertain(made.tables, told=not audience)
    case = posed(gathered, made, work)
    said = orders(
        made.tables,
        found.plan,
        today=case.day,
        recipient=case.recipient,
        before=None if before is None else previous(before),
        stop=stop,
    )
    eyes = hidden_ids(gathered)
    files = render(
        said, case, eyes, audience=audience, languages=work.settings.languages, before=before, stop=stop
    )
    first = next(files, None)
    if audience and first is None:
        # Whoever asks may not see all parties and sites that have orders.
        raise Unknown("--for", audience, (COALITION, PUBLIC, "the parties and sites with orders"))
    every = chain(() if first is None else (first,), files)
    if not audience:
        return Issued(said, every, (*gathered.findings, *made.findings, *said.findings), gathered.refused)
    hub = said.calls.filter(pl.col("reader") == audience)["kind"].unique().to_list() == ["hub"]
    seen = gathering(replace(work, view=View(work.view.as_of, COALITION if hub else audience)), stop=stop)
    return Issued(_told(said, case, eyes, audience), every, seen.findings, seen.refused)


def _refuse_uncertain(tables: Mapping[str, pl.DataFrame], *, told: bool) -> None:
    """Refuse orders while it is not certain what a row limits; told: whether the reader may know which."""
    cells = [one for one in without(tables) if one.stops_orders]
    if not cells:
        return
    if not told:
        raise Refused("no orders are issued yet; the coordination cell knows why")
    listed = "; ".join(f"{one.table}, {one.key}, {one.column}: {one.why} ({one.read!r})" for one in cells)
    raise Refused(
        f"no orders are issued while it is not certain what a row limits: {listed}. "
        "Correct the cells, or waive them in waivers.csv"
    )


def _told(said: Orders, case: Case, eyes: Eyes, audience: str) -> Orders:
    """Return the orders that a reader may see; conflicts of one reader stand in its own files."""
    if audience in (PUBLIC, COALITION):
        return narrowed(Issue(said, case, eyes), audience).orders
    calls = said.calls.filter(pl.col("reader") == audience)
    mine = pl.col("consignment").is_in(calls["consignment"].implode())
    return replace(
        said,
        calls=calls,
        consignments=said.consignments.filter(mine),
        conflicts=said.conflicts.clear(),
        solutions=said.solutions.clear(),
        changes=said.changes.clear(),
    )


def issue_at(folder: Path) -> Mapping[str, object]:
    """The last issue, as `konvoi plan orders` wrote it to a folder."""
    found = content(folder / "orders.json")
    if found is None:
        raise Refused(f"{folder}: no orders.json in it; name the folder of the last issue")
    try:
        read = json.loads(found)
    except (ValueError, RecursionError) as error:
        raise Refused(
            f"{folder}/orders.json: not JSON: {error}; name the folder of the last issue"
        ) from error
    if not isinstance(read, dict) or previous(read) is None:
        raise Refused(f"{folder}/orders.json: no issue of orders; name the folder of the last issue")
    return read
