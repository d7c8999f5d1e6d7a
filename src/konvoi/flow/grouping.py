"""Which listings are of one party, found once for the same lists and kept beside what was read."""

import io
from pathlib import Path

import polars as pl

import konvoi
from konvoi.align.frames import Frames
from konvoi.align.judging import Verdict
from konvoi.align.matrix import PARTIES
from konvoi.align.parties import aligned
from konvoi.flow.collect import CACHE
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.intake.wire import NotAReading, packed_reading, unpacked_reading
from konvoi.kit.digest import digest, key
from konvoi.model.document import Reading

_ROOMS = ("align", "link", "kit")
_ASKED = "asked"


def grouped(folder: Path, frames: Frames) -> tuple[pl.DataFrame, int]:
    """PARTIES of konvoi.align.matrix with a row for each listing, and how many pairs wait for a person."""
    place = folder / CACHE / f"parties-{key(_code(), _content(frames))}"
    if kept := _kept(place):
        return kept
    found = aligned(frames)
    asked = found.pairs.filter(verdict=Verdict.REVIEW.value).height
    own = frames.listings.select("listing").unique().join(found.parties, on="listing", how="left")
    parties = own.select(pl.coalesce("party", "listing").alias("party"), "listing").sort("listing")
    _keep(place, parties, asked)
    return parties, asked


def _content(frames: Frames) -> str:
    """A digest of what parties are known by."""
    said = (frames.listings, frames.names, frames.births, frames.identifiers)
    return key(*(digest(_bytes(one)) for one in said))


def _bytes(rows: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    rows.write_ipc(out)
    return out.getvalue()


def _code() -> str:
    """A digest of the code that knows parties: another one finds them anew."""
    home = Path(konvoi.__file__).parent
    paths = sorted(path for room in _ROOMS for path in (home / room).rglob("*.py"))
    return key(*(digest(path.read_bytes()) for path in paths))


def _keep(place: Path, parties: pl.DataFrame, asked: int) -> None:
    reading = Reading("parties", "", "parties", tables={"parties": parties}, facts={_ASKED: str(asked)})
    try:
        files.write(place, packed_reading(reading))
    except Refused:
        return


def _kept(place: Path) -> tuple[pl.DataFrame, int] | None:
    """What was found before; None where there is nothing, or it is damaged."""
    content = files.content(place)
    if content is None:
        return None
    try:
        found = unpacked_reading(content)
        return pl.DataFrame(found.tables["parties"]).select(PARTIES.names()), int(found.facts[_ASKED])
    except (NotAReading, KeyError, ValueError, pl.exceptions.PolarsError):
        return None
