"""Names of parties on pages: as the results of the reader give them, else as everybody knows them."""

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from functools import cache

from django.http import HttpRequest, HttpResponseBase

from konvoi.model.party import party_name
from konvoi.report.language import Language
from konvoi.report.names import submitted_names
from konvoi.report.page import Name
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import Opened, view
from konvoi.web.pages.languages import code

_TABLE = "parties"


def _none() -> Mapping[str, Name]:
    return {}


_known: ContextVar[Callable[[], Mapping[str, Name]]] = ContextVar("party_names", default=_none)


def with_party_names(
    answer: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Name parties in each request as the results of its viewer do; they are opened where a name is asked."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        token = _known.set(cache(lambda: _names(view(viewer_of(request)))))
        try:
            return answer(request)
        finally:
            _known.reset(token)

    return answered


def party_text(party: str) -> str:
    """Return the name of a party in the reader's language; the id itself where nothing names it."""
    found = _known.get()().get(party)
    return Language(code()).text(found) if found else party_name(party, code())


def party_texts(parties: str | Iterable[str] | None) -> list[str]:
    """Return the names of several parties; parties: ids, or a text of ids separated by semicolons."""
    ids = (parties or "").split(";") if isinstance(parties, str | None) else parties
    return [party_text(one.strip()) for one in ids if one.strip()]


def _names(opened: Opened | None) -> Mapping[str, Name]:
    rows = None if opened is None else opened.frame(_TABLE)
    return {} if rows is None else submitted_names(rows)
