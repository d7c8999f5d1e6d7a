"""The plan in force: adopted by people, kept in the record, and carried on while inputs change.

An adoption is one file, `plans/ID.zip`, which is stored once and whose digest is in the chain of receipts:
the plan, the assumptions under which it was made, and its changes from the plan before. Its assumptions stay
part of the problem until a plan without them is adopted. While the problem stays as it was the plan does,
too; otherwise it is carried on (konvoi.plan.rolling), with a reason for each change.
"""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.planning.plan_workspace import Wish, allowed_delays, parameters, planning
from konvoi.flow.planning.problem import Made, dispatched
from konvoi.flow.receipts import Action, BrokenChain, Kind
from konvoi.flow.store import ADOPTED_PLANS, Edit, Store, store
from konvoi.flow.today import known_today
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused
from konvoi.kit.days import monday
from konvoi.kit.digest import digest
from konvoi.kit.progress import Stop, never
from konvoi.model.finding import Finding
from konvoi.plan.confirm import confirmed
from konvoi.plan.folder import files as plan_files
from konvoi.plan.folder import plan_of
from konvoi.plan.frozen import Window
from konvoi.plan.plan import Plan
from konvoi.plan.read_problem import from_tables
from konvoi.plan.roll_reasons import ROLL_CHANGES
from konvoi.plan.rolling import Roll, explained, roll, with_confirmed_causes
from konvoi.plan.scenario import Later, Scenario, Shut, Without, horizon, supposed

CHANGES = pl.Schema({**ROLL_CHANGES, "adopted": pl.Date(), "since": pl.String()})
"""Changes of the plan with their reasons: the columns of konvoi.plan.roll_reasons.ROLL_CHANGES; adopted: day
of the adoption of the plan in force; since: ADOPTION or LATER."""
ADOPTION, LATER = "adoption", "later"
"""Changes by the adoption from the plan before, and of the plan in force since by new inputs."""
IN_FORCE = "plan-in-force.json"
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


@dataclass(frozen=True)
class PlanNow:
    """The plan of today, with the problem that it solves, what was found, and its changes: CHANGES.

    force: None while no plan was adopted; then the plan is made from nothing.
    """

    made: Made
    plan: Plan | None
    findings: tuple[Finding, ...]
    changes: pl.DataFrame
    force: InForce | None = None


def packed(plan: Plan, assumed: Sequence[Scenario], changes: pl.DataFrame, *, name: str) -> bytes:
    """Return an adoption as the content of its file; equal values give equal bytes."""
    found = {f"{_PLAN}{file}": content for file, content in plan_files(plan).items()}
    head = {"name": name, "assumed": [_as_dict(one) for one in assumed]}
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
    kept = store(work.folder)
    found = None
    # A broken chain is a finding of its own, and nothing is shown to other readers then.
    with suppress(BrokenChain):
        for receipt in kept.receipts():
            if receipt.change.kind != Kind.ADOPTED:
                continue
            day = date.fromisoformat(receipt.change.day)
            if work.view.as_of is None or day <= work.view.as_of:
                found = day, receipt.change.files[0]
    if found is None:
        return None
    day, file = found
    content = kept.content(file.path)
    if content is None or digest(content) != file.sha256:
        raise Refused(
            f"{file.path}: not as recorded when the plan was adopted; nothing is planned until it is "
            "restored: konvoi verify lists every difference"
        )
    return _unpacked(content, file.path.removeprefix(f"{ADOPTED_PLANS}/").removesuffix(".zip"), day)


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


def _as_dict(one: Scenario) -> dict[str, object]:
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


def plan_now(work: Workspace, made: Made, gathered: Gathered, *, stop: Stop = never) -> PlanNow:
    """Return the plan of a workspace: the plan in force carried on; where there is none, a new one.

    made: the problem as it was submitted; gathered: of the coordination cell, whose plan it is: of the view
    of another reader nothing that was adopted is part.
    """
    force = in_force(work) if gathered.view.is_cell else None
    if force is None or made.lacking:
        plan, told = planning(made, work, gathered=gathered, stop=stop)
        return PlanNow(made, plan, told, pl.DataFrame(schema=CHANGES))
    made = assumed_in(made, force)
    posed = from_tables(made.tables, **force.plan.states())
    told = (*made.findings, *posed.findings)
    if posed.digest == force.plan.problem:
        plan, later = confirmed(made.tables, force.plan, stop=stop), force.changes.clear()
    else:
        plan, later = _carried_on(work, made, gathered, force, stop)
    return PlanNow(made, plan, told, pl.concat(_dated(force, later)), force)


def _dated(force: InForce, later: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for since, rows in ((ADOPTION, force.changes), (LATER, later)):
        yield rows.with_columns(adopted=pl.lit(force.day), since=pl.lit(since)).select(CHANGES.names())


def _carried_on(
    work: Workspace, made: Made, gathered: Gathered, force: InForce, stop: Stop
) -> tuple[Plan, pl.DataFrame]:
    """Return the plan in force as it stands with new inputs, and its changes."""
    week = week_of(made, known_today(gathered, work.settings))
    delays = allowed_delays(work, made, gathered, force.plan, wish=Wish(), stop=stop)
    wished = Roll(force.plan, Window(week, 0), reported=dispatched(gathered))
    chosen = parameters(work.settings, Wish())
    rolled = roll(made.tables, wished, parameters=chosen, seed=work.settings.seed, chances=delays, stop=stop)
    return with_confirmed_causes(rolled, stop=stop).plan, rolled.changes


def in_force_files(now: PlanNow) -> Iterator[tuple[str, bytes]]:
    """Yield the file that names the plan in force for the coordination cell: id, name, day, assumed."""
    if now.force is not None:
        one = now.force
        told = {"id": one.id, "name": one.name, "day": one.day.isoformat()}
        assumed = [_as_dict(scenario) for scenario in one.assumed]
        yield IN_FORCE, json.dumps({**told, "assumed": assumed}, ensure_ascii=False, indent=1).encode()


def week_of(made: Made, day: date | None) -> date:
    """Return the Monday of the week of a day, within the weeks that are planned."""
    start, end = horizon(made.tables["horizon"])
    return start if day is None else min(max(monday(day), start), monday(end))


def changes_between(made: Made, before: Plan, after: Plan, gathered: Gathered, day: date) -> pl.DataFrame:
    """Return the changes from one plan to another with reasons: ROLL_CHANGES. made: solved by `after`."""
    week = week_of(made, day)
    return explained(made.tables, before, after, week=week, reported=dispatched(gathered))
