"""The health of an instance: all its checks."""

from datetime import datetime
from pathlib import Path

from konvoi.flow.instance.check import Check
from konvoi.flow.instance.machine_checks import machine_checks
from konvoi.flow.instance.workspace_checks import workspace_checks
from konvoi.flow.workspace import is_workspace


def health(folder: Path, key: Path, *, now: datetime) -> tuple[Check, ...]:
    """Return the checks of the machine, and those of the workspace where the folder is one.

    key: the key file of backups, whether it is there or not. now: the clock of this machine.
    """
    found = workspace_checks(folder, now) if is_workspace(folder) else ()
    return (*machine_checks(folder, key), *found)
