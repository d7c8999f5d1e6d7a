"""JSON in which numbers stand exactly as they are kept: floats would round large sums."""

import json
import re
from decimal import Decimal

_NUMBER = re.compile(r'"\\u0000(-?[0-9]+(?:\.[0-9]+)?)"')


def written(package: object) -> bytes:
    """A package of dicts, lists, texts and Decimals as JSON in UTF-8; equal packages give equal bytes."""
    text = json.dumps(package, ensure_ascii=False, indent=1, default=_exact)
    return _NUMBER.sub(r"\1", text).encode() + b"\n"


def _exact(value: object) -> str:
    """A number as the text that stands for it until the document is written."""
    if not isinstance(value, Decimal):
        raise TypeError(f"not a value of a package: {value!r}")
    return f"\0{value.normalize():f}"
