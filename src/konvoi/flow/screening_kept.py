"""What the matcher said of parties and lists, kept so that the same question is not worked out twice."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import polars as pl

import konvoi
from konvoi.align.asking import Asked
from konvoi.align.frames import SCHEMAS, Frames
from konvoi.align.screening import FOUND, Ready, look
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.intake.wire import NotAReading, packed_reading, unpacked_reading
from konvoi.kit.digest import digest, key
from konvoi.model.document import Reading

_ROOMS = ("align", "link", "kit")
_FEW = 20
"""Names of listings up to which it is quicker to ask than to look for what was kept."""


def looked(parties: Sequence[Asked], lists: Ready, folder: Path | None) -> pl.DataFrame:
    """FOUND of konvoi.align.screening, from a folder where it lies there; else worked out, and kept."""
    if folder is None or lists.frames.listings.height < _FEW:
        return look(parties, lists)
    asked = sorted((one.party, one.record) for one in parties)
    place = folder / f"screened-{key(_code(), _content(lists.frames), asked)}"
    if (found := _kept(place)) is not None:
        return found
    found = look(parties, lists)
    try:
        files.write(place, packed_reading(Reading("screened", "", "screened", tables={"found": found})))
    except Refused:
        return found
    return found


def _content(frames: Frames) -> str:
    """A digest of all that the lists say, in whatever order."""
    sums = [getattr(frames, name).hash_rows(seed=7).sum() for name in sorted(SCHEMAS)]
    return key(pl.__version__, *sums)


@cache
def _code() -> str:
    """A digest of the code that matches: a changed matcher matches anew."""
    home = Path(konvoi.__file__).parent
    paths = sorted(path for room in _ROOMS for path in (home / room).rglob("*.py"))
    return key(*(digest(path.read_bytes()) for path in paths))


def _kept(place: Path) -> pl.DataFrame | None:
    """What was kept; None where there is nothing, or it is damaged."""
    content = files.content(place)
    if content is None:
        return None
    try:
        return pl.DataFrame(unpacked_reading(content).tables["found"]).select(FOUND.names())
    except (NotAReading, KeyError, ValueError, pl.exceptions.PolarsError):
        return None
