"""Taking a submission in: read first, compared with what is there, then kept as it came."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from konvoi.flow.changes import Change, changes, counted
from konvoi.flow.collect import CACHE
from konvoi.flow.gather import in_force
from konvoi.flow.understand import understand
from konvoi.flow.versions import replaced
from konvoi.flow.withdraw import bring_back, free
from konvoi.flow.workspace import Workspace, workspace
from konvoi.gateways import files
from konvoi.gateways.files import SUBMISSIONS
from konvoi.gateways.refusal import Refused
from konvoi.model.document import Document, Reading
from konvoi.model.party import party_id


@dataclass(frozen=True)
class Taken:
    """What became of one file: taken in, brought back (it was taken out before), unchanged, or refused.

    changes: what it changes against what the workspace holds; empty where nothing was taken in.
    """

    name: str
    outcome: str
    reading: Reading
    changes: tuple[Change, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The outcome as plain JSON values."""
        return {
            "name": self.name,
            "outcome": self.outcome,
            "digest": self.reading.digest,
            "entries": self.reading.entries.height,
            "counts": counted(self.changes),
            "changes": [one.as_dict() for one in self.changes if one.outcome != "unchanged"],
            "findings": [finding.as_dict() for finding in self.reading.findings],
        }


def take(paths: list[Path], *, party: str, folder: Path, dry: bool = False) -> list[Taken]:
    """Read each file and keep it below submissions/PARTY/ with the bytes it came with.

    party: an id, or a name or code that is known for one. dry: tell what would become of each, one after
    the other, and keep nothing.
    """
    party = party_id(party) or party
    if len(party.split()) != 1 or PurePosixPath(party).name != party or party.startswith("."):
        raise Refused(f"--from {party}: not the id of a party; use letters and digits, such as PL")
    work = workspace(folder)
    desk = _Desk(folder, work, dry)
    return [desk.take(document, party) for document in files.documents(paths, party=party)]


class _Desk:
    """A workspace into which files are taken one by one, each compared with all before it."""

    def __init__(self, folder: Path, work: Workspace, dry: bool) -> None:
        self._folder, self._work, self._dry = folder, work, dry
        self._known = {document.digest: document.name for document in work.documents}
        self._aside = {document.digest: document for document in work.withdrawn}
        cache = folder / CACHE
        self._held = understand(work.documents, settings=work.settings, cache=cache)
        self._out = understand(work.withdrawn, settings=work.settings, cache=cache)

    def take(self, document: Document, party: str) -> Taken:
        """One file; the same file twice changes nothing."""
        here = self._known.get(document.digest)
        old = self._aside.get(document.digest)
        wanted = old.name if old else f"{party}/{document.name}"
        name = here or free(wanted, set(self._known.values()))
        marking = self._work.settings.marking
        (reading,) = understand(
            [Document(name, document.content, party, marking)], settings=self._work.settings
        )
        if here:
            return Taken(name, "unchanged", reading)
        if reading.refused:
            return Taken(name, "refused", reading)
        told = self._changes(reading)
        self._keep(name, document, old)
        self._held.append(reading)
        return Taken(name, "brought back" if old else "taken in", reading, told)

    def _changes(self, reading: Reading) -> tuple[Change, ...]:
        out = [one for one in self._out if one.document != reading.document]
        held = in_force(self._held, self._work.settings, out)
        old = replaced(reading, held, self._work.settings, out)
        return changes(reading, held, [one for one in held if one.document == old])

    def _keep(self, name: str, document: Document, old: Document | None) -> None:
        self._known[document.digest] = name
        if self._dry:
            return
        if old:
            bring_back(self._folder, old, name)
        else:
            files.write(self._folder / SUBMISSIONS / name, document.content, over=False)
