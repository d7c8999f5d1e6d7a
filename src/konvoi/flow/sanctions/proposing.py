"""Inputs of the verb `konvoi sanctions propose` besides proposals: sessions, a folder for a dossier."""

from pathlib import Path

import polars as pl

from konvoi.flow.kept_views import loaded
from konvoi.flow.sanctions.dossiers import files_of, made
from konvoi.flow.sanctions.list_comparison import Sanctions
from konvoi.flow.sanctions.proposals import Steps
from konvoi.flow.workspace import is_workspace, settings_of, workspace
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused


def sessions(folder: Path) -> list[str]:
    """Return the ids of the sessions that were submitted."""
    if not is_workspace(folder):
        return []
    work = workspace(folder)
    rows = loaded(work).tables.get("sessions") if work.documents else None
    return [] if rows is None else [str(one) for one in rows["session"].drop_nulls()]


def written(
    folder: Path, known: Steps, stand: pl.DataFrame, found: Sanctions, *, id: str, out: Path
) -> list[str]:
    """Write the dossier of a proposal to a folder of its own; the paths."""
    if is_workspace(out) or out.resolve() == Path.cwd().resolve():
        raise Refused(f"{out}: the folder is written whole; name one of its own, such as dossier")
    own = settings_of(folder)
    content = files_of(made(known, stand, found, id), own, found)
    return [str(out / name) for name in sorted(files.write_folder(out, content))]
