"""The matcher's answers on parties and lists, kept so that the same question is not worked out twice."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from konvoi.align.asking import Asked
from konvoi.align.screening import FOUND, Ready, look
from konvoi.flow.cache import keep, kept
from konvoi.flow.package_digest import package_digest
from konvoi.flow.sanctions.grouping import content
from konvoi.kit.digest import key

_ROOMS = ("align", "link", "kit")
_FEW = 20
"""Names of listings up to which it is quicker to ask than to look for what was kept."""


def looked(parties: Sequence[Asked], lists: Ready, folder: Path | None) -> pl.DataFrame:
    """FOUND of konvoi.align.screening, from a folder where it lies there; else worked out, and kept."""
    if folder is None or lists.frames.listings.height < _FEW:
        return look(parties, lists)
    asked = sorted((one.party, one.record) for one in parties)
    place = folder / f"screened-{key(package_digest(*_ROOMS), content(lists.frames), asked)}"
    if (found := kept(place, {"found": FOUND})) is not None:
        return found["found"]
    fresh = look(parties, lists)
    keep(place, {"found": fresh})
    return fresh
