"""The tables of reconstruction: projects, what makes them pressing, answers, pairs, people in need."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from konvoi.fund.principle import NO_NUMBER
from konvoi.fund.steps import key
from konvoi.kit.money import to_major
from konvoi.model.tables.projects import ANSWERS
from konvoi.report.case import Case
from konvoi.report.funding.projects import VERDICTS, places, regions
from konvoi.report.matching.reasons import evidence
from konvoi.report.names import Names, table
from konvoi.report.page import Chance, Column, Message, Number, Share, Table, Value

Row = Mapping[str, object]

_NO_PROJECT = Message("No projects submitted. Fill the table “projects” or submit OC4IDS data.")
_NO_ANSWER = Message("No principles submitted. Fill the table “principles”.")
_HOW = {"same": "one project", "unsure": "undecided"}
_MONEY = ("cost", "committed", "contracted", "paid", "left")


def number(row: Row, name: str, currency: str = "currency") -> Number:
    """An amount of a project, with the rows that it rests on; without a value where it is not known."""
    minor = row[name]
    unit = str(row[currency] or "")
    behind = tuple(str(one) for one in row["behind"]) if isinstance(row["behind"], list) else ()
    return Number(to_major(minor, unit) if isinstance(minor, int) and unit else None, unit, behind=behind)


def _amount(row: Row, name: str, currency: str = "currency") -> Value:
    found = number(row, name, currency)
    return Message("not known") if found.value is None else found


def _heads(*names: str, kind: str = "text") -> tuple[Column, ...]:
    return tuple(Column(Message(name), "", kind) for name in names)


def projects_table(case: Case, rows: Sequence[Row]) -> Table:
    """Each project with its place, stage, money and damage, the most pressing first."""
    names = Names(case)
    known = regions(case)
    columns = (
        *_heads("Project", "Title", "Stage", "Communities", "Region", "Owner", "Currency"),
        *_heads("Cost", "Committed", "Contracted", "Paid", "Remaining", kind="number"),
        *_heads("Completion", kind="day"),
    )
    cells = tuple(
        (
            str(row["project"]),
            str(row["title"]),
            Message(str(row["stage"] or "not known")),
            places(case, row["communities"]) or Message("in no place"),
            ", ".join(known.get(one, one) for one in str(row["oblasts"] or "").split(";")),
            names.party(str(row["owner"])) if row["owner"] else Message("not known"),
            str(row["currency"] or ""),
            *(_amount(row, name) for name in _MONEY),
            _day(row["ends"]),
        )
        for row in rows
    )
    title = Message("Projects and financing")
    note = Message("Remaining = committed minus paid.")
    return Table("projects-table", title, columns, cells, _NO_PROJECT, note=note)


def damages_table(rows: Sequence[Row]) -> Table:
    """Return the damage that each project makes good, as it was assessed last."""
    columns = (
        *_heads("Project", "Title", "Currency"),
        *_heads("Damage", kind="number"),
        *_heads("Assessment method"),
        *_heads("Assessed on", kind="day"),
    )
    cells = tuple(
        (
            str(row["project"]),
            str(row["title"]),
            str(row["damage_currency"] or ""),
            _amount(row, "damage", "damage_currency") if row["damage_day"] else Message("not assessed"),
            str(row["damage_method"] or ""),
            _day(row["damage_day"]),
        )
        for row in rows
    )
    return Table("damages-table", Message("Damage addressed by projects"), columns, cells, _NO_PROJECT)


def priorities_table(rows: Sequence[Row]) -> Table:
    """Return the components of each priority."""
    columns = (
        *_heads("Project", "Title"),
        *_heads("Need", kind="number"),
        *_heads("People in need"),
        *_heads("Readiness", "Remaining funds", "Priority", "At most", kind="number"),
    )
    cells = tuple(
        (
            str(row["project"]),
            str(row["title"]),
            _share(row["need"]),
            _people(row),
            *(_share(row[name]) for name in ("readiness", "money", "priority", "highest")),
        )
        for row in rows
        if row["priority"] is not None
    )
    note = Message(
        "Need: share of people in need in the oblast. Readiness: share of principles met. Remaining "
        "funds: share of outstanding payments that is funded. Components not reported count as 0 in "
        "“Priority” and as 1 in “At most”."
    )
    empty = Message("No open projects.")
    title = Message("Project priority and components")
    return Table("priorities-table", title, columns, cells, empty, note=note)


def _people(row: Row) -> Value:
    if row["people"] is None:
        return Message("not known")
    values: dict[str, Value] = {
        "people": Number(Decimal(int(str(row["people"]))), "", to="in-need-table"),
        "population": Decimal(int(str(row["population"]))),
        "cluster": Message(str(row["cluster"])),
        "year": str(row["year"]),
    }
    return Message("{people} of {population}: {cluster}, {year}", values)


def principles_table(answers: Sequence[Row]) -> Table:
    """Each principle with what adopted it, its threshold, where it is read, and how many projects answer."""
    by: dict[str, list[Row]] = {}
    for row in answers:
        by.setdefault(str(row["principle"]), []).append(row)
    columns = (
        *_heads("Principle", "Adopted by", "Threshold", "Read from"),
        *_heads("Unknown", "Met", "Not met", kind="number"),
    )
    cells = tuple(
        (
            Message(name),
            str(rows[0]["adopted_by"]),
            _threshold(rows[0]),
            str(rows[0]["reads"]),
            *(_verdicts(rows, verdict) for verdict in (ANSWERS[2], *ANSWERS[:2])),
        )
        for name, rows in by.items()
    )
    title = Message("Principles in force")
    return Table("principles-table", title, columns, cells, _NO_ANSWER)


def _verdicts(rows: Sequence[Row], verdict: str) -> Number:
    found = [row for row in rows if row["verdict"] == verdict]
    behind = tuple(dict.fromkeys(one for row in found for one in _behind(row)))
    return Number(Decimal(len(found)), "", behind=behind, to="" if behind else "answers-table")


def _threshold(row: Row) -> Value:
    value = row["threshold"]
    sense = str(row["sense"])
    if sense == NO_NUMBER:
        return Message("as attested")
    if not isinstance(value, Decimal):
        return Message("not known")
    return (Message(sense), " ", Number(value.normalize() + 0, str(row["unit"]), to="answers-table"))


def answers_table(case: Case, answers: Sequence[Row]) -> Table:
    """Return the answer of each principle for each project, with its evidence."""
    names = Names(case)
    columns = (
        *_heads("Project", "Principle", "Answer", "Reason"),
        *_heads("Evidence", kind="number"),
        *_heads("Attested by"),
        *_heads("Attested on", kind="day"),
    )
    cells = tuple(
        (
            str(row["project"]),
            Message(str(row["principle"])),
            Message(VERDICTS[str(row["verdict"])]),
            Message(str(row["reason"]), {"value": str(row["value"])}),
            Number(Decimal(len(_behind(row))), "", behind=_behind(row)),
            names.party(str(row["party"])) if row["party"] else "",
            _day(row["day"]),
        )
        for row in answers
    )
    return Table("answers-table", Message("Answers by project and principle"), columns, cells, _NO_ANSWER)


def twice_table(pairs: Sequence[Row]) -> Table:
    """Pairs of projects that may be one, with what speaks for it."""
    columns = (
        *_heads("Project", "Other project", "Match probability", "Comparisons"),
        *_heads("Possible double funding", kind="number"),
        *_heads("Decided"),
    )
    cells = tuple(
        (
            str(row["left"]),
            str(row["right"]),
            Chance(float(str(row["probability"]))),
            evidence(str(row["evidence"])),
            _amount(row, "amount"),
            Message(_HOW[str(row["verdict"])]) if row["verdict"] else Message("not decided"),
        )
        for row in pairs
    )
    empty = Message("No possible double funding found.")
    title = Message("Possible double funding of a place or building")
    return Table("twice-table", title, columns, cells, empty)


def needs_table(case: Case, rows: Sequence[Row]) -> Table:
    """The people in need of each oblast, by cluster and year, and how many projects lie there."""
    there: dict[str, int] = {}
    for row in rows:
        for one in str(row["oblasts"] or "").split(";"):
            there[one] = there.get(one, 0) + 1
    columns = (
        *_heads("Oblast", "Region", "Cluster", "Year"),
        *_heads("People in need", "Population", "Share", "Projects", kind="number"),
    )
    own = table(case, "people_in_need").sort("oblast", "year", "cluster")
    cells = tuple(_need(row, there) for row in own.iter_rows(named=True))
    empty = Message("No people in need submitted. Fill the table “people_in_need” or submit OCHA's file.")
    return Table("in-need-table", Message("People in need, by oblast"), columns, cells, empty)


def _need(row: Row, there: Mapping[str, int]) -> tuple[Value, ...]:
    people = int(str(row["people"]))
    whole = row["population"]
    share = Share(Decimal(people) / whole) if isinstance(whole, int) and whole else None
    return (
        str(row["oblast"]),
        str(row["region"] or ""),
        Message(str(row["cluster"])),
        str(row["year"]),
        Number(Decimal(people), "", behind=(key("people_in_need", row),)),
        Decimal(whole) if isinstance(whole, int) else None,
        share,
        Number(Decimal(there.get(str(row["oblast"]), 0)), "", to="projects-table"),
    )


def _share(value: object) -> Value:
    return Share(value) if isinstance(value, Decimal) else Message("not known")


def _behind(row: Row) -> tuple[str, ...]:
    return tuple(str(one) for one in row["behind"]) if isinstance(row["behind"], list) else ()


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
