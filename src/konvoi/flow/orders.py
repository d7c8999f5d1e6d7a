"""Orders: a plan and its problem become what partners, hubs, carriers and consignees get."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from konvoi.flow.cases import posed
from konvoi.flow.collect import gathering
from konvoi.flow.hidden_ids import hidden_ids
from konvoi.flow.known import Unknown, nearest
from konvoi.flow.plans import plan_at
from konvoi.flow.problem import problem
from konvoi.flow.workspace import Workspace
from konvoi.gateways.files import content
from konvoi.gateways.refusal import Refused
from konvoi.kit.progress import Stop, never
from konvoi.model.finding import Finding
from konvoi.plan.orders import Orders, orders
from konvoi.report.orders.render import previous, render


@dataclass(frozen=True)
class Issued:
    """An issue of orders: what it says, its files by path, and what was found on the way.

    The files are made while they are taken, once.
    """

    orders: Orders
    files: Iterator[tuple[str, bytes]]
    findings: tuple[Finding, ...]
    refused: int


def issue(
    plan: Path,
    work: Workspace,
    *,
    last: Path | None = None,
    audience: str = "",
    stop: Stop = never,
) -> Issued:
    """The orders of a plan's folder, compared with the issue that lies in the folder `last`."""
    found = plan_at(plan)
    before = issue_at(last) if last else None
    gathered = gathering(work, stop=stop)
    made = problem(gathered)
    case = posed(gathered, made, work)
    said = orders(
        made.tables,
        found,
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
        readers = sorted(set(said.calls["reader"]))
        raise Unknown("--for", audience, readers, nearest(audience, {one: one for one in readers}))
    every = chain(() if first is None else (first,), files)
    return Issued(said, every, (*gathered.findings, *made.findings, *said.findings), gathered.refused)


def issue_at(folder: Path) -> Mapping[str, object]:
    """The last issue, as `konvoi orders` wrote it to a folder."""
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
