"""Adopted plans: kept in the record of a workspace as one file each, read again, with their assumptions.

An adoption is one file, `plans/ID.zip`, which is stored once and whose digest is in the chain of receipts:
the plan, the assumptions under which it was made, and its changes from the plan before. Its assumptions stay
part of the problem until a plan without them is adopted.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from konvoi.flow.adoptions import last_adoption
from konvoi.flow.planning.problem import Made
from konvoi.flow.receipts import Action, Kind
from konvoi.flow.store import ADOPTED_PLANS, Edit, Store, store
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest
from konvoi.plan.folder import files as plan_files
from konvoi.plan.folder import plan_of
from konvoi.plan.plan import Plan
from konvoi.plan.read_problem import from_tables
from konvoi.plan.scenario import Later, Scenario, Shut, Without, supposed

_STAMP = (1980, 1, 1, 0, 0, 0)
_PLAN, _ADDED = "plan/", "added/"


@dataclass(frozen=True)
class InForce:
    """A plan that was adopted.

    day: from which it is in force. assumed: the assumptions that are part of its problem, in the order in
    which they apply. changes: from the plan before: ROLL_CHANGES.
    """

    id: str
    name: str
    day: date
    plan: Plan
    assumed: tuple[Scenario, ...]
    changes: pl.DataFrame


def packed(plan: Plan, assumed: Sequence[Scenario], changes: pl.DataFrame, *, name: str) -> bytes:
    """Return an adoption as the content of its file; equal values give equal bytes."""
    found = {f"{_PLAN}{file}": content for file, content in plan_files(plan).items()}
    head = {"name": name, "assumed": [assumption_as_dict(one) for one in assumed]}
    found["adoption.json"] = json.dumps(head, indent=1, ensure_ascii=False, sort_keys=True).encode()
    found["changes.parquet"] = _parquet(changes)
    for number, one in enumerate(assumed):
        for table, rows in sorted(one.added.items()):
            found[f"{_ADDED}{number}/{table}.parquet"] = _parquet(rows)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in sorted(found.items()):
            archive.writestr(zipfile.ZipInfo(file, _STAMP), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def adopt_plan(kept: Store, id: str, content: bytes, day: date, *, at: str, reason: str) -> str:
    """Keep the content of `packed` as the plan in force from a day on, and return its digest."""
    edit = Edit(f"{ADOPTED_PLANS}/{id}.zip", content)
    kept.commit(Action(Kind.ADOPTED, (), day.isoformat(), at, reason=reason), [edit])
    return digest(content)


def in_force(work: Workspace) -> InForce | None:
    """Return the plan that was adopted last by the day of the view; None where none was.

    Raises Refused where its bytes are not those that were recorded.
    """
    if work.folder is None:
        return None
    last = last_adoption(work.folder, work.view.as_of)
    if last is None:
        return None
    content = store(work.folder).content(last.path)
    if content is None or digest(content) != last.sha256:
        raise Refused(
            f"{last.path}: not as recorded when the plan was adopted; nothing is planned until it is "
            "restored: konvoi verify lists every difference"
        )
    return _unpacked(content, last.id, last.day)


def _unpacked(content: bytes, id: str, day: date) -> InForce:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    head = json.loads(files["adoption.json"])
    plan = plan_of({name.removeprefix(_PLAN): one for name, one in files.items() if name.startswith(_PLAN)})
    assumed = tuple(_scenario(one, _added(files, number)) for number, one in enumerate(head["assumed"]))
    return InForce(id, head["name"], day, plan, assumed, pl.read_parquet(files["changes.parquet"]))


def _added(files: Mapping[str, bytes], number: int) -> dict[str, pl.DataFrame]:
    at = f"{_ADDED}{number}/"
    return {
        name.removeprefix(at).removesuffix(".parquet"): pl.read_parquet(content)
        for name, content in files.items()
        if name.startswith(at)
    }


def assumption_as_dict(one: Scenario) -> dict[str, object]:
    """Return an assumption as plain JSON values, without the rows that it adds."""

    def day(value: date | None) -> str | None:
        return None if value is None else value.isoformat()

    return {
        "name": one.name,
        "shut": [[shut.on, day(shut.first), day(shut.last)] for shut in one.shut],
        "without": [[gone.party, day(gone.first), day(gone.last)] for gone in one.without],
        "later": [[late.of, late.weeks] for late in one.later],
    }


def _scenario(stated: Mapping[str, list[list[str]]], added: Mapping[str, pl.DataFrame]) -> Scenario:
    def day(text: str | None) -> date | None:
        return None if text is None else date.fromisoformat(text)

    return Scenario(
        str(stated["name"]),
        tuple(Shut(on, day(first), day(last)) for on, first, last in stated["shut"]),
        tuple(Without(party, day(first), day(last)) for party, first, last in stated["without"]),
        tuple(Later(of, int(weeks)) for of, weeks in stated["later"]),
        dict(added),
    )


def _parquet(rows: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    rows.write_parquet(out)
    return out.getvalue()


def assumed_in(made: Made, force: InForce | None) -> Made:
    """Return the problem with the assumptions of the plan in force."""
    for one in force.assumed if force else ():
        made = replace(made, tables={**made.tables, **supposed(made.tables, one)})
    return made


def problem_of(plan: Plan, made: Made, force: InForce | None) -> Made:
    """Return the problem that a plan solves: with the assumptions of the plan in force, or as submitted.

    made: the problem as it was submitted. A plan of neither is held against the first.
    """
    if force is None or from_tables(made.tables, **plan.states()).digest == plan.problem:
        return made
    return assumed_in(made, force)
