"""Changes by an upload, as they are kept: plain JSON values, each sentence still a message id."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from konvoi.flow.ledger.preview import Effect
from konvoi.flow.submissions.changes import counted
from konvoi.flow.submissions.import_submission import Submission, Taken
from konvoi.kit.json_text import json_text
from konvoi.model.finding import Finding, Place, Severity

MOST = 500
"""Changes of a file and findings that are kept for showing; all of them are counted."""
_HEAVY = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def preview_of(found: Submission, not_marked: Mapping[str, str]) -> dict[str, Any]:
    """Return what an upload would change; exact numbers are texts.

    not_marked: why a workbook did not come back marked, by its name.
    """
    intake = found.intake
    document = {
        "files": [_file(one, found.original(one.reading.digest)) for one in intake.files],
        "elsewhere": _findings(intake.elsewhere),
        "effects": [_effect(one) for one in intake.effects if one.differs],
        "exposures": [one.as_dict() for one in intake.exposures],
        "audiences": [one.as_dict() for one in intake.audiences],
        "not_marked": dict(not_marked),
        "widened": [one.as_dict() for one in found.widened],
    }
    values: dict[str, Any] = json.loads(json_text(document, indent=None), parse_float=str)
    return values


def _file(one: Taken, digest: str) -> dict[str, object]:
    told = [one.reading.headed(finding) for finding in one.reading.findings]
    shown = [change for change in one.changes if change.outcome not in ("new", "unchanged")]
    return {
        "name": one.name.partition("/")[2] or one.name,
        "outcome": one.outcome,
        "digest": digest,
        "entries": one.reading.entries.height,
        "language": one.reading.facts.get("language", ""),
        "format": one.reading.format,
        "party": one.reading.facts.get("party", ""),
        "counts": counted(one.changes),
        "changes": [change.as_dict() for change in shown[:MOST]],
        "changed": len(shown),
        "severities": {str(one): sum(f.severity == one for f in told) for one in _HEAVY},
        "findings": _findings(told),
        "answers": None if one.answers is None else {**one.answers, "open": one.open},
    }


def _findings(found: Sequence[Finding]) -> list[dict[str, object]]:
    ranked = sorted(found, key=lambda one: (_HEAVY.index(one.severity), one.place, one.code))
    return [stated(one) for one in ranked[:MOST]]


def stated(one: Finding) -> dict[str, object]:
    """Return a finding with its message ids and values, so that any reader's language can say it."""
    return {
        "severity": str(one.severity),
        "code": one.code,
        "file": one.place.file,
        "sheet": one.place.sheet,
        "row": one.place.row,
        "column": one.place.column,
        "heading": one.place.heading,
        "read": one.read,
        "expected": one.expected,
        "remedy": one.remedy,
        "values": dict(one.values),
    }


def finding_of(values: Mapping[str, Any]) -> Finding:
    """Return the finding that `stated` wrote."""
    place = Place(
        values["file"], values["sheet"], int(values["row"] or 0), values["column"], values["heading"]
    )
    return Finding(
        Severity(values["severity"]),
        values["code"],
        place,
        values["read"],
        values["expected"],
        values["remedy"],
        values["values"],
    )


def _effect(one: Effect) -> dict[str, object]:
    return {**one.as_dict(), "why": one.why, "why_values": dict(one.why_values)}
