"""Answer of each principle in force for each project, with its evidence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.fund.principle import FACTS, Answer, Asked, Principle
from konvoi.fund.principles import BY_NAME
from konvoi.fund.project_places import Places
from konvoi.fund.steps import Row, Tables, key, listed, official, table
from konvoi.model.table import QUANTITY
from konvoi.model.tables.projects import CANCELLED, NEED, OUT_OF_USE

ADOPTED = "adopted"
OWNER = "owner"
"""Placeholder in `principles.attested_by` for the owner of the project."""
NOT_ASKED = (NEED, OUT_OF_USE, CANCELLED)
"""Stages in which nothing is required of a project: not yet decided, or not built."""

ANSWERS = pl.Schema(
    {
        "project": pl.String(),
        "principle": pl.String(),
        "verdict": pl.String(),
        "reason": pl.String(),
        "value": pl.String(),
        "threshold": QUANTITY,
        "sense": pl.String(),
        "unit": pl.String(),
        "reads": pl.String(),
        "adopted_by": pl.String(),
        "party": pl.String(),
        "day": pl.Date(),
        "behind": pl.List(pl.String()),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""One line for each project that principles are asked of, and each principle in force.

verdict: met, not met, unknown. reason: a message id (konvoi.fund.principle.REASONS), filled from value.
threshold, sense, unit: from which number on (at least) or up to which (at most) it is met. reads: the path
of OC4IDS, or table and column, of the answer. adopted_by: the decision, or document and clause. party, day:
who attested it when. behind: the rows it rests on (konvoi.fund.steps.key). _file, _sheet, _row: of the
project."""


@dataclass(frozen=True)
class InForce:
    """A principle in force: its member, its row, and the document that adopted it."""

    member: Principle
    row: Row
    adopted_by: str


def answers(tables: Tables, day: date, senders: Mapping[str, str]) -> pl.DataFrame:
    """Return all answers by project and principle (ANSWERS); senders: the sender of each file."""
    holding = in_force(tables, day)
    said = _said(tables, holding, senders)
    facts = _by(tables.get(FACTS), "project")
    places = Places(tables)
    rows = []
    for project in table(tables, "projects").sort("project").iter_rows(named=True):
        if project["stage"] in NOT_ASKED:
            continue
        damages = places.damages(project)
        for one in holding:
            threshold = one.row["threshold"]
            own = said.get((str(project["project"]), one.member.name), [])
            asked = Asked(
                project,
                day,
                facts.get(str(project["project"]), []),
                [row for row in own if _heard(row, one.row, project, day)],
                damages,
                threshold if isinstance(threshold, Decimal) else None,
            )
            rows.append(_row(asked, one, one.member.answer(asked)))
    return pl.DataFrame(rows, schema=ANSWERS)


def in_force(tables: Tables, day: date) -> list[InForce]:
    """The principles that were adopted and hold on a day, in the order of the members."""
    decided = dict(table(tables, "decisions").select("decision", "state").iter_rows())
    found = []
    for row in table(tables, "principles").iter_rows(named=True):
        by = adopted_by(row)
        member = BY_NAME.get(str(row["principle"]))
        refused = row["decision"] in decided and decided[row["decision"]] != ADOPTED
        begun = row["in_force"]
        ended = row["ends"]
        held = not (begun and begun > day) and not (ended and ended < day)
        if by and member and held and not refused:
            found.append(InForce(member, row, by))
    order = list(BY_NAME)
    return sorted(found, key=lambda one: order.index(one.member.name))


def adopted_by(row: Row) -> str:
    """The decision that adopted a principle, else the document with its clause; empty where none is named."""
    clause = f"{row['document'] or ''} {row['clause'] or ''}".strip() if row["document"] else ""
    return str(row["decision"] or clause)


def may_attest(row: Row, principle: Row, project: Row) -> bool:
    """Return True if an attestation is by a party that may give it."""
    may = listed(principle["attested_by"])
    owned = bool(row["party"]) and row["party"] == project["owner"]
    return str(row["party"]) in may or (OWNER in may and owned)


def vouched(row: Row, senders: Mapping[str, str], said: frozenset[str]) -> bool:
    """Return True if the party submitted an attestation itself, or an official statement confirms it."""
    return senders.get(str(row["_file"])) == row["party"] or row["source"] in said


def _said(
    tables: Tables, holding: list[InForce], senders: Mapping[str, str]
) -> dict[tuple[str, str], list[Row]]:
    """Return attestations with a source, the oldest first, by project and principle."""
    statements = official(tables)
    found: dict[tuple[str, str], list[Row]] = {}
    for row in table(tables, "attestations").sort("day", "attestation").iter_rows(named=True):
        if vouched(row, senders, statements):
            found.setdefault((str(row["project"]), str(row["principle"])), []).append(row)
    return found


def _heard(row: Row, principle: Row, project: Row, day: date) -> bool:
    return may_attest(row, principle, project) and isinstance(row["day"], date) and row["day"] <= day


def _row(asked: Asked, one: InForce, answer: Answer) -> dict[str, object]:
    project = asked.project
    own = (key("projects", project), key("principles", one.row))
    return {
        "project": project["project"],
        "principle": one.member.name,
        "verdict": answer.verdict,
        "reason": answer.reason,
        "value": answer.value,
        "threshold": asked.threshold,
        "sense": one.member.sense,
        "unit": one.member.unit,
        "reads": one.member.reads,
        "adopted_by": one.adopted_by,
        "party": answer.party,
        "day": answer.day,
        "behind": [*own, *answer.behind],
        **{name: project[name] for name in ("_file", "_sheet", "_row")},
    }


def _by(rows: pl.DataFrame | None, column: str) -> dict[str, list[Row]]:
    """Rows by what stands in a column, in the order of their places."""
    found: dict[str, list[Row]] = {}
    for row in _ordered(rows):
        found.setdefault(str(row[column]), []).append(row)
    return found


def _ordered(rows: pl.DataFrame | None) -> Iterator[Row]:
    if rows is not None:
        order = [name for name in ("_file", "_row", "path", "process", "item") if name in rows.columns]
        yield from rows.sort(order, nulls_last=True).iter_rows(named=True)
