"""A page of a PDF as text and as an image: drawn, bounded, and refused with a reason where it cannot be."""

import zlib

import numpy as np
import pytest
from tests.intake.formats.test_pdf import FORMS, SAMPLE, _page

from konvoi.flow.submissions import pdf_pages
from konvoi.flow.submissions.pdf_pages import is_pdf, page_image, page_text
from konvoi.gateways.sandbox import Limits
from konvoi.intake.texts.pdf_page import LONGEST, REFUSED, png

ENCRYPT = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<00><00>]" % (b"ab" * 32, b"cd" * 32)
LETTERS = b"BT /F 12 Tf 50 700 Td (1. Aid) Tj ET"


def size(image: bytes) -> tuple[int, int]:
    """Width and height in the head of a PNG."""
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(image[16:20], "big"), int.from_bytes(image[20:24], "big")


def test_a_page_has_its_text_and_an_image() -> None:
    page = page_text(SAMPLE, 2)
    assert (page.pages, page.before, page.after, page.why) == (2, 1, 0, "")
    assert "Termination" in " ".join(page.lines)
    image = page_image(SAMPLE, 2)
    assert image is not None
    assert size(image) == (1131, LONGEST)
    assert image != page_image(SAMPLE, 1)


def test_a_png_has_the_pixels_that_it_was_given() -> None:
    grey = np.full((2, 3, 3), 200, dtype=np.uint8)
    red = grey.copy()
    red[0, 0] = (255, 0, 0)
    for pixels, depth in ((grey, 1), (red, 3)):
        content = png(pixels)
        start = content.index(b"IDAT") + 4
        packed = content[start : start + int.from_bytes(content[start - 8 : start - 4], "big")]
        rows = zlib.decompress(packed)
        assert size(content) == (3, 2)
        assert rows == b"".join(b"\0" + bytes(row[:, :depth].reshape(-1)) for row in pixels)


@pytest.mark.parametrize("box", [b"[0 0 1400000 1400000]", b"[0 0 9e9 1]", b"[0 0 0 0]", b"[0 0 14400 1]"])
def test_an_image_has_a_bounded_size_whatever_the_page_says(box: bytes) -> None:
    image = page_image(_page(LETTERS).replace(b"[0 0 600 800]", box), 1)
    assert image is not None
    assert max(size(image)) <= LONGEST


@pytest.mark.parametrize(
    ("content", "number", "reason"),
    [
        (SAMPLE[:300], 1, "broken"),
        (b"%PDF-1.7", 1, "broken"),
        (SAMPLE, 3, "none"),
        (SAMPLE, 0, "none"),
        (_page(b"/X Do", *FORMS), 1, "large"),
        (_page(LETTERS).replace(b"/Size 99", b"/Size 99" + ENCRYPT), 1, "locked"),
    ],
    ids=["cut", "empty", "beyond", "zero", "forms", "locked"],
)
def test_what_cannot_be_shown_has_a_reason(content: bytes, number: int, reason: str) -> None:
    assert page_text(content, number).why == REFUSED[reason]
    if reason != "large":
        assert page_image(content, number) is None


def test_a_page_that_takes_too_long_to_draw_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "LIMITS", Limits(memory=1_000_000_000, seconds=1, patience=3))
    assert page_image(_page(b"/X Do", *FORMS), 1) is None


def test_a_pdf_is_known_by_its_first_bytes() -> None:
    assert is_pdf(SAMPLE)
    assert not is_pdf(b"PK\x03\x04")
