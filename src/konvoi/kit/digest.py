"""Digests: short names that follow from content alone."""

import hashlib
import json

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


def digest(content: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal.

    >>> digest(b"")[:12]
    'e3b0c44298fc'
    """
    return hashlib.sha256(content).hexdigest()


def key(*parts: object) -> str:
    """A short stable id for a tuple of values: equal values give an equal id, on every machine.

    >>> key("a", 1) == key("a", 1), key("ab", "c") == key("a", "bc")
    (True, False)
    """
    return hashlib.sha256(_ENCODER.encode(parts).encode()).hexdigest()[:16]
