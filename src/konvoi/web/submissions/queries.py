"""Lists of submissions: what is stored of the viewer's parties, and uploads that wait for a decision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from konvoi.flow.receipts import recorded
from konvoi.gateways.files import SUBMISSIONS, WITHDRAWN
from konvoi.kit.digest import key
from konvoi.web.access.parties import party_ids
from konvoi.web.access.view import Opened, view
from konvoi.web.access.viewer import Viewer
from konvoi.web.pages.party_names import party_text
from konvoi.web.record import receipts
from konvoi.web.submissions.models import Upload

State = Upload.State
WAITING = (State.CHECKING, State.CHECKED, State.STORING, State.FAILED)


@dataclass(frozen=True)
class Stored:
    """A document of the record. path: below the workspace.

    in_force: None where the results do not know the document yet; so are the other facts. findings: number
    by severity.
    """

    path: str
    sha256: str
    size: int
    in_force: bool | None = None
    day: date | None = None
    marking: str = ""
    rows: int | None = None
    findings: Mapping[str, int] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The public id, made of name and content."""
        return key(self.path, self.sha256)[:20]

    @property
    def name(self) -> str:
        """The name below submissions or withdrawn: PARTY/FILE."""
        return self.path.partition("/")[2]

    @property
    def party(self) -> str:
        """The party that submitted it."""
        return self.name.partition("/")[0]

    @property
    def file(self) -> str:
        """The name as its party knows it, with the folder of its version."""
        return self.name.partition("/")[2]

    @property
    def filename(self) -> str:
        """The name of the file alone."""
        return PurePosixPath(self.name).name

    @property
    def withdrawn(self) -> bool:
        """True where it is withdrawn."""
        return self.path.startswith(f"{WITHDRAWN}/")

    @property
    def state(self) -> str:
        """Return as a message id what it counts for."""
        if self.withdrawn:
            return "withdrawn"
        if self.in_force is None:
            return "being computed"
        return "in force" if self.in_force else "replaced by a newer version"


@dataclass(frozen=True)
class OfParty:
    """Everything that is stored of one party."""

    party: str
    documents: tuple[Stored, ...]
    replaced: tuple[Stored, ...]
    withdrawn: tuple[Stored, ...]

    @property
    def name(self) -> str:
        """The name of the party in the reader's language."""
        return party_text(self.party)


def documents(viewer: Viewer) -> list[Stored]:
    """Return the documents of the parties whose submissions a viewer may see to the file, by name."""
    there = recorded(receipts())
    paths = [
        path
        for path in sorted(there)
        if path.startswith((f"{SUBMISSIONS}/", f"{WITHDRAWN}/"))
        and path.count("/") > 1
        and viewer.owns(path.split("/")[1])
    ]
    found = [Stored(path, there[path].sha256, there[path].size) for path in paths]
    opened = view(viewer.on(None))
    return found if opened is None else _with_facts(found, opened)


def _with_facts(found: Sequence[Stored], opened: Opened) -> list[Stored]:
    """Return documents with what the viewer's results say of them."""
    known = {(row["party"], row["digest"]): row for row in opened.rows("submissions", limit=100_000).rows}
    counts: dict[str, dict[str, int]] = {}
    for (file, severity), count in opened.counts("findings", ("file", "severity")).items():
        counts.setdefault(str(file), {})[str(severity)] = count
    facts = []
    for one in found:
        row = None if one.withdrawn else known.get((one.party, one.sha256))
        if row is None:
            facts.append(one)
            continue
        facts.append(
            Stored(
                one.path,
                one.sha256,
                one.size,
                row["in_force"],
                row["known_on"],
                row["marking"] or "",
                row["rows"],
                counts.get(row["name"], {}),
            )
        )
    return facts


def by_party(found: Iterable[Stored]) -> list[OfParty]:
    """Return documents by party, each party's in force, replaced and withdrawn ones apart."""
    parties: dict[str, list[Stored]] = {}
    for one in found:
        parties.setdefault(one.party, []).append(one)
    return [
        OfParty(
            party,
            tuple(one for one in some if not one.withdrawn and one.in_force is not False),
            tuple(one for one in some if not one.withdrawn and one.in_force is False),
            tuple(one for one in some if one.withdrawn),
        )
        for party, some in sorted(parties.items())
    ]


def document(viewer: Viewer, id: str) -> Stored | None:
    """Return a document by its public id; None for one that is not there or not the viewer's."""
    return next((one for one in documents(viewer) if one.id == id), None)


def open_uploads(viewer: Viewer) -> list[Upload]:
    """Return the uploads that wait for a decision of the viewer, the newest first."""
    found = Upload.objects.filter(state__in=WAITING).order_by("-created")
    if viewer.party:
        found = found.filter(party=viewer.party)
    return [one for one in found[:200] if viewer.may_submit_for(one.party)]


def known_parties(viewer: Viewer) -> list[tuple[str, str]]:
    """Return the parties for which a viewer may hand in, with their names."""
    found = {viewer.party} if viewer.party else set(party_ids())
    return [(one, party_text(one)) for one in sorted(found) if viewer.may_submit_for(one)]
