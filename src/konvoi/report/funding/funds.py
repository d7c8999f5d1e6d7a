"""Rows of economic packages as figures of a brief open them."""

from collections.abc import Iterator
from datetime import date

from konvoi.fund.steps import key
from konvoi.kit.money import to_major
from konvoi.report.case import Case
from konvoi.report.names import Names, table
from konvoi.report.page import Event, Message, Number, Record, Value

_STAGES = {"programmes": "committed", "conditions": "step", "assessments": "", "financing_needs": "needed"}
VERDICTS = {"met": "is met", "not met": "is not met", "waived": "is waived"}
"""What was found of a step, as a reader reads it."""
_TITLED = {"programmes": "title", "conditions": "title"}


def records(case: Case) -> Iterator[Record]:
    """Programmes, tranches, conditions, assessments and stated needs for money by their ids."""
    own = ("programmes", "tranches", "conditions", "assessments")
    names = Names(case)
    for name in (*(own if "programme_standing" in case.tables else ()), "financing_needs"):
        rows = table(case, name)
        for row in rows.sort(rows.columns[0], "_file", "_row").iter_rows(named=True):
            currency = str(row["currency"] or "")
            day = row.get("day") or row.get("due") or row.get("to")
            minor = row.get("amount")
            title = row.get(_TITLED.get(name, ""))
            id = str(row[rows.columns[0]])
            found = VERDICTS.get(str(row.get("verdict")), "")
            yield Record(
                id=key(name, row),
                what=(id, ", ", str(title)) if title else (id,),
                party=names.party(row.get("party")),
                stage=Message(str(row.get("stage") or found or _STAGES[name])),
                days=(day,) if isinstance(day, date) else (),
                amount=Number(to_major(minor, currency), currency) if isinstance(minor, int) else None,
                file=str(row["_file"] or ""),
                sheet=str(row["_sheet"] or ""),
                row=int(str(row["_row"] or 0)),
                column="amount",
                address=str(row.get("address") or ""),
            )


_KINDS = {
    "decided": Message("Decided, to be paid"),
    "expected": Message("Expected payment"),
    "suspended": Message("Funds are lost after this day"),
}


def events(case: Case) -> Iterator[Event]:
    """The days on which money is to come, and the last on which steps may be met that hold it."""
    names = Names(case)
    money = case.tables.get("money")
    for row in () if money is None else money.iter_rows(named=True):
        day = row["day"]
        kind = _KINDS.get(row["what"])
        minor = row["amount"]
        if kind is None or not isinstance(day, date):
            continue
        step: tuple[Value, ...] = (", ", str(row["condition"])) if row["condition"] else ()
        currency = str(row["currency"])
        known = isinstance(minor, int)
        amount = Number(to_major(minor, currency), currency) if known else Message("not known")
        ours = (Message("The amount is our estimate."),) if row["ours"] else ()
        yield Event(
            f"money/{row['tranche']}/{row['what']}/{row['condition'] or ''}",
            kind,
            day,
            day,
            (names.party(row["party"]), ", ", str(row["tranche"]), *step),
            told=(Message("Amount: {amount}.", {"amount": amount}), *ours),
        )
