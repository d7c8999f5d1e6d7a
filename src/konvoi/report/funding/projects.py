"""Rows of reconstruction as figures of a brief open them, and what its places are called."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from konvoi.fund.principle import FACTS, fact_key
from konvoi.fund.steps import key, listed
from konvoi.kit.money import to_major
from konvoi.report.case import Case
from konvoi.report.names import Names, table
from konvoi.report.page import Message, Name, Number, Record, Value

Row = Mapping[str, object]

_TABLES = ("projects", "financing", "damages", "principles", "attestations", "people_in_need")
VERDICTS = {"met": "is met", "not met": "is not met", "unknown": "unknown"}
"""What a principle answers, as a reader reads it."""
_AMOUNTS = {"projects": "cost", "financing": "amount", "damages": "amount"}
_COLUMNS = {"attestations": "verdict", "principles": "threshold", "people_in_need": "people"}
_STAGES = {"damages": "damage", "principles": "principle", "people_in_need": "in need"}
_TOLD = {"projects": "title", "damages": "method", "attestations": "principle", "principles": "clause"}
FACT = Message("published")
"""What is told of a project in OC4IDS stands at this stage."""


def records(case: Case) -> Iterator[Record]:
    """Projects, their money and damage, principles, attestations, people in need, and facts of OC4IDS."""
    if "project_standing" not in case.tables:
        return
    names = Names(case)
    for name in _TABLES:
        rows = table(case, name)
        for row in rows.sort(rows.columns[0], "_file", "_row").iter_rows(named=True):
            yield _record(name, row, names)
    yield from _facts(case)


def _record(name: str, row: Row, names: Names) -> Record:
    currency = str(row.get("currency") or "")
    day = row.get("day") or row.get("in_force") or row.get("ends")
    minor = row.get(_AMOUNTS.get(name, ""))
    title = row.get(_TOLD.get(name, ""))
    first = str(next(iter(row.values())))
    stage = row.get("stage") or VERDICTS.get(str(row.get("verdict"))) or _STAGES.get(name, "")
    people = row.get("people")
    words: tuple[Value, ...] = (", ", Message(str(title)) if name == "attestations" else str(title))
    return Record(
        id=key(name, row),
        what=(Message(first) if name == "principles" else first, *(words if title else ())),
        party=names.party(str(row.get("party") or row.get("owner") or "")),
        stage=Message(str(stage)),
        days=(day,) if isinstance(day, date) else (),
        amount=Number(to_major(minor, currency), currency) if isinstance(minor, int) else None,
        quantity=Number(Decimal(people), "person") if isinstance(people, int) else None,
        file=str(row["_file"] or ""),
        sheet=str(row["_sheet"] or ""),
        row=int(str(row["_row"] or 0)),
        column=_AMOUNTS.get(name) or _COLUMNS.get(name, ""),
        address=str(row.get("address") or ""),
    )


def _facts(case: Case) -> Iterator[Record]:
    """One record for what each file tells of each project in OC4IDS."""
    facts = case.tables.get(FACTS)
    if facts is None:
        return
    rows = facts.sort("project", "_file", "_row", "path").unique(
        ["project", "_file", "_row"], keep="first", maintain_order=True
    )
    for row in rows.iter_rows(named=True):
        yield Record(
            id=fact_key(row),
            what=(str(row["project"]), ", OC4IDS"),
            party="",
            stage=FACT,
            file=str(row["_file"] or ""),
            sheet=str(row["_sheet"] or ""),
            row=int(str(row["_row"] or 0)),
        )


def places(case: Case, codes: object) -> tuple[Value, ...]:
    """The names of communities, in the order of their codes; a code that has none stands for itself."""
    known = {
        str(row["community"]): Name(str(row["name"]), "", str(row["name_uk"] or ""))
        for row in table(case, "communities").iter_rows(named=True)
    }
    found: list[Value] = []
    for code in listed(codes):
        found += [*([", "] if found else []), known.get(code, code)]
    return tuple(found)


def regions(case: Case) -> dict[str, str]:
    """The names of oblasts by their codes."""
    found: dict[str, str] = {}
    for name in ("people_in_need", "communities"):
        rows = table(case, name)
        found |= {
            str(row["oblast"]): str(row["region"]) for row in rows.iter_rows(named=True) if row["region"]
        }
    return found
