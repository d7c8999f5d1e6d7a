"""Bodies of requests: what is longer than the limit is read and thrown away, and never written to disk."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

MOST = 52 << 20
"""Bytes of the largest body that is kept: an upload at its limit, and the form around it."""

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Application = Callable[[dict[str, Any], Receive, Send], Coroutine[Any, Any, None]]


def limited(application: Application, most: int = MOST) -> Application:
    """Return an application that gets no more of a body than the limit.

    The body is still read to its end, so that a browser gets the answer and not a broken connection; pages
    see from the length that was announced that it was too long.
    """

    async def answered(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        taken = 0

        async def part() -> Mapping[str, Any]:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body") or b"")
            return {**message, "body": b""} if taken > most and "body" in message else message

        await application(scope, part if scope["type"] == "http" else receive, send)

    return answered
