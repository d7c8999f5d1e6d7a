"""Files that a browser stores and does not open as pages."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_KINDS = {
    "html": "text/html; charset=utf-8",
    "xlsx": WORKBOOK,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
}


def kind_of(name: str) -> str:
    """Return the media type of a file of a paper, by its name."""
    return _KINDS.get(name.rpartition(".")[2], "application/octet-stream")


def attachment(content: bytes | str, name: str, kind: str = "application/octet-stream") -> HttpResponse:
    """Return a file as an attachment."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response
