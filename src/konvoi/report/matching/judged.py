"""Reports counted once in a total, and the error rate of matching on pairs drawn at random."""

from decimal import Decimal
from itertools import chain

import polars as pl

from konvoi.ledger.answer import Double, Total
from konvoi.reconcile.error import LEAST, published
from konvoi.reconcile.trained_weights import RANDOM_PAIRS
from konvoi.report.case import Case
from konvoi.report.names import Names
from konvoi.report.page import Column, Message, Number, Share, Table, Value
from konvoi.report.vocabulary import RELATIONS

Row = dict[str, object]


def lies_between(case: Case, whole: Total) -> tuple[Message, ...]:
    """Return the bounds of the total while pairs are undecided; nothing where it is not shown."""
    if whole.refused or whole.value is None or whole.lowest is None or whole.highest is None:
        return ()
    values: dict[str, Value] = {
        name: Number(value, whole.unit, whole.stage, case.day, whole.entries)
        for name, value in (("value", whole.value), ("lowest", whole.lowest), ("highest", whole.highest))
    }
    values["stage"] = Message(whole.stage)
    if whole.lowest == whole.highest:
        return (Message("The total ({stage}) is {value}: no undecided pair moves it.", values),)
    text = (
        "De-duplicated total ({stage}): {value}, by the review decisions so far; range {lowest} to {highest}."
    )
    return (Message(text, values),)


def counted_once(case: Case, whole: Total) -> tuple[tuple[Message, ...], Table]:
    """Return the reports left out because they are counted with another one: the amount, and each with its
    pair.
    """
    double = whole.double
    left_out = sum((one.value for one in double), Decimal(0))
    behind = tuple(sorted({*chain.from_iterable((one.entry, one.counted_with) for one in double)}))
    values: dict[str, Value] = {
        "count": Number(Decimal(len(double)), "", "", case.day, to="counted-once"),
        "value": Number(left_out, whole.unit, "", case.day, behind),
    }
    told = Message(
        "{count} confirmed duplicate; double counting avoided: {value}.",
        values,
        "{count} confirmed duplicates; double counting avoided: {value}.",
        len(double),
    )
    columns = (
        Column(Message("Double counting avoided"), whole.unit, "number"),
        Column(Message("Excluded report")),
        Column(Message("Counted with")),
        Column(Message("Relation")),
    )
    entries = {row["entry"]: row for row in _rows(case, behind)}
    names = Names(case)
    rows = tuple(_double(names, one, entries, case, whole.unit) for one in double if one.entry in entries)
    title = Message("Confirmed duplicates, largest first")
    empty = Message("No confirmed duplicates.")
    return ((told,) if double else ()), Table("counted-once", title, columns, rows, empty)


def _rows(case: Case, ids: tuple[str, ...]) -> list[Row]:
    return list(case.entries.filter(pl.col("entry").is_in(list(ids))).iter_rows(named=True))


def _double(
    names: Names, one: Double, entries: dict[object, Row], case: Case, unit: str
) -> tuple[Value, ...]:
    left_out = Number(one.value, unit, "", case.day, (one.entry, one.counted_with))
    ends = (_report(names, entries.get(entry), entry, case) for entry in (one.entry, one.counted_with))
    return (left_out, *ends, Message(RELATIONS.get(one.relation, one.relation)))


def _report(names: Names, row: Row | None, entry: str, case: Case) -> Value:
    """A report in few words: whose, its reference, its source; the entry opens."""
    if row is None:
        return entry
    party = names.party(str(row["party"] or ""))
    told = Number(None, "", "", case.day, (entry,)) if not row["reference"] else str(row["reference"])
    return (party, ", ", told, ", ", str(row["source"] or ""))


def stated_error(case: Case) -> tuple[tuple[Message, ...], Table]:
    """Return the error rate of matching on pairs drawn at random, over all, by partner and by script."""
    rows = list(published(case.labelled, case.entries).iter_rows(named=True))
    columns = (
        Column(Message("Randomly drawn pairs")),
        Column(Message("Decided"), "", "number"),
        Column(Message("Unsure"), "", "number"),
        Column(Message("Decided: same"), "", "number"),
        Column(Message("Expected: same"), "", "number"),
        Column(Message("Decided differently"), "", "number"),
        Column(Message("Share")),
        Column(Message("95 % interval")),
    )
    table = Table(
        "judged-error",
        Message("Matching error by partner and script"),
        columns,
        tuple(_error(Names(case), row) for row in rows),
        Message("No randomly drawn pair has been reviewed; konvoi review presents one in ten."),
        note=_NOTE if rows else None,
    )
    return (_told(rows[0] if rows else None),), table


_NOTE = Message(
    "Decided differently: the review decision differs from the more probable answer. The sample is "
    "drawn from the pairs proposed by the matching. Expected: sum of the match probabilities; if fewer "
    "pairs are confirmed, the probabilities are too high. Shares are not computed for fewer than "
    "{least} decided pairs. Match probabilities are calibrated from {random} decided pairs on, "
    "representative of the submissions.",
    {"least": LEAST, "random": RANDOM_PAIRS},
)


def _told(whole: Row | None) -> Message:
    """The error over all in a sentence, or that there is no basis for one."""
    pairs = int(str(whole["pairs"])) if whole else 0
    values: dict[str, Value] = {"pairs": pairs, "least": LEAST}
    if whole is None or whole["share"] is None:
        return Message(
            "Error rate of the matching: not computed; {pairs} of at least {least} randomly drawn "
            "pairs reviewed.",
            values,
        )
    values |= {name: _share(whole[name]) for name in ("share", "lowest", "highest")}
    text = (
        "Error rate of the matching: {share} of {pairs} randomly drawn pairs (95 % interval {lowest} "
        "to {highest})."
    )
    return Message(text, values)


def _error(names: Names, row: Row) -> tuple[Value, ...]:
    known = row["share"] is not None
    between: Value = (_share(row["lowest"]), " – ", _share(row["highest"])) if known else ""
    whole = {name: Number(Decimal(str(row[name]))) for name in ("pairs", "unsure", "same", "wrong")}
    expected = Number(Decimal(str(round(float(str(row["expected"])), 1))))
    counts = (whole["pairs"], whole["unsure"], whole["same"], expected, whole["wrong"])
    return (_group(names, row), *counts, _share(row["share"]) if known else Message("no basis"), between)


def _group(names: Names, row: Row) -> Value:
    match row["by"]:
        case "all":
            return Message("all")
        case "accepted":
            return Message("accepted without a person")
        case "partner":
            return names.party(str(row["key"]))
        case _:
            return (Message("script"), ": ", str(row["key"]) or Message("not stated"))


def _share(value: object) -> Share:
    return Share(Decimal(str(round(float(str(value)), 4))))
