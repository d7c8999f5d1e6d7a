"""One page of a PDF as a person looks at it: the text that is read from it, and its image.

Both run in the child process that reads submitted files. Answers begin with a byte that says what follows:
TEXT, IMAGE, or WHY: a code of REFUSED.
"""

import json
import struct
import zlib
from contextlib import suppress
from types import ModuleType

import numpy as np

from konvoi.intake.texts.pdf import BROKEN, LOCKED, TooLarge, page_lines

LONGEST = 1_600
"""Pixels of the longer side of an image, at most."""
LARGEST = 4.0
"""Pixels for each point of the page, at most: what is tiny stays small."""
_NUMBER = struct.Struct("<I")

TEXT, IMAGE, WHY = b"T", b"I", b"W"
REFUSED = {
    "locked": "The PDF needs a password. Its pages cannot be shown.",
    "large": "The PDF is too large. Its pages cannot be shown.",
    "broken": "The PDF is damaged. Its pages cannot be shown.",
    "none": "The PDF has no such page.",
    "no image": "Images of pages are not available on this machine.",
}
"""Reasons why a page is not shown, as message ids."""
_PASSWORD = 4
"""The code of PDFium for a missing password (FPDF_ERR_PASSWORD)."""

_pdfium: ModuleType | None = None


def prepare() -> None:
    """Load the library that draws pages, before any file is read; without it pages are shown as text."""
    global _pdfium
    with suppress(ImportError):
        import pypdfium2

        _pdfium = pypdfium2


def packed(content: bytes, page: int) -> bytes:
    """Return a PDF and the number of a page, from 1, as the functions here take them."""
    return _NUMBER.pack(min(page, 2**32 - 1)) + content


def text(payload: bytes) -> bytes:
    """Return the lines of a page, and how many pages there are, as JSON."""
    (number,) = _NUMBER.unpack_from(payload)
    try:
        lines, pages = page_lines(payload[_NUMBER.size :], number)
    except LOCKED:
        return WHY + b"locked"
    except TooLarge:
        return WHY + b"large"
    except BROKEN:
        return WHY + b"broken"
    if not pages:
        return WHY + b"broken"
    if not 1 <= number <= pages:
        return WHY + b"none"
    return TEXT + json.dumps({"pages": pages, "lines": [one.text for one in lines]}).encode()


def image(payload: bytes) -> bytes:
    """Return a page as PNG, of LONGEST pixels at most on its longer side."""
    if _pdfium is None:
        return WHY + b"no image"
    (number,) = _NUMBER.unpack_from(payload)
    try:
        document = _pdfium.PdfDocument(payload[_NUMBER.size :])
        if not 1 <= number <= len(document):
            return WHY + b"none"
        page = document[number - 1]
        wide, high = page.get_size()
        # The library rounds up.
        scale = min((LONGEST - 0.5) / max(wide, high, 1.0), LARGEST)
        drawn = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
        pixels = drawn.to_numpy()
    except _pdfium.PdfiumError as error:
        return WHY + (b"locked" if getattr(error, "err_code", 0) == _PASSWORD else b"broken")
    return IMAGE + png(pixels[:, :, :3])


def png(pixels: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]") -> bytes:
    """Return an image as PNG: rows of pixels in red, green and blue; grey ones take a third of the bytes."""
    grey = bool((pixels == pixels[:, :, :1]).all())
    used = pixels[:, :, :1] if grey else pixels
    high, wide, depth = used.shape
    # Each row begins with the code of its filter: 0 for none.
    rows = np.zeros((high, 1 + wide * depth), dtype=np.uint8)
    rows[:, 1:] = used.reshape(high, wide * depth)
    head = struct.pack(">IIBBBBB", wide, high, 8, 0 if grey else 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in parts
    )
