"""Words and values of EPCIS events, whichever way they are written."""

import re
from collections.abc import Mapping

from konvoi.intake.json_text import plain
from konvoi.kit.text import tidy
from konvoi.model.paper import SCHEME

Event = Mapping[str, object]
"""An event, or a part of one, as JSON gives it."""

_WORD = re.compile(
    r"(?:urn:epcglobal:cbv:\w+:|https?://(?:ns|ref)\.gs1\.org/\S*[/#-]|(?:gs1|cbv|epcis):(?:\w+-)?)"
)


def word(value: object) -> str:
    """The short name of a value of the vocabulary, given as such or as a URI of either form.

    >>> word("urn:epcglobal:cbv:bizstep:receiving"), word("https://ns.gs1.org/cbv/BizStep-shipping")
    ('receiving', 'shipping')
    """
    text = tidy(plain(value) or "")
    found = _WORD.match(text)
    return text[found.end() :] if found else text


def listed(value: object) -> list[object]:
    """A list as it is; empty for anything else."""
    return value if isinstance(value, list) else []


def extension(one: Event, name: str) -> str:
    """Return the value of an event under our own prefix."""
    return tidy(plain(one.get(f"{SCHEME}:{name}")) or "")


def by_serial(one: Event, name: str) -> dict[str, str]:
    """Return the values for an event's pieces under our own prefix, by their serials."""
    said = one.get(f"{SCHEME}:{name}")
    return {serial: plain(value) or "" for serial, value in said.items()} if isinstance(said, Mapping) else {}
