"""Photos lose what a camera writes beside the picture, and nothing of the picture."""

import struct
import zlib

import pytest

from konvoi.gateways.sandbox import run
from konvoi.intake.photo import JPEG, PNG, WHY, cleaned

PLACE = b"N49 50 24 E24 1 46"
EXIF = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, 6, 0, 0) + PLACE


def segment(marker: int, content: bytes) -> bytes:
    """Return a segment of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


FRAME = segment(0xC0, b"\x08" + struct.pack(">HH", 2, 3) + b"\x01\x01\x11\x00")
SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
BESIDE = segment(0xE1, EXIF) + segment(0xED, PLACE) + segment(0xE2, b"ICC" + PLACE) + segment(0xFE, PLACE)


def jpeg(beside: bytes = BESIDE, frame: bytes = FRAME) -> bytes:
    """Return a small JPEG with parts beside the picture, and bytes behind its end."""
    jfif = segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\1\1" + PLACE)
    return b"\xff\xd8" + jfif + beside + frame + SCAN + b"\xff\xd9" + PLACE


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(*beside: bytes) -> bytes:
    """Return a small PNG with chunks beside the picture, and bytes behind its end."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    end = chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(beside) + end


def test_a_jpeg_keeps_its_picture_and_how_it_is_turned_and_nothing_else() -> None:
    found = cleaned(jpeg())
    assert found[:1] == JPEG
    assert PLACE not in found
    assert FRAME in found
    assert SCAN in found
    assert found.endswith(b"\xff\xd9")
    assert struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0) in found
    assert cleaned(found[1:]) == found


def test_a_jpeg_that_stands_upright_has_no_exif() -> None:
    assert b"Exif" not in cleaned(jpeg(segment(0xFE, PLACE)))


def test_a_png_keeps_its_picture_alone() -> None:
    found = cleaned(png(chunk(b"tEXt", b"Location\0" + PLACE), chunk(b"eXIf", PLACE)) + PLACE)
    assert found == PNG + png()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"GIF89a", b"kind"),
        (b"", b"kind"),
        (b"\xff\xd8\xff", b"broken"),
        (jpeg()[:-40], b"broken"),
        (jpeg(frame=b""), b"broken"),
        (jpeg(frame=segment(0xC0, b"\x08" + struct.pack(">HH", 60000, 60000) + b"\1\1\x11\0")), b"large"),
        (png()[:-9], b"broken"),
        (png().replace(b"IDAT", b"IDAZ"), b"broken"),
    ],
)
def test_what_is_no_image_is_refused(content: bytes, why: bytes) -> None:
    assert cleaned(content) == WHY + why


def test_images_are_read_in_the_child_that_reads_submitted_files() -> None:
    assert run("konvoi.intake.photo:cleaned", png()).answer == PNG + png()
