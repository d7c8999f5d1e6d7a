"""Filters of the pages of submissions: markings as words, and paths as names of files."""

from pathlib import PurePosixPath

from django import template

from konvoi.model.naming import localized
from konvoi.web.pages.languages import code

register = template.Library()


@register.filter
def marking_words(marking: str) -> str:
    """Return a marking in the reader's language; parties stay ids."""
    return localized("choice", marking, code()) if marking else "–"


@register.filter
def filename(path: str) -> str:
    """Return the name of a file without its folders."""
    return PurePosixPath(path).name
