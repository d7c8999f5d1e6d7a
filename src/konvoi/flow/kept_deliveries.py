"""Pages of deliveries and orders of one view, written with its results.

They rest on the ledger and on the problem that was planned, which are at hand while results are computed.
"""

from collections.abc import Iterator, Sequence

from konvoi.flow.cases import posed
from konvoi.flow.gathered import Gathered
from konvoi.flow.hidden_ids import hidden_ids
from konvoi.flow.planning.problem import Made
from konvoi.flow.view import CELL, View
from konvoi.flow.workspace import Workspace
from konvoi.kit.progress import Stop, never
from konvoi.model.markings import PUBLIC
from konvoi.plan.clean import without
from konvoi.plan.orders import orders
from konvoi.plan.plan import Plan
from konvoi.report.case import Case
from konvoi.report.evidence_index import ids_behind
from konvoi.report.fragments import figures, records
from konvoi.report.orders.render import render
from konvoi.report.page import Message, Page, Section
from konvoi.report.records import records as records_of
from konvoi.report.reports import late, reconciled

DELIVERIES = "deliveries"
ORDERS = "orders"
"""Folders below that of a reader: pages of deliveries, and files of orders."""
OWN = ("hub", "carrier", "consignee", "partner")


def delivery_files(case: Case, languages: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the figures of deliveries, and the records behind them, in each language."""
    found: list[Section | None] = [late.section(case), reconciled.section(case)]
    sections = tuple(one for one in found if one is not None)
    known = ids_behind(sections)
    shown = tuple(one for one in records_of(case) if one.id in known)
    page = Page(
        case.title,
        case.day,
        case.reader,
        Message(""),
        case.exercise,
        sections,
        shown,
        languages=tuple(languages),
    )
    for code in languages:
        yield f"{DELIVERIES}/figures.{code}.html", figures(page, code, records_at="records")
        yield f"{DELIVERIES}/records.{code}.html", records(page, code, source_at="/ledger/source/")


def order_files(
    made: Made, plan: Plan | None, gathered: Gathered, work: Workspace, reader: str, *, stop: Stop = never
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the orders of a plan that a reader has; all for the coordination cell.

    made, gathered: of the coordination cell. None where there is no plan, or while it is not certain what a
    row limits.
    """
    uncertain = any(one.stops_orders for one in without(made.tables))
    if plan is None or plan.movements.is_empty() or uncertain or reader == PUBLIC:
        return
    case = posed(gathered, made, work)
    said = orders(made.tables, plan, today=case.day, recipient=case.recipient, stop=stop)
    if reader != CELL and (
        not View(None, reader).is_party or reader not in set(said.calls["reader"].drop_nulls())
    ):
        return
    audience = "" if reader == CELL else reader
    files = render(
        said,
        case,
        hidden_ids(gathered),
        audience=audience,
        languages=work.settings.languages,
        stop=stop,
    )
    for name, content in files:
        yield f"{ORDERS}/{name}", content
