"""Where the elements below a root begin and end, so that a part can be edited in place."""

import pytest

from konvoi.intake.outline import cut, outline


@pytest.mark.parametrize(
    ("content", "children"),
    [
        (b"<r><a/></r>", [b"<a/>"]),
        (b"<r><a/><b>x</b></r>", [b"<a/>", b"<b>x</b>"]),
        (b"<r><a><b/></a></r>", [b"<a><b/></a>"]),
        (b"<x:r xmlns:x='u'><x:a/></x:r>", [b"<x:a/>"]),
        (b"<r><a></a ><ro/></r>", [b"<a></a >", b"<ro/>"]),
        (b"<r/>", []),
    ],
)
def test_each_child_is_what_stands_between_its_first_and_last_byte(
    content: bytes, children: list[bytes]
) -> None:
    """An empty element right before the end of the root does not swallow that end."""
    found = outline(content)
    assert [content[child.start : child.end] for child in found.children] == children


def test_what_is_put_behind_the_last_child_stays_below_the_root() -> None:
    content = b"<r><a/></r>"
    at = outline(content).children[-1].end
    assert cut(content, at, at, b"<b/>") == b"<r><a/><b/></r>"
