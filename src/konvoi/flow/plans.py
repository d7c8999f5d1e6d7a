"""Plans that lie in folders."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import polars as pl

from konvoi.flow.adoptions import run_is_current
from konvoi.flow.store import OUT, cell_folder
from konvoi.gateways.files import read_folder
from konvoi.gateways.refusal import Refused
from konvoi.plan.folder import plan_of
from konvoi.plan.plan import Plan
from konvoi.plan.solve import Parameters

_NAMED = (("movements", "need", "needs"), ("movements", "offer", "offers"), ("legs", "lane", "lanes"))


def plan_at(folder: Path) -> Plan:
    """The plan of a folder, as `konvoi plan solve --out` and `konvoi run` write it."""
    try:
        return plan_of(read_folder(folder))
    except ValueError as error:
        raise Refused(f"{folder}: {error}; konvoi plan solve PROBLEM --out DIR writes a plan") from error


def plan_folder(folder: Path) -> Path:
    """Return the folder of the plan that `konvoi run` makes of a workspace, whether it is there or not."""
    return cell_folder(folder / OUT) / "plan"


def own_plan(folder: Path | None) -> Path | None:
    """The folder of the plan that konvoi run made of a workspace; None where it made none.

    Also None where another plan was adopted since: that one is in force.
    """
    if folder is None or not plan_folder(folder).is_dir() or is_superseded(folder):
        return None
    return plan_folder(folder)


def is_superseded(folder: Path) -> bool:
    """Return True if the last run of a workspace left a plan, and another was adopted since."""
    return plan_folder(folder).is_dir() and not run_is_current(folder)


def parameters_of(plan: Plan) -> Parameters:
    """Return the parameters that a plan was made with, so that another can be compared with it."""
    names = {one.name for one in fields(Parameters)}
    known = {name: value for name, value in plan.parameters.items() if name in names}
    return Parameters(**known)  # type: ignore[arg-type]


def same_problem(plan: Plan, tables: Mapping[str, pl.DataFrame], *, named: Path) -> None:
    """Refuse a plan that speaks of needs, offers or lanes that its problem, named so, does not have."""
    for table, column, problem in _NAMED:
        said = set(getattr(plan, table)[column].drop_nulls())
        lacking = sorted(said - set(tables[problem][column].drop_nulls()))
        if lacking:
            raise Refused(
                f"{named}: the plan is another problem's: {column} {lacking[0]} is not in table `{problem}`; "
                "name the problem that was planned"
            )
