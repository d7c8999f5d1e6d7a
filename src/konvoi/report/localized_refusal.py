"""Refusals in a reader's language: the template that a message fits is translated."""

import io
import re
from collections.abc import Mapping
from functools import cache

from babel.messages.pofile import read_po

from konvoi.report.resources import catalogues, resource

_GAP = re.compile(r"\\\{(\d)\\\}")


def localized_refusal(message: str, language: str) -> str:
    """Return a refusal in a language; as it is where no template of it is translated.

    Templates are the message ids of the catalogues whose names begin with `refusals`: the English text,
    with {0}, {1} … in place of values. Of several that fit, the one with most words of its own counts.
    """
    if language == "en":
        return message
    for pattern, translation in _templates(language):
        if found := pattern.fullmatch(message):
            # A value may be a refusal itself: Invalid value for 'FILE': File 'a' does not exist.
            values = (localized_refusal(found.group(f"v{at}"), language) for at in range(pattern.groups))
            return translation.format(*values)
    return message


@cache
def _templates(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return pattern and translation of each template, the most specific first."""
    known = refusals(language)
    order = sorted(known, key=lambda one: (-len(re.sub(r"\{\d\}", "", one)), one))
    patterns = {one: _GAP.sub(r"(?P<v\1>.+?)", re.escape(one)) for one in order}
    return tuple((re.compile(pattern, re.DOTALL), known[one]) for one, pattern in patterns.items())


def refusals(language: str) -> Mapping[str, str]:
    """Return the translations of refusals by their English templates."""
    names = [one for one in catalogues(language) if one.rpartition("/")[2].startswith("refusals")]
    read = [read_po(io.BytesIO(resource(one)), locale=language) for one in names]
    return {str(one.id): str(one.string) for known in read for one in known if one.id}
