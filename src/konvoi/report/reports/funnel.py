"""The progress of pledges: from pledge to the end of its route, by partner, kind and good, with the gap that
is left.
"""

from collections.abc import Callable
from decimal import Decimal

from konvoi.ledger.units import FULFILLED, onwards
from konvoi.report.case import Case
from konvoi.report.ledger.basis import basis, listed, mixed_goods, mixing
from konvoi.report.ledger.by_good import by_good
from konvoi.report.ledger.figures import (
    FUNNEL,
    NOT_REPORTED,
    ORDER,
    Figure,
    Step,
    gap,
    is_reported,
    keys,
    part,
    reported,
    shade,
    share,
    stage_name,
    steps,
    told,
    whole,
)
from konvoi.report.ledger.support import ranked
from konvoi.report.ledger.uncounted import uncounted
from konvoi.report.names import Names
from konvoi.report.page import Bar, Bars, Column, Message, Number, Section, Table, Value
from konvoi.report.report import Report

MOST_BARS = 24
EMPTY = Message("No amounts submitted. Add submissions with konvoi add, then run konvoi run.")


def section(case: Case) -> Section:
    """The funnel of amounts and of quantities."""
    every = steps(case, FUNNEL)
    amounts = _told(every)
    valued = _valued(amounts)
    drawn = {step.stage for step in valued}
    kinds = tuple(step for step in steps(case, FUNNEL, "/kind") if step.stage in drawn)
    names = Names(case)
    tables = (
        _table(
            "by-partner",
            Message("Pledges and deliveries by partner"),
            valued,
            _rows(case, valued, names.party),
            case,
        ),
        _table("by-kind", Message("By kind of support"), kinds, _rows(case, kinds, names.kind), case),
        by_good(case, names),
        basis(case),
        mixed_goods(case, names),
    )
    return Section(
        "funnel",
        Message("Support pipeline: pledged to delivered"),
        (
            *_answer(case, amounts),
            *_not_counted(case),
            *_valueless(amounts),
            *_silent(every, amounts),
            *mixing(case, every),
        ),
        _charts(case, amounts, names),
        tuple(table for table in tables if table.rows or table.id == "by-partner"),
    )


def _not_counted(case: Case) -> tuple[Message, ...]:
    """Return the parts of the submissions that are in no figure: unreadable documents, rows with errors,
    sheets not read.
    """
    found = uncounted(case)
    named = []
    if found.documents:
        one = "{count} document that cannot be read"
        many = "{count} documents that cannot be read"
        named.append(Message(one, {"count": len(found.documents)}, many, len(found.documents)))
    if found.rows:
        one = "{count} row with an error"
        many = "{count} rows with errors"
        named.append(Message(one, {"count": found.rows}, many, found.rows))
    if found.sheets:
        one = "{count} unread sheet"
        many = "{count} unread sheets"
        named.append(Message(one, {"count": found.sheets}, many, found.sheets))
    return (Message("Not in these figures: {what}.", {"what": listed(named, ", ")}),) if named else ()


def _told(every: tuple[Step, ...]) -> tuple[Step, ...]:
    """The stages that anybody reports and, where there are any, the end of all routes."""
    found = reported(every)
    return tuple(step for step in every if step in found or step.stage == FULFILLED) if found else ()


def _valued(amounts: tuple[Step, ...]) -> tuple[Step, ...]:
    """The stages that tables of amounts have a column for: not those of which no value at all is known."""
    return tuple(
        step
        for step in amounts
        if step.total.value is not None or step.total.refused or step.stage in (amounts[0].stage, FULFILLED)
    )


def _answer(case: Case, amounts: tuple[Step, ...]) -> tuple[Message, ...]:
    refused = tuple(_refusal(step) for step in amounts if step.total.refused)
    known = [step for step in amounts if step.total.value is not None and is_reported(step)]
    if not known:
        return refused or (EMPTY,)
    return (
        *_word(case, known[0], _end(amounts)),
        *_bounds(case, known[0]),
        *_unknown(case, known[0]),
        *refused,
    )


def _end(amounts: tuple[Step, ...]) -> Step | None:
    return next((step for step in amounts if step.stage == FULFILLED), None)


def _word(case: Case, word: Step, end: Step | None) -> tuple[Message, ...]:
    """Return the amount pledged, the part fulfilled, and the gap; unknown where nobody reports an end."""
    first = whole(case, word)
    last = told(case, end) if end else NOT_REPORTED
    values: dict[str, Value] = {"given": first, "word": Message(word.stage)}
    if end is None or not isinstance(last, Number):
        text = (
            "{given} {word}. No delivery or disbursement is reported; the outstanding amount cannot be "
            "computed."
        )
        return (Message(text, values),)
    if last.value is None:
        text = (
            "{given} {word}. Reported deliveries have no stated value; the outstanding amount cannot be "
            "computed."
        )
        return (Message(text, values), *_ends(case))
    values |= {"arrived": last, "share": share(last, first), "gap": gap(first, last)}
    quiet = _quiet(case, word, end)
    text = "{given} {word}, {arrived} ({share}) delivered or disbursed. Outstanding: {gap}."
    if quiet or end.total.unknown or word.total.unknown:
        text = (
            "{given} {word}, {arrived} ({share}) delivered or disbursed. Outstanding (items with a known "
            "value and status): {gap}."
        )
    return (Message(text, values), *_ends(case), *quiet)


def _ends(case: Case) -> tuple[Message, ...]:
    """Return the amounts fulfilled, by the end of each route."""
    ends = [step for step in steps(case, FUNNEL) if step.stage in onwards(FULFILLED)]
    parts = [
        Message("{stage}: {figure}", {"stage": stage_name(step.stage), "figure": told(case, step)})
        for step in ends
    ]
    return (
        (Message("Last stage of each delivery channel: {ends}.", {"ends": listed(parts, "; ")}),)
        if parts
        else ()
    )


def _quiet(case: Case, word: Step, end: Step) -> tuple[Message, ...]:
    """The part of the gap of which nobody says whether it is one: partners without a report of an end."""
    found = [part(case, word, key) for key in keys([word]) if part(case, end, key) is NOT_REPORTED]
    numbers = [number for number in found if isinstance(number, Number) and number.value]
    if not numbers:
        return ()
    amount = sum((number.value or Decimal(0) for number in numbers), Decimal(0))
    behind = tuple(sorted({entry for number in numbers for entry in number.behind}))
    values: dict[str, Value] = {
        "amount": Number(amount, word.total.unit, word.stage, case.day, behind),
        "count": len(numbers),
    }
    return (
        Message(
            "{count} partner ({amount} pledged) has not reported any delivery or disbursement.",
            values,
            "{count} partners ({amount} pledged) have not reported any delivery or disbursement.",
            len(numbers),
        ),
    )


def _valueless(amounts: tuple[Step, ...]) -> tuple[Message, ...]:
    """The stages that entries report without any value: the tables of amounts have no column for them."""
    stages = [stage_name(step.stage) for step in amounts if step not in _valued(amounts)]
    if not stages:
        return ()
    text = "Reported without a value, therefore not in the tables of amounts: {stages}."
    return (Message(text, {"stages": listed(stages, ", ")}),)


def _silent(every: tuple[Step, ...], found: tuple[Step, ...]) -> tuple[Message, ...]:
    """The stages of which nobody reports anything: that is not nothing."""
    stages = [stage_name(step.stage) for step in every if not is_reported(step) and step.stage != FULFILLED]
    if not stages or not found:
        return ()
    return (Message("Stages not reported: {stages}.", {"stages": listed(stages, ", ")}),)


def _bounds(case: Case, step: Step) -> tuple[Message, ...]:
    number = whole(case, step)
    if number.lowest == number.highest or number.lowest is None or number.highest is None:
        return ()
    values: dict[str, Value] = {
        "stage": Message(step.stage),
        "lowest": Number(number.lowest, number.unit, step.stage, case.day, number.behind),
        "highest": Number(number.highest, number.unit, step.stage, case.day, number.behind),
    }
    text = (
        "Duplicate candidates are under review; resolving them sets the total ({stage}) between "
        "{lowest} and {highest}."
    )
    return (Message(text, values),)


def _unknown(case: Case, step: Step) -> tuple[Message, ...]:
    if not step.total.unknown:
        return ()
    count = Number(Decimal(step.total.unknown), "", step.stage, case.day, to="entries")
    return (
        Message(
            "{count} entry has no stated value and is not included in the totals.",
            {"count": count},
            "{count} entries have no stated value and are not included in the totals.",
            step.total.unknown,
        ),
    )


def _refusal(step: Step) -> Message:
    refusal = step.total.refused
    if refusal is None or not refusal.pairs:
        reason = refusal.reason if refusal else ""
        values = dict(refusal.values) if refusal else {}
        return Message("{stage}: {reason}", {"stage": Message(step.stage), "reason": Message(reason, values)})
    ids = sorted({entry for pair in refusal.pairs for entry in pair})
    excess = Number(refusal.excess, step.total.unit, step.stage, behind=tuple(ids))
    return Message(
        "Not added: this {count} amount would count {excess} twice.",
        {"count": len(ids), "excess": excess},
        "Not added: these {count} amounts would count {excess} twice.",
        len(ids),
    )


def _charts(case: Case, amounts: tuple[Step, ...], names: Names) -> tuple[Bars, ...]:
    known = [step for step in amounts if step.total.value is not None and is_reported(step)]
    if not known:
        return ()
    first = whole(case, known[0])
    stages = tuple(_stage(case, step, first) for step in reported(amounts) if not step.total.refused)
    parties = keys(known)
    source = Message("Source: submissions, as of {day}.", {"day": case.day})
    drawn = _drawn(known)
    valued = [party for party in parties if any(found.key == party for found in known[0].total.by)]
    partners = tuple(_partner(case, known[0], drawn, party, names) for party in valued[:MOST_BARS])
    by_stage = Bars("funnel-stages", Message("Support by stage of the pipeline"), first.unit, stages, source)
    if not ranked(case):
        return (by_stage,)
    return (
        by_stage,
        Bars(
            "funnel-partners",
            Message("Pledged and delivered by partner (outline: delivery not reported)"),
            first.unit,
            partners,
            _caption(case, known, drawn=len(partners), parties=len(parties)),
        ),
    )


def _stage(case: Case, step: Step, first: Number) -> Bar:
    """One stage against the word; where none of its values is known, only that."""
    number = whole(case, step)
    outline = first if number.value is not None else None
    told = Message("no value stated") if number.value is None else None
    levels = ((number, shade(step.stage)),)
    return Bar(stage_name(step.stage), levels, outline, _uncounted(case, step), told)


def _caption(case: Case, known: list[Step], *, drawn: int, parties: int) -> Message:
    """Return the meaning of the shades, and the number of partners where not all are drawn."""
    values: dict[str, Value] = {
        "stages": listed([Message(step.stage) for step in _drawn(known)], ", "),
        "word": Message(known[0].stage),
        "day": case.day,
        "drawn": drawn,
        "all": parties,
    }
    if drawn < parties:
        return Message(
            "From light to dark: {stages}. Outline: {word}. {drawn} of {all} partners shown, largest "
            "pledges first; the table lists all. Source: submissions, as of {day}.",
            values,
        )
    text = "From light to dark: {stages}. Outline: {word}. Source: submissions, as of {day}."
    return Message(text, values)


def _drawn(known: list[Step]) -> list[Step]:
    """The stages that a partner's bar shows: those that every route passes, and the end."""
    return [step for step in known[1:] if step.stage in _EVERY_ROUTE] or known[:1]


# Stages of one route alone would lie over those of another as if they were a part of them.
_EVERY_ROUTE = {*ORDER[1:3], FULFILLED}


def _uncounted(case: Case, step: Step) -> Number | None:
    count = step.total.unknown
    return Number(Decimal(count), "", step.stage, case.day, to="entries") if count else None


def _partner(case: Case, word: Step, drawn: list[Step], party: str, names: Names) -> Bar:
    levels = [(part(case, step, party), shade(step.stage)) for step in drawn]
    numbers = tuple((number, dark) for number, dark in levels if isinstance(number, Number))
    outline = part(case, word, party)
    end = levels[-1][0]
    return Bar(names.party(party), numbers, outline if isinstance(outline, Number) else None, told=end)


def _rows(case: Case, found: tuple[Step, ...], named: Callable[[str], Value]) -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = []
    every = keys(found)
    for key in every if ranked(case) else sorted(every):
        numbers = [part(case, step, key) for step in found]
        rows.append((named(key), *numbers, *_ending(numbers)))
    return rows


def _ending(numbers: list[Figure]) -> tuple[Value, Value]:
    """Return the gap between pledge and end, and the share of the pledge that is fulfilled."""
    return gap(numbers[0], numbers[-1]), share(numbers[-1], numbers[0])


def _table(
    id: str, title: Message, found: tuple[Step, ...], rows: list[tuple[Value, ...]], case: Case
) -> Table:
    unit = found[0].total.unit if found else ""
    head = Message("Partner") if id == "by-partner" else Message("Kind")
    columns = (Column(head), *(Column(stage_name(step.stage), unit, "number") for step in found))
    sums: tuple[Value, ...] = ()
    if found and rows:
        numbers = [told(case, step) for step in found]
        sums = (Message("All"), *numbers, *_ending(numbers))
    ends = (Column(Message("gap"), unit, "number"), Column(Message("share"), "%", "number"))
    return Table(
        id, title, (*columns, *ends), tuple(rows), EMPTY, sums, note=_NOTE if id == "by-partner" else None
    )


_NOTE = Message(
    "Gap = pledged minus delivered or disbursed. “Not reported” is not zero; the total treats it as "
    "outstanding."
)


FUNNEL_REPORT = Report("funnel", section)
