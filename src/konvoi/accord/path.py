"""Status of each framework document on its path into and out of force, with contradictions."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import polars as pl

from konvoi.accord.terms import Term, upon_signature
from konvoi.model.finding import Finding, Severity, told
from konvoi.model.party import GROUPS
from konvoi.model.tables import BY_NAME
from konvoi.model.tables.milestones import NOT_APPLICABLE, PATH, REQUIRED

Tables = Mapping[str, pl.DataFrame]
Row = Mapping[str, object]

UNKNOWN = "unknown"
NEAR = 180
"""Days before its end from which a document is reported."""

WAY = pl.Schema(
    {
        "document": pl.String(),
        "event": pl.String(),
        "requirement": pl.String(),
        "day": pl.Date(),
        "parties": pl.String(),
        "clause": pl.String(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""One row for each document and milestone. requirement: required, not applicable, unknown. day: the last on
which it was done; null where it was not. parties: those that did it, by id. clause: its source, else null."""

_BEFORE_FORCE = PATH[: PATH.index("in force")]
_VERSIONED = ("agreed", "initialled")
_WAIVED = ("approved", "ratified", "exchange of notes", "provisional application")
_OUT = ("accession", "notice of termination", "ended")
_WORDS = {
    "signature-before-version": (
        "a day not before {day}, on which the version that it signs was agreed",
        "Correct the day, or the version.",
    ),
    "signature-of-other": (
        "a party of the document: {parties}",
        "Correct the party, or name it among the parties of the document.",
    ),
    "signature-after-notice": (
        "a day before {day}, the date of the notice of termination",
        "Correct the day, or submit the new document.",
    ),
    "force-without-step": (
        "a day in force after all that the document requires; not done by then: {missing}",
        "Submit the milestone that is missing, or correct the day.",
    ),
    "expiry-near": (
        "a decision on what follows: the document ends in {days} days",
        "Decide whether to extend it, and submit its new end.",
    ),
}


def way(tables: Tables, said: Mapping[str, Sequence[Term]]) -> pl.DataFrame:
    """Return each document's milestones (WAY); said: the terms in the texts of documents, by document."""
    marks = _table(tables, "milestones")
    rows: list[dict[str, object]] = []
    for document in _table(tables, "documents").iter_rows(named=True):
        own = marks.filter(pl.col("document") == document["document"]).to_dicts()
        terms = said.get(str(document["document"]), ())
        origin = {name: document[name] for name in ("_file", "_sheet", "_row")}
        for what in PATH:
            done = [row for row in own if row["event"] == what and row["day"] is not None]
            days = [row["day"] for row in done] or [_known(document, what)]
            needs = [str(row["requirement"]) for row in own if row["event"] == what and row["requirement"]]
            need, clause = _need(what, terms)
            happened = any(day is not None for day in days)
            rows.append(
                {
                    "document": document["document"],
                    "event": what,
                    "requirement": needs[-1] if needs else REQUIRED if happened else need,
                    "day": max((day for day in days if day is not None), default=None),
                    "parties": "; ".join(sorted({str(row["party"]) for row in done if row["party"]})) or None,
                    "clause": clause,
                    **origin,
                }
            )
    return pl.DataFrame(rows, schema=WAY)


def _known(document: Row, what: str) -> date | None:
    """The day that the table of documents itself gives to a milestone."""
    found = (
        document[{"signed": "day", "in force": "in_force"}[what]] if what in ("signed", "in force") else None
    )
    return found if isinstance(found, date) else None


def _need(what: str, terms: Sequence[Term]) -> tuple[str, str | None]:
    """Return the need for a milestone by a text (unknown without one), and the clause that states it."""
    points = {term.point: term for term in terms}
    if what == "ratified" and "ratification" in points:
        return REQUIRED, points["ratification"].clause
    if what == "accession" and "accession" in points:
        return UNKNOWN, points["accession"].clause
    if upon_signature(terms) and what in ("signed", "in force", *_WAIVED):
        need = NOT_APPLICABLE if what in _WAIVED else REQUIRED
        return need, points["in force"].clause
    if terms and what in _OUT:
        return NOT_APPLICABLE, None
    return UNKNOWN, None


def faults(
    tables: Tables, ways: pl.DataFrame, ends: Mapping[str, date], *, day: date | None
) -> tuple[Finding, ...]:
    """Return the contradictions in documents' paths, by place.

    ends: the last day of documents by their own words, for those of which the table gives none. day: of which
    expiries are reported; None reports none.
    """
    documents = {str(row["document"]): row for row in _table(tables, "documents").iter_rows(named=True)}
    marks = _table(tables, "milestones").to_dicts()
    found = [
        *(one for row in marks if row["event"] == "signed" for one in _of_signature(row, marks, documents)),
        *_in_force(ways, documents, marks),
        *(_expiries(documents, ends, day) if day else ()),
    ]
    return tuple(sorted(found, key=lambda one: (one.place, one.code, one.read)))


def _of_signature(row: Row, marks: Sequence[Row], documents: Mapping[str, Row]) -> Iterator[Finding]:
    """Yield the faults of one signature: before its version, by another party, after notice was given."""
    document = documents.get(str(row["document"]))
    same = [one for one in marks if one["document"] == row["document"]]
    party = row["party"]
    day = row["day"]
    if document is not None and party and str(party) not in (named := _parties(document)):
        yield _told("signature-of-other", row, "party", party, parties=", ".join(named))
    if not isinstance(day, date):
        return
    agreed = _days(one for one in same if one["event"] in _VERSIONED and one["version"] == row["version"])
    if row["version"] and agreed and day < min(agreed):
        yield _told("signature-before-version", row, "day", day, day=min(agreed).isoformat())
    noticed = _days(one for one in same if one["event"] == "notice of termination")
    if noticed and day > min(noticed):
        yield _told("signature-after-notice", row, "day", day, day=min(noticed).isoformat())


def _parties(document: Row) -> list[str]:
    """Return the parties of a document, with the members of a group that is one: they may sign for it."""
    named = [one.strip() for one in str(document["parties"] or "").split(";") if one.strip()]
    return [
        *named,
        *(member for one in named for member in GROUPS.get(one, ()) if member.startswith(f"{one}-")),
    ]


def _days(rows: Iterator[Row]) -> list[date]:
    return [day for row in rows if isinstance(day := row["day"], date)]


def _in_force(ways: pl.DataFrame, documents: Mapping[str, Row], marks: Sequence[Row]) -> Iterator[Finding]:
    """Documents in force before something that they require was done."""
    for name, document in documents.items():
        own = {row["event"]: row for row in ways.filter(pl.col("document") == name).iter_rows(named=True)}
        since = own["in force"]["day"]
        if since is None:
            continue
        missing = [
            what
            for what in _BEFORE_FORCE
            if own[what]["requirement"] == REQUIRED and (own[what]["day"] is None or own[what]["day"] > since)
        ]
        if missing:
            said = [
                one for one in marks if one["document"] == name and one["event"] == "in force" and one["day"]
            ]
            row, column = (said[0], "day") if said else (document, "in_force")
            yield _told("force-without-step", row, column, since, missing=", ".join(missing))


def _expiries(documents: Mapping[str, Row], ends: Mapping[str, date], day: date) -> Iterator[Finding]:
    for name, document in documents.items():
        end = document["ends"] or ends.get(name)
        if isinstance(end, date) and 0 <= (left := (end - day).days) <= NEAR:
            yield _told("expiry-near", document, "ends", end, days=str(left))


def _told(code: str, row: Row, column: str, read: object, **values: str) -> Finding:
    severity = Severity.WARNING if code == "expiry-near" else Severity.ERROR
    place = {"submission": row["_file"], "sheet": row["_sheet"], "row": row["_row"], "column": column}
    return told(severity, code, place, _WORDS[code], read=str(read), values=values)


def _table(tables: Tables, name: str) -> pl.DataFrame:
    found = tables.get(name)
    return BY_NAME[name].empty() if found is None else found
