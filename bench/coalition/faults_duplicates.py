"""Faults of counting: one thing stated by several sources or references, or as part and whole."""

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from bench.coalition.plants import Plant, good_name, goods_gift, later
from bench.coalition.words import GOODS, Place
from bench.coalition.world import (
    AGENCY,
    DIGEST,
    FUND,
    FUND_NAME,
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


def _round(amount: Decimal, digits: int) -> Decimal:
    """Return an amount to so many significant digits.

    >>> _round(Decimal(4_837_200), 2)
    Decimal('4800000')
    """
    exponent = amount.adjusted() - digits + 1
    return amount.quantize(Decimal(1).scaleb(exponent), ROUND_HALF_EVEN).quantize(Decimal(1))


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
    row = _press(world, gift, partner, _round(gift.eur * PER_EUR[currency], 3), currency)
    plant.say(WIRE, wave(gift.day), "packages", row)
    plant.count(gift)
    return plant


def press_rounded(world: World) -> Plant:
    """A press monitor tells a gift as a rounded sum."""
    plant, partner = Plant("press-rounded"), world.partner()
    gift = goods_gift(world, partner, size=8e6)
    assert gift.amount is not None
    plant.state(gift)
    row = _press(world, gift, partner, _round(gift.amount, 1), partner.currency, DIGEST)
    plant.say(DIGEST, wave(gift.day), "packages", row)
    plant.count(gift)
    return plant


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
    plant.say(WIRE, 1, "packages", whole.package(party=partner.name, amount=_round(whole.amount, 3)))
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


DUPLICATES = (
    renewed_promise,
    press_other_currency,
    press_rounded,
    joint_whole_by_each,
    joint_shares,
    to_date_by_giver,
    to_date_by_press,
    fund_payment_and_gift,
    member_claims_fund_gift,
    implementer_reports,
    same_goods_two_partners,
    register_and_own,
    instalments,
    coincidence,
)
