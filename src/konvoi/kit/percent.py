"""Percent-encoding of text in addresses and names."""

import re

_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_CODE = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def quoted(text: str) -> str:
    """Text as one part of an address: everything but plain letters, digits and -._~ is encoded.

    >>> quoted("W/7 ß")
    'W%2F7%20%C3%9F'
    """
    return "".join(chr(b) if b in _PLAIN else f"%{b:02X}" for b in text.encode("utf-8", "replace"))


def unquoted(text: str) -> str:
    """The text that was encoded; what is no whole UTF-8 is shown by a replacement sign.

    >>> unquoted("W%2F7%20%C3%9F"), unquoted("100%")
    ('W/7 ß', '100%')
    """
    return _CODE.sub(lambda found: bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace"), text)
