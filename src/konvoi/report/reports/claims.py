"""Claims of sources about themselves, beside the total of their own rows here."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from konvoi.model.stages import Stage
from konvoi.report.case import Case
from konvoi.report.ledger.figures import FUNNEL, NOT_REPORTED, QUANTITY, stage_name
from konvoi.report.names import Names
from konvoi.report.page import Column, Message, Number, Section, Share, Table, Value
from konvoi.report.report import Report

Row = Mapping[str, Any]
BILLION = "EUR bn"
TOTAL = "total"
PAID = "disbursed"
_EMPTY = Message("No document claims anything of itself.")
_SCALE = Decimal(10) ** 9


def section(case: Case) -> Section | None:
    """Claims beside ours; no part of a brief where no document that may be seen claims anything."""
    every = case.tables.get("claims")
    # What names no stage, such as how many people are in need, is compared elsewhere.
    rows = None if every is None else every.filter(pl.col("stage").is_in([str(one) for one in Stage]))
    if rows is None or rows.is_empty():
        return None
    whole = rows.filter(pl.col("party").is_null())
    return Section(
        "claims",
        Message("Figures stated by other sources"),
        (_head(case, whole), *_paid(case, whole)),
        (),
        (_table(case, whole), *_paid_table(case, rows)),
    )


def _head(case: Case, whole: pl.DataFrame) -> Message:
    values: dict[str, Value] = {
        "count": Number(Decimal(whole.height), "", "", case.day, to="claims-table"),
        "documents": "; ".join(whole["_file"].unique().sort()),
    }
    return Message("Figures that {documents} claims for all parties together: {count}.", values)


def _paid(case: Case, whole: pl.DataFrame) -> Iterator[Message]:
    """Yield the share of commitments claimed as paid, with the figure of our entries."""
    for of, total, paid in _pairs(whole):
        ours = case.totals.get(f"{FUNNEL}{PAID}")
        told = ours is not None and bool(ours.used)
        values: dict[str, Value] = {
            "what": Message(of),
            "source": paid["_file"],
            "total": _claim(total, "committed"),
            "paid": _claim(paid, PAID),
            "share": _percent(paid["value"], total["value"]),
        }
        if told and ours is not None:
            text = (
                "{what}, as {source} claims: {total} (committed), {paid} (disbursed), that is {share}. "
                "Of all money, our entries report {ours} (disbursed)."
            )
            own = Number(ours.value, ours.unit, PAID, case.day, ours.entries)
            yield Message(text, values | {"ours": own})
        else:
            text = (
                "{what}, as {source} claims: {total} (committed), {paid} (disbursed), that is {share}. "
                "No entry of ours reports any money as disbursed."
            )
            yield Message(text, values)


def _percent(part: Decimal, whole: Decimal) -> Number:
    """A claimed part in per cent, to one place."""
    return Number(round(100 * part / whole, 1) if whole else None, "%", PAID, to="claims-table")


def _pairs(rows: pl.DataFrame) -> Iterator[tuple[str, Row, Row]]:
    """Yield totals claimed with a part disbursed: the subject, the total, the part."""
    by_name = {(row["_file"], row["measure"], row["party"]): row for row in rows.iter_rows(named=True)}
    for (file, measure, party), row in by_name.items():
        of, _, part = str(measure).partition("|part|")
        total = by_name.get((file, f"{of}|{TOTAL}", party))
        if part == PAID and total is not None:
            yield of, total, row


def _claim(row: Row, stage: str) -> Number:
    """A claimed figure; billions of euro as euro."""
    value = row["value"]
    unit = str(row["unit"] or "")
    if unit == BILLION:
        value = value * _SCALE
        unit = "EUR"
    return Number(value, unit, stage, to="claims-table")


def stage_of(row: Row) -> str:
    """The stage that a claim speaks of: what is disbursed of a commitment is disbursed."""
    return PAID if str(row["measure"]).endswith(f"|{PAID}") else str(row["stage"])


def _what(row: Row, names: Names) -> tuple[Value, ...]:
    words = [word for word in str(row["measure"]).split("|") if word not in ("part", TOTAL)]
    told: list[Value] = []
    for word in words:
        told += [": ", Message(word)] if told else [Message(word)]
    if row["good"]:
        told += [", ", names.good(str(row["good"]))]
    return tuple(told)


def _ours(case: Case, row: Row) -> Number | None:
    """Return the total of our own entries for the same subject; None where nothing of ours is the same."""
    stage = stage_of(row)
    parts = str(row["measure"]).split("|")
    if parts[0] == "committed" and str(row["unit"]) == BILLION:
        if parts[-1] == TOTAL:
            total = case.totals.get(f"{FUNNEL}{stage}")
            return Number(total.value, total.unit, stage, case.day, total.entries) if total else None
        found = case.totals.get(f"{FUNNEL}{stage}/kind")
        part = next((one for one in found.by if one.key == parts[-1]), None) if found else None
        return Number(part.value, found.unit, stage, case.day, part.entries) if part and found else None
    if parts[0] == "units" and row["good"]:
        good = str(row["good"])
        names = [f"{QUANTITY}{good}/{stage}"]
        begin = f"{QUANTITY}{good}-"
        end = f"/{stage}"
        names += [one for one in sorted(case.totals) if one.startswith(begin) and one.endswith(end)]
        own = [case.totals[name] for name in names if name in case.totals]
        known = [one for one in own if one.value is not None]
        ids = tuple(sorted({entry for one in known for entry in one.entries}))
        value = sum((one.value or Decimal(0) for one in known), Decimal(0))
        return Number(value, "piece", stage, case.day, ids) if known else None
    return None


def _table(case: Case, whole: pl.DataFrame) -> Table:
    names = Names(case)
    heads = (Message("What"), Message("Stage"), Message("Claimed"), Message("Ours"), Message("Difference"))
    columns = (*(Column(one) for one in heads), Column(Message("Sheet")), Column(Message("Document")))
    rows = []
    for row in whole.sort("_file", "_sheet", "_row", "column").iter_rows(named=True):
        claim = _claim(row, stage_of(row))
        ours = _ours(case, row)
        known = ours is not None and ours.value is not None and claim.value is not None
        rest: Value = NOT_REPORTED
        if ours is not None and known:
            less = (claim.value or Decimal(0)) - (ours.value or Decimal(0))
            rest = Number(less, claim.unit, "", case.day, ours.behind)
        place = f"{row['_sheet']}, {row['column']}{row['_row']}"
        figures = (_said(claim), _shown(ours), _shown(rest))
        rows.append((_what(row, names), stage_name(stage_of(row)), *figures, place, row["_file"]))
    title = Message("Source claims for all parties and Konvoi totals")
    return Table("claims-table", title, columns, tuple(rows), _EMPTY)


def _said(claim: Number) -> Value:
    return Message("{figure}", {"figure": Number(claim.value, claim.unit, claim.stage)})


def _shown(value: Value) -> Value:
    return NOT_REPORTED if value is None else Message("{figure}", {"figure": value})


def _paid_table(case: Case, rows: pl.DataFrame) -> Iterator[Table]:
    """Return, by party, the amount claimed as disbursed of the amount committed."""
    pairs = list(_pairs(rows.filter(pl.col("party").is_not_null())))
    if not pairs:
        return
    names = Names(case)
    heads = (Message("What"), Message("Partner"))
    columns = (
        *(Column(one) for one in heads),
        Column(Message("committed"), "EUR", "number"),
        Column(Message("disbursed"), "EUR", "number"),
        Column(Message("share"), "%", "number"),
    )
    cells = tuple(
        (
            Message(of),
            names.party(total["party"]),
            Number(_claim(total, "committed").value, "EUR", "committed"),
            Number(_claim(paid, PAID).value, "EUR", PAID),
            Share(paid["value"] / total["value"] if total["value"] else None, PAID),
        )
        for of, total, paid in sorted(pairs, key=lambda one: (-one[1]["value"], str(one[1]["party"])))
    )
    yield Table("claims-paid", Message("Claimed as disbursed, by partner"), columns, cells, _EMPTY)


CLAIMS_REPORT = Report("claims", section)
