"""Names of documents: paths below a party, with a folder for a version where a name is taken."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from konvoi.intake.join import HEAD

_VERSION = re.compile(r"v([0-9]+)")


def free(name: str, names: set[str]) -> str:
    """The name; where it is taken, below a folder for its version: a CSV's own name says its table.

    A folder for a version that has a head of its own is passed over: the head is not this file's.
    """
    path = PurePosixPath(name)
    number = 1
    while name in names or (number > 1 and str(PurePosixPath(name).with_name(HEAD)) in names):
        number += 1
        name = str(path.parent / f"v{number}" / path.name)
    return name


def free_folder(folder: str, together: Sequence[str], names: set[str]) -> str:
    """A folder for files that belong together: the wanted one where it is free for them, else a new one."""
    path = PurePosixPath(folder)
    number = 1
    found = path
    while any(str(found / one) in names for one in {*together, HEAD}) or (
        number > 1 and any(PurePosixPath(name).is_relative_to(found) for name in names)
    ):
        number += 1
        found = path / f"v{number}"
    return str(found)


def names_without_others(names: Iterable[str]) -> dict[str, str]:
    """Return for each name the one that it would have if these documents were the only ones.

    A number of a version tells how many documents there are before, which a reader may not see.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for _, family, files in sorted(_together(names)):
        if len(files) > 1 or PurePosixPath(files[0]).name.lower() == HEAD:
            folder = free_folder(family, [PurePosixPath(one).name for one in files], taken)
            own = {one: str(PurePosixPath(folder) / PurePosixPath(one).name) for one in files}
        else:
            own = {files[0]: free(str(PurePosixPath(family) / PurePosixPath(files[0]).name), taken)}
        found |= own
        taken |= set(own.values())
    return found


def _together(names: Iterable[str]) -> list[tuple[int, str, tuple[str, ...]]]:
    """Return documents that were named together: version, folder without it, names."""
    folders: dict[PurePosixPath, list[str]] = defaultdict(list)
    for name in names:
        folders[PurePosixPath(name).parent].append(name)
    found: list[tuple[int, str, tuple[str, ...]]] = []
    for folder, files in folders.items():
        version = _VERSION.fullmatch(folder.name)
        number, family = (int(version[1]), folder.parent) if version else (1, folder)
        headed = any(PurePosixPath(one).name.lower() == HEAD for one in files)
        units = [tuple(sorted(files))] if headed else [(one,) for one in files]
        found += [(number, str(family), unit) for unit in units]
    return found
