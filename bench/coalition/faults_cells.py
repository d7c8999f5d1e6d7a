"""Faults of cells and sheets: scale, currency, separators, days, names, units, what is missing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bench.coalition.plants import Place, Plant, extra, good_name, goods_gift
from bench.coalition.world import DIGEST, WAVES, Gift, Partner, World, wave

_NAMES = {
    "PL": ("Rzeczpospolita Polska", "Rep. of Poland", "Polnad"),
    "DE": ("Bundesrepublik Deutschland", "Germnay", "Німеччина"),
    "SE": ("Konungariket Sverige", "Kingdom of Sweden", "Sweeden"),
    "FR": ("République française", "Frankreich", "Франція"),
    "GB": ("Great Britain", "Großbritannien", "U.K."),
    "EE": ("Eesti Vabariik", "Estland", "Естонія"),
    "NO": ("Kongeriket Norge", "Norwegen", "Norvegia"),
    "DK": ("Danmark", "Kingdom of Denmark", "Dänemark"),
    "LT": ("Lietuva", "Litauen", "Lithuania (Rep.)"),
    "FI": ("Suomi", "Finnland", "Фінляндія"),
    "CZ": ("Czech Rep.", "Česko", "Tschechien"),
    "RO": ("România", "Rumänien", "Roumania"),
    "ES": ("España", "Spanien", "Kingdom of Spain"),
    "IT": ("Italia", "Repubblica Italiana", "Italien"),
    "AT": ("Österreich", "Republic of Austria", "Autriche"),
}
_WORDS = {"en": "{} m", "de": "{} Mio.", "uk": "{} млн"}


def _wrong(world: World, fault: str, partner: Partner, gift: Gift, amount: Decimal, currency: str) -> Plant:
    """State a gift with a wrong amount or currency, and expect a finding at its package."""
    plant, at = Plant(fault), wave(gift.day)
    stated = replace(gift, amount=amount, currency=currency)
    plant.state(stated)
    plant.point(partner.id, at, "packages", gift.reference)
    plant.excess.append((gift.partner, gift.kind, stated.eur - gift.eur))
    plant.count(gift)
    return plant


def wrong_currency(world: World) -> Plant:
    """An amount in the partner's currency stands with the code EUR."""
    foreign = [p.id for p in world.partners if p.currency not in ("SEK", "NOK", "CZK", "DKK")]
    partner = world.partner(but=tuple(foreign))
    gift = goods_gift(world, partner, size=1.5e6)
    assert gift.amount is not None
    return _wrong(world, "wrong-currency", partner, gift, gift.amount, "EUR")


def factor_1000_low(world: World) -> Plant:
    """A desk writes thousands where units are due: a thousandth of the value."""
    partner = world.partner()
    gift = goods_gift(world, partner, size=3e6)
    assert gift.amount is not None
    amount = (gift.amount / 1000).quantize(Decimal(1))
    return _wrong(world, "factor-1000-low", partner, gift, amount, gift.currency)


def factor_1000_high(world: World) -> Plant:
    """A desk writes a small amount with three zeros too many."""
    partner = world.partner()
    gift = goods_gift(world, partner, size=1.5e4, kind="humanitarian")
    assert gift.amount is not None
    return _wrong(world, "factor-1000-high", partner, gift, gift.amount * 1000, gift.currency)


def factor_10(world: World) -> Plant:
    """An amount has a zero too many."""
    partner = world.partner()
    gift = goods_gift(world, partner, size=1.5e6)
    assert gift.amount is not None
    return _wrong(world, "factor-10", partner, gift, gift.amount * 10, gift.currency)


def separators(world: World) -> Plant:
    """Amounts have points between thousands; 912.400 alone may be two numbers, the column settles it."""
    plant, partner = Plant("separators"), world.by_dialect("csv-semicolon")
    big, small = goods_gift(world, partner, size=4e6), goods_gift(world, partner, size=9e5)
    document = extra(plant, partner, [big, small], f"{big.reference}-punkte", date(2025, 12, 15))
    for rows in document.tables.values():
        for row in rows:
            row["amount"] = f"{row['amount']:,}".replace(",", ".")
    plant.count(big, small)
    return plant


def ambiguous_day(world: World) -> Plant:
    """Days are written 03/04/2025; other days of the column show that the day comes first."""
    plant, partner = Plant("ambiguous-day"), world.by_dialect("csv-comma")
    gifts = [
        goods_gift(world, partner, size=4e6, day=day)
        for day in (date(2025, 4, 3), date(2025, 4, 25), date(2025, 5, 16))
    ]
    document = extra(plant, partner, gifts, f"{gifts[0].reference}-spring", date(2025, 6, 2))
    for row in document.tables["packages"]:
        day = row["day"]
        assert isinstance(day, date)
        row["day"] = f"{day:%d/%m/%Y}"
    plant.count(*gifts)
    return plant


def partner_names(world: World) -> Plant:
    """A partner's name is written in full, in another language, or misspelt."""
    others = tuple(partner.id for partner in world.partners if partner.id not in _NAMES)
    plant, partner = Plant("partner-names"), world.partner(but=others)
    for name in _NAMES[partner.id]:
        gift = goods_gift(world, partner, size=3e6)
        plant.state(gift, party=name)
        plant.count(gift)
    return plant


def amount_missing(world: World) -> Plant:
    """A package has no amount: its value is unknown, not zero, and the goods count."""
    plant, partner = Plant("amount-missing"), world.partner()
    known = goods_gift(world, partner, size=4e6)
    gift = replace(known, amount=None)
    plant.say(partner.id, wave(gift.day), "packages", gift.package())
    plant.say(partner.id, wave(gift.day), "lines", gift.line())
    plant.count(gift)
    return plant


def sheet_name(world: World) -> Plant:
    """The sheet of packages has a year in its name."""
    plant, partner = Plant("sheet-name"), world.by_dialect("xlsx-en", "xlsx-de")
    gifts = [goods_gift(world, partner, size=2e6) for _ in range(2)]
    usual = {"xlsx-en": "Packages 2025", "xlsx-de": "Pakete 2025"}[partner.dialect]
    name = f"{gifts[0].reference}-2025"
    extra(plant, partner, gifts, name, date(2025, 12, 16), sheets={"packages": usual})
    plant.places.append(Place(partner.id, name, "packages", ""))
    plant.excess += [(partner.id, gift.kind, -gift.eur) for gift in gifts]
    plant.count(*gifts)
    return plant


def amount_in_words(world: World) -> Plant:
    """An amount stands as 3.2 m, 3,2 Mio. or 3,2 млн."""
    plant, partner = Plant("amount-in-words"), world.partner()
    gift = goods_gift(world, partner, size=3e6)
    assert gift.amount is not None
    millions = (gift.amount / 1_000_000).quantize(Decimal("0.1"))
    gift = replace(gift, amount=millions * 1_000_000)
    number = str(millions) if partner.language == "en" else str(millions).replace(".", ",")
    text = _WORDS[partner.language].format(number)
    at = wave(gift.day)
    plant.say(partner.id, at, "packages", gift.package(amount=text))
    plant.say(partner.id, at, "lines", gift.line(amount=None, currency=None))
    plant.excess.append((partner.id, gift.kind, -gift.eur))
    plant.point(partner.id, at, "packages", gift.reference)
    plant.count(gift)
    return plant


def package_beside_lines(world: World) -> Plant:
    """A package has a value of its own, and its three line items have values that add up to less."""
    plant, partner = Plant("package-beside-lines"), world.partner()
    parts = [goods_gift(world, partner, size=3e6) for _ in range(3)]
    amounts = [part.amount for part in parts if part.amount is not None]
    whole = replace(
        parts[0],
        reference=world.reference(partner.id),
        amount=(sum(amounts, Decimal(0)) * Decimal("1.08")).quantize(Decimal(100)),
        title={"en": "Autumn package", "de": "Herbstpaket", "uk": "Осінній пакет"}[partner.language],
        good="",
        quantity=None,
    )
    at = wave(whole.day)
    plant.say(partner.id, at, "packages", whole.package())
    for number, part in enumerate(parts, start=1):
        row = part.line(line=f"{whole.reference}/{number}", package=whole.reference)
        plant.say(partner.id, at, "lines", row)
    plant.count(whole, *(replace(part, amount=None) for part in parts))
    return plant


def approximate_press(world: World) -> Plant:
    """A press monitor tells "over 200" where the partner states 237; no value."""
    plant, partner = Plant("approximate-press"), world.partner()
    gift = goods_gift(world, partner, size=6e6, kind="military")
    quantity = Decimal(world.chance.choice((237, 214, 268, 326)))
    gift = replace(gift, quantity=quantity, title=f"{quantity} {good_name(gift)} for {gift.place}")
    plant.state(gift)
    number, about = world.reference(DIGEST), quantity // 100 * 100
    title = f"{partner.name} hands over more than {about} {good_name(gift)}"
    row = gift.package(package=number, party=partner.name, title=title, amount=None, currency=None)
    plant.say(DIGEST, wave(gift.day), "packages", row)
    line = gift.line(line=f"{number}/1", package=number, quantity=about, amount=None, currency=None)
    plant.say(DIGEST, wave(gift.day), "lines", line)
    plant.count(gift)
    return plant


def unit_unknown(world: World) -> Plant:
    """A line item is counted in skids, a unit that nobody can convert."""
    plant, partner = Plant("unit-unknown"), world.partner()
    gift = goods_gift(world, partner, size=3e6)
    at = wave(gift.day)
    plant.state(gift)
    slot = plant.rows.pop()
    plant.say(slot.source, slot.wave, slot.table, slot.row | {"unit": "skids", "quantity": Decimal(14)})
    plant.point(partner.id, at, "lines", f"{gift.reference}/1")
    plant.count(replace(gift, quantity=None))
    return plant


def receipts_above_dispatch(world: World) -> Plant:
    """More is received than was dispatched."""
    plant, partner = Plant("receipts-above-dispatch"), world.partner()
    gift = goods_gift(world, partner, size=4e6, day=world.day(last=WAVES[0]))
    assert gift.quantity is not None
    plant.state(gift)
    line, number = f"{gift.reference}/1", f"{gift.reference}-W"
    day = date(2025, 3, 4)
    sent = {"movement": number, "line": line, "day": day, "stage": "dispatched", "quantity": gift.quantity}
    got = {
        "receipt": f"{number}R",
        "reference": number,
        "day": date(2025, 3, 11),
        "received": gift.quantity + 9,
    }
    plant.say(partner.id, 1, "movements", sent)
    plant.say(partner.id, 1, "receipts", got)
    plant.point(partner.id, 1, "receipts", f"{number}R")
    plant.count(gift)
    return plant


CELLS = (
    wrong_currency,
    factor_1000_low,
    factor_1000_high,
    factor_10,
    separators,
    ambiguous_day,
    partner_names,
    amount_missing,
    sheet_name,
    amount_in_words,
    package_beside_lines,
    approximate_press,
    unit_unknown,
    receipts_above_dispatch,
)
SCALES = ("wrong-currency", "factor-1000-low", "factor-1000-high", "factor-10")
"""Faults of scale and currency: each must have a finding at its row."""
