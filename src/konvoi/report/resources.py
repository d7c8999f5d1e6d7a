"""Files beside the code of this package: templates, catalogues, borders."""

import pkgutil
from functools import cache
from importlib import resources


@cache
def resource(name: str) -> bytes:
    """The content of a file below konvoi/report."""
    content = pkgutil.get_data("konvoi.report", name)
    if content is None:
        raise ValueError(f"no such resource: {name}")
    return content


ON_WEB = "on-web"
"""Catalogues whose names begin so hold sentences for those who read at a browser, and have no terminal."""


@cache
def catalogues(code: str, *, on_web: bool = False) -> tuple[str, ...]:
    """Return the catalogues of a language, each a file of locale/CODE, in the order of their names.

    on_web: those of sentences for the web alone, otherwise all others.
    """
    folder = resources.files("konvoi.report") / "locale" / code
    names = [one.name for one in folder.iterdir() if one.name.endswith(".po")]
    return tuple(sorted(f"locale/{code}/{one}" for one in names if one.startswith(ON_WEB) == on_web))
