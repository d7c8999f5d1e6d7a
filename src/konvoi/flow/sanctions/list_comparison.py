"""The lists of regimes side by side: the lists of a workspace, one party over all of them, and the matrix."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

import polars as pl

from konvoi.align.citing import citations, programmes
from konvoi.align.compare import UNDECIDED, ending, lags, open_gaps, shares
from konvoi.align.deciding import decided
from konvoi.align.frames import Frames, together
from konvoi.align.gap_programmes import with_programmes
from konvoi.align.list_findings import told
from konvoi.align.list_status import Standing, State
from konvoi.align.listing import NameKind
from konvoi.align.matrix import COVERS, MATRIX, Cell, matrix
from konvoi.align.member_states import with_union
from konvoi.flow.sanctions.grouping import grouped
from konvoi.flow.sanctions.list_reader import FIRST, LAST, tables
from konvoi.flow.sanctions.listings_judged import decisions
from konvoi.flow.sanctions.lists import FOLDER, WITHIN, Lists, lists
from konvoi.flow.workspace import JUDGEMENTS
from konvoi.kit.progress import Progress, Stop, never
from konvoi.model.finding import Finding, Place

SOON = 90
"""Within so many days a listing is about to end."""

TITLES = pl.Schema({"party": pl.String(), "name": pl.String(), "original": pl.String(), "kind": pl.String()})
"""What a party is called: in Latin letters where a list says so, and in Cyrillic ones; its kind."""


@dataclass(frozen=True)
class Sanctions:
    """The state of the lists of a workspace on a day.

    used: the lists behind it, in force or, where a regime has none in force, of a later day: those speak of
    whom they list with a day. parties: which listings are of one party; undecided: parties that may be one,
    and count as two (konvoi.align.compare UNDECIDED). matrix: konvoi.align.matrix. nearest: the likest names
    that were compared (konvoi.align.parties NEAREST).
    """

    lists: Lists
    used: tuple[Standing, ...]
    frames: Frames = field(repr=False)
    parties: pl.DataFrame = field(repr=False)
    undecided: pl.DataFrame = field(repr=False)
    matrix: pl.DataFrame = field(repr=False)
    nearest: pl.DataFrame = field(repr=False)
    soon: int = SOON
    torn: tuple[tuple[str, str], ...] = ()

    @property
    def on(self) -> date:
        """The day that all is about."""
        return self.lists.on

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Findings on the lists, and on decisions about listings that contradict each other."""
        read = (f"{left} – {right}" for left, right in self.torn)
        return (*self.lists.findings, *(told("listings-torn", Place(JUDGEMENTS), read=one) for one in read))

    @cached_property
    def regimes(self) -> tuple[str, ...]:
        """Every regime of which the manifest names a list, also one that has none in force."""
        return regimes(self.lists)

    @cached_property
    def covers(self) -> pl.DataFrame:
        """The days for which each list behind the matrix can tell who is not on it (COVERS)."""
        return _covers(self.lists, self.used)

    @cached_property
    def old(self) -> dict[str, int]:
        """The regimes whose list is older than the workspace allows, with its age in days."""
        ages = {name: (self.on - day).days for name, day in self.covers.select("regime", "day").iter_rows()}
        return {name: age for name, age in sorted(ages.items()) if age > self.lists.most}

    @cached_property
    def spoken(self) -> dict[str, date]:
        """The last day, not after the one asked about, for which each regime's list can speak."""
        reached = self.covers.filter(pl.col("first") <= self.on)
        last = pl.min_horizontal("last", pl.lit(self.on))
        return dict(reached.select("regime", last.alias("last")).iter_rows())

    @cached_property
    def shares(self) -> pl.DataFrame:
        """konvoi.align.compare SHARES and `day`: each regime on the last day for which its list can speak."""
        return self._each_day(shares, "regime").sort("regime", "order")

    @cached_property
    def gaps(self) -> pl.DataFrame:
        """The gaps of each regime on that day, with all that have it, the widest first.

        OPEN, DRAWN of konvoi.align.gap_programmes, and `day`.
        """
        found = self._each_day(lambda drawn: open_gaps(drawn, self.undecided), "lacks")
        told = with_programmes(found, self.citations, self.programmes)
        return told.sort(-pl.col("count"), "lacks", "order", "party")

    @cached_property
    def citations(self) -> pl.DataFrame:
        """The acts of all measures as they are cited (konvoi.align.citing CITED)."""
        return citations(self.frames)

    @cached_property
    def programmes(self) -> pl.DataFrame:
        """The programmes and themes of all measures (konvoi.align.citing PROGRAMMES)."""
        return programmes(self.frames)

    def _each_day(self, draw: Callable[[pl.DataFrame], pl.DataFrame], of: str) -> pl.DataFrame:
        """Return the rows drawn from the matrix of each regime's own day, of that regime, with the day."""
        parts = [draw(self.matrix).clear().with_columns(day=pl.lit(None, pl.Date()))]
        for day in sorted(set(self.spoken.values())):
            drawn = self.matrix if day == self.on else self._matrix(day)
            own = pl.col(of).is_in([name for name, spoken in self.spoken.items() if spoken == day])
            parts.append(draw(drawn).filter(own).with_columns(day=pl.lit(day)))
        return pl.concat(parts)

    def _matrix(self, day: date) -> pl.DataFrame:
        open_ = self.undecided.filter("asked")
        drawn = matrix(self.frames, self.covers, self.regimes, day, self.parties, undecided=open_)
        return with_union(drawn, self.frames, WITHIN)

    @cached_property
    def ending(self) -> pl.DataFrame:
        """Listings about to end (konvoi.align.compare ENDING)."""
        return ending(self.matrix, self.on, self.soon)

    @cached_property
    def lags(self) -> pl.DataFrame:
        """The regimes that listed first (konvoi.align.compare LAGS)."""
        return lags(self.matrix)

    @cached_property
    def titles(self) -> pl.DataFrame:
        """The names of each party (TITLES)."""
        return titles(self.frames, self.parties)

    def near(self, party: str, regime: str) -> tuple[tuple[str, float], ...]:
        """Return the names on a list that are likest to a party's, of other parties, with the share of
        words that meet; the likest first.
        """
        own = self.parties.filter(party=party)["listing"]
        others = self.nearest.filter(pl.col("listing").is_in(own.implode()), regime=regime)
        found = others.filter(~pl.col("other").is_in(own.implode())).sort(-pl.col("share"), "other")
        return tuple(found.unique("other", keep="first", maintain_order=True)["other_name", "share"].rows())

    def names_of(self, parties: str) -> str:
        """Return the names of parties (ids joined by `; `), joined in the same way."""
        known = self.titles.filter(pl.col("party").is_in(parties.split("; ")))
        return "; ".join(known.sort("party")["name"].to_list())

    @property
    def asked(self) -> int:
        """The number of pairs of parties that wait for a person."""
        return self.undecided.filter("asked").height

    def asked_of(self, regime: str) -> pl.DataFrame:
        """UNDECIDED with name and other of both listings, the likeliest first; of one regime, or of all."""
        named = self.frames.listings.select("listing", "name", "regime").unique("listing", keep="first")
        rows = self.undecided
        for side, name in (("a", "name"), ("b", "other")):
            of = named.rename({"listing": side, "name": name, "regime": f"{side}_regime"})
            rows = rows.join(of, on=side, how="left")
        if regime:
            rows = rows.filter((pl.col("a_regime") == regime) | (pl.col("b_regime") == regime))
        return rows.sort(~pl.col("asked"), -pl.col("probability"), "a", "b").select(
            *UNDECIDED.names(), "name", "other"
        )

    @property
    def listed(self) -> int:
        """The number of parties that any regime lists on the day."""
        return self.matrix.filter(cell=Cell.LISTED.value)["party"].n_unique()


def sanctions(folder: Path, *, on: date | None = None, soon: int = SOON, stop: Stop = never) -> Sanctions:
    """The lists of a workspace side by side on a day; `on` as in konvoi.flow.sanctions.lists."""
    found = lists(folder, on=on, stop=stop)
    used = _used(found)
    later = [tables(found.readings[one.taken.snapshot.id]) for one in used if one.state == State.LATER]
    frames = together([found.frames, *later])
    stop(Progress("Matching parties across lists", 0))
    known, asked, near = grouped(folder, frames)
    people = decided(known, asked, decisions(folder, frames, found.on))
    parties = people.parties
    undecided = people.undecided
    stop(Progress("Comparing lists", 0))
    open_ = undecided.filter("asked")
    drawn = matrix(frames, _covers(found, used), regimes(found), found.on, parties, undecided=open_)
    drawn = with_union(drawn, frames, WITHIN)
    return Sanctions(found, used, frames, parties, undecided, drawn, near, soon, people.torn)


def there(folder: Path | None) -> bool:
    """Return True if a workspace has lists at all."""
    return folder is not None and (folder / FOLDER).is_dir()


def regimes(found: Lists) -> tuple[str, ...]:
    """The regimes of a manifest."""
    return tuple(sorted({one.taken.snapshot.regime for one in found.standings}))


def _used(found: Lists) -> tuple[Standing, ...]:
    """The list in force of each regime; without one, its first good list of a later day."""
    force = {one.taken.snapshot.regime: one for one in found.standings if one.state == State.IN_FORCE}
    later = [one for one in found.standings if one.state == State.LATER and one.taken.fault is None]
    for one in sorted(later, key=lambda one: one.taken.day):
        force.setdefault(one.taken.snapshot.regime, one)
    return tuple(force[name] for name in sorted(force))


def _covers(found: Lists, used: tuple[Standing, ...]) -> pl.DataFrame:
    rows = []
    for one in used:
        day = one.taken.day
        facts = found.readings[one.taken.snapshot.id].facts
        spoken = [date.fromisoformat(facts[name]) for name in (FIRST, LAST) if name in facts]
        rows.append((one.taken.snapshot.regime, day, *(spoken or (day, day))))
    return pl.DataFrame(rows, schema=COVERS, orient="row")


def titles(frames: Frames, parties: pl.DataFrame) -> pl.DataFrame:
    """TITLES, a row for each party of `parties`."""
    rank = pl.col("kind").replace_strict(
        {NameKind.PRIMARY.value: 0, NameKind.ORIGINAL.value: 1}, default=2, return_dtype=pl.Int8
    )
    named = frames.names.with_columns(rank=rank).join(parties, on="listing").sort("rank", "listing", "name")
    own = named.group_by("party").agg(
        original=pl.col("name").filter(pl.col("script") == "Cyrillic").first(),
        latin=pl.col("name").filter((pl.col("script") == "Latin") & (pl.col("rank") < 2)).first(),
        any=pl.col("name").first(),
    )
    kinds = frames.listings.join(parties, on="listing").sort("listing").group_by("party")
    told = kinds.agg(pl.col("kind").first()).join(own, on="party", how="left")
    filled = told.with_columns(
        name=pl.coalesce("latin", "any", "party"), original=pl.col("original").fill_null("")
    )
    return filled.select(TITLES.names()).sort("party")


def cells(found: Sanctions, party: str) -> pl.DataFrame:
    """The cells of one party: a row for each measure that any regime orders against it, and each regime."""
    return found.matrix.filter(party=party).select(MATRIX.names())
