"""Projects become rows of projects and financing, and facts by their paths."""

from collections.abc import Iterator, Sequence

from konvoi.intake.json_text import plain
from konvoi.intake.members import Object, day, member, objects, text
from konvoi.intake.oc4ids.money import Spot, financing
from konvoi.intake.oc4ids.rows import FACTS_TABLE, SHEET, Row, Rows
from konvoi.intake.papers.work import Work
from konvoi.model.finding import Severity
from konvoi.model.oc4ids import (
    FACTS,
    KATOTTG,
    LISTS,
    OWN,
    PROCESS,
    PROJECT_FACTS,
    SECTOR,
    STAGE_WITHOUT_STATUS,
    STATUS,
)

_URI = "uri"
_READ = frozenset(
    {
        *("id", "identifiers", "updated", "title", "description", "purpose", "type", "status", "period"),
        *("additionalClassifications", "sector", "locations", "budget", "parties", "publicAuthority"),
        *("documents", "contractingProcesses", "completion", "social", "maintenancePeriod"),
    }
)
_LISTS = ("identifiers", "locations", "parties", "documents", "contractingProcesses")


def rows_of(found: Sequence[Object], work: Work) -> Rows:
    """Return the rows of all projects; report and leave out those without an id, or with one used before."""
    rows = Rows(work)
    seen: dict[str, int] = {}
    beside: set[str] = set()
    for at, project in enumerate(found, start=1):
        reference = _reference(project)
        if not reference:
            words = ("a project with its id", "Assign an id; until then the record is not included.")
            work.tell(Severity.ERROR, "oc4ids-project-unreadable", work.place(SHEET, at, "id"), words)
        elif reference in seen:
            words = (
                "each project once; it is already at {first}",
                "Take one of the two out; the first was read.",
            )
            spot = work.place(SHEET, at, "id")
            first = str(seen[reference])
            work.tell(Severity.ERROR, "oc4ids-id-twice", spot, words, read=reference, first=first)
        else:
            seen[reference] = at
            _listed(project, at, work)
            _project(project, reference, at, rows)
            beside |= set(project) - _READ
    if beside:
        words = ("what this reader has a place for", "Nothing: the rest stays in the file alone.")
        work.tell(
            Severity.NOTE, "oc4ids-not-kept", work.place(SHEET, 0, ""), words, read=", ".join(sorted(beside))
        )
    return rows


def _listed(project: Object, at: int, work: Work) -> None:
    """Report members that are to be lists of objects and are not: nothing of them can be read."""
    for name in _LISTS:
        value = project.get(name)
        if value is None or (isinstance(value, list) and all(isinstance(one, dict) for one in value)):
            continue
        words = (
            "a list of objects",
            "Correct it and submit the document again; invalid parts were not imported.",
        )
        work.tell(Severity.ERROR, "oc4ids-list-unreadable", work.place(SHEET, at, name), words)


def _reference(project: Object) -> str:
    """Our own reference of a project, where it bears one; else its id."""
    return _identifier(project, OWN) or plain(project.get("id")) or ""


def _identifier(project: Object, scheme: str) -> str | None:
    listed = objects(project, "identifiers")
    return next((plain(one.get("id")) for one in listed if plain(one.get("scheme")) == scheme), None)


def _project(project: Object, reference: str, at: int, rows: Rows) -> None:
    listed = objects(project, "parties")
    owner = rows.party(member(project, "publicAuthority"), listed)
    cost, currency = rows.money(member(project, "budget", "amount"), at, "budget.amount")
    places, building = _places(project)
    end = day(text(project, "completion", "endDate")) or day(text(project, "period", "endDate"))
    rows.tables["projects"].append(
        {
            "project": reference,
            "title": text(project, "title") or reference,
            "stage": _stage(project, at, rows),
            "owner": owner,
            "communities": places,
            "building": building,
            "sector": _sector(project),
            "cost": cost,
            "currency": currency,
            "ends": end,
            "address": _identifier(project, _URI),
            **rows.origin(at),
        }
    )
    spot = Spot(reference, at, _identifier(project, OWN) is not None, listed, owner)
    rows.tables["financing"] += financing(project, spot, rows)
    rows.tables[FACTS_TABLE] += facts_of(project, reference, rows.origin(at))


def _stage(project: Object, at: int, rows: Rows) -> str | None:
    """The stage that the status means; without one, a bare need where we wrote so."""
    status = text(project, "status")
    if status is None:
        marks = {
            (text(one, "scheme"), text(one, "id")) for one in objects(project, "additionalClassifications")
        }
        return STAGE_WITHOUT_STATUS if (OWN, STAGE_WITHOUT_STATUS) in marks else None
    if status not in STATUS:
        words = ("a status of OC4IDS 0.9", "Correct it; until then the stage is unknown.")
        rows.work.tell(
            Severity.WARNING,
            "oc4ids-status-unknown",
            rows.work.place(SHEET, at, "status"),
            words,
            read=status,
        )
    return STATUS.get(status)


def _sector(project: Object) -> str | None:
    listed = project.get("sector")
    codes = [str(plain(one)).partition(".")[0] for one in listed] if isinstance(listed, list) else []
    return next((SECTOR[code] for code in codes if code in SECTOR), None)


def _places(project: Object) -> tuple[str | None, str | None]:
    """The codes of communities in a project's locations, and the first of these that is put in words."""
    codes: list[str] = []
    words: list[str] = []
    for place in objects(project, "locations"):
        gazetteer = member(place, "gazetteer")
        listed = gazetteer.get("identifiers")
        if text(gazetteer, "scheme") in (KATOTTG, OWN) and isinstance(listed, list):
            codes += [code for one in listed if (code := plain(one))]
        words += [found for found in (text(place, "description"), _street(place)) if found]
    return ";".join(dict.fromkeys(codes)) or None, next(iter(words), None)


def _street(place: Object) -> str | None:
    parts = [text(place, "address", name) for name in ("streetAddress", "locality")]
    return ", ".join(part for part in parts if part) or None


def projects_in(value: object, work: Work) -> list[Object] | None:
    """Return the projects of a package; None if this is none. Members that are no objects are reported."""
    listed = value.get("projects") if isinstance(value, dict) else None
    if not isinstance(listed, list):
        return None
    version = text(value, "version") if isinstance(value, dict) else None
    work.facts["version"] = version or ""
    if version and not version.startswith("0.9"):
        words = ("version 0.9", "Check what was read; this version is not known here.")
        work.tell(
            Severity.WARNING, "oc4ids-version-unknown", work.place(column="version"), words, read=version
        )
    return [one if isinstance(one, dict) else {} for one in listed]


def facts_of(project: Object, reference: str, origin: Row) -> Iterator[Row]:
    """One row (PROJECT_FACTS) for each fact that stands in a project, in its own order."""
    empty: Row = dict.fromkeys(PROJECT_FACTS)
    for path in FACTS:
        for found in _at(project, path.split("/"), ""):
            yield {**empty, "project": reference, "path": path, **found, **origin}


def _at(value: Object, path: list[str], before: str) -> Iterator[Row]:
    """Yield the values at the end of a path, in each member of the lists on it."""
    name, *rest = path
    here = f"{before}/{name}".lstrip("/")
    if not rest:
        written = plain(value.get(name))
        if written:
            yield {"value": written, **({"currency": plain(value.get("currency"))} if _sum(name) else {})}
    elif here in LISTS:
        column = "process" if here == PROCESS else "item"
        for at, one in enumerate(objects(value, name), start=1):
            for found in _at(one, rest, here):
                yield {**found, column: plain(one.get("id")) or str(at)}
    else:
        inner = value.get(name)
        if isinstance(inner, dict):
            yield from _at(inner, rest, here)


def _sum(name: str) -> bool:
    return name == "amount"
