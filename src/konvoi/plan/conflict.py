"""Conflicts: where the consignments of several partners do not fit together, or may not load or pass."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from konvoi.kit.digest import key
from konvoi.model.tables import BY_NAME
from konvoi.plan import allowed
from konvoi.plan.consign import Ground, papers_of
from konvoi.plan.loads import DAY, SCALE, WEEK, Amount, Limit, Loads, Spot
from konvoi.plan.paperwork import CONFLICTING, standing
from konvoi.plan.world import RESOURCES, Row

NEAR = (9, 10)
"""Part of a limit above which partners who share it are notified."""

KINDS = ("dock", "crossing", "hub", "lane", "day", "paper", "closure")
SEVERITIES = ("over", "stopped", "near")
_DOCKS = {"port": "dock", "crossing": "crossing"}


@dataclass(frozen=True)
class Conflict:
    """One conflict. on: lane or site, or the approval's id. first, last: the days it is about.

    resource, load, limit: the fullest of tonnes, pallets, neq_kg, in parts of SCALE; for a paper or a
    closure 0. state, party: how the paper stands and who issues it; for a closure its reason.
    """

    kind: str
    severity: str
    on: str
    first: date
    last: date
    consignments: tuple[str, ...]
    parties: tuple[str, ...]
    resource: str = ""
    load: int = 0
    limit: int = 0
    paper: str = ""
    state: str = ""
    party: str = ""
    spot: Spot | None = None

    @property
    def id(self) -> str:
        """The id, the same for the same conflict in every issue."""
        return key(self.kind, self.on, self.first, self.last, self.consignments)


def conflicts(ground: Ground, taken: Loads, today: date) -> list[Conflict]:
    """Return all conflicts: exceeded limits and forbidden loadings first, then by day and place."""
    found = [*_crowded(ground, taken), *_unpapered(ground, today), *_shut(ground)]
    order = {severity: at for at, severity in enumerate(SEVERITIES)}
    return sorted(found, key=lambda c: (order[c.severity], c.first, c.kind, c.on, c.consignments))


def _crowded(ground: Ground, taken: Loads) -> Iterator[Conflict]:
    """Spots that partners fill together to more than the limit, or to more than nine tenths of it."""
    days = {}
    for spot in sorted(taken.total, key=lambda spot: (spot[3], spot)):
        fullest = _fullest(taken.total[spot], taken.rooms[spot])
        if fullest is None:
            continue
        resource, load, limit = fullest
        names = tuple(sorted(n for n, a in taken.at[spot].items() if a[RESOURCES.index(resource)]))
        parties = tuple(sorted({ground.party(ground.moves[name]) for name in names}))
        severity = "over" if load > limit else "near"
        if severity == "near" and len(parties) < 2:
            continue
        kind, on, first, length = spot
        if spot in taken.once:
            days[kind, on, names] = first
        elif length == WEEK and days.get((kind, on, names)):
            # The limit of one day is reported once, though it binds its whole week in the plan, too.
            continue
        last = first + timedelta(days=length - 1)
        word = "day" if length == DAY else _kind(ground, kind, on)
        yield Conflict(word, severity, on, first, last, names, parties, resource, load, limit, spot=spot)


def _kind(ground: Ground, kind: str, on: str) -> str:
    if kind == "lane":
        return "lane"
    return _DOCKS.get(str(ground.rows("sites").get(on, {}).get("kind")), "hub")


def _fullest(load: Amount, limits: Limit) -> tuple[str, int, int] | None:
    """The resource that is filled most, where it is filled to more than NEAR."""
    part, whole = NEAR
    found = [
        (taken / limit if limit else float("inf"), -at, taken, limit)
        for at, (taken, limit) in enumerate(zip(load, limits, strict=True))
        if limit is not None and taken * whole > limit * part
    ]
    if not found:
        return None
    _, at, taken, limit = max(found)
    return RESOURCES[-at], taken, limit


def _unpapered(ground: Ground, today: date) -> Iterator[Conflict]:
    """Consignments that may not load on their day, one conflict for each paper that is missing then."""
    for name, move in ground.moves.items():
        for row in papers_of(ground, move):
            state, _ = standing(row, loads=move["departs"], today=today)
            if state in CONFLICTING:
                yield Conflict(
                    "paper",
                    "stopped",
                    row["approval"],
                    move["departs"],
                    move["departs"],
                    (name,),
                    (ground.party(move),),
                    paper=row["kind"],
                    state=state,
                    party=row["party"],
                )


def _shut(ground: Ground) -> Iterator[Conflict]:
    """Yield conflicts of legs with a lane, or a site at either end, closed on the day: one for each place."""
    for name, move in ground.moves.items():
        told = set()
        for leg in ground.legs.get(name, []):
            for on, day in _closed(ground, leg):
                if (on, day) not in told:
                    told.add((on, day))
                    parties = (ground.party(move),)
                    why = reason(ground, on, day)
                    yield Conflict("closure", "stopped", on, day, day, (name,), parties, state=why)


def _closed(ground: Ground, leg: Row) -> Iterator[tuple[str, date]]:
    days = ((leg["from"], leg["departs"]), (leg["lane"], leg["departs"]), (leg["to"], leg["arrives"]))
    yield from ((on, day) for on, day in days if allowed.shut(ground.world, on, day))


def reason(ground: Ground, on: str, day: date) -> str:
    """Return the reason why a lane or site is closed on a day, from the tables; empty if they give none."""
    for name, column in (("closures", "on"), ("blocked", "value")):
        for row in ground.tables.get(name, BY_NAME[name].empty()).iter_rows(named=True):
            if row[column] == on and allowed.within(row, day) and row["reason"]:
                return str(row["reason"])
    return ""


def whole(conflict: Conflict) -> bool:
    """Return True if a conflict is about a whole week."""
    return conflict.spot is not None and conflict.spot[3] == WEEK


def share(conflict: Conflict) -> float:
    """Return the use of the place as a share of its limit; above 1 if exceeded, 0 if no limit applies."""
    return conflict.load / conflict.limit if conflict.limit else 0.0


def parts(number: int) -> str:
    """A number in parts of SCALE as exact decimal text.

    >>> parts(2 * SCALE), parts(SCALE // 4)
    ('2', '0.25')
    """
    whole_part, rest = divmod(number, SCALE)
    return f"{whole_part}.{rest:015d}".rstrip("0").rstrip(".")
