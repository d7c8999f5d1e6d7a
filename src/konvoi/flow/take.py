"""Taking a submission in: read first, then kept as it came."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from konvoi.flow.understand import understand
from konvoi.flow.workspace import workspace
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.model.document import Document, Reading


@dataclass(frozen=True)
class Taken:
    """What became of one file: taken in, unchanged (it was there), or refused."""

    name: str
    outcome: str
    reading: Reading

    def as_dict(self) -> dict[str, object]:
        """The outcome as plain JSON values."""
        return {
            "name": self.name,
            "outcome": self.outcome,
            "digest": self.reading.digest,
            "entries": self.reading.entries.height,
            "findings": [finding.as_dict() for finding in self.reading.findings],
        }


def take(paths: list[Path], *, party: str, folder: Path) -> list[Taken]:
    """Read each file and keep it below submissions/PARTY/ with the bytes it came with."""
    if not party or PurePosixPath(party).name != party or party.startswith("."):
        raise Refused(f"--from {party}: not the id of a party; use letters and digits, such as PL")
    work = workspace(folder)
    known = {document.digest: document for document in work.documents}
    names = {document.name for document in work.documents}
    taken = []
    for document in files.documents(paths, party=party):
        here = known.get(document.digest)
        name = here.name if here else _free(f"{party}/{document.name}", names)
        reading = understand([Document(name, document.content, party)], settings=work.settings)[0]
        if here:
            outcome = "unchanged"
        elif reading.refused:
            outcome = "refused"
        else:
            outcome = "taken in"
            files.write(folder / "submissions" / name, document.content, over=False)
            names.add(name)
            known[document.digest] = Document(name, b"", party)
        taken.append(Taken(name, outcome, reading))
    return taken


def _free(name: str, names: set[str]) -> str:
    """The name; where it is taken, below a folder for its version: a CSV's own name says its table."""
    path, number = PurePosixPath(name), 1
    while name in names:
        number += 1
        name = str(path.parent / f"v{number}" / path.name)
    return name
