"""Writes docs/pictures: a picture of each desk's page, taken of the demonstration.

    PYTHONPATH=src python docs/pictures.py [NAME]...

It starts a demonstration in a folder of its own, waits for its results, goes on as the persona of each desk,
and takes the upper part of the page at 1280 pixels. It needs a Chromium (`KONVOI_CHROMIUM`).
"""

import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from playwright.sync_api import Browser, Page

PICTURES = Path(__file__).resolve().parent / "pictures"
WIDTH, HEIGHT = 1280, 900
MOST_BYTES = 120_000
_WAIT = 1800.0
"""Seconds at most until the demonstration has results, on a busy machine."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Picture:
    """A picture of a page. links: selectors of links that are followed first; scroll: of what comes to the
    upper edge.
    """

    name: str
    persona: str
    path: str
    links: tuple[str, ...] = ()
    scroll: str = ""


_MEETING = 'main tbody a[href*="/meetings/of/"]'
DESKS = (
    Picture("overview", "planner", "/"),
    Picture("planning", "planner", "/planning/"),
    Picture("scenarios", "planner", "/planning/scenarios"),
    Picture("deliveries", "recipient", "/deliveries/"),
    Picture(
        "legal",
        "legal",
        "/agreements/documents",
        ('main tbody a[href$="/D-PACT"]', 'main a[href*="/rounds/"]'),
    ),
    Picture("meeting-room", "planner", "/meetings/list", (_MEETING, 'main a[href$="/room"]')),
    Picture("funding", "desk-xb", "/funding/programmes", ('main tbody a[href$="/EP-LEAGUE"]',)),
    Picture("sanctions", "sanctions", "/sanctions/alerts", ('main tbody a[href*="/sanctions/alerts/"]',)),
    Picture("recipient", "recipient", "/planning/coverage"),
)


def main() -> int:
    """Take the pictures that are named, or all; return 1 where one is too large."""
    from playwright.sync_api import sync_playwright

    chosen = [one for one in DESKS if not sys.argv[1:] or one.name in sys.argv[1:]]
    PICTURES.mkdir(exist_ok=True)
    large = []
    with _demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--lang=en-GB"])
        _wait_for_results(browser, address)
        for one in chosen:
            content = reduced(_taken(browser, address, one))
            (PICTURES / f"{one.name}.png").write_bytes(content)
            print(f"{one.name}: {len(content) / 1000:.0f} kB")
            large += [one.name] if len(content) > MOST_BYTES else []
        browser.close()
    if large:
        print(f"larger than {MOST_BYTES / 1000:.0f} kB: {', '.join(large)}", file=sys.stderr)
    return 1 if large else 0


def _chromium() -> str:
    names = (os.environ.get("KONVOI_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        sys.exit("no Chromium: install it, or name it in KONVOI_CHROMIUM")
    return found


@contextmanager
def _demonstration() -> Iterator[str]:
    """Yield the address of a demonstration: one that runs (`KONVOI_DEMO`), or one that ends afterwards."""
    if running := os.environ.get("KONVOI_DEMO"):
        yield running
        return
    port = 8790
    with tempfile.TemporaryDirectory() as base:
        command = [sys.executable, "-P", "-m", "konvoi.web.start", f"{base}/demo", "--demo"]
        child = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL)
        try:
            yield f"http://localhost:{port}"
        finally:
            child.terminate()
            child.wait(30)


@contextmanager
def _page(browser: "Browser", address: str, persona: str) -> "Iterator[Page]":
    """Yield a page on which a persona is signed in."""
    context = browser.new_context(
        base_url=address,
        locale="en-GB",
        viewport={"width": WIDTH, "height": HEIGHT},
        reduced_motion="reduce",
    )
    try:
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.goto("/demo/")
        with page.expect_navigation():
            page.click(f'form[action$="/demo/{persona}"] button')
        yield page
    finally:
        context.close()


def _wait_for_results(browser: "Browser", address: str) -> None:
    """Wait until the pages of the last desk that is pictured are there."""
    end = time.monotonic() + _WAIT
    while time.monotonic() < end:
        try:
            if all(_has_results(browser, address, persona) for persona in ("planner", "legal", "recipient")):
                return
        except Exception as error:
            # The server is not there yet, or is busy.
            if "ERR_CONNECTION" not in str(error) and "Timeout" not in str(error):
                raise
        time.sleep(5)
    sys.exit("the demonstration has no results")


def _has_results(browser: "Browser", address: str, persona: str) -> bool:
    with _page(browser, address, persona) as page:
        page.goto("/planning/")
        return page.url.endswith("/planning/")


def _taken(browser: "Browser", address: str, one: Picture) -> bytes:
    """Return a picture as the browser takes it."""
    with _page(browser, address, one.persona) as page:
        page.goto(one.path)
        for link in one.links:
            with page.expect_navigation():
                page.click(link)
        if one.scroll:
            page.eval_on_selector(one.scroll, "found => found.scrollIntoView()")
        return page.screenshot()


def reduced(content: bytes) -> bytes:
    """Return a PNG with its 256 most frequent colours, each other colour as the nearest of them."""
    pixels = _pixels(content)
    coarse = (pixels >> 3).astype(np.uint32)
    keys = (coarse[..., 0] << 10) | (coarse[..., 1] << 5) | coarse[..., 2]
    _, first, at, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    # Each colour stands as the first pixel that has it, so that pure white stays white.
    colours = pixels.reshape(-1, 3)[first].astype(np.int32)
    kept = np.sort(np.argsort(-counts, kind="stable")[:256])
    palette = colours[kept]
    apart = ((colours[:, None, :] - palette[None, :, :]) ** 2).sum(axis=2)
    nearest = apart.argmin(axis=1).astype(np.uint8)
    return _written(nearest[at].reshape(keys.shape), palette.astype(np.uint8))


def _pixels(content: bytes) -> "NDArray[np.uint8]":
    """Return the pixels of a PNG of 8 bits with three or four channels: rows, columns, three channels."""
    width, height, depth, kind = struct.unpack(">IIBB", content[16:26])
    channels = {2: 3, 6: 4}[kind]
    if depth != 8:
        raise ValueError(depth)
    data, at = b"", 8
    while at < len(content):
        size, name = struct.unpack(">I4s", content[at : at + 8])
        data += content[at + 8 : at + 8 + size] if name == b"IDAT" else b""
        at += size + 12
    raw = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, width * channels + 1)
    found = np.zeros((height, width, channels), np.uint8)
    above = np.zeros((width, channels), np.int32)
    for number, row in enumerate(raw):
        above = _unfiltered(int(row[0]), row[1:].reshape(width, channels).astype(np.int32), above)
        found[number] = above
    return found[..., :3]


def _unfiltered(kind: int, row: "NDArray[np.int32]", above: "NDArray[np.int32]") -> "NDArray[np.int32]":
    """Return a row of a PNG without its filter (PNG specification, 9.2)."""
    if kind == 0:
        return row
    if kind == 1:
        return np.asarray(np.cumsum(row, axis=0) & 255, np.int32)
    if kind == 2:
        return np.asarray((row + above) & 255, np.int32)
    found = row.copy()
    left = corner = np.zeros(row.shape[1], np.int32)
    for at in range(len(row)):
        up = above[at]
        guess = (left + up) // 2 if kind == 3 else _paeth(left, up, corner)
        found[at] = left = (row[at] + guess) & 255
        corner = up
    return found


def _paeth(
    left: "NDArray[np.int32]", up: "NDArray[np.int32]", corner: "NDArray[np.int32]"
) -> "NDArray[np.int32]":
    """Return the neighbour that is nearest to left + up - corner."""
    near = left + up - corner
    one, two, three = abs(near - left), abs(near - up), abs(near - corner)
    return np.where((one <= two) & (one <= three), left, np.where(two <= three, up, corner))


def _written(places: "NDArray[np.uint8]", palette: "NDArray[np.uint8]") -> bytes:
    """Return a PNG of a palette; rows are not filtered, which suits pages of few colours."""
    height, width = places.shape
    rows = np.concatenate([np.zeros((height, 1), np.uint8), places], axis=1)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
        (b"IEND", b""),
    )
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


if __name__ == "__main__":
    sys.exit(main())
