"""Positions of the elements right below the root of an XML part, so that a part can be edited in place."""

from dataclasses import dataclass

from konvoi.intake.markup import strict

_WIDE = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Child:
    """An element right below the root: its local name, and where its first byte and the next one stand."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Outline:
    """A part's root: what stands before its names (`x:` or nothing), its children, where its end begins."""

    prefix: str
    children: tuple[Child, ...]
    end: int

    def named(self, name: str) -> tuple[Child, ...]:
        """The children of a local name."""
        return tuple(child for child in self.children if child.name == name)


def outline(content: bytes) -> Outline:
    """The outline of a part; raises markup.BROKEN for one not well-formed or in letters of two bytes."""
    if content[:2] in _WIDE:
        raise ValueError("two bytes a letter")
    depth = 0
    prefix = ""
    opened = ("", 0)
    root_end = 0
    children: list[Child] = []
    parser = strict()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, prefix, opened
        if depth == 0:
            prefix = name.rpartition(":")[0]
        elif depth == 1:
            opened = (name.rpartition(":")[2], parser.CurrentByteIndex)
        depth += 1

    def end(name: str) -> None:
        nonlocal depth, root_end
        depth -= 1
        at = parser.CurrentByteIndex
        if depth == 1:
            children.append(Child(*opened, _after(content, at, name)))
        elif depth == 0:
            root_end = at

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(content, True)
    return Outline(f"{prefix}:" if prefix else "", tuple(children), root_end)


def _after(content: bytes, at: int, name: str) -> int:
    """Return the byte behind an element whose end was reported at `at`: of an empty one, that byte itself.

    Behind an empty one may stand the end of its parent, so the end is known by its name.
    """
    mark = f"</{name}".encode()
    ends = content.startswith(mark, at) and content[at + len(mark) : at + len(mark) + 1] in b"> \t\r\n"
    return content.index(b">", at) + 1 if ends else at


def cut(content: bytes, start: int, end: int, instead: bytes) -> bytes:
    """Return bytes with those from a start to before an end replaced."""
    return content[:start] + instead + content[end:]
