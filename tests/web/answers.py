"""Compare answers: what two persons are given, without what is drawn anew with each answer."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
_NONCE = re.compile(r"'nonce-[^']*'")
_FREE = re.compile(rb"\d+ MB")
"""Free disk on the page of health, which differs from one moment to the next."""
_MOMENTS = ("Date", "Expires", "Content-Length")
"""Headers that depend on the moment, or on the length of what is left out."""
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


@dataclass(frozen=True)
class Answer:
    """An answer that can be compared."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[str, ...]
    body: bytes


def answer(response: Any, path: str = "", *, ids: bool = False) -> Answer:
    """Return an answer without nonces, tokens and its date.

    path: of the request, which a page repeats. ids: True to leave out random ids, too.
    """
    body = _FREE.sub(b"", _TOKEN.sub(b"", _body(response)))
    headers = {name: _NONCE.sub("", value) for name, value in response.items() if name not in _MOMENTS}
    if path:
        quoted = path.replace("/", "%2F")
        # Links of the navigation may begin with the path.
        for one in (path, quoted):
            body = re.sub(re.escape(one.encode()) + rb"(?![\w/%-])", b"PATH", body)
        headers = {name: value.replace(path, "PATH") for name, value in headers.items()}
    if ids:
        body = _UUID.sub("ID", body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
        headers = {name: _UUID.sub("ID", value) for name, value in headers.items()}
    return Answer(response.status_code, tuple(sorted(headers.items())), tuple(sorted(response.cookies)), body)


def _body(response: Any) -> bytes:
    """The content of an answer; nothing of events, which end with their job."""
    if response.streaming and not response["Content-Type"].startswith("text/csv"):
        return b""
    return content(response)


def content(response: Any) -> bytes:
    """Return the whole content of an answer.

    What is sent in parts is read in a thread of its own: that of the tests may have the loop of the browser.
    """
    if not response.streaming:
        return bytes(response.content)
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(b"".join, response).result()
