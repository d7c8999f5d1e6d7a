"""A small list and parties to screen against it; all are invented."""

from collections.abc import Sequence
from datetime import date

from konvoi.align.asking import Asked
from konvoi.align.births import births
from konvoi.align.frames import frames, together
from konvoi.align.hits import Hit
from konvoi.align.identifiers import identifier
from konvoi.align.listing import Identifier, Kind, Listing, Measure, Name, NameKind, Order, Since
from konvoi.align.roles import Role, Rules
from konvoi.align.screening import Ready, hits, ready
from konvoi.kit.days import Days
from konvoi.model.finding import Place

DAY = date(2031, 3, 3)
ALL = frozenset(Role)


def measure(order: Order = Order.ASSET_FREEZE, since: str = "2031-01-01", until: str = "") -> Measure:
    """A measure with a given day, and perhaps an end."""
    day = date.fromisoformat(since)
    end = date.fromisoformat(until) if until else None
    return Measure(order, order.value, "Act 1", Days(day, day), Since.GIVEN, end)


def number(type: str, value: str, country: str = "") -> Identifier:
    """An identifier of a type."""
    found = identifier(type, value, country)
    assert found is not None
    return found


def listed(
    id: str, *names: Name | str, kind: Kind = Kind.ENTITY, measures: Sequence[Measure] = (), **more: object
) -> Listing:
    """A listing; a name that is a text is its own."""
    told = tuple(Name(one) if isinstance(one, str) else one for one in names)
    return Listing(
        f"eu:list:{id}",
        kind,
        told,
        Place("list.csv", "", 2),
        "list",
        id,
        **{  # type: ignore[arg-type]
            "measures": tuple(measures) or (measure(),),
            **more,
        },
    )


IMO, OTHER_IMO = "0417007", "0619007"
LISTINGS = (
    listed("1", "Briskel Shipping Company", Name("Tanvik Energy", NameKind.WEAK)),
    listed("2", "Merrow Star", kind=Kind.SHIP, identifiers=(number("imo-ship", IMO),)),
    listed("3", "Ulmaro Instruments", measures=[measure(Order.EXPORT_CONTROL)]),
    listed("4", "Haula Road", measures=[measure(until="2031-02-28")]),
    listed("5", "Player Kappa Sorvane", kind=Kind.PERSON, births=births("1971-04-12")),
    listed("6", "Sorvane Holding", identifiers=(number("lei", "EXER00SORVANE0000030"),)),
    listed("7", "Later Works", measures=[measure(since="2031-04-01")]),
)


def lists(listings: Sequence[Listing] = LISTINGS) -> Ready:
    """The list, of 1 March, ready."""
    return ready(together([frames("eu", listings)]), {"eu": date(2031, 3, 1)})


READY = lists()


def party(
    name: str, *also: str, kind: Kind | None = Kind.ENTITY, roles: frozenset[Role] = ALL, **more: object
) -> Asked:
    """A party under its own name as id."""
    told = (Name(name), *(Name(one, NameKind.ALSO) for one in also))
    owners = more.pop("owners", ())
    known = Listing(name, kind or Kind.ENTITY, told, Place("parties.csv"), **more)  # type: ignore[arg-type]
    return Asked(name, known, kind, roles, owners)  # type: ignore[arg-type]


def found(*parties: Asked, rules: Rules | None = None, where: Ready = READY) -> tuple[Hit, ...]:
    """The hits of parties on the day."""
    return hits(parties, where, rules or Rules(), DAY)
