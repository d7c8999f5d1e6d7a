"""Integrity of a workspace as a reader other than the coordination cell may know it."""

from dataclasses import dataclass
from pathlib import Path

from konvoi.flow.load_workspace import gathering
from konvoi.flow.store import Difference
from konvoi.flow.view import View
from konvoi.flow.workspace import viewed, workspace
from konvoi.gateways.files import SUBMISSIONS
from konvoi.kit.digest import key


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
    found = gathering(work)
    head = key(*sorted((one.document, one.digest) for one in found.readings))
    own = f"{SUBMISSIONS}/{found.view.reader}/"
    return VerifiedView(head, tuple(one for one in work.differences if one.path.startswith(own)))
