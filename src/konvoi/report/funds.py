"""Rows of economic packages as figures of a brief open them."""

from collections.abc import Iterator
from datetime import date

from konvoi.fund.steps import key
from konvoi.kit.money import to_major
from konvoi.report.case import Case
from konvoi.report.names import Names, table
from konvoi.report.page import Message, Number, Record

_STAGES = {"programmes": "committed", "conditions": "step", "assessments": ""}
VERDICTS = {"met": "is met", "not met": "is not met", "waived": "is waived"}
"""What was found of a step, as a reader reads it."""
_TITLED = {"programmes": "title", "conditions": "title"}


def records(case: Case) -> Iterator[Record]:
    """Programmes, tranches, conditions and assessments by their ids."""
    if "programme_standing" not in case.tables:
        return
    names = Names(case)
    for name in ("programmes", "tranches", "conditions", "assessments"):
        rows = table(case, name)
        for row in rows.sort(rows.columns[0], "_file", "_row").iter_rows(named=True):
            currency, day = str(row["currency"] or ""), row.get("day") or row.get("due")
            minor = row.get("amount")
            title = row.get(_TITLED.get(name, ""))
            id = str(row[rows.columns[0]])
            found = VERDICTS.get(str(row.get("verdict")), "")
            yield Record(
                id=key(name, row),
                what=(id, ", ", str(title)) if title else (id,),
                party=names.party(row.get("party")),
                stage=Message(
                    str(row.get("stage") or found or _STAGES[name])
                ),
                days=(day,) if isinstance(day, date) else (),
                amount=Number(to_major(minor, currency), currency) if isinstance(minor, int) else None,
                file=str(row["_file"] or ""),
                sheet=str(row["_sheet"] or ""),
                row=int(str(row["_row"] or 0)),
                column="amount",
                address=str(row.get("address") or ""),
            )
