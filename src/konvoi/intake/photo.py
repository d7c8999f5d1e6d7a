"""Photos that prove a receipt: only what draws the picture is kept, nothing of what a camera writes beside.

`cleaned` runs in the child process that reads submitted files. Its answer begins with a byte that says what
follows: JPEG, PNG, or WHY: a code of REFUSED.
"""

import struct
import zlib
from collections.abc import Iterator

JPEG, PNG, WHY = b"J", b"P", b"W"
REFUSED = {
    "kind": "The file is neither a JPEG nor a PNG image.",
    "broken": "The image is damaged.",
    "large": "The image has too many pixels.",
}
"""Reasons why an image is not accepted, as message ids."""
MOST_PIXELS = 60_000_000
_JPEG = b"\xff\xd8"
_PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_TABLES = frozenset({0xC4, 0xDB, 0xDD})
_PLAIN_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_ORIENTATION = 0x0112


class _Unfit(ValueError):
    """An image that is not accepted; its argument is a code of REFUSED."""


def cleaned(payload: bytes) -> bytes:
    """Return an image without metadata: no place, time, camera, thumbnail, comment or trailing bytes.

    Of a JPEG the orientation is kept, so that it stands upright.
    """
    try:
        if payload.startswith(_JPEG):
            return JPEG + _jpeg(payload)
        if payload.startswith(_PNG):
            return PNG + _png(payload)
    except _Unfit as error:
        return WHY + str(error).encode()
    except (struct.error, IndexError):
        return WHY + b"broken"
    return WHY + b"kind"


def _jpeg(data: bytes) -> bytes:
    parts: list[bytes] = []
    turned, framed, at = 1, False, 2
    while True:
        if data[at] != 0xFF:
            raise _Unfit("broken")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            break
        (length,) = struct.unpack_from(">H", data, at + 2)
        segment = data[at : at + 2 + length]
        if length < 2 or len(segment) != 2 + length:
            raise _Unfit("broken")
        at += 2 + length
        if marker == 0xE0 and segment[4:9] == b"JFIF\x00" and not parts:
            parts.append(_PLAIN_JFIF)
        elif marker == 0xE1 and segment[4:10] == b"Exif\x00\x00":
            turned = _orientation(segment[10:]) or turned
        elif marker == 0xEE and segment[4:9] == b"Adobe" and length >= 14:
            parts.append(b"\xff\xee\x00\x0e" + segment[4:16])
        elif marker in _FRAMES:
            high, wide = struct.unpack_from(">HH", segment, 5)
            _fit(wide, high)
            framed = True
            parts.append(segment)
        elif marker in _TABLES:
            parts.append(segment)
        elif marker == 0xDA:
            end = _end_of_scan(data, at)
            parts += [segment, data[at:end]]
            at = end
        elif not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            raise _Unfit("broken")
    if not framed:
        raise _Unfit("broken")
    first = [_JPEG, _upright(turned)] if turned != 1 else [_JPEG]
    return b"".join([*first, *parts]) + b"\xff\xd9"


def _end_of_scan(data: bytes, at: int) -> int:
    """Return where the next segment begins after the coded picture."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise _Unfit("broken")
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        else:
            return at


def _orientation(tiff: bytes) -> int:
    """Return how a picture is turned, 1 to 8; 0 where that is not stated."""
    try:
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(min(count, 100)):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if tag == _ORIENTATION:
                return int(value) if 1 <= value <= 8 else 0
    except (KeyError, struct.error):
        return 0
    return 0


def _upright(turned: int) -> bytes:
    """Return a segment that states how a picture is turned, and nothing else."""
    tiff = b"MM\x00*\x00\x00\x00\x08" + struct.pack(">HHHIHHI", 1, _ORIENTATION, 3, 1, turned, 0, 0)
    content = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content


def _png(data: bytes) -> bytes:
    kept = [_PNG]
    kinds = []
    for kind, content in _chunks(data):
        if kind == b"IHDR":
            wide, high = struct.unpack_from(">II", content)
            _fit(wide, high)
        if kind in _CHUNKS:
            kinds.append(kind)
            kept.append(
                struct.pack(">I", len(content))
                + kind
                + content
                + struct.pack(">I", zlib.crc32(kind + content))
            )
    if not kinds or kinds[0] != b"IHDR" or b"IDAT" not in kinds:
        raise _Unfit("broken")
    return b"".join(kept)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    kind = b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        content = data[at + 8 : at + 8 + length]
        (found,) = struct.unpack_from(">I", data, at + 8 + length)
        if found != zlib.crc32(kind + content):
            raise _Unfit("broken")
        yield kind, content
        at += 12 + length


def _fit(wide: int, high: int) -> None:
    if not wide or not high or wide * high > MOST_PIXELS:
        raise _Unfit("large")
