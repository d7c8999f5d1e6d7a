"""Integrity of a workspace as a reader other than the coordination cell may know it."""

from dataclasses import dataclass, replace
from pathlib import Path

from konvoi.flow.load_workspace import gathering
from konvoi.flow.store import Difference
from konvoi.flow.view import View
from konvoi.flow.workspace import refuse_unreliable, viewed, workspace
from konvoi.gateways.files import SUBMISSIONS


@dataclass(frozen=True)
class VerifiedView:
    """The head of a view, and the files of the reader itself that differ from their receipts."""

    head: str
    differences: tuple[Difference, ...]


def verified_view(folder: Path, view: View) -> VerifiedView:
    """Return a digest of all documents of a view, and the differences in the reader's own files.

    The head depends on nothing that is hidden from the reader; a party proves with it that two reports to it
    rest on the same statements.
    """
    work = viewed(workspace(folder), view)
    # A party learns which of its own files differ; to all others nothing is shown while any file differs.
    found = gathering(replace(work, differences=()))
    own = f"{SUBMISSIONS}/{found.view.reader}/"
    differences = tuple(one for one in work.differences if one.path.startswith(own))
    if not differences:
        refuse_unreliable(work)
    return VerifiedView(found.digest, differences)
