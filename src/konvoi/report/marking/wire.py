"""Marking as bytes in and bytes out: a stranger's workbook is edited in a process of its own."""

import json
import struct
from collections.abc import Sequence
from dataclasses import asdict

from konvoi.model.finding import Finding, Place, Severity
from konvoi.report.marking.workbook import marked

_LENGTH = struct.Struct(">Q")


def packed(content: bytes, findings: Sequence[Finding], language: str) -> bytes:
    """A workbook, its findings and the language of its reader as bytes."""
    plain = [asdict(finding) for finding in findings]
    head = json.dumps({"language": language, "findings": plain}).encode()
    return _LENGTH.pack(len(head)) + head + content


def mark_wire(sent: bytes) -> bytes:
    """Mark a packed file; this runs in the child process."""
    (length,) = _LENGTH.unpack_from(sent)
    head = json.loads(sent[_LENGTH.size : _LENGTH.size + length])
    findings = [_finding(plain) for plain in head["findings"]]
    return marked(sent[_LENGTH.size + length :], findings, head["language"])


def _finding(plain: dict[str, object]) -> Finding:
    place = plain.pop("place")
    severity = Severity(str(plain.pop("severity")))
    assert isinstance(place, dict)
    return Finding(severity, place=Place(**place), **plain)  # type: ignore[arg-type]
