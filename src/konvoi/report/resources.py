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


@cache
def catalogues(code: str) -> tuple[str, ...]:
    """The catalogues of a language, each a file of locale/CODE, in the order of their names."""
    folder = resources.files("konvoi.report") / "locale" / code
    return tuple(sorted(f"locale/{code}/{one.name}" for one in folder.iterdir() if one.name.endswith(".po")))
