"""Views of the total builder: a form, the figure with its range and provenance, and the same as a file."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse

from konvoi.ledger.question import Question
from konvoi.model.naming import localized
from konvoi.model.stages import KINDS, RULES
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import Opened, view_of
from konvoi.web.access.viewer import Viewer
from konvoi.web.ledger.asked import FIELDS, Answered, Asked, answered, asked
from konvoi.web.ledger.links import address
from konvoi.web.ledger.shown_total import ShownTotal, shown_total
from konvoi.web.ledger.total_file import total_csv, total_json, total_xlsx
from konvoi.web.pages.attachments import WORKBOOK, attachment
from konvoi.web.pages.exports import take
from konvoi.web.pages.frames import shown_in, to_overview
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say

_FORMS = {"csv": "text/csv; charset=utf-8", "xlsx": WORKBOOK, "json": "application/json"}


def total(request: HttpRequest) -> HttpResponse:
    """Show the form, and the total that it asks for."""
    viewer, opened = viewer_of(request), view_of(request)
    if opened is None:
        return to_overview(request)
    options = asked(request.GET.dict())
    values: dict[str, object] = {"fields": _fields(options, opened), "options": options}
    if options.is_asked:
        given = tuple(sorted(options.values.items()))
        found = _in_words(_Asking(opened.folder, given, code(), viewer.day, viewer, opened))
        if isinstance(found, Asked):
            values["options"] = found
        elif found is not None:
            values["asked"], values["total"] = found
            values["files"] = [
                (form.upper(), address("total-file", viewer, {"form": form}, **options.values))
                for form in _FORMS
            ]
    return shown_in(request, "ledger/total.html", values, opened)


@dataclass(frozen=True)
class _Asking:
    """A total that is asked for: equal where its answer is the same, whoever asks.

    folder: of the results, which never change. given: options of the form.
    """

    folder: Path
    given: tuple[tuple[str, str], ...]
    language: str
    day: date | None
    viewer: Viewer = field(compare=False)
    opened: Opened = field(compare=False)


@lru_cache(maxsize=200)
def _in_words(asking: _Asking) -> tuple[Question, ShownTotal] | Asked | None:
    """Return the answer in words; kept, as a total of a million entries takes seconds."""
    kept = asking.opened.totals()
    found = _found(asked(dict(asking.given)), asking.opened)
    if isinstance(found, Answered) and kept is not None:
        return found.question, shown_total(asking.viewer, found, kept)
    return found if isinstance(found, Asked) else None


def _found(options: Asked, opened: Opened) -> Answered | Asked | None:
    kept = opened.totals()
    return answered(options, kept) if kept is not None else None


def total_file(request: HttpRequest, form: str) -> HttpResponse:
    """Give a total as a file, as an attachment."""
    viewer, opened = viewer_of(request), view_of(request)
    if opened is None or form not in _FORMS:
        raise Http404
    found, kept = _found(asked(request.GET.dict()), opened), opened.totals()
    if not isinstance(found, Answered) or kept is None:
        raise Http404
    if (asking := take(request, f"total.{form}")) is not None:
        return asking
    if form == "json":
        content = total_json(found, opened)
    elif form == "csv":
        content = total_csv(found, opened)
    else:
        marking = opened.manifest.marking.get(code(), "")
        content = total_xlsx(found, shown_total(viewer, found, kept), opened, marking)
    response = attachment(content, f"total.{form}", _FORMS[form])
    response["Konvoi-View"] = opened.manifest.digest
    return response


def _fields(options: Asked, opened: Opened) -> dict[str, list[tuple[str, str, bool]]]:
    """Return the choices of each list of the form: value, name, whether it is chosen."""
    found = {}
    for name, values in FIELDS.items():
        chosen = options.values.get(name, "pledged" if name == "stage" else values[0])
        found[name] = [(one, _named(name, one), one == chosen) for one in values]
    kept = opened.totals()
    boundaries = sorted(kept.settings.boundaries) if kept else []
    chosen = options.values.get("boundary", "")
    found["boundaries"] = [(one, one, one == chosen) for one in boundaries]
    return found


def _named(field: str, value: str) -> str:
    if not value:
        return _NONES[field]()
    if field in ("kind", "rule") and value in (*KINDS, *RULES):
        return localized("choice", value, code())
    if (field, value) == ("by", "kind"):
        return say("by kind")
    return _WORDS[value]() if value in _WORDS else say(value)


_NONES = {
    "by": lambda: say("one total"),
    "kind": lambda: say("all kinds"),
    "rule": lambda: say("as set by the coalition"),
}
_WORDS = {
    "package": lambda: say("packages by their own value, otherwise by their items"),
    "lines": lambda: say("items only"),
    "both": lambda: say("packages and items"),
    "none": lambda: say("contributions of a fund counted at the fund"),
    "members": lambda: say("what a fund gave at its members"),
    "on top": lambda: say("what a fund gave at the fund and at its members"),
    "apart": lambda: say("show shared flows beside the total"),
    "include": lambda: say("count shared flows in the total"),
    "partner": lambda: say("by partner"),
    "group": lambda: say("by group"),
    "good": lambda: say("by good"),
    "month": lambda: say("by month"),
    "variant": lambda: say("by definition of stages"),
    "valuation": lambda: say("by valuation"),
}
