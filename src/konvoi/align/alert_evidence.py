"""Values on which an alert is decided: those of the screened party and of the listing, and what changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from konvoi.align.asking import Asked
from konvoi.align.frames import Frames, frames
from konvoi.align.hits import Change
from konvoi.align.list_diff import facts

Values = Mapping[str, tuple[str, ...]]
"""Values by field, each sorted."""

_PARTY = "party"
_LISTING = "listing"
_BESIDE = "; "


@dataclass(frozen=True)
class Seen:
    """Values of the screened party and of the listing."""

    party: Values = field(default_factory=dict)
    listing: Values = field(default_factory=dict)


def listed_values(lists: Frames, listing: str) -> Values:
    """Return the values of a listing by field."""
    wanted = pl.DataFrame({"listing": [listing]}, schema={"listing": pl.String()})
    own = {name: frame.join(wanted, on="listing", how="semi") for name, frame in vars(lists).items()}
    return _values(Frames(**own))


def asked_values(party: Asked) -> Values:
    """Return the values of a screened party by field."""
    told = dict(_values(frames("", [party.known])))
    owners = sorted(f"{tie}: {name}" for name, tie in party.owners)
    return told | ({"owners": tuple(owners)} if owners else {})


def _values(own: Frames) -> Values:
    found: dict[str, list[str]] = {}
    for name, value in facts(own).select("field", "value").unique().sort("field", "value").iter_rows():
        found.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in found.items()}


def packed(seen: Seen) -> str:
    """Return the values in one cell."""
    told = {_PARTY: seen.party, _LISTING: seen.listing}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def unpacked(text: str) -> Seen | None:
    """Return the values of a cell; None where it holds none."""
    try:
        told = json.loads(text)
        sides = [
            {str(name): tuple(map(str, values)) for name, values in told[side].items()}
            for side in (_PARTY, _LISTING)
        ]
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return Seen(*sides)


def changed(before: Seen | None, now: Seen) -> tuple[Change, ...]:
    """Return what changed, field by field; one change without a field where nothing more is known.

    >>> then = Seen({"name": ("A",)}, {"birth": ("1970",)})
    >>> changed(then, Seen({"name": ("A", "B")}, {"birth": ("1970",)}))
    (Change(side='party', field='name', before='', after='B'),)
    """
    if before is None:
        return (Change(_LISTING),)
    found = [
        *_differences(_PARTY, before.party, now.party),
        *_differences(_LISTING, before.listing, now.listing),
    ]
    return tuple(found) or (Change(_LISTING),)


def _differences(side: str, before: Values, now: Values) -> list[Change]:
    found = []
    for name in sorted({*before, *now}):
        old, new = before.get(name, ()), now.get(name, ())
        gone = _only(old, new)
        come = _only(new, old)
        if gone or come:
            found.append(Change(side, name, gone, come))
    return found


def _only(one: Sequence[str], other: Sequence[str]) -> str:
    return _BESIDE.join(value for value in one if value not in other)
