"""Union-find over any hashable names."""

from collections.abc import Hashable, Iterable
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)


def components(pairs: Iterable[tuple[Name, Name]]) -> dict[Name, Name]:
    """For each name in the pairs, the one name that stands for its component.

    The first name seen of a component stands for it, so sort the pairs where order must not matter.

    >>> components([("a", "b"), ("c", "b")])
    {'a': 'a', 'b': 'a', 'c': 'a'}
    """
    parent: dict[Name, Name] = {}
    rank: dict[Name, int] = {}

    def root(name: Name) -> Name:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for left, right in pairs:
        for name in (left, right):
            if name not in parent:
                parent[name] = name
                rank[name] = len(rank)
        a = root(left)
        b = root(right)
        if a != b:
            first, second = (a, b) if rank[a] < rank[b] else (b, a)
            parent[second] = first
    return {name: root(name) for name in parent}
