"""Faults of wholes and parts: joint packages, totals to date, and gifts of a fund."""

from dataclasses import replace
from decimal import Decimal

from bench.coalition.plants import Plant, good_name, goods_gift, later, rounded
from bench.coalition.words import GOODS, Place
from bench.coalition.world import (
    FUND,
    FUND_NAME,
    WAVES,
    WIRE,
    Gift,
    Partner,
    Row,
    World,
    own,
    wave,
)

_TO_DATE = {
    "en": "{good}: running total for all regions since {month}",
    "de": "{good}: insgesamt für alle Regionen seit {month}",
    "uk": "{good}: загалом для всіх областей з {month}",
}
_TOWNS = (
    Place("Lviv", "Lwiw", "Львів"),
    Place("Dnipro", "Dnipro", "Дніпро"),
    Place("Odesa", "Odessa", "Одеса"),
    Place("Bila Tserkva", "Bila Zerkwa", "Біла Церква"),
    Place("Korosten", "Korosten", "Коростень"),
    Place("Shostka", "Schostka", "Шостка"),
)


def joint_whole_by_each(world: World) -> Plant:
    """Three partners each state the whole of a joint package and name its participants."""
    plant = Plant("joint-whole-by-each")
    lead = world.partner()
    others = [lead]
    while len(others) < 3:
        others.append(world.partner(but=tuple(p.id for p in others)))
    gift = goods_gift(world, lead, size=2e7)
    names = ", ".join(sorted(p.name for p in others))
    for partner in others:
        said = replace(
            gift,
            partner=partner.id,
            reference=gift.reference if partner is lead else world.reference(partner.id),
            amount=own(gift.eur, partner.currency),
            currency=partner.currency,
            title=f"{gift.quantity} {good_name(gift)}, {gift.place}: pooled purchase of {names}",
        )
        plant.state(said)
        rows: list[Row] = [{"package": said.reference, "party": one.id} for one in others]
        plant.say(partner.id, wave(said.day), "participants", *rows)
    plant.count(replace(gift, joint=tuple(p.id for p in others)))
    return plant


def joint_shares(world: World) -> Plant:
    """One partner states a joint package and its participants, two others state their shares."""
    plant, lead = Plant("joint-shares"), world.partner()
    second = world.partner(but=(lead.id,))
    third = world.partner(but=(lead.id, second.id))
    gift = goods_gift(world, lead, size=2.4e7)
    shares = dict(zip((lead, second, third), (Decimal("0.5"), Decimal("0.3"), Decimal("0.2")), strict=True))
    plant.state(replace(gift, title=f"Pooled purchase: {gift.quantity} {good_name(gift)}, {gift.place}"))
    rows: list[Row] = [
        {"package": gift.reference, "party": p.id, "share": part} for p, part in shares.items()
    ]
    plant.say(lead.id, wave(gift.day), "participants", *rows)
    for partner, part in shares.items():
        share = replace(
            gift,
            partner=partner.id,
            reference=world.reference(partner.id),
            amount=own(gift.eur * part, partner.currency),
            currency=partner.currency,
            title=f"National share of the pooled purchase of {good_name(gift)} for {gift.place}",
            quantity=None,
        )
        if partner is not lead:
            plant.say(partner.id, wave(share.day), "packages", share.package())
        plant.count(share)
    plant.gifts[0] = replace(plant.gifts[0], quantity=gift.quantity)
    return plant


def _parts(world: World, partner: Partner) -> list[Gift]:
    """Return three gifts of one good to three places, all before the first regular submission."""
    first = goods_gift(world, partner, size=5e6, kind="energy" if partner.tables else "humanitarian")
    assert first.amount is not None
    assert first.quantity is not None
    words = {"en": "{} {} for {}", "de": "{} {} für {}", "uk": "{} {} для: {}"}[partner.language]
    places = world.chance.sample(_TOWNS, 3)
    parts = []
    for factor, place in enumerate(places, start=1):
        amount, quantity = first.amount * factor, first.quantity * factor
        name = GOODS[first.good].name(partner.language)
        title = words.format(quantity, name, place.name(partner.language))
        part = replace(first, amount=amount, quantity=quantity, title=title, place=place.en)
        parts.append(replace(part, reference=world.reference(partner.id), day=world.day(last=WAVES[0])))
    return parts


def _sum(parts: list[Gift], reference: str, title: str) -> Gift:
    """Return a gift that is the total of some, of a day in the second wave."""
    amount = sum((part.amount for part in parts if part.amount is not None), Decimal(0))
    quantity = sum((part.quantity for part in parts if part.quantity is not None), Decimal(0))
    day = WAVES[0] + (WAVES[1] - WAVES[0]) / 2
    return replace(
        parts[0], reference=reference, day=day, title=title, amount=amount, quantity=quantity, place=""
    )


def to_date_by_giver(world: World) -> Plant:
    """The giver states a total to date beside the gifts that it consists of."""
    plant, partner = Plant("to-date-by-giver"), world.partner()
    parts = _parts(world, partner)
    month = {"en": "January 2024", "de": "Januar 2024", "uk": "січня 2024 року"}[partner.language]
    name = GOODS[parts[0].good].name(partner.language)
    title = _TO_DATE[partner.language].format(good=name[0].upper() + name[1:], month=month)
    for part in parts:
        plant.state(part)
    plant.state(_sum(parts, world.reference(partner.id), title))
    plant.count(*parts)
    return plant


def to_date_by_press(world: World) -> Plant:
    """A press monitor tells the total to date of a giver."""
    plant, partner = Plant("to-date-by-press"), world.partner()
    parts = _parts(world, partner)
    title = f"{partner.name} has so far sent {good_name(parts[0])} worth this sum, all deliveries included"
    whole = _sum(parts, world.reference(WIRE), title)
    assert whole.amount is not None
    for part in parts:
        plant.state(part)
    plant.say(WIRE, 1, "packages", whole.package(party=partner.name, amount=rounded(whole.amount, 3)))
    plant.count(*parts)
    return plant


def _fund_gift(world: World) -> Gift:
    """Return a gift of the fund."""
    fund = next(partner for partner in world.partners if partner.id == FUND)
    return goods_gift(world, fund, size=1e7, day=world.day(first=WAVES[0], last=WAVES[1]))


def fund_payment_and_gift(world: World) -> Plant:
    """A member pays into the fund, and the fund gives to the recipient: the fund's gift counts."""
    plant, partner = Plant("fund-payment-and-gift"), world.partner()
    gift = _fund_gift(world)
    paid = replace(
        gift,
        partner=partner.id,
        reference=world.reference(partner.id),
        amount=own(gift.eur * Decimal("1.05"), partner.currency),
        currency=partner.currency,
        day=world.day(last=WAVES[0]),
        title=f"Contribution to the {FUND_NAME}, first call",
        good="",
        quantity=None,
    )
    plant.say(partner.id, 0, "packages", paid.package(counterparty=FUND))
    plant.say(partner.id, 0, "lines", paid.line(route="pooled fund"))
    plant.state(gift)
    plant.count(gift)
    return plant


def member_claims_fund_gift(world: World) -> Plant:
    """A member announces the fund's gift as its own, through the fund."""
    plant, partner = Plant("member-claims-fund-gift"), world.partner()
    gift = _fund_gift(world)
    title = f"{partner.name} supports {gift.place} through the {FUND_NAME}: {gift.quantity} {good_name(gift)}"
    claimed = replace(
        gift,
        partner=partner.id,
        reference=world.reference(partner.id),
        amount=own(gift.eur, partner.currency),
        currency=partner.currency,
        day=later(gift, 12),
        title=title,
    )
    plant.state(gift)
    plant.state(claimed)
    plant.count(gift)
    return plant


WHOLES = (
    joint_whole_by_each,
    joint_shares,
    to_date_by_giver,
    to_date_by_press,
    fund_payment_and_gift,
    member_claims_fund_gift,
)
