"""A workspace on disk: its settings, submissions, and people's decisions."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from konvoi.flow.receipts import Withdrawal
from konvoi.flow.settings import FILE, Settings, settings
from konvoi.flow.store import (
    CACHE,
    JUDGEMENTS,
    RATES,
    WAIVERS,
    Difference,
    Store,
    kept_text,
    store,
)
from konvoi.flow.view import View
from konvoi.gateways import files
from konvoi.gateways.database import imported
from konvoi.gateways.refusal import Refused
from konvoi.model.document import OWN, Document
from konvoi.model.finding import Finding

__all__ = [
    "CACHE",
    "JUDGEMENTS",
    "RATES",
    "Workspace",
    "groups",
    "is_workspace",
    "opened",
    "viewed",
    "workspace",
]


@dataclass(frozen=True)
class Workspace:
    """A folder with konvoi.toml and submissions, or files that stand alone.

    judgements: the text of judgements.csv, empty where there is none. folder: None for files alone.
    withdrawn: what was taken out again, withdrawals: when. view: the day and the reader for whom it is
    opened. differences: from the receipts of changes; findings tell of them as well. head: of the chain of
    receipts.
    """

    folder: Path | None
    settings: Settings
    documents: tuple[Document, ...]
    judgements: str = ""
    findings: tuple[Finding, ...] = ()
    withdrawn: tuple[Document, ...] = ()
    view: View = field(default_factory=View)
    differences: tuple[Difference, ...] = ()
    head: str = ""
    withdrawals: tuple[Withdrawal, ...] = ()


def settings_of(folder: Path) -> Settings:
    """Return the settings of a folder, those by default where it has none.

    Raises Refused where the file is no TOML: nothing is computed by other settings than those meant.
    """
    known = settings(kept_text(folder, FILE) or "")[0]
    _refuse_broken(known)
    return known


def _refuse_broken(known: Settings) -> None:
    if known.broken:
        raise Refused(f"{FILE}: {known.broken}; correct it: nothing is computed without its settings")


def refuse_unreliable(work: Workspace) -> None:
    """Refuse a workspace whose settings cannot be read.

    Refuse to show it to other readers where a setting that may limit them is unknown or unreadable, or where
    a recorded file was altered or is missing. The coordination cell is shown it with findings. Nothing that
    could be hidden is named.
    """
    _refuse_broken(work.settings)
    if not work.view.is_cell and work.settings.unread:
        keys = ", ".join(work.settings.unread)
        raise Refused(
            f"{FILE}: {keys}: not known or not readable, and it may limit who sees what; nothing is shown to "
            "other readers until it is corrected: docs/reference/workspace.md lists all keys"
        )
    if not work.view.is_cell and any(one.forbids for one in work.differences):
        raise Refused(
            "a stored file is not as it was recorded; nothing is shown to other readers until the "
            "coordination cell has resolved it: konvoi verify lists every difference"
        )


def is_workspace(path: Path) -> bool:
    """Return True if a folder holds a konvoi.toml, or the database to which a workspace was moved."""
    return (path / FILE).is_file() or imported(path)


def opened(paths: Sequence[Path], *, party: str = "") -> Workspace:
    """One workspace, or the files and folders named."""
    if len(paths) == 1 and is_workspace(paths[0]):
        return workspace(paths[0])
    # Files alone have no currency but their own.
    return Workspace(None, Settings(currency=""), tuple(files.documents(list(paths), party=party)))


def workspace(folder: Path) -> Workspace:
    """Return a workspace with all submissions; rates.csv and waivers.csv of the folder are documents, too.

    Waivers name cells of all partners, so they are the coordination cell's own.

    What is kept is checked against the receipts of changes (konvoi.flow.store).
    """
    return _workspace(folder, store(folder))


def workspace_at(folder: Path, last: int) -> Workspace:
    """Return a workspace in a database as it was when a receipt, by its number, was the last one."""
    from konvoi.flow.database_store import DatabaseStore

    kept = store(folder)
    if not isinstance(kept, DatabaseStore):
        raise Refused(f"{folder}: earlier states are kept in a database only")
    return _workspace(folder, replace(kept, last=last))


def _workspace(folder: Path, kept: Store) -> Workspace:
    found = kept.contents()
    rates, waived = (_beside(kept, name) for name in (RATES, WAIVERS))
    return Workspace(
        folder,
        found.settings,
        (*found.documents, *rates, *(replace(one, marking=OWN) for one in waived)),
        found.judgements,
        found.findings,
        withdrawn=found.withdrawn,
        differences=found.differences,
        head=found.head,
        withdrawals=found.withdrawals,
    )


def _beside(kept: Store, name: str) -> list[Document]:
    """Return a table that stands beside the submissions; nothing where there is none."""
    content = kept.content(name)
    return [] if content is None else [Document(name, content)]


def viewed(work: Workspace, view: View) -> Workspace:
    """Return the workspace as it is opened for a reader on a day, which is then the day of everything."""
    if view.as_of is None:
        return replace(work, view=view)
    documents, withdrawn = _on(work, view.as_of)
    settings = replace(work.settings, day=view.as_of)
    return replace(work, settings=settings, view=view, documents=documents, withdrawn=withdrawn)


def _on(work: Workspace, day: date) -> tuple[tuple[Document, ...], tuple[Document, ...]]:
    """Return the documents of a day and those that were withdrawn on it.

    One withdrawn later is in force, under its name of then unless another has it now.
    """
    documents = {one.name: one for one in work.documents}
    withdrawn = {one.name: one for one in work.withdrawn}
    for one in work.withdrawals:
        aside = one.path.removeprefix(f"{files.WITHDRAWN}/")
        name = one.name.removeprefix(f"{files.SUBMISSIONS}/")
        if one.until is not None and name in documents and one.holds(day):
            withdrawn[name] = documents.pop(name)
        elif one.until is None and aside in withdrawn and not one.holds(day):
            own = aside if name in documents else name
            documents[own] = replace(withdrawn.pop(aside), name=own)
    return tuple(documents.values()), tuple(withdrawn.values())


def groups(known: Settings, tables: dict[str, pl.DataFrame]) -> dict[str, tuple[str, ...]]:
    """Parties by group: those of konvoi.toml and of the table `parties`.

    Where there are none, the EU and the United States, as the Ukraine Support Tracker tells givers apart.
    """
    from konvoi.model.party import GROUPS

    found: dict[str, list[str]] = {name: list(members) for name, members in known.groups.items()}
    if "parties" in tables and "group" in tables["parties"].columns:
        for row in tables["parties"].iter_rows(named=True):
            for name in (row["group"] or "").split(";"):
                if name.strip():
                    found.setdefault(name.strip(), []).append(row["party"])
    if not found:
        found = {"EU": list(GROUPS["EU"]), "US": ["US"]}
    return {name: tuple(dict.fromkeys(members)) for name, members in sorted(found.items())}
