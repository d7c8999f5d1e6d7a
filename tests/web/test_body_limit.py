"""A body that is too long is read to its end, and nothing of the rest is kept."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from konvoi.web.body_limit import Receive, Send, limited


def test_what_is_over_the_limit_is_thrown_away() -> None:
    kept: list[bytes] = []

    async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            kept.append(message["body"])
            if not message["more_body"]:
                return

    parts = iter([b"12345", b"67890", b"abcde", b"f"])

    async def receive() -> Mapping[str, Any]:
        body = next(parts)
        return {"type": "http.request", "body": body, "more_body": body != b"f"}

    async def send(message: Mapping[str, Any]) -> None:
        return None

    def run() -> None:
        asyncio.run(limited(application, 10)({"type": "http"}, receive, send))

    # The thread of the tests may run the loop of a browser.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()
    assert kept == [b"12345", b"67890", b"", b""]
