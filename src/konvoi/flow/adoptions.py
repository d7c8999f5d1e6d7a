"""Adoptions of plans in the record of a workspace, and whether a run was made with the last of them."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from konvoi.flow.receipts import BrokenChain, Kind
from konvoi.flow.store import ADOPTED_PLANS, OUT, cell_folder, store
from konvoi.gateways.files import content

IN_FORCE = "plan-in-force.json"
"""File beside the results of a run that names the plan in force; absent where none was adopted."""


@dataclass(frozen=True)
class Adoption:
    """The receipt of an adoption. day: from which the plan is in force; path, sha256: of its file."""

    day: date
    path: str
    sha256: str

    @property
    def id(self) -> str:
        """The name of the adoption."""
        return self.path.removeprefix(f"{ADOPTED_PLANS}/").removesuffix(".zip")


def last_adoption(folder: Path, as_of: date | None = None) -> Adoption | None:
    """Return the last adoption of a plan in a workspace by a day; None where there is none."""
    found = None
    # A broken chain is a finding of its own, and nothing is shown to other readers then.
    with suppress(BrokenChain):
        for receipt in store(folder).receipts():
            if receipt.change.kind != Kind.ADOPTED:
                continue
            day = date.fromisoformat(receipt.change.day)
            if as_of is None or day <= as_of:
                file = receipt.change.files[0]
                found = Adoption(day, file.path, file.sha256)
    return found


def run_is_current(folder: Path) -> bool:
    """Return True where no plan was adopted in a workspace since its last run."""
    last = last_adoption(folder)
    return _adopted_at_run(folder) == ("" if last is None else last.id)


def _adopted_at_run(folder: Path) -> str | None:
    """Return the name of the adoption that the last run was made with; empty: none; None: not readable."""
    told = content(cell_folder(folder / OUT) / IN_FORCE)
    if told is None:
        return ""
    try:
        return str(json.loads(told)["id"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
