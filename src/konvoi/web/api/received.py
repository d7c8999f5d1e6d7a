"""Bodies of requests of programs: files and JSON, refused where they are not as the document says."""

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import Http404, HttpRequest
from django.http.multipartparser import MultiPartParserError

from konvoi.kit.digest import digest
from konvoi.web.api.problems import Stopped, problem, unfit
from konvoi.web.submissions import quarantine
from konvoi.web.submissions.views import length_of

TEXT = r"^[^\u0000-\u001f\u007f]*$"
"""Texts on one line, as the document says it."""
_TEXT = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]*")
FILES = "multipart/form-data"


def id_of(text: str) -> uuid.UUID:
    """Return the id that an address names; 404 for what is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404 from None


def files_of(request: HttpRequest) -> "list[UploadedFile[Any]]":
    """Return the files of a request, written to disk as they come."""
    _of_type(request, FILES)
    if length_of(request) > quarantine.MOST_BYTES + quarantine.FORM_BYTES:
        raise _too_large(quarantine.too_large())
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
    try:
        found = request.FILES
    except (TooManyFilesSent, TooManyFieldsSent):
        raise _too_large(quarantine.too_many()) from None
    except (MultiPartParserError, RequestDataTooBig):
        raise unfit("files", "The parts of the body cannot be read.") from None
    for name in sorted({*found, *request.POST} - {"files", "party"}):
        raise unfit(name, "There is no such part.")
    given = found.getlist("files")
    if not given:
        raise unfit("files", "Send one or more files in parts named “files”.")
    return given


def digests(given: "Sequence[UploadedFile[Any]]") -> list[list[str]]:
    """Return name and digest of each file: the boundary of parts differs each time that they are sent."""
    return [[one.name or "", *(digest(piece) for piece in one.chunks())] for one in given]


def members_of(request: HttpRequest) -> dict[str, Any]:
    """Return the members of a JSON document."""
    _of_type(request, "application/json")
    try:
        found = json.loads(request.body)
    except RequestDataTooBig:
        raise _too_large("The document is too large.") from None
    except (ValueError, RecursionError):
        raise unfit("", "It is not JSON.") from None
    if not isinstance(found, dict):
        raise unfit("", "It is not a JSON object.")
    return found


def texts(found: object, most: Mapping[str, int], *, needed: Sequence[str]) -> dict[str, str]:
    """Return the members of an object, all of them texts of one line. most: characters of each at most."""
    if not isinstance(found, dict):
        raise unfit("", "An object is needed.")
    for name in found:
        if name not in most:
            raise unfit(str(name)[:100], "There is no such member.")
    for name in needed:
        if not found.get(name):
            raise unfit(name, "The member is missing or empty.")
    for name, value in found.items():
        if not isinstance(value, str) or len(value) > most[name] or not _TEXT.fullmatch(value):
            raise unfit(name, f"A text on one line of up to {most[name]} characters is needed.")
    return found


def is_line(text: str, most: int) -> bool:
    """Return True for a text on one line of up to so many characters that is not empty."""
    return 0 < len(text) <= most and bool(_TEXT.fullmatch(text))


def refuse_unseen(request: HttpRequest, tags: Sequence[str], *, needed: bool) -> str:
    """Return the tag that the program has seen; stop where it has seen another state than what is changed.

    tags: of the state as it is, one for each way in which it may have been seen. Empty where If-Match is not
    sent and not needed.
    """
    known = request.headers.get("If-Match", "")
    if not known and needed:
        raise Stopped(problem(428, "not-seen", "Send the ETag of what you have seen as If-Match."))
    seen = [tag.strip() for tag in known.split(",")]
    # A star says that it is there, and nothing of what was seen; an empty header names no state that was.
    if "If-Match" in request.headers and not set(seen) & set(tags) and (needed or "*" not in seen):
        raise Stopped(problem(412, "changed", "It is not as you have seen it. Read it again."))
    return next((tag for tag in tags if tag in seen), "")


def _of_type(request: HttpRequest, kind: str) -> None:
    if request.content_type != kind:
        raise Stopped(problem(415, "media-type", f"Send {kind}."))


def _too_large(text: str) -> Stopped:
    return Stopped(problem(413, "too-large", text))
