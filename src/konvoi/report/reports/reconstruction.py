"""Reconstruction: what is unknown first, then the money of projects, what is pressing, what is twice."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from konvoi.fund.projects import share
from konvoi.fund.twice import SAME
from konvoi.kit.money import to_major
from konvoi.model.tables.projects import ANSWERS, CANCELLED, COMMITTED, MET, MONEY_STAGES, NOT_MET, UNKNOWN
from konvoi.report.case import Case
from konvoi.report.funding.project_tables import (
    answers_table,
    damages_table,
    needs_table,
    number,
    principles_table,
    priorities_table,
    projects_table,
    twice_table,
)
from konvoi.report.ledger.basis import listed
from konvoi.report.page import Bar, Bars, Message, Number, Section, Share, Value
from konvoi.report.report import Report

Row = Mapping[str, object]

_LONGEST = 28
NO_PROJECT = Message("No projects submitted. Fill the table “projects” or submit OC4IDS data.")
NOT_ASKED = Message("No principles submitted. Fill the table “principles”.")


def section(case: Case) -> Section | None:
    """The projects of a case; no part of a brief where nobody handed in any."""
    if "project_standing" not in case.tables:
        return None
    rows, answers, pairs = (
        case.tables[name].rows(named=True)
        for name in ("project_standing", "project_answers", "project_twice")
    )
    answer = (
        *_unknown(case, answers),
        *_money(case, rows, pairs),
        *_pressing(rows),
        *_twice(case, pairs),
        *_places(case, rows),
    )
    tables = (
        projects_table(case, rows),
        priorities_table(rows),
        principles_table(answers),
        answers_table(case, answers),
        twice_table(pairs),
        damages_table(rows),
        needs_table(case, rows),
    )
    charts = (*_principles(case, answers), *_bars(case, rows))
    return Section("reconstruction", Message("Reconstruction"), answer, charts, tables)


def _count(case: Case, count: int, to: str, unit: str = "") -> Number:
    return Number(Decimal(count), unit, "", case.day, to=to)


def _unknown(case: Case, answers: Sequence[Row]) -> Iterator[Message]:
    """The share of answers that nobody knows: the first sentence, whatever else there is."""
    if not answers:
        yield NOT_ASKED
        return
    counts = {one: sum(row["verdict"] == one for row in answers) for one in ANSWERS}
    values: dict[str, Value] = {
        "share": Share(share(counts[UNKNOWN], len(answers))),
        "count": _count(case, len(answers), "answers-table"),
        "met": _count(case, counts[MET], "answers-table"),
        "not_met": _count(case, counts[NOT_MET], "answers-table"),
    }
    yield Message(
        "{count} answer on principles; met: {met}; not met: {not_met}; not reported: {share}. “Not "
        "reported” does not count as met.",
        values,
        "{count} answers on principles; met: {met}; not met: {not_met}; not reported: {share}. “Not "
        "reported” does not count as met.",
        len(answers),
    )


def _money(case: Case, rows: Sequence[Row], pairs: Sequence[Row]) -> Iterator[Message]:
    if not rows:
        yield NO_PROJECT
        return
    sums: dict[str, Value] = {one: _total(case, rows, one, pairs) for one in (*MONEY_STAGES, "left")}
    values: dict[str, Value] = {"count": _count(case, len(rows), "projects-table"), **sums}
    yield Message(
        "{count} project. Committed: {committed}; contracted: {contracted}; paid: {paid}; remaining: {left}.",
        values,
        "{count} projects. Committed: {committed}; contracted: {contracted}; paid: {paid}; remaining: "
        "{left}.",
        len(rows),
    )


def _total(case: Case, rows: Sequence[Row], name: str, pairs: Sequence[Row]) -> Value:
    """The sum of what is known, by currency; the lowest counts once what may be funded twice."""
    sums: dict[str, int] = {}
    for row in rows:
        if isinstance(minor := row[name], int) and row["stage"] != CANCELLED:
            sums[str(row["currency"])] = sums.get(str(row["currency"]), 0) + minor
    found = [
        _sum(case, minor, currency, pairs if name == COMMITTED else ())
        for currency, minor in sorted(sums.items())
    ]
    return listed(found, " + ") if found else Message("not known")


def _sum(case: Case, minor: int, currency: str, pairs: Sequence[Row]) -> Number:
    """A sum with its bounds where pairs may be one project; what a person found the same is counted once."""
    found = Number(to_major(minor, currency), currency, "", case.day, to="projects-table")
    twice = dict.fromkeys((False, True), 0)
    for pair in pairs:
        if pair["currency"] == currency:
            twice[pair["verdict"] == SAME] += int(str(pair["amount"]))
    counted = max(0, minor - twice[True])
    if not any(twice.values()):
        return found
    whole = to_major(counted, currency)
    least = to_major(max(0, counted - twice[False]), currency)
    return replace(found, value=whole, lowest=least, highest=whole)


def _pressing(rows: Sequence[Row]) -> Iterator[Message]:
    """The project with the highest priority, and what it is made of."""
    first = next((row for row in rows if row["priority"] is not None), None)
    if first is None:
        return
    values: dict[str, Value] = {
        "project": str(first["project"]),
        "title": str(first["title"]),
        **{name: _share(first[name]) for name in ("priority", "highest", "need", "readiness", "money")},
    }
    yield Message(
        "Highest priority: {project}, {title}: {priority} to {highest} (need {need}, readiness "
        "{readiness}, remaining funds {money}).",
        values,
    )


def _share(value: object) -> Value:
    return Share(value) if isinstance(value, Decimal) else Message("not known")


def _twice(case: Case, pairs: Sequence[Row]) -> Iterator[Message]:
    if not pairs:
        return
    sums: dict[str, int] = {}
    for row in pairs:
        if isinstance(row["amount"], int):
            sums[str(row["currency"])] = sums.get(str(row["currency"]), 0) + row["amount"]
    amounts = [
        Number(to_major(minor, currency), currency, "", case.day, to="twice-table")
        for currency, minor in sorted(sums.items())
    ]
    values: dict[str, Value] = {
        "count": _count(case, len(pairs), "twice-table"),
        "amount": listed(amounts, " + ") if amounts else Message("not known"),
    }
    yield Message(
        "{count} pair of projects may fund the same place or building; possible double funding: {amount}.",
        values,
        "{count} pairs of projects may fund the same place or building; possible double funding: {amount}.",
        len(pairs),
    )


def _places(case: Case, rows: Sequence[Row]) -> Iterator[Message]:
    """Yield projects without a community, and projects whose damage nobody assessed."""
    homeless = sum(not row["communities"] for row in rows)
    if homeless:
        yield Message(
            "{count} project without a community: need not reported.",
            {"count": _count(case, homeless, "projects-table")},
            "{count} projects without a community: need not reported.",
            homeless,
        )
    bare = sum(row["damage_day"] is None for row in rows)
    if bare:
        values: dict[str, Value] = {"count": _count(case, bare, "projects-table"), "of": len(rows)}
        yield Message("Projects without a damage assessment: {count} of {of}.", values)


def _principles(case: Case, answers: Sequence[Row]) -> Iterator[Bars]:
    """Return, for each principle, the projects it is asked of: met, answered, and as a hatch the unknown
    ones.
    """
    by: dict[str, list[Row]] = {}
    for row in answers:
        by.setdefault(str(row["principle"]), []).append(row)
    bars = []
    for name, rows in by.items():
        counts = {one: sum(row["verdict"] == one for row in rows) for one in ANSWERS}
        met = counts[MET]
        known = counts[MET] + counts[NOT_MET]
        figures = {one: _count(case, counts[one], "answers-table") for one in ANSWERS}
        told = Message(
            "met {met}, not met {not_met}, not reported {unknown}",
            {"met": figures[MET], "not_met": figures[NOT_MET], "unknown": figures[UNKNOWN]},
        )
        levels = (
            (replace(_count(case, known, "answers-table"), stage="answered"), 1),
            (replace(_count(case, met, "answers-table"), stage="is met"), 5),
        )
        hatch = replace(_count(case, len(rows), "answers-table"), stage="unknown")
        bars.append(Bar(Message(name), levels, told=told, hatch=hatch))
    if bars:
        title = Message("Principles: number of projects by answer")
        source = Message("Source: principles, attestations and OC4IDS, as of {day}.", {"day": case.day})
        yield Bars("reconstruction-principles", title, "", tuple(bars), source)


def _bars(case: Case, rows: Sequence[Row]) -> Iterator[Bars]:
    """Paid and contracted of what was committed, for each currency."""
    for currency in sorted({str(row["currency"]) for row in rows if row["currency"]}):
        bars = tuple(
            Bar(
                f"{row['project']}, {_short(str(row['title']))}",
                (
                    (replace(number(row, "contracted"), stage="contracted"), 3),
                    (replace(number(row, "paid"), stage="paid"), 5),
                ),
                number(row, "committed"),
            )
            for row in rows
            if row["currency"] == currency and row["committed"] is not None and row["stage"] != CANCELLED
        )
        if bars:
            title = Message("Committed, contracted and paid, {currency}", {"currency": currency})
            source = Message("Source: projects, financing and OC4IDS, as of {day}.", {"day": case.day})
            yield Bars(f"reconstruction-{currency.lower()}", title, currency, bars, source)


def _short(title: str) -> str:
    """A title as it has room beside a bar on the narrowest screen."""
    return title if len(title) <= _LONGEST else f"{title[:_LONGEST].rstrip()}…"


RECONSTRUCTION_REPORT = Report("reconstruction", section)
