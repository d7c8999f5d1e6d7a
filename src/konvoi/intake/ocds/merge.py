"""Releases of one contracting process become one, as it stands now.

The rules are those of the Open Contracting Data Standard 1.1 (Reference, Merging).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = object
Release: TypeAlias = Mapping[str, object]

WHOLE = frozenset(
    {
        *("additionalClassifications", "additionalIdentifiers", "classifications", "deliveryAddresses"),
        *("deliveryLocations", "identifiers", "locations"),
    }
)
"""Lists of these names are replaced as a whole although what they hold has ids (wholeListMerge)."""

_OMITTED = frozenset({"id", "date", "publisher", "tag", "links"})


def compiled(releases: Iterable[Release]) -> dict[str, object]:
    """The process as its releases leave it, as a release tagged `compiled`; null takes a value away.

    releases: of one ocid, each with `date` and `id`; they are ordered by these.
    """
    ordered = in_order(releases)
    found: dict[str, object] = {}
    for release in ordered:
        _lay(found, release, top=True)
    last = ordered[-1]
    head = {"tag": ["compiled"], "id": f"{last.get('ocid')}-{last.get('date')}", "date": last.get("date")}
    return head | found


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


def _lay(found: dict[str, object], given: Mapping[str, object], *, top: bool = False) -> None:
    """Lay the values given over those found."""
    for name, value in given.items():
        if top and name in _OMITTED:
            continue
        if value is None:
            found.pop(name, None)
            continue
        found[name] = _laid(found.get(name), name, value)


def _names_nothing(old: Json, name: str, value: Json) -> bool:
    """Return True for an empty list laid over a list that is merged by id: it removes nothing."""
    return value == [] and by_id(name, old)


def _laid(old: Json, name: str, value: Json) -> Json:
    if _names_nothing(old, name, value):
        return old
    if isinstance(value, Mapping):
        inner = old if isinstance(old, dict) else {}
        _lay(inner, value)
        return inner
    if by_id(name, value) and isinstance(value, list):
        known = old if isinstance(old, list) and by_id(name, old) else []
        items = {str(one["id"]): one for one in known}
        for one in value:
            _lay(items.setdefault(str(one["id"]), {}), one)
        return list(items.values())
    return value


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
