"""Refusals in a reader's language: the template that a message fits is translated."""

import io
import re
from collections.abc import Mapping, Sequence
from functools import cache

from babel.messages.pofile import read_po

from konvoi.report.language import is_on_web
from konvoi.report.resources import catalogues, resource

_GAP = re.compile(r"\\\{(\d)\\\}")


def localized_refusal(message: str, language: str) -> str:
    """Return a refusal in a language; as it is where no template of it is translated.

    Templates are the message ids of the catalogues whose names begin with `refusals`: the English text,
    with {0}, {1} … in place of values. Of several that fit, the one with most words of its own counts. Those
    for the web come first where a refusal is read there.
    """
    if language == "en" and not is_on_web():
        return message
    for pattern, translation in (
        *(_templates_on_web(language) if is_on_web() else ()),
        *_templates(language),
    ):
        if found := pattern.fullmatch(message):
            # A value may be a refusal itself: Invalid value for 'FILE': File 'a' does not exist.
            values = (localized_refusal(found.group(f"v{at}"), language) for at in range(pattern.groups))
            return translation.format(*values)
    return message


_Templates = tuple[tuple[re.Pattern[str], str], ...]


@cache
def _templates(language: str) -> _Templates:
    return _compiled(refusals(language))


@cache
def _templates_on_web(language: str) -> _Templates:
    return _compiled(refusals_on_web(language))


def _compiled(known: Mapping[str, str]) -> _Templates:
    """Return pattern and translation of each template, the most specific first."""
    order = sorted(known, key=lambda one: (-len(re.sub(r"\{\d\}", "", one)), one))
    patterns = {one: _GAP.sub(r"(?P<v\1>.+?)", re.escape(one)) for one in order}
    return tuple((re.compile(pattern, re.DOTALL), known[one]) for one, pattern in patterns.items())


def refusals(language: str) -> Mapping[str, str]:
    """Return the translations of refusals by their English templates; none in English."""
    if language == "en":
        return {}
    names = [one for one in catalogues(language) if one.rpartition("/")[2].startswith("refusals")]
    return _translations(names, language)


def refusals_on_web(language: str) -> Mapping[str, str]:
    """Return refusals as they read on the web by their English templates."""
    names = [one for one in catalogues(language, on_web=True) if one.endswith("-refusals.po")]
    return _translations(names, language)


def _translations(names: Sequence[str], language: str) -> Mapping[str, str]:
    read = [read_po(io.BytesIO(resource(one)), locale=language) for one in names]
    return {str(one.id): str(one.string) for known in read for one in known if one.id}
