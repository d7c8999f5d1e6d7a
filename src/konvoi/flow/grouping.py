"""Which listings are of one party, found once for the same lists and kept beside what was read."""

import functools
import io
from pathlib import Path

import polars as pl

import konvoi
from konvoi.align.compare import UNDECIDED
from konvoi.align.frames import Frames
from konvoi.align.judging import Verdict
from konvoi.align.matrix import PARTIES
from konvoi.align.parties import aligned
from konvoi.flow.workspace import CACHE
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.intake.wire import NotAReading, packed_reading, unpacked_reading
from konvoi.kit.digest import digest, key
from konvoi.model.document import Reading

_ROOMS = ("align", "link", "kit")


def grouped(folder: Path, frames: Frames) -> tuple[pl.DataFrame, pl.DataFrame]:
    """PARTIES of konvoi.align.matrix with a row for each listing, and UNDECIDED of konvoi.align.compare."""
    place = folder / CACHE / f"parties-{key(_code(), _content(frames))}"
    if kept := _kept(place):
        return kept
    found = aligned(frames)
    own = frames.listings.select("listing").unique().join(found.parties, on="listing", how="left")
    parties = own.select(pl.coalesce("party", "listing").alias("party"), "listing").sort("listing")
    open_ = _undecided(found.pairs, parties)
    _keep(place, parties, open_)
    return parties, open_


def _undecided(pairs: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """Two parties of which a pair of listings may be one: likely and yet not joined, a question, or alike."""
    asked = pairs.select(
        "probability",
        a="left",
        b="right",
        evidence=pl.col("evidence").list.join("; "),
        asked=pl.col("verdict") != Verdict.APART.value,
    )
    for side in ("a", "b"):
        of = parties.select(pl.col("listing").alias(side), pl.col("party").alias(f"{side}_party"))
        asked = asked.join(of, on=side)
    both = asked.filter(pl.col("a_party") != pl.col("b_party")).with_columns(
        left=pl.min_horizontal("a_party", "b_party"), right=pl.max_horizontal("a_party", "b_party")
    )
    likeliest = both.sort(-pl.col("probability"), "a", "b").unique(("left", "right"), keep="first")
    return likeliest.select(UNDECIDED.names()).sort("left", "right")


def _content(frames: Frames) -> str:
    """A digest of what parties are known by."""
    said = (frames.listings, frames.names, frames.births, frames.identifiers)
    return key(*(digest(_bytes(one)) for one in said))


def _bytes(rows: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    rows.write_ipc(out)
    return out.getvalue()


@functools.cache
def _code() -> str:
    """A digest of the code that knows parties: another one finds them anew."""
    home = Path(konvoi.__file__).parent
    paths = sorted(path for room in _ROOMS for path in (home / room).rglob("*.py"))
    return key(*(digest(path.read_bytes()) for path in paths))


def _keep(place: Path, parties: pl.DataFrame, undecided: pl.DataFrame) -> None:
    found = {"parties": parties, "undecided": undecided}
    try:
        files.write(place, packed_reading(Reading("parties", "", "parties", tables=found)))
    except Refused:
        return


def _kept(place: Path) -> tuple[pl.DataFrame, pl.DataFrame] | None:
    """What was found before; None where there is nothing, or it is damaged."""
    content = files.content(place)
    if content is None:
        return None
    try:
        found = unpacked_reading(content).tables
        parties, undecided = (pl.DataFrame(found[name]) for name in ("parties", "undecided"))
        return parties.select(PARTIES.names()), undecided.select(UNDECIDED.names())
    except (NotAReading, KeyError, ValueError, pl.exceptions.PolarsError):
        return None
