"""What lies beside the code of this room: templates, catalogues, borders."""

import pkgutil
from functools import cache


@cache
def resource(name: str) -> bytes:
    """The content of a file below konvoi/report."""
    content = pkgutil.get_data("konvoi.report", name)
    if content is None:
        raise ValueError(f"no such resource: {name}")
    return content
