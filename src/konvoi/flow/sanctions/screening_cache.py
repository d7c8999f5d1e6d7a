"""The matcher's answers on parties and lists, kept so that only what changed is screened again.

A pair of a party and a listing is judged by its own values, by the readings of the party's name that the
words of all listings allow, and by a basis (konvoi.align.candidate_search). As long as the basis is the same,
an answer holds until the party, its readings or the listing change, so that a new list costs the changed
parties over all listings, and all parties over the changed listings. A name is read again only where a listed
name changed on which its readings may rest (konvoi.align.reading_changes).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from konvoi.align.asking import Asked, names_read, party_of, read_frames
from konvoi.align.candidate_search import shared_numbers
from konvoi.align.frames import Frames
from konvoi.align.party_readings import NameRead
from konvoi.align.screening import FOUND, PLACES, Ready, look
from konvoi.flow.cache import keep, kept
from konvoi.flow.package_digest import package_digest
from konvoi.kit.digest import key

_ROOMS = ("align", "link", "kit")
_FEW = 20
"""Number of listings up to which it is quicker to ask than to look for what was kept."""
_MUCH = 2
"""Lists of which more than one part in so many changed are screened whole."""

_PARTIES = pl.Schema({"party": pl.String(), "record": pl.String(), "readings": pl.String()})
_LISTINGS = pl.Schema({"listing": pl.String(), "content": pl.String()})
_SHARED = pl.Schema({"type": pl.String(), "value": pl.String()})
_NAMES = pl.Schema({"of": pl.String(), "name": pl.String()})
_READ = pl.Schema(
    {"kind": pl.String(), "name": pl.String(), "bold": pl.Boolean(), "read": pl.List(pl.String())}
)
_SEEDS = range(3, 1000, 7)
_NONE = "-"
"""Digest of a name without other readings."""


@dataclass(frozen=True)
class _State:
    """Inputs of a screening: parties with readings, listings with content, numbers that two listings bear."""

    parties: pl.DataFrame
    listings: pl.DataFrame
    shared: pl.DataFrame


def looked(parties: Sequence[Asked], lists: Ready, folder: Path | None, basis: str = "") -> pl.DataFrame:
    """Return FOUND of konvoi.align.screening: kept answers, and new ones for what changed.

    basis: digest of the lists that are the basis; empty where these lists are their own, which then change
    together.
    """
    if folder is None or lists.frames.listings.height < _FEW:
        return look(parties, lists)
    contents = _contents(lists.frames)
    own = basis or key(pl.__version__, contents["content"].sort().str.join("").hash().sum())
    place = folder / f"screened-{key(package_digest(*_ROOMS), pl.__version__, own, _source(parties))}"
    schemas = {"found": FOUND, "parties": _PARTIES, "listings": _LISTINGS, "shared": _SHARED}
    schemas |= {"names": _NAMES, "read": _READ}
    before = kept(place, schemas)
    if before is None:
        now = _state(parties, lists, contents)
        found = look(parties, lists)
    else:
        then = _State(before["parties"], before["listings"], before["shared"])
        asked = sorted((one.party, one.record) for one in parties)
        if contents.equals(then.listings) and asked == then.parties.select("party", "record").rows():
            return before["found"]
        stale = _stale(parties, lists, before)
        now = _state(parties, lists, contents, _still_read(parties, then, stale))
        found = again(parties, lists, before["found"], then, now)
    tables = {"found": found, "parties": now.parties, "listings": now.listings, "shared": now.shared}
    keep(place, tables | {"names": lists.readings.names, "read": _read(parties, lists)})
    return found


def _stale(parties: Sequence[Asked], lists: Ready, before: Mapping[str, pl.DataFrame]) -> frozenset[NameRead]:
    """Return the parties' names that have to be read again; the readings of all others are taken over."""
    made = {NameRead(kind, name, bold): tuple(texts) for kind, name, bold, texts in before["read"].rows()}
    stale = lists.readings.stale(_asked(parties), before["names"])
    lists.readings.made.update((one, texts) for one, texts in made.items() if one not in stale)
    return stale


def _still_read(
    parties: Sequence[Asked], then: _State, stale: frozenset[NameRead]
) -> Mapping[tuple[str, str], str]:
    """Return party and record to the digest of readings, where no name has to be read again."""
    again_ = {one.party for one in parties if not stale.isdisjoint(_asked([one]))} if stale else set()
    return {(party, record): read for party, record, read in then.parties.rows() if party not in again_}


def _asked(parties: Sequence[Asked]) -> Iterator[NameRead]:
    for party in parties:
        for bold in (False, True):
            yield from names_read(party, bold=bold)


def _read(parties: Sequence[Asked], lists: Ready) -> pl.DataFrame:
    """Return the readings of the parties' names (_READ) as far as they are known."""
    made = lists.readings.made
    asked = sorted({(one.kind, one.name, one.bold) for one in _asked(parties)})
    rows = [(*one, list(made[NameRead(*one)])) for one in asked if NameRead(*one) in made]
    return pl.DataFrame(rows, schema=_READ, orient="row")


def _source(parties: Sequence[Asked]) -> str:
    """Return the one file that all parties stand in; empty for parties of a workspace.

    So a table that is screened does not replace what is kept of the workspace.
    """
    files = {one.known.place.file for one in parties} - {""}
    return files.pop() if len(files) == 1 else ""


def again(
    parties: Sequence[Asked], lists: Ready, found: pl.DataFrame, then: _State, now: _State
) -> pl.DataFrame:
    """Return what a full screening would find, from what was found then and a screening of what changed."""
    altered = now.listings.join(then.listings, on=("listing", "content"), how="anti")["listing"]
    same = now.parties.join(then.parties, on=_PARTIES.names(), how="semi")["party"]
    known = set(same)
    fresh = [one for one in parties if one.party not in known]
    stayed = [one for one in parties if one.party in known]
    changed = pl.concat([altered, _by_numbers(lists.frames, then.shared, now.shared)]).unique().sort()
    if changed.len() * _MUCH > now.listings.height:
        return look(parties, lists)
    there = now.listings.filter(~pl.col("listing").is_in(changed.implode())).select("listing")
    held = found.filter(pl.col("party").is_in(same.implode())).join(there, on="listing", how="semi")
    parts = [held, look(fresh, lists)]
    if changed.len():
        parts.append(look(stayed, lists.only(changed, now.shared)))
    return pl.concat(parts).sort("party", "listing")


def _by_numbers(lists: Frames, then: pl.DataFrame, now: pl.DataFrame) -> pl.Series:
    """Return the listings with a number that two of a regime bear now and did not then, or the reverse."""
    on = ("type", "value")
    turned = pl.concat([then.join(now, on=on, how="anti"), now.join(then, on=on, how="anti")])
    return lists.identifiers.join(turned, on=on, how="semi")["listing"].unique()


def _state(
    parties: Sequence[Asked],
    lists: Ready,
    contents: pl.DataFrame,
    known: Mapping[tuple[str, str], str] | None = None,
) -> _State:
    """Return the inputs of a screening.

    contents: of the listings. known: party and record to the digest of readings, where it still holds.
    """
    before = known or {}
    fresh = [one for one in parties if (one.party, one.record) not in before]
    read = _readings(fresh, lists)
    rows = sorted(
        (one.party, one.record, before.get((one.party, one.record)) or read.get(one.party, _NONE))
        for one in parties
    )
    of = lists.frames.listings.select("listing", "regime").unique("listing", keep="first")
    shared = shared_numbers(lists.frames.identifiers.join(of, on="listing"), "listing").sort("type", "value")
    return _State(pl.DataFrame(rows, schema=_PARTIES, orient="row"), contents, shared)


def _readings(parties: Sequence[Asked], lists: Ready) -> dict[str, str]:
    """Return a digest of the other readings of each party's name, for parties that have any."""
    if not parties:
        return {}
    found: dict[str, list[str]] = defaultdict(list)
    for bold in (False, True):
        names = read_frames(parties, lists.readings, bold=bold).names
        for listing, name in names.select("listing", "name").iter_rows():
            found[party_of(listing)].append(f"{listing}|{name}|{bold}")
    return {party: key(*sorted(names)) for party, names in found.items()}


def _contents(lists: Frames) -> pl.DataFrame:
    """listing, content: a digest of the values of each listing, independent of file and row."""
    sums = []
    for seed, (name, frame) in zip(_SEEDS, sorted(vars(lists).items()), strict=False):
        values = frame.select(one for one in frame.columns if one not in PLACES and one != "listing")
        hashed = pl.DataFrame({"listing": frame["listing"], name: values.hash_rows(seed=seed)})
        # The sum of hashes does not depend on the order of rows; a row that stands twice counts once.
        sums.append(hashed.unique().group_by("listing").agg(pl.col(name).sum()))
    found = lists.listings.select("listing").unique()
    for one in sums:
        found = found.join(one, on="listing", how="left")
    text = pl.concat_str(
        [pl.col(one).fill_null(0).cast(pl.String) for one in found.columns[1:]], separator="-"
    )
    return found.select("listing", content=text).sort("listing")
