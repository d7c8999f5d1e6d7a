"""Faults of counting: one thing stated by several sources or under several references."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bench.coalition.plants import Plant, good_name, goods_gift, later, rounded
from bench.coalition.world import (
    AGENCY,
    DIGEST,
    PER_EUR,
    WAVES,
    WIRE,
    Document,
    Gift,
    Partner,
    Row,
    World,
    own,
    wave,
)

_VERBS = ("to send", "earmarks", "hands over", "signs off on", "steps up with")
_WITH_FTS = ("PL", "DE", "SE", "FR", "GB", "EE", "NO")


def _headline(world: World, gift: Gift, partner: Partner) -> str:
    """Return a headline of the press about a gift."""
    verb = world.chance.choice(_VERBS)
    return f"{partner.name} {verb} {gift.quantity} {good_name(gift)}, destination {gift.place}"


def _press(
    world: World, gift: Gift, partner: Partner, amount: Decimal, currency: str, monitor: str = WIRE
) -> Row:
    """Return what a press monitor writes about a gift."""
    number = world.reference(monitor)
    return gift.package(
        package=number,
        party=partner.name,
        day=later(gift, world.chance.randrange(1, 5)),
        title=_headline(world, gift, partner),
        amount=amount,
        currency=currency,
        address=f"https://example.org/wire/{number}",
    )


def renewed_promise(world: World) -> Plant:
    """The partner announces the same gift again, months later, under a new reference."""
    plant, partner = Plant("renewed-promise"), world.partner()
    gift = goods_gift(world, partner, size=8e6)
    again = replace(
        gift, reference=world.reference(partner.id), day=later(gift, world.chance.randrange(20, 160))
    )
    plant.state(gift)
    plant.state(again)
    plant.count(gift)
    return plant


def press_other_currency(world: World) -> Plant:
    """A press monitor tells a gift in another currency."""
    plant, partner = Plant("press-other-currency"), world.partner()
    gift = goods_gift(world, partner, size=8e6)
    currency = "USD" if partner.currency != "USD" else "EUR"
    plant.state(gift)
    row = _press(world, gift, partner, rounded(gift.eur * PER_EUR[currency], 3), currency)
    plant.say(WIRE, wave(gift.day), "packages", row)
    plant.count(gift)
    return plant


def press_rounded(world: World) -> Plant:
    """A press monitor tells a gift as a rounded sum."""
    plant, partner = Plant("press-rounded"), world.partner()
    gift = goods_gift(world, partner, size=8e6)
    assert gift.amount is not None
    plant.state(gift)
    row = _press(world, gift, partner, rounded(gift.amount, 1), partner.currency, DIGEST)
    plant.say(DIGEST, wave(gift.day), "packages", row)
    plant.count(gift)
    return plant


def implementer_reports(world: World) -> Plant:
    """An agency reports the gift that it carries out for a partner, in dollars."""
    plant, partner = Plant("implementer-reports"), world.partner()
    gift = goods_gift(world, partner, size=7e6, kind="humanitarian")
    plant.state(gift)
    row = gift.package(
        package=world.reference(AGENCY),
        party=partner.id,
        day=later(gift, 30),
        title=f"Grant from {partner.name}: {good_name(gift)} distributed around {gift.place}",
        amount=own(gift.eur, "USD"),
        currency="USD",
    )
    plant.say(AGENCY, wave(later(gift, 30)), "packages", row)
    plant.count(gift)
    return plant


def same_goods_two_partners(world: World) -> Plant:
    """Two partners each announce the same goods for the same place."""
    plant, one = Plant("same-goods-two-partners"), world.partner()
    two = world.partner(but=(one.id,))
    gift = goods_gift(world, one, size=1.2e7)
    twin = replace(
        gift,
        partner=two.id,
        reference=world.reference(two.id),
        amount=own(gift.eur, two.currency),
        currency=two.currency,
        day=later(gift, 6),
        title=f"{gift.quantity} {good_name(gift)} ({gift.place})",
    )
    plant.state(gift)
    plant.state(twin)
    plant.count(replace(gift, joint=(one.id, two.id)))
    return plant


def register_and_own(world: World) -> Plant:
    """A flow in FTS tells a gift that the partner's own workbook states, too."""
    fit = tuple(partner.id for partner in world.partners if partner.id not in _WITH_FTS)
    plant, partner = Plant("register-and-own"), world.partner(but=fit)
    gift = goods_gift(world, partner, size=6e6, kind="humanitarian", day=world.day(last=WAVES[0]))
    plant.state(gift)
    document = Document("OCHA", f"flows-{gift.reference}", WAVES[0], "fts")
    title = f"{good_name(gift)} - {gift.place} oblast ({gift.reference[-4:]}-HUM)"
    flow = gift.package(package=f"F-{gift.reference}", day=later(gift, 9), title=title)
    document.add("packages", flow)
    plant.documents.append(document)
    plant.count(gift)
    return plant


def instalments(world: World) -> Plant:
    """A partner states three equal monthly instalments: they are three gifts."""
    plant, partner = Plant("instalments"), world.partner()
    first = world.gift(partner, kind="financial", size=2e6)
    months = {
        "en": ("February 2024", "March 2024", "April 2024"),
        "de": ("Februar 2024", "März 2024", "April 2024"),
        "uk": ("лютий 2024", "березень 2024", "квітень 2024"),
    }[partner.language]
    for number, month in enumerate(months, start=2):
        title = f"{first.title}, {month}"
        part = replace(first, title=title, day=date(2024, number, 14), reference=world.reference(partner.id))
        plant.state(part)
        plant.count(part)
    return plant


def coincidence(world: World) -> Plant:
    """Two partners give the same round sum on one day for different goods and places: they are two gifts."""
    plant, one = Plant("coincidence"), world.partner()
    two = world.partner(but=(one.id,))
    day = world.day()
    for partner, kind in ((one, "energy"), (two, "humanitarian")):
        gift = goods_gift(world, partner, kind=kind, size=5e6, day=day)
        assert gift.amount is not None
        price = gift.amount / Decimal(str(gift.quantity))
        amount = Decimal(5_000_000)
        quantity = (own(amount, partner.currency) / price).quantize(Decimal(1))
        title = gift.title.replace(str(gift.quantity), str(quantity))
        same = replace(gift, amount=amount, currency="EUR", quantity=quantity, title=title)
        plant.state(same)
        plant.count(same)
    return plant


ANNOUNCED = (renewed_promise, press_other_currency, press_rounded)
"""Announced again, by the giver or the press."""

REPORTED = (implementer_reports, same_goods_two_partners, register_and_own, instalments, coincidence)
"""Stated by others, and gifts that look alike and are two."""
