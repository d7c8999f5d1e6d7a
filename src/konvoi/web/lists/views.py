"""Views of lists: the page, the files, and the tables of the results."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from asgiref.sync import sync_to_async
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.http import content_disposition_header

from konvoi.model.naming import localized
from konvoi.report.language import Language
from konvoi.web.access.requests import viewer_of
from konvoi.web.access.routes import View, route
from konvoi.web.access.scope import returning_connection
from konvoi.web.access.viewer import Viewer
from konvoi.web.lists import files
from konvoi.web.lists.asked import NONE, Asked, NotAsked, asked
from konvoi.web.lists.columns import Column, Kind, Row
from konvoi.web.lists.found import Found, all_rows, choices, found
from konvoi.web.lists.query import LISTS, Filter, ListQuery
from konvoi.web.lists.sources import Moved, NotReady
from konvoi.web.pages.attachments import attachment
from konvoi.web.pages.exports import take
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say

PAGE = "lists/list.html"
HXL = "hxl"
"""Parameter of a file: yes puts the HXL tag of each column below its head."""
Batches = Iterator[Sequence[Row]]
Values = Callable[[HttpRequest, Found], Mapping[str, object]]


def list_routes(
    query: ListQuery,
    pattern: str,
    template: str = PAGE,
    values: Values | None = None,
) -> list[URLPattern]:
    """Return the addresses of a list: its page at a pattern, and its files beside it.

    template: extends lists/list.html. values: more values for the template, for a request and what was found.
    The files of the list at `packages/` are `packages.csv`, `packages.xlsx` and so on.
    """
    LISTS[query.name] = query
    page = partial(list_page, query=query, template=template, values=values)
    file = partial(list_file, query=query)
    return [
        route(pattern, _named(page, query), query.right, query.name),
        route(f"{pattern.rstrip('/')}.<str:form>", _named(file, query), query.right, f"{query.name}-file"),
    ]


def _named(view: View, query: ListQuery) -> View:
    def answered(request: HttpRequest, **given: object) -> HttpResponseBase:
        return view(request, **given)

    answered.__name__ = f"list_{query.name}"
    return answered


@dataclass(frozen=True)
class Choice:
    """A value that a filter can take."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class Field:
    """A field of the form of filters. kind: choice, text, day or number. parameters: with their values."""

    label: str
    kind: str
    parameters: tuple[tuple[str, str], ...]
    choices: tuple[Choice, ...] = ()
    more: bool = False

    @property
    def is_set(self) -> bool:
        """True where the address has a value for it."""
        return any(value for _, value in self.parameters)


@dataclass(frozen=True)
class Counted:
    """Rows with one value of a filter. query: parameters of the list of these alone."""

    text: str
    count: str
    query: str


@dataclass(frozen=True)
class Heading:
    """A heading of a column. sort: the parameters that sort by it; empty where it cannot be sorted by."""

    column: Column
    query: str
    sorted: str


def list_page(
    request: HttpRequest, *, query: ListQuery, template: str = PAGE, values: Values | None = None
) -> HttpResponse:
    """Show a page of a list; 400 where the address asks for what the list does not have."""
    viewer = viewer_of(request)
    shown: dict[str, object] = {"list": query, "title": query.heading, "address": request.path}
    try:
        wanted = asked(query, request.GET)
    except NotAsked as error:
        return render(request, template, {**shown, "problem": str(error)}, status=400)
    moved = False
    try:
        try:
            one = found(query, viewer, wanted)
        except Moved:
            moved = True
            wanted = asked(query, _first_page(request))
            one = found(query, viewer, wanted)
        fields = [_field(query, viewer, filter, wanted) for filter in query.filters]
        counted = _counted(query, viewer, wanted)
    except NotReady:
        return render(request, template, {**shown, "asked": wanted, "waiting": True})
    names = ",".join(one.name for one in wanted.columns)
    shown |= {
        "asked": wanted,
        "found": one,
        "moved": moved,
        "fields": [one for one in fields if one.is_set or not one.more],
        "counted": counted,
        "more_fields": [one for one in fields if one.more and not one.is_set],
        "kept": [
            (name, value) for name in ("sort", "columns", "limit") for value in wanted.given.get(name, ())
        ],
        "headings": [_heading(column, query, wanted) for column in wanted.columns],
        "hidden": [
            (column, wanted.query(columns=f"{names},{column.name}"))
            for column in query.shown
            if column not in wanted.columns
        ],
        "total_text": Language(code()).decimal(one.total),
        "first": Language(code()).decimal(one.part.start + 1),
        "last": Language(code()).decimal(one.part.start + len(one.rows)),
        "exports": _exports(request, query, wanted),
        "first_query": wanted.query(),
        "previous_query": wanted.query(before=one.previous),
        "next_query": wanted.query(after=one.next),
    }
    response = render(request, template, {**shown, **(values(request, one) if values else {})})
    response["Konvoi-View"] = one.digest
    return response


def _exports(request: HttpRequest, query: ListQuery, wanted: Asked) -> list[tuple[str, str]]:
    """Return name and address of each file of the list, then of those with HXL tags."""
    path = request.path.rstrip("/")
    plain = wanted.query("limit")
    found = [(form.upper(), f"{path}.{form}?{plain}".rstrip("?")) for form in query.forms]
    tagged = wanted.query("limit", **{HXL: "yes"})
    names = {form: say("{format} with HXL tags", format=form.upper()) for form in files.TAGGED}
    return found + [(name, f"{path}.{form}?{tagged}") for form, name in names.items()]


def _first_page(request: HttpRequest) -> QueryDict:
    given = request.GET.copy()
    for name in ("after", "before"):
        given.pop(name, None)
    return given


def _heading(column: Column, query: ListQuery, wanted: Asked) -> Heading:
    order = wanted.wanted.order
    first = order[0] if order else ""
    sorted_by = {column.name: "ascending", f"-{column.name}": "descending"}.get(first, "")
    if column.name not in query.sorts:
        return Heading(column, "", sorted_by)
    turned = f"-{column.name}" if first == column.name else column.name
    return Heading(column, wanted.query(sort=turned), sorted_by)


def _counted(query: ListQuery, viewer: Viewer, wanted: Asked) -> tuple[str, list[Counted]] | None:
    """Return the name of what the rows are counted by, and how many have each value; None for one value."""
    by = next((one for one in query.filters if one.name == query.counted), None)
    if by is None:
        return None
    counts = query.source.counts(viewer, wanted.wanted, by.of)
    if len(counts) < 2:
        return None
    column = query.by_name.get(by.of) or Column(by.of, by.kind)
    texts = {value: _choice_text(column, by, value) for value in counts}
    language = Language(code())
    return say(by.title) if by.title else column.heading, [
        Counted(texts[value], language.decimal(counts[value]), wanted.query(**{by.name: value or NONE}))
        for value in sorted(counts, key=lambda one: (-counts[one], texts[one].casefold()))
    ]


def _choice_text(column: Column, by: Filter, value: str) -> str:
    labels = by.labels() if by.labels else {}
    if by.kind == Kind.YES and value:
        return localized("choice", value, code())
    return labels.get(value) or (column.text({column.name: value}) if value else say("not reported"))


def _field(query: ListQuery, viewer: Viewer, one: Filter, wanted: Asked) -> Field:
    column = query.by_name.get(one.of) or Column(one.of, one.kind)
    label = say(one.title) if one.title else column.heading
    parameters = tuple((name, wanted.value(name)) for name in one.parameters)
    if one.is_range:
        return Field(label, "number" if one.kind == Kind.NUMBER else "day", parameters, more=one.more)
    known = None if one.more or one.kind == Kind.TEXT else choices(query, viewer, one)
    if known is None:
        return Field(label, "text", parameters, more=one.more)
    chosen = wanted.given.get(one.name, ())
    texts = (
        Choice(value or NONE, _choice_text(column, one, value), (value or NONE) in chosen) for value in known
    )
    return Field(label, "choice", parameters, tuple(sorted(texts, key=lambda one: one.text.casefold())))


def list_file(request: HttpRequest, *, query: ListQuery, form: str) -> HttpResponseBase:
    """Give all rows of a list as a file, as an attachment."""
    if form not in query.forms:
        raise Http404
    viewer = viewer_of(request)
    try:
        given, tagged = _without_tags(request.GET, form)
        wanted = asked(query, given, limit=1, everything=True)
        one = found(query, viewer, wanted)
    except NotAsked as error:
        return _refused(request, query, str(error))
    except (NotReady, Moved):
        raise Http404 from None
    if form == "xlsx" and one.total > files.MOST_OF_WORKBOOK:
        text = "A workbook holds up to {most} rows; the list has {count}. Filter it, or export it as CSV."
        return _refused(request, query, say(text, most=files.MOST_OF_WORKBOOK, count=one.total))
    if (asking := take(request, f"{query.name}.{form}", rows=one.total)) is not None:
        return asking
    response = _answer(query, wanted, one, form, all_rows(query, viewer, wanted), tagged=tagged)
    response["Konvoi-View"] = one.digest
    response["Konvoi-Rows"] = str(one.total)
    return response


def _without_tags(given: QueryDict, form: str) -> tuple[QueryDict, bool]:
    """Return the parameters without the one that asks for HXL tags, and whether it does.

    NotAsked for tags in a file that has no place for them, and for another value.
    """
    if HXL not in given:
        return given, False
    values = given.getlist(HXL)
    rest = given.copy()
    del rest[HXL]
    if values not in (["yes"], ["no"]):
        raise NotAsked(say("“{name}” is yes or no.", name=HXL), HXL)
    if values == ["yes"] and form not in files.TAGGED:
        raise NotAsked(say("HXL tags are written in CSV and XLSX only."), HXL)
    return rest, values == ["yes"]


def _answer(
    query: ListQuery, wanted: Asked, one: Found, form: str, batches: Batches, *, tagged: bool
) -> HttpResponseBase:
    name = f"{query.name}.{form}"
    if form == "csv":
        parts = files.csv_parts(query, wanted.columns, one.part.schema, batches, tagged=tagged)
        response = StreamingHttpResponse(_sent(parts), content_type=files.TYPES[form])
        response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
        response["X-Content-Type-Options"] = "nosniff"
        return response
    rows = [row for batch in batches for row in batch]
    if form == "json":
        content = files.json_file(query, wanted.columns, one.part.schema, rows)
    elif form == "xlsx":
        content = files.workbook(query, wanted.columns, one.part.schema, rows, tagged=tagged)
    else:
        content = files.calendar(query, query.heading, wanted.columns, rows, one.part.day)
    return attachment(content, name, files.TYPES[form])


async def _sent(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    take = sync_to_async(returning_connection(partial(next, parts, None)))
    while (part := await take()) is not None:
        yield part


def _refused(request: HttpRequest, query: ListQuery, text: str) -> HttpResponse:
    address = request.path.rpartition(".")[0]
    shown = {"list": query, "title": query.heading, "address": address, "problem": text}
    return render(request, PAGE, shown, status=400)
