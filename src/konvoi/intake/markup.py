"""XML from strangers: no document type, no entities, no network, and two parsers that must agree."""

import io
from collections.abc import Callable, Iterator
from typing import IO, TypedDict
from xml.parsers import expat

from lxml import etree

DEPTH = 200
ATTRIBUTES = 1_000
TAG = 1_000_000
_CHUNK = 1 << 16
BROKEN = (etree.XMLSyntaxError, expat.ExpatError, LookupError, ValueError)
"""Errors that the parsers raise for text that is not well-formed, or in an unknown encoding."""

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Forbidden(ValueError):
    """Well-formed XML that is not let in: a document type declaration, or nesting without end."""


class TooLarge(Forbidden):
    """Well-formed XML beyond the limits of reading; its text names the limit."""


def scan(stream: IO[bytes], *, start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Walk over all elements by expat, holding none: `start(name, attributes)`, `text(part)`, `end(name)`.

    Raises Forbidden at a document type declaration or at elements nested more than DEPTH deep, TooLarge at an
    element of more than ATTRIBUTES attributes or a tag of more than TAG bytes.
    """
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH:
            raise Forbidden("nested too deep")
        if len(attributes) > ATTRIBUTES:
            raise TooLarge(f"{len(attributes)} attributes")
        start(name.rpartition(":")[2], attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(name.rpartition(":")[2])

    parser = strict()
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    if text:
        parser.CharacterDataHandler = text
    inside = 0
    while chunk := stream.read(_CHUNK):
        # Expat begins a tag anew with each chunk until it is whole, so a long one would take its square.
        last = chunk.rfind(b"<")
        if last > chunk.rfind(b">"):
            inside = len(chunk) - last
        elif inside and b">" not in chunk:
            inside += len(chunk)
        else:
            inside = 0
        if inside > TAG:
            raise TooLarge(f"a tag of more than {TAG} bytes")
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


class _Safe(TypedDict):
    """Settings that restrict libxml2 for documents from outside."""

    resolve_entities: bool
    no_network: bool
    load_dtd: bool
    huge_tree: bool
    remove_comments: bool
    remove_pis: bool


SAFE = _Safe(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)
"""Settings of each parser of libxml2: it fetches nothing, expands nothing, and skips comments."""


def elements(stream: IO[bytes], *tags: str) -> Iterator[etree._Element]:
    """The elements of these local names, as each is whole, by libxml2; each is freed after its use."""
    tag = [f"{{*}}{name}" for name in tags]
    for _, element in etree.iterparse(
        stream,
        events=("end",),
        tag=tag,
        **SAFE,
    ):
        yield element
        element.clear()
        while (before := element.getprevious()) is not None and (parent := element.getparent()) is not None:
            parent.remove(before)


def root(content: bytes) -> etree._Element:
    """The root of a small document, by both parsers: one is shown all of it, the other gives the tree.

    Raises what BROKEN lists; Forbidden at a document type declaration or at elements nested too deep.
    """
    scan(io.BytesIO(content), start=lambda name, attributes: None)
    return etree.fromstring(content, etree.XMLParser(**SAFE))


def strict() -> expat.XMLParserType:
    """A parser that stops at a document type declaration."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _doctype
    return parser


def _doctype(name: str, system: str | None, public: str | None, internal: bool) -> None:
    raise Forbidden("document type declaration")
