"""What became of every word given: from pledge to receipt, by partner and by kind, with the gap that is
left."""

from collections.abc import Callable
from decimal import Decimal

from konvoi.model.stages import RANK, Stage
from konvoi.report.case import Case
from konvoi.report.figures import FUNNEL, QUANTITY, Step, gap, keys, part, reported, share, steps, whole
from konvoi.report.names import Names
from konvoi.report.page import Bar, Bars, Column, Message, Number, Section, Table, Value
from konvoi.report.report import Report

MOST_BARS = 24
EMPTY = Message("No amounts were read. Add submissions with konvoi add, then run konvoi run.")


def section(case: Case) -> Section:
    """The funnel of amounts and of quantities."""
    every = steps(case, FUNNEL)
    amounts = reported(every)
    kinds = tuple(step for step in steps(case, FUNNEL, "/kind") if step.stage in {s.stage for s in amounts})
    names = Names(case)
    tables = (
        _table("by-partner", Message("By partner"), amounts, _rows(case, amounts, names.party), case),
        _table("by-kind", Message("By kind of support"), kinds, _rows(case, kinds, names.kind), case),
        _goods(case, names),
        _basis(every),
    )
    return Section(
        "funnel",
        Message("From the word to the receipt"),
        (*_answer(case, amounts), *_silent(every, amounts)),
        _charts(case, amounts, names),
        tuple(table for table in tables if table.rows or table.id == "by-partner"),
    )


def _answer(case: Case, amounts: tuple[Step, ...]) -> tuple[Message, ...]:
    refused = tuple(_refusal(step) for step in amounts if step.total.refused)
    known = [step for step in amounts if step.total.value is not None]
    if not known:
        return refused or (EMPTY,)
    first, last = whole(case, known[0]), whole(case, known[-1])
    values: dict[str, Value] = {
        "given": first,
        "word": Message(known[0].stage),
        "arrived": last,
        "receipt": Message(known[-1].stage),
        "share": share(last, first),
        "gap": gap(first, last),
    }
    answer = Message(
        "Of {given} ({word}), {arrived} ({share}) is reported as {receipt}. The gap is {gap}.", values
    )
    return (answer, *_bounds(case, known[0]), *_unknown(case, known[0]), *refused)


def _silent(every: tuple[Step, ...], found: tuple[Step, ...]) -> tuple[Message, ...]:
    """The stages of which nobody reports anything: that is not nothing."""
    stages = [Message(step.stage) for step in every if step not in found]
    if not stages or not found:
        return ()
    return (Message("No entry reports any of these stages: {stages}.", {"stages": _listed(stages, ", ")}),)


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
        "Until the suspected duplicates are judged, the total ({stage}) lies between {lowest} and {highest}."
    )
    return (Message(text, values),)


def _unknown(case: Case, step: Step) -> tuple[Message, ...]:
    if not step.total.unknown:
        return ()
    count = Number(Decimal(step.total.unknown), "", step.stage, case.day, to="entries")
    return (
        Message(
            "{count} entry has no value and is in no sum.",
            {"count": count},
            "{count} entries have no value and are in no sum.",
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
    known = [step for step in amounts if step.total.value is not None]
    if not known:
        return ()
    first = whole(case, known[0])
    stages = tuple(
        Bar(Message(step.stage), ((whole(case, step), shade(step.stage)),), first, _uncounted(case, step))
        for step in known
    )
    parties = keys(known)
    source = Message("Source: entries of the submissions, as of {day}.", {"day": case.day})
    partners = tuple(_partner(case, known, party, names) for party in parties[:MOST_BARS])
    return (
        Bars("funnel-stages", Message("How far the support has come"), first.unit, stages, source),
        Bars(
            "funnel-partners",
            Message("Word and receipt by partner; the outline is the gap"),
            first.unit,
            partners,
            _caption(case, known, len(parties)),
        ),
    )


def _caption(case: Case, known: list[Step], parties: int) -> Message:
    """What the shades mean, and how many partners there are where not all are drawn."""
    values: dict[str, Value] = {
        "stages": _listed([Message(step.stage) for step in _drawn(known)], ", "),
        "word": Message(known[0].stage),
        "day": case.day,
        "drawn": min(parties, MOST_BARS),
        "all": parties,
    }
    if parties > MOST_BARS:
        return Message(
            "From light to dark: {stages}. Outline: {word}. {drawn} of {all} partners are drawn, the "
            "largest words "
            "first; the table has all. Source: entries of the submissions, as of {day}.",
            values,
        )
    text = "From light to dark: {stages}. Outline: {word}. Source: entries of the submissions, as of {day}."
    return Message(text, values)


def _drawn(known: list[Step]) -> list[Step]:
    """The stages that a partner's bar shows: the last one, and those on the way that most lines pass."""
    if len(known) == 1:
        return known
    return [*(step for step in known[1:-1] if step.stage in _ON_THE_WAY), known[-1]]


_ON_THE_WAY = {Stage.COMMITTED, Stage.ALLOCATED, Stage.DISPATCHED}


def _uncounted(case: Case, step: Step) -> Number | None:
    count = step.total.unknown
    return Number(Decimal(count), "", step.stage, case.day, to="entries") if count else None


def _partner(case: Case, known: list[Step], party: str, names: Names) -> Bar:
    levels = tuple((part(case, step, party), shade(step.stage)) for step in _drawn(known))
    return Bar(names.party(party), levels, part(case, known[0], party))


def shade(stage: str) -> int:
    """How dark a stage is drawn: 0 for the word, 5 for the receipt.

    >>> [shade(stage) for stage in ("pledged", "committed", "dispatched", "received")]
    [0, 1, 3, 5]
    """
    return (0, 1, 2, 2, 2, 3, 3, 4, 4, 5)[RANK[Stage(stage)]]


def _rows(case: Case, found: tuple[Step, ...], named: Callable[[str], Value]) -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = []
    for key in keys(found):
        numbers = [part(case, step, key) for step in found]
        rows.append((named(key), *numbers, gap(numbers[0], numbers[-1]), share(numbers[-1], numbers[0])))
    return rows


def _table(
    id: str, title: Message, found: tuple[Step, ...], rows: list[tuple[Value, ...]], case: Case
) -> Table:
    unit = found[0].total.unit if found else ""
    head = Message("Partner") if id == "by-partner" else Message("Kind")
    columns = (Column(head), *(Column(Message(step.stage), unit, "number") for step in found))
    sums = [whole(case, step) for step in found]
    total: tuple[Value, ...] = ()
    if sums and rows:
        total = (Message("All"), *sums, gap(sums[0], sums[-1]), share(sums[-1], sums[0]))
    ends = (Column(Message("gap"), unit, "number"), Column(Message("share"), "%", "number"))
    return Table(id, title, (*columns, *ends), tuple(rows), EMPTY, total)


def _goods(case: Case, names: Names) -> Table:
    """Quantities of each good by stage: the stages that any of the goods has."""
    goods = sorted(
        {name.removeprefix(QUANTITY).rpartition("/")[0] for name in case.totals if name.startswith(QUANTITY)}
    )
    by_good = {good: found for good in goods if (found := reported(steps(case, f"{QUANTITY}{good}/")))}
    stages = list(dict.fromkeys(step.stage for found in by_good.values() for step in found))
    stages.sort(key=lambda stage: (RANK[Stage(stage)], stage))
    rows: list[tuple[Value, ...]] = []
    for good, found in by_good.items():
        numbers = {step.stage: whole(case, step) for step in found}
        missing = gap(whole(case, found[0]), whole(case, found[-1]))
        rows.append(
            (names.good(good), Message(found[0].total.unit), *(numbers.get(s) for s in stages), missing)
        )
    columns = (
        Column(Message("Good")),
        Column(Message("Unit")),
        *(Column(Message(stage), "", "number") for stage in stages),
        Column(Message("gap"), "", "number"),
    )
    return Table("by-good", Message("By good"), columns, tuple(rows), EMPTY)


def _basis(amounts: tuple[Step, ...]) -> Table:
    """What each total rests on, and what was left out of it."""
    rows = tuple(_basis_row(step) for step in amounts)
    columns = (
        Column(Message("Stage")),
        Column(Message("Rule of delivery")),
        Column(Message("Boundary")),
        Column(Message("Rates")),
        Column(Message("Entries that count"), "", "number"),
        Column(Message("Left out, and why")),
    )
    return Table("basis", Message("What the totals rest on"), columns, rows, EMPTY)


def _basis_row(step: Step) -> tuple[Value, ...]:
    total = step.total
    used = Number(
        Decimal(total.used), "", step.stage, behind=total.entries, to="" if total.entries else "entries"
    )
    return (
        Message("at least {stage}", {"stage": Message(step.stage)})
        if not total.exact
        else Message(step.stage),
        Message(total.rule) if total.rule else Message("none asked"),
        total.boundary,
        "; ".join(total.rates),
        used,
        _listed(
            [Message("{reason}: {count}", {"reason": Message(why), "count": n}) for why, n in total.unused],
            "; ",
        ),
    )


def _listed(messages: list[Message], separator: str) -> Value:
    between: list[Value] = []
    for message in messages:
        between += [separator, message]
    return tuple(between[1:])


FUNNEL_REPORT = Report("funnel", section)
