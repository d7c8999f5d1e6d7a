"""Released papers: kept in the record as their bytes were, and what has changed since for their reader.

A release is one file, `released/READER/ID.zip`, which is stored once and whose digest is in the chain of
receipts. Its receipt states the day of the paper: documents that are added later do not count as known
before it.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from konvoi.flow.receipts import Action, Kind, Receipt
from konvoi.flow.store import RELEASED_PAPERS, Edit, Store, store
from konvoi.flow.submissions.diff import Diff, Moved, diff
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace, viewed, workspace_at
from konvoi.kit.digest import digest
from konvoi.kit.progress import Stop, never
from konvoi.report.language import Language
from konvoi.report.names import Names
from konvoi.report.page import Message, Number, Value
from konvoi.report.submissions.revised import changed

MOST = 3
"""So many releases to one reader are compared with each new state, the newest first."""
MOST_PACKAGES = 200
_MOST_PARTS = 3
_STAMP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class ReleasedPaper:
    """A release in the record. number: of its receipt; day: as of which the paper is."""

    id: str
    reader: str
    number: int
    day: date
    digest: str

    @property
    def path(self) -> str:
        """The file below the workspace."""
        return _path(self.reader, self.id)


def release_paper(
    kept: Store, id: str, reader: str, day: date, files: Mapping[str, bytes], *, at: str, reason: str = ""
) -> str:
    """Keep the files of a paper as released to a reader, and return the digest of the whole.

    Equal files give equal bytes. at: when, for audit.
    """
    content = _packed(files)
    kept.commit(
        Action(Kind.PUBLISHED, (), day.isoformat(), at, reason=reason), [Edit(_path(reader, id), content)]
    )
    return digest(content)


def _path(reader: str, id: str) -> str:
    return f"{RELEASED_PAPERS}/{reader}/{id}.zip"


def _packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _STAMP), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unpacked(content: bytes) -> Mapping[str, bytes]:
    """Return the files of a release by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def released_papers(chain: Sequence[Receipt]) -> tuple[ReleasedPaper, ...]:
    """Return the releases that a chain records, the oldest first."""
    found = []
    for receipt in chain:
        for one in receipt.change.files:
            parts = one.path.split("/")
            if receipt.change.kind == Kind.PUBLISHED and parts[0] == RELEASED_PAPERS and len(parts) == 3:
                day = date.fromisoformat(receipt.change.day)
                id = parts[2].removesuffix(".zip")
                found.append(ReleasedPaper(id, parts[1], receipt.number, day, one.sha256))
    return tuple(found)


def changes_since(work: Workspace, reader: str, names: Names, *, stop: Stop = never) -> Mapping[str, bytes]:
    """Return what changed for a reader since each of the last releases to it, as JSON by ID and language.

    work: the newest state. Each file states totals (what, then, now, and by how much each kind of change
    moved it) and packages (kind of change, package, partner, what), as `konvoi report changes` finds them in
    two states as this reader sees them.
    """
    if work.folder is None:
        return {}
    papers = [one for one in released_papers(store(work.folder).receipts()) if one.reader == reader]
    found: dict[str, bytes] = {}
    for one in papers[-MOST:]:
        before = _seen(workspace_at(work.folder, one.number), reader)
        told = diff(before, _seen(work, reader), stop=stop)
        for code in work.settings.languages:
            found[f"{one.id}.{code}.json"] = _written(told, names, Language(code))
    return found


def _seen(work: Workspace, reader: str) -> Workspace:
    return viewed(work, View(None, reader, narrowed=True))


def _written(told: Diff, names: Names, language: Language) -> bytes:
    rows = told.packages.sort("kind", "package")
    packages = [
        {
            "kind": language.say(str(row["kind"])),
            "package": str(row["package"]),
            "party": language.text(names.party(str(row["party"] or ""))),
            "what": language.text(_what(row["changes"])),
        }
        for row in rows.head(MOST_PACKAGES).iter_rows(named=True)
    ]
    totals = [_total(one, names, language) for one in told.totals]
    values = {"totals": totals, "packages": packages, "all_packages": rows.height}
    return json.dumps(values, ensure_ascii=False, indent=1).encode()


def _what(changes: object) -> Value:
    told = list(changes) if isinstance(changes, list) else []
    return (changed(told[:_MOST_PARTS]), " …" if len(told) > _MOST_PARTS else "")


def _total(one: Moved, names: Names, language: Language) -> dict[str, str]:
    stage = Message(one.stage)
    then, now = (
        language.say("not known") if value is None else language.figure(Number(value, one.unit))
        for value in (one.old, one.new)
    )
    by = [
        f"{language.say(kind)} {'+' if value > 0 else ''}{language.figure(Number(value, one.unit))}"
        for kind, value in one.by.items()
    ]
    what: Value = (names.good(one.good), ", ", stage) if one.good else stage
    return {"what": language.text(what), "then": then, "now": now, "by": ", ".join(by)}


def content_of(folder: Path, paper: ReleasedPaper) -> Mapping[str, bytes] | None:
    """Return the files of a release; None where its bytes are not those that were recorded."""
    content = store(folder).content(paper.path)
    return unpacked(content) if content is not None and digest(content) == paper.digest else None
