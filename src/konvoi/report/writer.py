"""Writers: forms in which a page is issued."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from konvoi.report.page import Page


@dataclass(frozen=True)
class Writer:
    """A form of output.

    name: its stable key, and the ending of its files. per_language: whether there is a file for each
    language or one in the first. write: the files by name; the same page gives the same bytes, stamps come
    from the page's day. Text is never written as a formula, a link or markup.
    """

    name: str
    per_language: bool
    write: Callable[[Page, str], Mapping[str, bytes]]
