"""XML from strangers: what is let in, what is not, and that nothing is expanded."""

import io

import pytest

from konvoi.intake.markup import BROKEN, Forbidden, elements, scan

BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "yyyyyyyyyy"><!ENTITY z "&x;&x;&x;&x;">]><a>&z;</a>'
OUTSIDE = b'<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>'


def started(content: bytes) -> list[str]:
    names: list[str] = []
    scan(io.BytesIO(content), start=lambda name, attributes: names.append(name))
    return names


@pytest.mark.parametrize("content", [BOMB, OUTSIDE])
def test_a_document_type_is_not_let_in(content: bytes) -> None:
    with pytest.raises(Forbidden):
        started(content)


def test_a_plain_document_passes() -> None:
    assert started(b"<?xml version='1.0'?><!-- c --><a><b/></a>") == ["a", "b"]
    assert started(b"<x:a xmlns:x='u'><x:b/></x:a>") == ["a", "b"]


def test_nesting_has_an_end() -> None:
    assert len(started(b"<a>" * 200 + b"</a>" * 200)) == 200
    with pytest.raises(Forbidden):
        started(b"<a>" * 201 + b"</a>" * 201)


def test_elements_are_given_one_by_one_and_freed() -> None:
    content = b"<a>" + b"<b>x</b>" * 3 + b"</a>"
    assert [one.text for one in elements(io.BytesIO(content), "b")] == ["x", "x", "x"]


@pytest.mark.parametrize("content", [b"", b"<a>", b"<a></b>", b"<a>&x;</a>", b"\xff\xfe<"])
def test_what_is_not_well_formed_raises_what_is_listed(content: bytes) -> None:
    with pytest.raises(BROKEN):
        started(content)
    with pytest.raises(BROKEN):
        list(elements(io.BytesIO(content), "b"))
