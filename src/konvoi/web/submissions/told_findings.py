"""Findings on a stored document: those that the results tell, each in words that can be translated."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from konvoi.model.document import Reading
from konvoi.model.finding import Finding, Place, Severity
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Viewer
from konvoi.web.submissions.models import Upload
from konvoi.web.submissions.preview import MOST, finding_of
from konvoi.web.submissions.queries import Stored

_TOLD = ("severity", "code", "sheet", "row", "column", "read", "expected", "remedy")
_UPLOADS = 50
"""Newest uploads of a party in which the words of a finding are looked up."""


def told_findings(viewer: Viewer, one: Stored, reading: Reading | None) -> list[Finding]:
    """Return the findings on a document: with all that is stored; of the file alone before results know it.

    A finding that the results tell stands in them as it is said in English; where the reading or the preview
    of its upload has the same one, its words can be translated.
    """
    own = [] if reading is None else [reading.headed(finding) for finding in reading.findings]
    opened = view(viewer.on(None))
    if opened is None or not one.in_force:
        return own
    rows = opened.rows("findings", where={"file": one.name}, limit=10 * MOST).rows
    known = {_key(finding.as_dict()): finding for finding in own}
    if any(_key(row) not in known for row in rows):
        known = {_key(finding.as_dict()): finding for finding in _previewed(one)} | known
    found = [known.get(_key(row)) or _as_told(row) for row in rows]
    return sorted(found, key=lambda each: (-list(Severity).index(each.severity), each.place, each.code))


def _previewed(one: Stored) -> Iterator[Finding]:
    """Yield the findings that the preview of a document's upload had."""
    uploads = Upload.objects.filter(party=one.party, state=Upload.State.STORED).order_by("-created")
    for upload in uploads[:_UPLOADS]:
        yield from _of_file(upload.preview.get("files", ()), one.sha256)


def _of_file(files: Sequence[Mapping[str, Any]], digest: str) -> Iterable[Finding]:
    return (finding_of(told) for file in files if file["digest"] == digest for told in file["findings"])


def _key(told: Mapping[str, Any]) -> tuple[object, ...]:
    return tuple(told[name] or "" for name in _TOLD)


def _as_told(row: Mapping[str, Any]) -> Finding:
    place = Place(row["file"] or "", row["sheet"] or "", row["row"] or 0, row["column"] or "")
    read, expected, remedy = (str(row[name] or "") for name in ("read", "expected", "remedy"))
    return Finding(Severity(row["severity"]), row["code"], place, read, expected, remedy)
