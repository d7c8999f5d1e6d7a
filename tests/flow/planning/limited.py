"""A problem of one need whose every limit is loose, read from texts; a test makes one cell unreadable.

Ten tents lie at D; a lane of two days leads to S, where they are needed by the thirteenth day. Four weeks
from Monday, 5 January 2026.
"""

from collections.abc import Mapping

import polars as pl

from konvoi.flow.load_workspace import gathering
from konvoi.flow.merge_submissions import gather
from konvoi.flow.planning.problem import problem
from konvoi.flow.settings import Settings
from konvoi.flow.workspace import Workspace
from konvoi.intake.read import read
from konvoi.model.document import Document

Texts = Mapping[str, str]

START: Texts = {
    "horizon": "start,weeks\n2026-01-05,4",
    "goods": "good,name,unit,weight_kg,pallets,neq_kg,step\ntent,Tent,piece,100,1,1,1",
    "sites": "site,name,kind,country\nD,Depot,depot,DE\nS,Town,destination,UA",
    "lanes": "lane,from,to,mode,days_p50\nDS,D,S,road,2",
    "needs": "need,good,quantity,site,due\nN,tent,10,S,2026-01-18",
    "offers": "offer,party,good,quantity,site\nO,Norland,tent,10,D",
}


def tables_of(texts: Texts) -> dict[str, pl.DataFrame]:
    """Return the problem's tables as they are made of CSV files, those named in place of the usual ones."""
    readings = [read(one) for one in _documents(texts)]
    return dict(problem(gather(readings)).tables)


def tables_of_sender(texts: Texts) -> dict[str, pl.DataFrame]:
    """Return the same by way of the reader that remembers what a sender's documents settle."""
    work = Workspace(None, Settings(currency=""), _documents(texts))
    return dict(problem(gathering(work)).tables)


def _documents(texts: Texts) -> tuple[Document, ...]:
    stated = {**START, **texts}
    return tuple(Document(f"{name}.csv", text.encode()) for name, text in stated.items() if text)
