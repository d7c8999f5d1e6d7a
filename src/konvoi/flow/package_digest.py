"""A digest of the package: what was kept by other code is worked out anew."""

import functools
from pathlib import Path

import konvoi
from konvoi.kit.digest import digest, key


@functools.cache
def package_digest(*rooms: str) -> str:
    """Return a digest of the code of some rooms of the package; of all of it where none is named."""
    home = Path(konvoi.__file__).parent
    roots = [home / room for room in rooms] or [home]
    paths = sorted(path for root in roots for path in root.rglob("*.py"))
    return key(*(digest(path.read_bytes()) for path in paths))
