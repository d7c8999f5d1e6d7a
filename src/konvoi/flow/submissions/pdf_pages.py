"""Pages of a PDF, drawn and read in the child process that reads submitted files."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec

from konvoi.gateways.sandbox import Limits, run
from konvoi.intake.texts.pdf_page import REFUSED, WHY, packed

LIMITS = Limits(memory=1_000_000_000, seconds=5, patience=20, answer=20_000_000)
"""Limits of the child for one page."""
_CHILD = "konvoi.intake.texts.pdf_page"


@dataclass(frozen=True)
class Page:
    """A page of a PDF. pages: how many there are; 0 where that is not known. why: the reason, as a message
    id, for which the page is not shown; empty where it is.
    """

    number: int
    pages: int = 0
    lines: tuple[str, ...] = ()
    why: str = ""

    @property
    def before(self) -> int:
        """The page before; 0 for none."""
        return self.number - 1 if self.number > 1 else 0

    @property
    def after(self) -> int:
        """The page after; 0 for none."""
        return self.number + 1 if self.number < self.pages else 0


def is_pdf(content: bytes) -> bool:
    """Return True for a file that begins as a PDF does."""
    return b"%PDF-" in content[:1024]


@cache
def draws() -> bool:
    """Return True where the library that draws pages is installed; elsewhere they are shown as text."""
    return find_spec("pypdfium2") is not None


def page_text(content: bytes, number: int) -> Page:
    """Return a page, counted from 1, with the text that is read from it."""
    answer, why = _asked("text", content, number)
    if why:
        return Page(number, why=why)
    values = json.loads(answer)
    return Page(number, values["pages"], tuple(values["lines"]))


def page_image(content: bytes, number: int) -> bytes | None:
    """Return a page, counted from 1, as PNG; None where it cannot be drawn."""
    answer, why = _asked("image", content, number)
    return None if why else answer


def _asked(function: str, content: bytes, number: int) -> tuple[bytes, str]:
    """Return the answer of the child, and why there is none."""
    outcome = run(f"{_CHILD}:{function}", packed(content, number), LIMITS)
    if outcome.answer is None:
        return b"", REFUSED["broken" if "broke" in outcome.why else "large"]
    kind, answer = outcome.answer[:1], outcome.answer[1:]
    return (b"", REFUSED[answer.decode()]) if kind == WHY else (answer, "")
