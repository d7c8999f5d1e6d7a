"""Releases of one contracting process become one, as it stands now.

The rules are those of the Open Contracting Data Standard 1.1 (Reference, Merging), by its own implementation.
"""

import json
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TypeAlias

from ocdsmerge import CompiledRelease, VersionedRelease
from ocdsmerge.exceptions import DuplicateIdValueWarning, OCDSMergeError

Json: TypeAlias = object
Release: TypeAlias = Mapping[str, object]

WHOLE = frozenset(
    {
        *("additionalClassifications", "additionalIdentifiers", "classifications", "deliveryAddresses"),
        *("deliveryLocations", "identifiers", "locations"),
    }
)
"""Lists of these names are replaced as a whole although what they hold has ids (wholeListMerge)."""


class NotMergeable(ValueError):
    """Releases in which one member is a list, an object or a value in turn."""


def compiled(releases: Iterable[Release]) -> dict[str, object]:
    """The process as its releases leave it, as a release tagged `compiled`; null takes a value away.

    releases: of one ocid, each with `date` and `id`; they are ordered by these. Raises NotMergeable.
    """
    return _merged(releases, versioned=False)


def versioned(releases: Iterable[Release]) -> dict[str, object]:
    """The process with every value that it ever had, and the release of each. Raises NotMergeable."""
    return _merged(releases, versioned=True)


def _merged(releases: Iterable[Release], *, versioned: bool) -> dict[str, object]:
    ordered = in_order(releases)
    rules = _rules()
    if any(one.get("id") is None for release in ordered for one in _suppliers(release)):
        # In version 1.0 suppliers are whole organisations without an id, and replaced as a list.
        rules = {**rules, ("awards", "suppliers"): "wholeListMerge"}
    kind = VersionedRelease if versioned else CompiledRelease
    merged = kind(merge_rules=rules)
    with warnings.catch_warnings():
        # Reported with their place by same_ids.
        warnings.simplefilter("ignore", DuplicateIdValueWarning)
        try:
            for release in ordered:
                if not versioned:
                    _clear(merged.data, set(_nulls(release, ())))
                merged.append(dict(release))
            found: dict[str, object] = merged.asdict()
        except (OCDSMergeError, TypeError, AttributeError, KeyError) as error:
            raise NotMergeable(str(error)) from error
    return found


def _suppliers(release: Release) -> Iterator[Mapping[str, object]]:
    awards = release.get("awards")
    for award in awards if isinstance(awards, list) else []:
        listed = award.get("suppliers") if isinstance(award, Mapping) else None
        yield from (one for one in (listed if isinstance(listed, list) else []) if isinstance(one, Mapping))


def _nulls(value: Json, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the paths at which a release takes a value away, items of lists by their id."""
    if value is None:
        yield path
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _nulls(inner, (*path, name))
    elif isinstance(value, list):
        for one in value:
            if isinstance(one, Mapping) and one.get("id") is not None:
                yield from _nulls(one, (*path, str(one["id"])))


def _clear(held: dict[tuple[str, ...], object], paths: set[tuple[str, ...]]) -> None:
    """Take all below some paths away: the merge routine itself leaves the items of a list."""
    if paths:
        below = [key for key in held if any(key[: len(path)] == path for path in paths)]
        for key in below:
            del held[key]


@cache
def _rules() -> dict[tuple[str, ...], str]:
    """Return the merge rules of OCDS 1.1; they are shipped, so that nothing is fetched."""
    file = resources.files("konvoi.intake.ocds") / "merge_rules.json"
    rules: list[tuple[list[str], str]] = json.loads(file.read_text("utf-8"))
    return {tuple(path): rule for path, rule in rules}


def in_order(releases: Iterable[Release]) -> list[Release]:
    """Releases by date, then by id."""
    return sorted(releases, key=lambda one: (str(one.get("date") or ""), str(one.get("id") or "")))


def by_id(name: str, value: Json) -> bool:
    """Return True if a list is merged item by item: all that it holds are objects with an id."""
    return (
        name not in WHOLE
        and isinstance(value, list)
        and bool(value)
        and all(isinstance(one, Mapping) and one.get("id") is not None for one in value)
    )


def same_ids(releases: Sequence[Release]) -> list[tuple[str, str]]:
    """Lists of one release in which an id stands twice: the path of the list, and the id."""
    found: list[tuple[str, str]] = []
    for number, release in enumerate(releases):
        _twice(f"releases[{number}]", release, found)
    return found


def _twice(path: str, value: Json, found: list[tuple[str, str]]) -> None:
    if isinstance(value, Mapping):
        for name, part in value.items():
            if by_id(name, part) and isinstance(part, list):
                ids = [str(one["id"]) for one in part]
                found += [(f"{path}.{name}", id) for id in sorted({id for id in ids if ids.count(id) > 1})]
            _twice(f"{path}.{name}", part, found)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            _twice(f"{path}[{number}]", part, found)
