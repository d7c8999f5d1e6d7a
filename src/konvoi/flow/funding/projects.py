"""Reconstruction: what was gathered, with projects as they stand; one project; and projects as they leave."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.flow.cases import bare
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.name_lookup import Unknown, nearest, party
from konvoi.flow.today import today
from konvoi.flow.workspace import Workspace
from konvoi.fund.answers import ANSWERS as ANSWER_ROWS
from konvoi.fund.projects import PROJECTS, share
from konvoi.fund.twice import TWICE
from konvoi.kit.money import to_major
from konvoi.kit.progress import Stop, never
from konvoi.model.tables.projects import ANSWERS
from konvoi.report.exports.oc4ids import project_package
from konvoi.report.exports.ocds import Publication

UNREGISTERED = "oc4ids-konvoi"
"""Stands before the ids of projects where the workspace names no registered prefix."""

_MONEY = ("cost", "committed", "contracted", "paid", "left")
_PLACE = {"_file": "file", "_sheet": "sheet", "_row": "row"}


@dataclass(frozen=True)
class Asked:
    """A selection of projects: of one party (as owner or funder), of one oblast, one by its id."""

    of: str = ""
    oblast: str = ""
    project: str = ""


@dataclass(frozen=True)
class Projects:
    """Projects (konvoi.fund.projects.PROJECTS), what the principles answer (konvoi.fund.answers.ANSWERS), and
    pairs that may be one (konvoi.fund.twice.TWICE), on a day; and what they were read from."""

    day: date
    rows: pl.DataFrame
    answers: pl.DataFrame
    twice: pl.DataFrame
    gathered: Gathered

    def counts(self) -> dict[str, int]:
        """Return the number of answers that are met, not met, unknown."""
        found = dict(self.answers.group_by("verdict").len().iter_rows())
        return {answer: found.get(answer, 0) for answer in ANSWERS}

    @property
    def unknown(self) -> Decimal | None:
        """The share of answers that are unknown; None where nothing is asked."""
        return share(self.counts()["unknown"], self.answers.height)

    def as_dict(self) -> dict[str, object]:
        """All as plain values: amounts in the row's currency, shares from 0 to 1."""
        unknown = self.unknown
        return {
            "day": self.day.isoformat(),
            "unknown": round(unknown, 4) if unknown is not None else None,
            "answers_by_verdict": self.counts(),
            "projects": [_project(row) for row in self.rows.iter_rows(named=True)],
            "answers": [_plain(row) for row in self.answers.iter_rows(named=True)],
            "twice": [_pair(row) for row in self.twice.iter_rows(named=True)],
        }


def projects(work: Workspace, asked: Asked, *, stop: Stop = never) -> Projects:
    """The projects of a workspace."""
    gathered = loaded(work, stop=stop)
    found = projects_of(gathered, today(gathered, work))
    return only(found, asked, work)


def projects_of(gathered: Gathered, day: date) -> Projects:
    """Return the projects of the gathered documents; none where none were submitted."""
    schemas = {"project_standing": PROJECTS, "project_answers": ANSWER_ROWS, "project_twice": TWICE}
    empty = {name: pl.DataFrame(schema=schema) for name, schema in schemas.items()}
    rows, answers, twice = (gathered.tables.get(name, empty[name]) for name in schemas)
    return Projects(day, rows, answers, twice, gathered)


def only(found: Projects, asked: Asked, work: Workspace) -> Projects:
    """Those that are asked for, with their answers and the pairs that one of them is in."""
    rows = found.rows
    if asked.project:
        names = rows["project"].to_list()
        if asked.project not in names:
            spelled = {title: id for id, title in rows.select("project", "title").iter_rows() if title}
            near = nearest(asked.project, {**spelled, **{one: one for one in names}})
            raise Unknown("the project", asked.project, tuple(names), near)
        rows = rows.filter(pl.col("project") == asked.project)
    if asked.oblast:
        every = {one for text in rows["oblasts"].drop_nulls() for one in text.split(";")}
        wanted = _oblast(asked.oblast, found.gathered, every)
        rows = rows.filter(pl.col("oblasts").str.split(";").list.contains(wanted).fill_null(False))
    if asked.of:
        one = party("--of", asked.of, found.gathered, work.settings)
        given = found.gathered.tables.get("financing")
        theirs = given.filter(pl.col("party") == one)["project"].to_list() if given is not None else []
        rows = rows.filter((pl.col("owner") == one).fill_null(False) | pl.col("project").is_in(theirs))
    ids = rows["project"].implode()
    return replace(
        found,
        rows=rows,
        answers=found.answers.filter(pl.col("project").is_in(ids)),
        twice=found.twice.filter(pl.col("left").is_in(ids) | pl.col("right").is_in(ids)),
    )


def _oblast(name: str, gathered: Gathered, every: set[str]) -> str:
    """The code of an oblast, by its code or the name of its region."""
    spelled = {code: code for code in sorted(every)}
    for table in ("communities", "people_in_need"):
        rows = gathered.tables.get(table)
        for row in rows.iter_rows(named=True) if rows is not None else ():
            if row["region"]:
                spelled[str(row["region"])] = str(row["oblast"])
    folded = {spelling.casefold(): code for spelling, code in spelled.items()}
    if name.casefold() in folded:
        return folded[name.casefold()]
    raise Unknown("--oblast", name, tuple(sorted(every)), nearest(name, spelled))


def published(gathered: Gathered, work: Workspace) -> bytes:
    """The projects of a view, as a package of OC4IDS."""
    settings = work.settings
    made = Publication(
        publisher=settings.name,
        prefix=settings.oc4ids or UNREGISTERED,
        day=today(gathered, work),
        exercise=settings.exercise or gathered.exercise,
    )
    return project_package(bare(gathered, work), made)


def _project(row: Mapping[str, object]) -> dict[str, object]:
    amounts = {name: _amount(row[name], row["currency"]) for name in _MONEY}
    return {**_plain(row), **amounts, "damage": _amount(row["damage"], row["damage_currency"])}


def _pair(row: Mapping[str, object]) -> dict[str, object]:
    evidence = json.loads(str(row["evidence"]))
    return {**_plain(row), "amount": _amount(row["amount"], row["currency"]), "evidence": evidence}


def _amount(minor: object, currency: object) -> Decimal | None:
    return to_major(minor, str(currency)) if isinstance(minor, int) and currency else None


def _plain(row: Mapping[str, object]) -> dict[str, object]:
    return {_PLACE.get(name, name): value for name, value in row.items() if name != "behind"}
