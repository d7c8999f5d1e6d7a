"""Reports of commitments by partners, newspapers, registers, implementers and funds, with their faults."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from bench.pledges.campaigns.draw import Draw
from bench.pledges.campaigns.world import DAYS, FIRST, PARTNERS, WEAK, Commitment, World, minor_units
from bench.pledges.script import slipped
from bench.pledges.vocabulary import LANGUAGES

Row = tuple[object, ...]
NEWSPAPERS = tuple(f"PRESS{n}" for n in range(1, 13))
REGISTERS = ("AIDBOOK", "GRANTBASE")
_LAST = FIRST + timedelta(days=DAYS + 370)
_LANGUAGES = tuple(zip(LANGUAGES, (56, 9, 7, 14, 5, 4, 3, 2), strict=True))
_SLIP, _OTHERWISE = 0.04, 0.15
_NEWS_ABOUT = ((0, 14), (1, 22), (2, 22), (3, 16), (4, 13), (6, 9), (8, 4))


@dataclass
class Told:
    """Rows of RECORDS, TRUTH and EDGES as they come about."""

    world: World
    records: list[Row] = field(default_factory=list)
    truth: list[Row] = field(default_factory=list)
    edges: list[Row] = field(default_factory=list)
    priced: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def put(self, sender: str, cluster: str, role: str, **stated: object) -> str:
        """Add a statement under a new reference of its sender; return the reference."""
        self.counts[sender] += 1
        number = self.counts[sender]
        reference = f"{sender}-{number:05d}"
        self.truth.append((reference, cluster, role))
        self.again(sender, reference, **stated)
        if stated.get("amount") is not None:
            self.priced.add(cluster)
        return reference

    def again(self, sender: str, reference: str, **stated: object) -> None:
        """Add a statement under a reference."""
        day = stated["day"]
        assert isinstance(day, date)
        known = stated.get("known", day)
        assert isinstance(known, date)
        document = f"{known.year}-{(known.month - 1) // 6 + 1}"
        amount = stated.get("amount")
        self.records.append(
            (
                reference, sender, document, known, stated["party"], stated.get("counterparty"), day,
                stated["kind"], stated["stage"], stated["title"], amount,
                None if amount is None else stated["currency"], stated.get("implementer"),
                stated.get("place"), stated.get("quantity"), stated.get("unit"),
            )
        )  # fmt: skip

    def totals(self) -> list[Row]:
        """Return the true total by partner and year: what some record prices, withdrawn ones as nothing."""
        found: dict[tuple[str, int], int] = defaultdict(int)
        for one in self.world.commitments:
            if one.cluster in self.priced and not one.withdrawn:
                eur = self.world.eur_minor(one.amount, one.currency, one.day)
                found[one.party, one.day.year] += eur
        return [(party, year, eur) for (party, year), eur in sorted(found.items())]


def report(world: World) -> Told:
    """Return everything that is reported of a world, in an order that tells nothing."""
    told = Told(world)
    for one in world.commitments:
        draw = Draw(world.seed, f"report {one.number}")
        _by_partner(told, one, draw)
        if one.joint < 0:
            _by_press(told, one, draw)
        _by_registers(told, one, draw)
        _by_carrier(told, one, draw)
    for number, shares in enumerate(world.joints):
        _whole(told, number, shares, Draw(world.seed, f"whole {number}"))
    _to_date(told, Draw(world.seed, "to date"))
    _funds(told, Draw(world.seed, "funds"))
    _renumber(told, Draw(world.seed, "numbers"))
    told.records.sort(key=lambda row: (str(row[1]), str(row[2]), str(row[0]), str(row[3])))
    return told


def _renumber(told: Told, draw: Draw) -> None:
    """Number the statements of each sender by day, so that a reference tells nothing of its commitment."""
    first: dict[str, tuple[object, int]] = {}
    sender: dict[str, str] = {}
    for row in told.records:
        if str(row[0]) not in first:
            first[str(row[0])] = (row[3], draw.below(1 << 30))
            sender[str(row[0])] = str(row[1])
    counts: dict[str, int] = defaultdict(int)
    new: dict[str, str] = {}
    for reference in sorted(first, key=lambda one: (first[one], one)):
        counts[sender[reference]] += 1
        new[reference] = f"{sender[reference]}-{counts[sender[reference]]:05d}"
    told.records[:] = [(new[str(row[0])], *row[1:]) for row in told.records]
    renamed: list[Row] = [(new[str(row[0])], *row[1:]) for row in told.truth]
    told.truth[:] = sorted(renamed, key=lambda row: str(row[0]))


def _word(told: Told, draw: Draw, role: str, language: str) -> str:
    return draw.one(told.world.names.words[role][language])


def _party(told: Told, code: str, draw: Draw, language: str) -> str:
    """Return a partner's name as a text writes it: in most its plain name, now and then with a slip."""
    fund = next((f for f in told.world.funds if f.code == code), None)
    if fund:
        return fund.name
    plain, *others = told.world.names.spellings(code, language)
    name = draw.one(others) if others and draw.happens(_OTHERWISE) else plain
    return _slip(draw, name)


def _slip(draw: Draw, name: str) -> str:
    return slipped(name, draw.below(4)) if draw.happens(_SLIP) else name


def _thing(told: Told, one: Commitment, draw: Draw, language: str, *, quantity: float, detail: float) -> str:
    """Return quantity, good, place and detail as a text of a language says them."""
    names = told.world.names
    good = _slip(draw, draw.one(one.good.names[language]))
    parts = [_word(told, draw, "new", language)] if draw.happens(0.3) else []
    if one.quantity and draw.happens(quantity):
        parts.append(str(one.quantity))
        if one.good.unit != "piece":
            parts.append(_word(told, draw, one.good.unit, language))
    parts.append(good)
    if draw.happens(0.7):
        parts += [_word(told, draw, "for", language), _slip(draw, names.places[one.place][language][0])]
    if one.detail and draw.happens(detail):
        kind, number = one.detail
        parts.append("(" + names.details[kind][1][language][0].format(number) + ")")
    return " ".join(part for part in parts if part)


def _rounded(amount: int, digits: int) -> int:
    """Return an amount in minor units with so many significant digits, halves up."""
    step = int(10 ** max(len(str(amount)) - digits, 0))
    return (amount + step // 2) // step * step


def _by_partner(told: Told, one: Commitment, draw: Draw) -> None:
    """The partner's own list: exact, in its currency and language; corrected under the same reference.

    A share of a joint package is stated as such, or (one in five) the partner states the whole instead.
    """
    fund = one.party.startswith("FUND")
    if not draw.happens(1.0 if fund or one.withdrawn or one.before is not None else 0.8):
        return
    if one.joint >= 0 and draw.happens(0.2):
        return
    known = min(one.day + timedelta(days=draw.between(0, 60)), _LAST)
    text = _thing(told, one, draw, one.language, quantity=0.8, detail=0.85)
    if one.joint >= 0:
        text = f"{_word(told, draw, 'share', one.language)} {text}"
    stated: dict[str, object] = {
        "party": one.party, "day": one.day, "kind": one.good.kind, "currency": one.currency, "title": text,
        "stage": "committed" if draw.happens(0.3) else "pledged",
        "known": known,
    }  # fmt: skip
    silent = draw.happens(0.12) and one.before is None and not one.withdrawn and not fund
    first = None if silent else one.before if one.before is not None else one.amount
    reference = told.put(one.party, one.cluster, "own", amount=first, **stated)
    # More than half a year after, so that it stands in another document.
    later = known + timedelta(days=draw.between(190, 300))
    if one.before is not None:
        note = f" ({_word(told, draw, 'corrected', one.language)})" if draw.happens(0.5) else ""
        again = stated | {"known": later, "title": text + note}
        told.again(one.party, reference, amount=one.amount, **again)
    elif one.withdrawn:
        told.again(one.party, reference, amount=0, **(stated | {"known": later}))


def _stated(told: Told, draw: Draw, one: Commitment, day: date, language: str) -> dict[str, object]:
    """Return amount and currency as a newspaper gives them; the first amount where it was corrected later."""
    amount = one.amount if one.before is None else one.before
    if draw.happens(0.12):
        return {"amount": None, "currency": None}
    local = "UAH" if language == "uk" else "USD" if language == "en" else "PLN" if language == "pl" else "EUR"
    currency = one.currency if draw.happens(0.45) else local
    value = told.world.converted(amount, one.currency, currency, day)
    digits = draw.weighted(((2, 62), (1, 6), (3, 14), (15, 18)))
    return {"amount": max(_rounded(value, digits), 100), "currency": currency}


def _by_press(told: Told, one: Commitment, draw: Draw) -> None:
    """Newspapers: on the day, within two weeks, or again up to 350 days later; rounded, converted, hedged."""
    for n in range(draw.weighted(_NEWS_ABOUT)):
        language = draw.weighted(_LANGUAGES)
        late = (
            draw.between(0, 3) if n == 0 else draw.between(15, 350) if draw.happens(0.4) else draw.below(15)
        )
        day = one.day + timedelta(days=late)
        party = _party(told, one.party, draw, language)
        money = _stated(told, draw, one, day, language)
        text = _thing(told, one, draw, language, quantity=0.6, detail=0.4)
        if money["amount"] is not None and draw.happens(0.25):
            hedge = _word(told, draw, draw.one(("over", "about", "upto")), language)
            shown = int(str(money["amount"])) // minor_units(str(money["currency"]))
            text = f"{hedge} {shown} {money['currency']}: {text}"
        if draw.happens(0.5):
            text = f"{party} {_word(told, draw, 'gives', language)} {text}"
        told.put(
            draw.one(NEWSPAPERS), one.cluster, "press", party=party, day=day, kind=one.good.kind,
            stage="pledged", title=text, **money,
        )  # fmt: skip


def _by_registers(told: Told, one: Commitment, draw: Draw) -> None:
    """Two registers in English: one exact with carrier, now and then by payments; one in USD, other days."""
    if one.party.startswith("FUND") or one.withdrawn:
        return
    names = told.world.names
    carrier = told.world.carriers[one.carrier]
    place = names.places[one.place]["en"][0]
    amount = one.amount if one.before is None or draw.happens(0.5) else one.before
    if draw.happens(0.4 if one.good.kind != "military" else 0.15):
        base: dict[str, object] = {
            "party": names.spellings(one.party, "en")[0] if draw.happens(0.5) else one.party,
            "kind": one.good.kind, "currency": one.currency,
            "implementer": draw.one(carrier) if draw.happens(0.8) else None,
            "place": place if draw.happens(0.6) else None,
        }  # fmt: skip
        text = _thing(told, one, draw, "en", quantity=0.5, detail=0.9)
        day = one.day + timedelta(days=draw.between(-5, 45))
        if draw.happens(0.12):
            parts = draw.between(2, 5)
            for n in range(parts):
                part = amount // parts if n else amount - amount // parts * (parts - 1)
                cluster = f"{one.cluster}p{n}"
                told.put(
                    REGISTERS[0], cluster, "payment", amount=part, stage="disbursed",
                    day=day + timedelta(days=30 * n),
                    title=f"{text} - {_word(told, draw, 'payment', 'en')} {n + 1}/{parts}", **base,
                )  # fmt: skip
                told.edges.append((cluster, one.cluster, "part_of"))
            told.priced.add(one.cluster)
        else:
            told.put(REGISTERS[0], one.cluster, "register", amount=amount, stage="committed", day=day,
                     title=text, **base)  # fmt: skip
    if draw.happens(0.3):
        day = one.day + timedelta(days=draw.between(-30, 30))
        value = told.world.converted(amount, one.currency, "USD", one.day) * draw.between(985, 1015) // 1000
        told.put(
            REGISTERS[1], one.cluster, "register", amount=_rounded(value, draw.between(3, 9)), currency="USD",
            party=_party(told, one.party, draw, "en"), kind=one.good.kind,
            stage="committed", day=day, title=_thing(told, one, draw, "en", quantity=0.3, detail=0.6),
            place=place if draw.happens(0.4) else None,
        )  # fmt: skip


def _by_carrier(told: Told, one: Commitment, draw: Draw) -> None:
    """The implementer's own report, net of a fee of up to 6 %, within four months."""
    if one.withdrawn or not draw.happens(0.25 if one.good.kind != "financial" else 0.0):
        return
    names, carrier = told.world.names, told.world.carriers[one.carrier]
    language = draw.one(("en", "en", "en", "uk", "fr"))
    party = _party(told, one.party, draw, language)
    text = _thing(told, one, draw, language, quantity=0.7, detail=0.7)
    if draw.happens(0.6):
        text = f"{_word(told, draw, 'received', language)} {party}: {text}"
    told.put(
        f"CARRIERS{one.carrier % 16}", one.cluster, "carrier", party=party, kind=one.good.kind,
        stage="disbursed" if one.good.unit == "none" else "committed", currency=one.currency,
        amount=one.amount * draw.between(940, 1000) // 1000 if draw.happens(0.85) else None,
        day=one.day + timedelta(days=draw.between(5, 120)), title=text, implementer=carrier[0],
        place=names.places[one.place][language][0] if draw.happens(0.5) else None,
    )  # fmt: skip


def _whole(told: Told, number: int, shares: list[Commitment], draw: Draw) -> None:
    """The joint package as a whole: by the European Union, newspapers, and members that state no share."""
    world, cluster = told.world, f"j{number}"
    head = shares[0]
    day = min(one.day for one in shares)
    total = sum(world.converted(one.amount, one.currency, "EUR", one.day) for one in shares)
    stated_by = {row[1] for row in told.truth if row[2] == "own"}
    silent = [one for one in shares if one.cluster not in stated_by]
    tellers = [("EU", "EU", "en"), *((one.party, one.party, one.language) for one in silent)]
    for _ in range(draw.between(1, 3)):
        language = draw.weighted(_LANGUAGES)
        party = _party(told, draw.one(shares).party, draw, language)
        tellers.append((draw.one(NEWSPAPERS), party, language))
    for sender, party, language in tellers:
        names = ", ".join(world.names.spellings(one.party, language)[0] for one in shares)
        thing = _thing(told, head, draw, language, quantity=0, detail=0.5)
        text = f"{_word(told, draw, 'joint', language)} {thing}"
        if draw.happens(0.6):
            text = f"{text} ({names})"
        exact = sender == "EU" or not draw.happens(0.7)
        told.put(
            sender, cluster, "whole", party=party, kind=head.good.kind, stage="pledged", currency="EUR",
            day=day + timedelta(days=draw.between(0, 5)), title=text,
            amount=total if exact else _rounded(total, 2),
        )  # fmt: skip
    for one in shares:
        told.edges.append((one.cluster, cluster, "part_of"))
        told.priced.add(one.cluster)


def _to_date(told: Told, draw: Draw) -> None:
    """Totals since January of a campaign's commitments of one year, by the partner or a newspaper."""
    world = told.world
    by_campaign: dict[tuple[int, str, int, str], list[Commitment]] = defaultdict(list)
    for one in world.commitments:
        if one.joint < 0 and not one.withdrawn:
            by_campaign[one.campaign, one.party, one.day.year, one.good.concept].append(one)
    for n, ((_, party, year, _), parts) in enumerate(sorted(by_campaign.items())):
        if len(parts) < 3 or not draw.happens(0.12):
            continue
        head, press = parts[0], draw.happens(0.5)
        language = draw.weighted(_LANGUAGES) if press else head.language
        day = max(one.day for one in parts) + timedelta(days=draw.between(1, 30))
        total = sum(one.amount if one.before is None else one.before for one in parts)
        lead = f"{_word(told, draw, 'todate', language)} {_word(told, draw, 'since', language)} {year}"
        name = world.names.spellings(party, language)[0] if not party.startswith("FUND") else party
        text = f"{lead} {draw.one(head.good.names[language])}"
        told.put(
            draw.one(NEWSPAPERS) if press else party, f"t{n}", "to date", party=name if press else party,
            kind=head.good.kind, stage="pledged", currency=head.currency, day=day,
            amount=_rounded(total, 2) if press else total, title=f"{name}: {text}" if press else text,
        )  # fmt: skip
        told.edges += [(f"t{n}", one.cluster, "restates") for one in parts]


def _funds(told: Told, draw: Draw) -> None:
    """Members pay into funds; now and then a member claims a gift of a fund as its own."""
    world = told.world
    for fund in world.funds:
        gifts = [one for one in world.commitments if one.party == fund.code]
        for gift in gifts:
            party, currency, language, _ = draw.weighted([(one, one[3]) for one in PARTNERS])
            if draw.happens(0.6):
                amount = draw.between(1, 99) * 10 ** draw.between(5, 7) * WEAK.get(currency, 1)
                day = gift.day - timedelta(days=draw.between(20, 200))
                told.put(
                    party, f"{gift.cluster}m", "payment into a fund", party=party, counterparty=fund.code,
                    kind=fund.kind, stage="committed", currency=currency,
                    amount=amount * minor_units(currency), day=max(day, FIRST),
                    title=f"{_word(told, draw, 'fund', language)} {fund.name}",
                )  # fmt: skip
                told.edges.append((f"{gift.cluster}m", gift.cluster, "passes_through"))
            if draw.happens(0.1):
                text = _thing(told, gift, draw, language, quantity=0.8, detail=0.6)
                told.put(
                    party, gift.cluster, "claim of a fund's gift", party=party, kind=fund.kind,
                    stage="pledged", currency="EUR", amount=gift.amount,
                    day=gift.day + timedelta(days=draw.between(0, 40)), title=f"{text} ({fund.name})",
                )  # fmt: skip
