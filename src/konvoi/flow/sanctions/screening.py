"""All parties of a workspace screened against its lists, with what people decided, as every chain sees it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from konvoi.align.alert_evidence import Seen, asked_values, listed_values
from konvoi.align.asking import Asked, believable
from konvoi.align.clearing import FILE as CLEARANCES
from konvoi.align.clearing import Decision, decisions, reopened, settled
from konvoi.align.hits import Hit, in_order
from konvoi.align.holdings import OWNER, chains, owners
from konvoi.align.list_status import Standing, State
from konvoi.align.ownership import owned
from konvoi.align.roles import Rules, rules
from konvoi.align.screening import Ready, hits, ready
from konvoi.align.stated import FILE as OWNERSHIP
from konvoi.align.stated import Stated, stated
from konvoi.align.subsidiaries import subsidiaries
from konvoi.flow.sanctions.list_basis import basis_of
from konvoi.flow.sanctions.lists import NAMES, Lists, lists
from konvoi.flow.sanctions.screening_cache import looked
from konvoi.flow.settings import Settings
from konvoi.flow.store import LISTS, kept_text
from konvoi.flow.workspace import CACHE
from konvoi.kit.progress import Stop, never
from konvoi.model.finding import Finding


@dataclass(frozen=True)
class Against:
    """The basis of a screening: lists in force on a day, stated owners, decisions, settings.

    most: how many days old a list may be, so that somebody may be cleared by it. kept: the folder in which
    the matcher's answers are kept. basis: digest of the lists by which words are rare; empty for these lists.
    """

    on: date
    lists: Lists
    ready: Ready
    rules: Rules
    owners: tuple[Stated, ...]
    decided: tuple[Decision, ...]
    findings: tuple[Finding, ...]
    kept: Path | None = None
    basis: str = ""

    @property
    def most(self) -> int:
        """The highest age of a list, in days."""
        return self.lists.most

    @property
    def standings(self) -> tuple[Standing, ...]:
        """The lists in force."""
        return tuple(one for one in self.lists.standings if one.state == State.IN_FORCE)

    @property
    def ages(self) -> Mapping[str, int]:
        """The age in days of each regime's list in force."""
        return {one.taken.snapshot.regime: (self.on - one.taken.day).days for one in self.standings}

    @property
    def old(self) -> tuple[str, ...]:
        """The regimes whose lists are too old for anybody to be cleared by them."""
        return tuple(regime for regime, age in sorted(self.ages.items()) if age > self.most)


@dataclass(frozen=True)
class Screened:
    """The result of a screening. parties: all that were asked, without the owners beside them."""

    against: Against
    parties: tuple[Asked, ...]
    hits: tuple[Hit, ...]
    findings: tuple[Finding, ...] = field(default=())

    @property
    def clean(self) -> tuple[Asked, ...]:
        """The parties that were found in no list in force."""
        found = {one.party for one in self.hits}
        return tuple(one for one in self.parties if one.party not in found)


def has_lists(folder: Path | None) -> bool:
    """Return True if a workspace has lists at all."""
    return folder is not None and kept_text(folder, LISTS) is not None


def against(
    folder: Path,
    known: Settings,
    *,
    on: date | None = None,
    least: date | None = None,
    stop: Stop = never,
) -> Against:
    """The lists of a workspace made ready for screening; Refused where it has none.

    The day is `on`, else that of konvoi.toml, else that of the latest list or `least`, the later of the two:
    a list that was imported after the latest submission counts at once.
    """
    day = on or known.day
    found = lists(folder, on=day, stop=stop)
    if day is None and least and least > found.on:
        found = lists(folder, on=least, stop=stop)
    days = {o.taken.snapshot.regime: o.taken.day for o in found.standings if o.state == State.IN_FORCE}
    own, about = stated(kept_text(folder, OWNERSHIP) or "")
    made, wrong = decisions(kept_text(folder, CLEARANCES) or "")
    chosen = rules(known.screening, NAMES)
    told = (*found.findings, *about, *wrong)
    at = folder / CACHE
    name, basis = basis_of(found, at)
    against_ = ready(found.frames, days, basis)
    return Against(found.on, found, against_, chosen, own, made, told, at, name)


def screened(parties: Sequence[Asked], where: Against) -> Screened:
    """Parties screened by name and number, then by who owns them; hits with what people decided."""
    parties, doubted = believable(parties, where.on)
    stated_ = (*where.owners, *subsidiaries(parties, where.ready, where.owners))
    held = chains(parties, stated_, where.on, where.ready)
    asked = (*parties, *owners(held))
    direct = hits(
        asked, where.ready, where.rules, where.on, looked(asked, where.ready, where.kept, where.basis)
    )
    found = [one for one in direct if not one.party.startswith(OWNER)]
    found += owned(parties, held, direct, where.rules, where.on)
    decided = with_decisions(in_order(found), where, parties)
    return Screened(where, tuple(parties), decided, (*where.findings, *doubted, *held.findings))


def with_decisions(found: Iterable[Hit], where: Against, parties: Sequence[Asked]) -> tuple[Hit, ...]:
    """Return alerts with the decisions on them, and with what has changed since where these count no more."""
    known = {one.party: one for one in parties}

    def seen(hit: Hit) -> Seen:
        return values_of(hit, known.get(hit.party), where)

    return reopened(settled(found, where.decided, where.on), where.decided, seen)


def values_of(hit: Hit, party: Asked | None, where: Against) -> Seen:
    """Return the values on which an alert is decided."""
    own = asked_values(party) if party else {}
    return Seen(own, listed_values(where.ready.frames, hit.source.listing))
