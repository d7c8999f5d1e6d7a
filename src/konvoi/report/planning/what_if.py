"""Changes by scenarios to the plan in force, on one page, for the coordination cell."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from konvoi.plan.plan import Plan
from konvoi.report.case import Case
from konvoi.report.page import Bar, Bars, Column, Link, Message, Number, Page, Record, Section, Table, Value
from konvoi.report.planning.scenario_result import Tried, part_of, section, worth
from konvoi.report.records import records
from konvoi.report.writers.html import write

FILE = "what-if"


def pages(
    case: Case, before: Plan, tried: Sequence[Tried], *, languages: Sequence[str], stale: bool = False
) -> dict[str, bytes]:
    """Return what-if.LANG.html by name, each with all scenarios.

    case: what was handed in, with the tables of the problem. before: the plan in force; stale: it was made
    for other tables than those of the case. Equal cases give equal bytes.
    """
    page = page_of(case, before, tried, languages=languages, stale=stale)
    return {name: content for one in languages for name, content in write(page, one).items()}


def page_of(
    case: Case, before: Plan, tried: Sequence[Tried], *, languages: Sequence[str], stale: bool = False
) -> Page:
    """Return the page with all scenarios; see `pages`."""
    ids = [f"s{number}" for number in range(1, len(tried) + 1)]
    parts = [section(case, before, one, id) for one, id in zip(tried, ids, strict=True)]
    return Page(
        title=case.title,
        day=case.day,
        audience="",
        marking=Message("for the coordination cell only"),
        exercise=case.exercise,
        sections=(*_together(before, tried, parts, stale=stale), *parts),
        records=_records(case, tried),
        languages=tuple(languages),
        head=Message("What if, as of {day}"),
        file=FILE,
    )


def _together(
    before: Plan, tried: Sequence[Tried], parts: Sequence[Section], *, stale: bool
) -> tuple[Section, ...]:
    """Return the introduction of the page, where there is more to say than the one scenario says itself."""
    told = (
        Message(
            "The tables have changed since the plan in force was made, which explains part of "
            "each difference. Plan again first, then repeat the comparison."
        ),
    )
    answer = told if stale else ()
    if len(tried) < 2:
        return (Section("before", Message("Before you read"), answer),) if answer else ()
    worst = min(range(len(tried)), key=lambda at: tried[at].independent.difference.value)
    words: dict[str, Value] = {
        "count": Number(Decimal(len(tried)), to="scenarios-table"),
        "worth": worth(before.value, "scenarios-table"),
        "worst": Link(tried[worst].scenario.name, f"#{parts[worst].id}"),
        "share": part_of(tried[worst].independent.difference.value, before.value),
    }
    if tried[worst].independent.difference.value < 0:
        lead = Message(
            "Of {count} scenarios, “{worst}” costs most: {share} % of the plan in force, which is worth "
            "{worth}.",
            words,
        )
    else:
        lead = Message("None of {count} scenarios costs anything of the plan's value, {worth}.", words)
    charts = (_bars(before, tried),)
    tables = (_table(before, tried, parts),)
    return (Section("scenarios", Message("Comparison of scenarios"), (lead, *answer), charts, tables),)


def _bars(before: Plan, tried: Sequence[Tried]) -> Bars:
    """The value of each scenario's plan beside that of the plan in force."""
    whole = worth(before.value, "scenarios-table")
    bars = tuple(
        Bar(one.scenario.name, ((worth(one.independent.plan.value, "scenarios-table"), 3),), whole)
        for one in tried
    )
    source = Message("Outline: the plan in force. Filled: the independent plan of each scenario.")
    return Bars("scenarios-bars", Message("Value of the plan"), "", bars, source)


def _table(before: Plan, tried: Sequence[Tried], parts: Sequence[Section]) -> Table:
    columns = (
        Column(Message("Scenario")),
        Column(Message("Value, close"), "", "number"),
        Column(Message("Difference, close"), "", "number"),
        Column(Message("Value, independent"), "", "number"),
        Column(Message("Difference, independent"), "", "number"),
        Column(Message("Staying close costs"), "", "number"),
        Column(Message("At most possible"), "", "number"),
        Column(Message("Needs that lose"), "", "number"),
        Column(Message("Needs that gain"), "", "number"),
        Column(Message("Consignments kept, close"), "", "number"),
        Column(Message("Consignments kept, independent"), "", "number"),
        Column(Message("First day to act"), "", "day"),
    )
    rows: list[tuple[Value, ...]] = []
    for one, part in zip(tried, parts, strict=True):
        close = one.close
        independent = one.independent
        counts = independent.difference.counts()
        values = (
            close.plan.value,
            close.difference.value,
            independent.plan.value,
            independent.difference.value,
            one.cost_of_staying_close,
            independent.plan.bound,
        )
        acts = [row for found in (close, independent) for row in found.difference.moves["act"].to_list()]
        rows.append(
            (
                Link(one.scenario.name, f"#{part.id}"),
                *(worth(value, f"{part.id}-needs") for value in values),
                counts["lost"],
                counts["gained"],
                close.difference.kept,
                independent.difference.kept,
                min(acts, default=None),
            )
        )
    empty = Message("There is no scenario.")
    return Table("scenarios-table", Message("All scenarios"), columns, tuple(rows), empty)


def _records(case: Case, tried: Sequence[Tried]) -> tuple[Record, ...]:
    """The rows that the page's figures rest on: needs, offers and budgets of what changes."""
    kinds = (("need", "needs"), ("offer", "offers"), ("budget", "budgets"))
    ids = {
        f"{name}/{id}"
        for one in tried
        for found in one.outcomes().values()
        for rows in (found.difference.needs, found.difference.moves)
        for key, name in kinds
        if key in rows.columns
        for id in rows[key].drop_nulls()
    }
    found = {record.id: record for record in records(case) if record.id in ids}
    for one in tried:
        if one.scenario.added:
            own = replace(case, tables={**case.tables, **one.tables})
            found |= {r.id: r for r in records(own) if r.id in ids and r.id not in found}
    return tuple(found.values())
