"""Framework documents: how far on their way, what they say side by side, what they seem to promise."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.accord.renewals import SUMS_END, SUMS_ENDED, TERM_ENDS
from konvoi.kit.days import year_span
from konvoi.kit.money import to_major
from konvoi.model.tables.milestones import PATH, REQUIRED
from konvoi.model.tables.sessions import SANCTIONS
from konvoi.report.case import Case
from konvoi.report.names import Names, table
from konvoi.report.page import Column, Link, Message, Name, Number, Section, Table, Value
from konvoi.report.report import Report

Row = Mapping[str, object]

NONE = Message("No framework documents submitted. Fill the table “documents” or submit the texts.")
NO_TEXT = Message("No text of a framework document submitted (DOCX, PDF, Markdown or Akoma Ntoso).")
DECIDED = Message("All amounts in the texts are recorded as obligations.")
_POINTS = ("consultation", "review", "extension", "termination", "amendment")
_UNITS = {
    "consultation": Message("within {number} h"),
    "review": Message("within {number} years"),
    "extension": Message("{number} months before"),
    "termination": Message("{number} months"),
}
_SUBJECT = {
    "funds": Message("available funds"),
    "parliament": Message("parliament"),
    "law": Message("law"),
    "security": Message("security"),
}


def section(case: Case) -> Section | None:
    """Return the section on framework documents; None where neither documents nor texts of them were
    submitted.
    """
    every = table(case, "documents").sort("day", "document", nulls_last=True)
    documents = every.filter(~pl.col("topic").eq_missing(SANCTIONS)).to_dicts()
    texts = _drawn(case, "terms")
    if not documents and not texts:
        return None
    names = Names(case)
    tables = [
        *_renewals(case, names),
        _way(case, names, documents),
        *_guarantees(case, names),
        *_signatures(case, names),
    ]
    if texts:
        tables += [_side_by_side(case, names, texts), _proposals(case, names)]
    answer = (*_answer(case, documents), *_open(case))
    return Section("framework", Message("Agreements and their obligations"), answer, (), tuple(tables))


def _drawn(case: Case, name: str) -> list[dict[str, object]]:
    """The rows of a table that was drawn from texts."""
    found = case.tables.get(name)
    return [] if found is None else found.to_dicts()


def _answer(case: Case, documents: Sequence[Row]) -> tuple[Message, ...]:
    """Return the number of documents, of those in force, and of those that have ended or end soon."""
    if not documents:
        return (NONE,)
    force = [row for row in documents if isinstance(row["in_force"], date)]
    ends = _drawn(case, "renewals")
    over = [row for row in ends if row["state"] == SUMS_ENDED]
    soon = [row for row in ends if row["state"] in (TERM_ENDS, SUMS_END)]
    values: dict[str, Value] = {
        "count": _count(case, len(documents)),
        "force": _count(case, len(force)),
        "unknown": _count(case, len(documents) - len(force)),
        "over": Number(Decimal(len(over)), to="framework-renewals"),
        "soon": Number(Decimal(len(soon)), to="framework-renewals"),
    }
    return (
        Message(
            "{count} framework document; in force: {force}; status not reported: {unknown}; sums ended: "
            "{over}; term or sums end within a year: {soon}.",
            values,
            "{count} framework documents; in force: {force}; status not reported: {unknown}; sums ended: "
            "{over}; term or sums end within a year: {soon}.",
            len(documents),
        ),
    )


def _count(case: Case, count: int) -> Number:
    return Number(Decimal(count), "", "", case.day, to="framework-way")


def _open(case: Case) -> tuple[Message, ...]:
    """Return the number of sums in the texts that nobody has decided on."""
    waiting = undecided(case)
    if not waiting:
        return ()
    values: dict[str, Value] = {"count": Number(Decimal(len(waiting)), to="framework-proposed")}
    return (
        Message(
            "{count} amount in the texts is under review; until then it is not counted.",
            values,
            "{count} amounts in the texts are under review; until then they are not counted.",
            len(waiting),
        ),
    )


def undecided(case: Case) -> list[dict[str, object]]:
    """Return sums that are still to come and part of no other, of clauses without an undertaking."""
    held = table(case, "undertakings")
    decided = set(zip(held["document"], held["clause"], strict=True))
    return [
        row
        for row in _drawn(case, "proposed")
        if row["force"] != "statement of the past" and row["part_of"] is None
        if (row["document"], row["clause"]) not in decided
    ]


def _way(case: Case, names: Names, documents: Sequence[Row]) -> Table:
    """One row for each document: its days, what it still requires, what is not known of its way."""
    ways = _drawn(case, "ways")
    columns = (
        Column(Message("Document")),
        Column(Message("Parties")),
        Column(Message("Signed"), "", "day"),
        Column(Message("In force"), "", "day"),
        Column(Message("Ends"), "", "day"),
        Column(Message("Still missing")),
        Column(Message("Not reported")),
        Column(Message("Obligations"), "", "number"),
    )
    rows = tuple(_way_row(case, names, row, ways) for row in documents)
    return Table("framework-way", Message("Status of framework documents"), columns, rows, NONE)


def _way_row(case: Case, names: Names, row: Row, ways: Sequence[Row]) -> tuple[Value, ...]:
    own = {str(one["event"]): one for one in ways if one["document"] == row["document"]}
    waiting = [what for what in PATH if _is(own, what, REQUIRED) and own[what]["day"] is None]
    unknown = [what for what in PATH[: PATH.index("accession")] if _is(own, what, "unknown")]
    held = (
        table(case, "undertakings")
        .filter(pl.col("document") == str(row["document"]))["undertaking"]
        .to_list()
    )
    behind = tuple(f"undertakings/{one}" for one in held)
    return (
        (str(row["document"]), ", ", str(row["title"] or "")),
        _listed([names.party(one.strip()) for one in str(row["parties"] or "").split(";") if one.strip()]),
        _day(row["day"]),
        _day(row["in_force"]),
        _day(row["ends"]),
        _listed([Message(what) for what in waiting]),
        _listed([Message(what) for what in unknown]),
        Number(Decimal(len(held)), behind=behind) if held else Number(Decimal(0), to="framework-way"),
    )


def _is(own: Mapping[str, Row], what: str, requirement: str) -> bool:
    return what in own and own[what]["requirement"] == requirement


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _listed(values: Sequence[Value]) -> Value:
    return tuple(part for at, one in enumerate(values) for part in ((", ", one) if at else (one,)))


def _side_by_side(case: Case, names: Names, terms: Sequence[Row]) -> Table:
    """Return the statement of each text on each point, with the clause; a dash where it has none."""
    signed = {str(row["document"]): _day(row["signed"]) for row in terms}
    order = sorted(signed, key=lambda name: (signed[name] or date.max, name))
    points = {(row["document"], row["point"]): row for row in terms}
    columns = (
        Column(Message("Document")),
        Column(Message("Signed"), "", "day"),
        *(Column(Message(_HEADS[point])) for point in _POINTS),
    )
    rows = tuple(
        (name, signed[name], *(_said(points.get((name, point))) for point in _POINTS)) for name in order
    )
    title = Message("Terms of the agreements")
    return Table("framework-terms", title, columns, rows, NO_TEXT)


_HEADS = {
    "consultation": "Consultation",
    "review": "Review",
    "extension": "Extension",
    "termination": "Termination",
    "amendment": "Amendment",
}


def _renewals(case: Case, names: Names) -> tuple[Table, ...]:
    """Return documents whose term or sums end, those that have ended first."""
    rows = _drawn(case, "renewals")
    if not rows:
        return ()
    columns = (
        Column(Message("Document")),
        Column(Message("Parties")),
        Column(Message("State")),
        Column(Message("Ended or ends on"), "", "day"),
        Column(Message("Sums run until"), "", "day"),
        Column(Message("Ends"), "", "day"),
        Column(Message("Notice (months)"), "", "number"),
        Column(Message("Extension to be agreed by"), "", "day"),
        Column(Message("Source")),
    )
    cells = tuple(_renewal(names, row) for row in rows)
    title = Message("Agreements whose term or sums end")
    note = Message(
        "The sums have ended if every sum that the document names has a last day and all are past."
    )
    return (Table("framework-renewals", title, columns, cells, NONE, note=note),)


def _renewal(names: Names, row: Row) -> tuple[Value, ...]:
    unstated = Message("not stated")
    behind = tuple(str(one) for one in _parts(row["behind"]))
    notice = row["notice"]
    address = str(row["address"] or "")
    sums = _day(row["sums_until"]) or (unstated if row["sums"] else Message("no sum"))
    return (
        str(row["document"]),
        _parties(names, str(row["parties"] or "").replace(" ", "").replace(";", "; ")),
        Message(str(row["state"])),
        _day(row["due"]) or unstated,
        sums,
        _day(row["ends"]) or unstated,
        Number(Decimal(notice), "", behind=behind) if isinstance(notice, int) else unstated,
        _day(row["extend_by"]) or unstated,
        Link(Message("source"), address) if address else Message("no address stated"),
    )


def _guarantees(case: Case, names: Names) -> tuple[Table, ...]:
    """Return clauses that an event triggers: who acts towards whom, and within what time."""
    rows = _drawn(case, "guarantees_in_force")
    if not rows:
        return ()
    columns = (
        Column(Message("Document and clause")),
        Column(Message("Provides for")),
        Column(Message("Trigger")),
        Column(Message("Who")),
        Column(Message("Towards whom")),
        Column(Message("Within"), "h", "number"),
        Column(Message("State")),
        Column(Message("Ends"), "", "day"),
    )
    cells = tuple(
        (
            f"{row['document']} {row['clause'] or ''}".strip(),
            Message(str(row["kind"])),
            Name(*(str(row[name] or "") for name in ("trigger", "trigger_de", "trigger_uk"))),
            _parties(names, row["who"]),
            _parties(names, row["whom"]),
            _hours(row),
            Message(str(row["state"])),
            _day(row["ends"]),
        )
        for row in rows
    )
    title = Message("Consultation and guarantee clauses with their triggers")
    return (Table("framework-guarantees", title, columns, cells, NONE),)


def _hours(row: Row) -> Value:
    hours = row["hours"]
    behind = (f"guarantees/{row['guarantee']}",)
    return Number(Decimal(hours), "h", behind=behind) if isinstance(hours, int) else Message("not stated")


def _parties(names: Names, value: object) -> Value:
    return _listed([names.party(one) for one in str(value or "").split("; ") if one])


def _signatures(case: Case, names: Names) -> tuple[Table, ...]:
    """Return the signature record of documents of which anything is stated beyond the day."""
    rows = [
        row
        for row in _drawn(case, "signatures")
        if any(row[name] for name in ("signatory", "full_powers", "place", "depositary", "body"))
    ]
    if not rows:
        return ()
    columns = (
        Column(Message("Document")),
        Column(Message("Party")),
        Column(Message("Signatory")),
        Column(Message("Full powers")),
        Column(Message("Place")),
        Column(Message("Signed"), "", "day"),
        Column(Message("Languages")),
        Column(Message("Depositary")),
        Column(Message("Consent")),
        Column(Message("State")),
    )
    cells = tuple(_signature(names, row) for row in rows)
    return (Table("framework-signatures", Message("Signature record"), columns, cells, NONE),)


def _signature(names: Names, row: Row) -> tuple[Value, ...]:
    unknown = Message("not reported")
    person = ", ".join(str(row[name]) for name in ("signatory", "office") if row[name])
    need = Message(str(row["approval"]))
    return (
        str(row["document"]),
        names.party(str(row["party"])),
        person or unknown,
        Message(str(row["full_powers"])) if row["full_powers"] else unknown,
        str(row["place"] or "") or unknown,
        _day(row["day"]),
        str(row["languages"] or "") or unknown,
        str(row["depositary"] or "") or unknown,
        (str(row["body"]), ": ", _day(row["approved"]) or need) if row["body"] else need,
        Message(str(row["state"])),
    )


def _said(row: Row | None) -> Value:
    if row is None:
        return "–"
    clause = str(row["clause"])
    if not isinstance(row["number"], int) or str(row["point"]) not in _UNITS:
        return clause
    return (Message(_UNITS[str(row["point"])].id, {"number": str(row["number"])}), ", ", clause)


def _proposals(case: Case, names: Names) -> Table:
    """The sums that wait for a person, with the words that speak for them in square brackets."""
    columns = (
        Column(Message("Document and clause")),
        Column(Message("Party")),
        Column(Message("Sum"), "", "number"),
        Column(Message("Unit")),
        Column(Message("Years")),
        Column(Message("Status")),
        Column(Message("Subject to")),
        Column(Message("Wording")),
    )
    rows = tuple(
        (
            f"{row['document']} {row['clause']}",
            names.party(str(row["party"] or "")),
            _sum(row),
            str(row["currency"]) if row["currency"] else Message("% of GDP a year"),
            year_span(row["from"], row["until"]),
            Message(str(row["force"])),
            _listed([_SUBJECT[str(one)] for one in _parts(row["reservation"])]),
            marked(row),
        )
        for row in undecided(case)
    )
    title = Message("Amounts in the texts not yet recorded as obligations")
    return Table("framework-proposed", title, columns, rows, DECIDED)


def _parts(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _sum(row: Row) -> Value:
    bound = str(row["bound"] or "")
    currency = str(row["currency"] or "")
    amount = row["amount"]
    share = row["share"]
    value = (
        to_major(amount, currency)
        if isinstance(amount, int)
        else share
        if isinstance(share, Decimal)
        else None
    )
    figure = Number(value, currency, to="framework-proposed")
    return (Message(bound), " ", figure) if bound else figure


def marked(row: Row) -> str:
    """A sentence with what speaks for its force, its reservation and its sum in square brackets."""
    text = str(row["sentence"])
    for mark in reversed(_parts(row["marks"])):
        if isinstance(mark, Mapping):
            start = int(mark["start"])
            end = int(mark["end"])
            text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


FRAMEWORK_REPORT = Report("framework", section)
