"""Plans that lie in folders."""

from pathlib import Path

from konvoi.gateways.files import read_folder
from konvoi.gateways.refusal import Refused
from konvoi.plan.folder import plan_of
from konvoi.plan.plan import Plan


def plan_at(folder: Path) -> Plan:
    """The plan of a folder, as `konvoi solve --out` and `konvoi run` write it."""
    try:
        return plan_of(read_folder(folder))
    except ValueError as error:
        raise Refused(f"{folder}: {error}; konvoi solve PROBLEM --out DIR writes a plan") from error
