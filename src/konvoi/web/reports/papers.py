"""Papers that a viewer may read: the brief, delegation pages and decision sheets of a reader on a day."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from konvoi.flow.reader_papers import DELEGATION, INDEX, PAPERS
from konvoi.flow.snapshots import BRIEF, FIGURES, RECORDS
from konvoi.flow.view import CELL
from konvoi.model.markings import COALITION, PUBLIC
from konvoi.web.access.parties import party_ids
from konvoi.web.access.roles import Right
from konvoi.web.access.view import Opened
from konvoi.web.access.viewer import Viewer
from konvoi.web.pages.languages import code
from konvoi.web.pages.party_names import party_text
from konvoi.web.pages.texts import say

OF_BRIEF = "brief"


@dataclass(frozen=True)
class Paper:
    """A paper of a reader. kind: brief, delegation or decisions; about: id of the party or meeting."""

    id: str
    kind: str
    about: str
    title: str
    answer: str
    names: Sequence[str]

    @property
    def place(self) -> str:
        """The folder of its parts below that of the reader; empty for the brief."""
        return "" if self.kind == OF_BRIEF else f"{PAPERS}/{self.id}/"

    def figures(self, opened: Opened) -> str:
        """Return its figures as HTML."""
        return opened.text(self.place + FIGURES, code())

    def records(self, opened: Opened) -> str:
        """Return the records behind its figures as HTML."""
        return opened.text(self.place + RECORDS, code())


def papers(opened: Opened) -> list[Paper]:
    """Return the papers of a reader, the brief first; none where nothing with a day is released to it."""
    if opened.day is None:
        return []
    names = sorted(
        name.removeprefix(f"{BRIEF}/") for name in opened.manifest.files if name.startswith(f"{BRIEF}/")
    )
    brief = Paper(OF_BRIEF, OF_BRIEF, "", say("Brief"), _in_language(opened.manifest.answer), names)
    # A reader's language that the workspace has not is shown in another one.
    listed = json.loads(opened.file(INDEX) or b"[]")
    others = [
        Paper(
            one["id"],
            one["kind"],
            one["about"],
            _in_language(one["title"]),
            _in_language(one["answer"]),
            one["names"],
        )
        for one in listed
    ]
    return [brief, *others]


def _in_language(texts: object) -> str:
    known = dict(texts) if isinstance(texts, dict) else {}
    return str(known.get(code()) or next(iter(known.values()), ""))


def paper_of(opened: Opened, id: str) -> Paper | None:
    """Return a paper by its id; None for one that is not there."""
    return next((one for one in papers(opened) if one.id == id), None)


def content_of_file(opened: Opened, name: str) -> bytes | None:
    """Return a file of the brief or of another paper; None for any other name."""
    known = {name for one in papers(opened) for name in one.names}
    if name not in known:
        return None
    return opened.file(f"{BRIEF}/{name}") or opened.file(f"{PAPERS}/{name}")


def audiences(viewer: Viewer) -> list[tuple[str, str]]:
    """Return the readers whose papers a viewer may read, each with its name, the viewer's own first."""
    known = [viewer.reader, PUBLIC]
    if viewer.is_cell:
        known += [COALITION, *party_ids()]
    return [(one, name_of_reader(one)) for one in dict.fromkeys(known) if viewer.reads(one)]


def name_of_reader(reader: str) -> str:
    """Return the name of a reader in the reader's language."""
    named = {CELL: "Coordination cell", PUBLIC: "Public", COALITION: "Coalition"}
    return say(named[reader]) if reader in named else party_text(reader)


def delegations(viewer: Viewer) -> list[tuple[str, str]]:
    """Return the parties of which a viewer reads the delegation page, each with its name and its address.

    The page is among the papers of the party itself, computed from what that may see.
    """
    parties = party_ids() if viewer.is_cell else ()
    return [
        (party_text(one), f"/reports/papers/{DELEGATION}-{one}{query(viewer, one)}")
        for one in parties
        if viewer.reads(one)
    ]


def is_own_delegation(viewer: Viewer, paper: Paper) -> bool:
    """Return True for the delegation page of the party for which the viewer may answer."""
    own = paper.kind == DELEGATION and bool(viewer.party) and paper.about == viewer.party
    return own and viewer.may(Right.SUBMIT) and viewer.day is None


def query(viewer: Viewer, reader: str) -> str:
    """Return the query by which links keep the reader and the day; empty for the viewer's own of today."""
    values = {}
    if reader != viewer.reader:
        values["for"] = reader
    if viewer.day is not None:
        values["day"] = viewer.day.isoformat()
    return f"?{urlencode(values)}" if values else ""
