"""What ties undertakings: runs of equal months, equal flows, joint packages, replacements, projects."""

import numpy as np
from bench.pledges.chance import Whole
from bench.pledges.figures import rounded
from bench.pledges.world import MONTH_STARTS, MONTHS, SPAN, Setting, World, base

JOINT_LEAST, JOINT_MOST = 3, 6
JOINT_DAYS = 25
RUN_LEAST = 3
REPLACED_WITHIN = 200


def undertaken(to: Setting, n: int) -> World:
    """n undertakings, tied as counted; each is tied in one way at most."""
    world = base(to, n)
    cut = np.cumsum(
        [
            int(n * to.rate.share("series.share")),
            int(n * to.rate.share("fts.twin") / 2),
            int(n * to.rate.share("kiel.says_joint")),
            int(n * to.rate.share("kiel.says_replaced")),
        ]
    )
    # Kinds of ties lie at random places, each place in one of them.
    order = np.argsort(to.chance.bits("ties", n), kind="stable").astype(np.int64)
    places = np.split(order, cut)
    world = _runs(to, world, np.sort(places[0]))
    world = _twins(to, world, places[1], places[4])
    world = _joint(to, world, places[2])
    world = _replacements(to, world, places[3], places[4])
    return _projects(to, world)


def _groups(to: Setting, stream: str, places: Whole, least: int, most: int) -> tuple[Whole, Whole]:
    """Group and rank in it of each place: groups of least to most, the last one may be short."""
    sizes = to.chance.between(stream, len(places) // least + 1, least, most)
    group = np.repeat(np.arange(len(sizes)), sizes)[: len(places)]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return group, np.arange(len(group)) - starts[group]


def _runs(to: Setting, world: World, places: Whole) -> World:
    """Equal sums month after month for one good, region, implementer and project: all truly different."""
    group, rank = _groups(to, "run", places, RUN_LEAST, to.rate.whole("series.most"))
    head = places[np.searchsorted(group, group)]
    starts = np.array(MONTH_STARTS, dtype=np.int64)
    month = np.searchsorted(starts, world.day[head], side="right") - 1
    last = month + np.bincount(group)[group] - 1
    month = month - np.maximum(last - (MONTHS - 1), 0) + rank
    of_month = np.minimum(
        world.day[head] - starts[np.searchsorted(starts, world.day[head], side="right") - 1], SPAN - 1
    )
    day = starts[month] + of_month
    same = {
        name: getattr(world, name)[head]
        for name in ("programme", "recipient", "partner", "good", "kind", "region", "detail", "implementer",
        "amount",
                     "currency", "quantity", "silent", "project")
    }  # fmt: skip
    eur = to.fx.cents(same["amount"], day, same["currency"])
    return world.put(places, **same, day=day, eur=eur, run=head)


def _twins(to: Setting, world: World, places: Whole, free: Whole) -> World:
    """Flows equal to another but for the day, the ids and, for some, the region."""
    n = len(places)
    model = free[to.chance.below("twin/model", n, max(1, len(free)))] if len(free) else places
    gap = to.rate.drawn("fts.twin_gap", to.chance, "twin/gap", n)
    day = np.minimum(world.day[model] + gap, MONTH_STARTS[-1] + SPAN - 1)
    elsewhere = to.chance.happens("twin/elsewhere", n, to.rate.share("twin.other_region"))
    regions = len(to.names.regions.start)
    region = (world.region[model] + elsewhere * to.chance.between("twin/region", n, 1, regions - 1)) % regions
    same = {
        name: getattr(world, name)[model]
        for name in ("programme", "recipient", "partner", "good", "kind", "detail", "implementer", "amount",
        "currency",
                     "quantity", "silent")
    }  # fmt: skip
    eur = to.fx.cents(same["amount"], day, same["currency"])
    return world.put(places, **same, day=day, region=region, eur=eur, twin=model)


def _joint(to: Setting, world: World, places: Whole) -> World:
    """Several states give one thing together; their parts are valued at the rate of one day."""
    group, rank = _groups(to, "joint", places, JOINT_LEAST, JOINT_MOST)
    if not len(group):
        return world
    whole = np.bincount(group) >= JOINT_LEAST
    kept = whole[group]
    places, group, rank = places[kept], group[kept], rank[kept]
    head = places[np.searchsorted(group, group)]
    states = to.names.partners.states
    prime = max(p for p in (37, 31, 29, 23) if p <= len(states))
    step = 1 + to.chance.below("joint/step", int(group.max()) + 1, prime - 1)[group]
    first = to.chance.below("joint/first", int(group.max()) + 1, prime)[group]
    partner = states[(first + rank * step) % prime]
    currency = to.names.partners.currency[partner]
    # A member gives in its own currency what its undertaking was worth, said in two or three digits.
    euros = np.maximum(world.eur[places] // 100, 10_000)
    day = world.day[head] + to.chance.below("joint/day", len(places), JOINT_DAYS)
    in_own = to.fx.convert(euros, world.day[head], np.zeros_like(currency), currency)
    amount = rounded(in_own, to.chance.between("joint/digits", len(places), 1, 3))
    same = {
        name: getattr(world, name)[head]
        for name in ("recipient", "good", "kind", "region", "detail", "implementer")
    }
    return world.put(
        places, **same, partner=partner, currency=currency, amount=amount, day=day,
        eur=to.fx.cents(amount, world.day[head], currency), joint=group,
        silent=np.zeros(len(places), dtype=np.bool_),
        programme=world.programme.max() + 1 + group * prime + rank,
    )  # fmt: skip


def _replacements(to: Setting, world: World, places: Whole, free: Whole) -> World:
    """A later undertaking takes the place of one that is withdrawn: another good, or another sum, or both."""
    n = min(len(places), len(free))
    places, old = places[:n], np.sort(free)[np.linspace(0, max(len(free) - 1, 0), n).astype(np.int64)]
    old = np.unique(old)
    places = places[: len(old)]
    n = len(places)
    day = np.minimum(
        world.day[old] + to.chance.between("replaced/gap", n, 10, REPLACED_WITHIN), to.fx.last - 400
    )
    same_sum = to.chance.happens("replaced/sum", n, to.rate.share("replaced.same_amount"))
    currency = world.currency[old]
    other = to.fx.convert(world.eur[places] // 100, day, np.zeros(n, dtype=np.int64), currency)
    amount = np.where(same_sum, world.amount[old], rounded(np.maximum(other, 10), 2))
    return world.put(
        places, partner=world.partner[old], recipient=world.recipient[old], currency=currency, day=day,
        amount=amount, eur=to.fx.cents(amount, day, currency), replaces=old,
        programme=world.programme.max() + 1 + np.arange(n, dtype=np.int64),
    )  # fmt: skip


def _projects(to: Setting, world: World) -> World:
    """Partners' own numbers: shared by a run, and by neighbours of a programme as often as FTS counts it."""
    order = np.lexsort((world.day, world.programme))
    shared = to.chance.happens("project/shared", len(world), _neighbours(to))
    number = np.arange(len(world), dtype=np.int64)
    earlier = np.concatenate([[-1], order[:-1]])
    neighbour = number.copy()
    neighbour[order] = earlier
    same = (neighbour >= 0) & (world.programme[np.maximum(neighbour, 0)] == world.programme) & shared
    alone = (world.run < 0) & (world.joint < 0) & same
    project = np.where(world.run >= 0, world.run, np.where(alone, neighbour, number))
    return world.put(number, project=project)


def _neighbours(to: Setting) -> float:
    """How often an undertaking takes the number of the one before it: pairs make up what runs leave over."""
    return max(0.0, to.rate.share("fts.reference_shared") - to.rate.share("series.share")) / 1.36
