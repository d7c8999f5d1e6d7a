"""Files of activities that are too large to be held are counted in a child that reads them piece by piece."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from konvoi.flow.parse_documents import limits
from konvoi.flow.settings import Settings
from konvoi.flow.workspace import Workspace, is_workspace
from konvoi.gateways import files
from konvoi.gateways.sandbox import run_on
from konvoi.intake.formats.iati import IATI_ACTIVITIES
from konvoi.intake.iati.validation import BY_DEFAULT
from konvoi.intake.wire import read_apart
from konvoi.kit.progress import Progress, Stop, never
from konvoi.model.document import Document, Reading

LARGE = 32 << 20
"""Bytes from which on a file of activities is not held."""

_SURVEYOR = "konvoi.intake.survey:survey_wire"


def surveyed(
    paths: Sequence[Path], *, party: str = "", large: int = LARGE, validate: bool = False, stop: Stop = never
) -> dict[Path, Reading]:
    """Each large file of activities at these paths, counted; none of a workspace, which needs every entry.

    validate: also check files against the standard that are too large to be checked without being asked.
    """
    if len(paths) == 1 and is_workspace(paths[0]):
        return {}
    found: dict[Path, Reading] = {}
    for path, name in files.named(paths):
        if files.size(path) > large:
            stop(Progress(f"Reading {name}", 0))
            checked = validate or files.size(path) < BY_DEFAULT
            reading = _survey(path, Document(name, b"", party), validate=checked)
            found |= {path: reading} if reading else {}
    return found


def beside(paths: Sequence[Path], large: Collection[Path], *, party: str = "") -> Workspace:
    """The other files at these paths, held as they are."""
    return Workspace(None, Settings(), tuple(files.documents(list(paths), party=party, aside=large)))


def _survey(path: Path, document: Document, *, validate: bool) -> Reading | None:
    """The survey of one file; None where it is none of activities."""
    with files.opened(path) as (source, head, digest):
        if not IATI_ACTIVITIES.recognises(replace(document, content=head)):
            return None
        usual = limits(Settings())
        more = (files.size(path) >> 20) * (4 if validate else 1)
        bounds = replace(usual, seconds=usual.seconds + more, patience=usual.patience + 2 * more)
        outcome = run_on(
            _SURVEYOR, source, (document.name, document.party, digest, "yes" if validate else ""), bounds
        )
        return read_apart(document, outcome.answer, why=outcome.why, digest=digest)
