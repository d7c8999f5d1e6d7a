"""Faults of versions and corrections: what a partner says later about what it said before."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bench.coalition.plants import Plant, extra, goods_gift, later
from bench.coalition.world import WAVES, Document, Gift, Partner, World, own, wave


def _early(world: World, partner: Partner, **other: object) -> Gift:
    """Return a gift of goods that the first regular submission states."""
    day = world.day(last=WAVES[0])
    return goods_gift(world, partner, day=day, **other)


def _scaled(gift: Gift, factor: str) -> Gift:
    """Return a gift of another amount and, in step with it, quantity."""
    assert gift.amount is not None
    assert gift.quantity is not None
    amount = (gift.amount * Decimal(factor)).quantize(Decimal(100))
    return replace(gift, amount=amount, quantity=max(round(gift.quantity * Decimal(factor)), 1) * Decimal(1))


def correction_down(world: World) -> Plant:
    """A later submission states less under the same reference."""
    return _corrected(world, "correction-down", "0.6")


def correction_up(world: World) -> Plant:
    """A later submission states more under the same reference."""
    return _corrected(world, "correction-up", "1.4")


def _corrected(world: World, fault: str, factor: str) -> Plant:
    plant, partner = Plant(fault), world.partner()
    first = _early(world, partner, size=9e6)
    last = _scaled(first, factor)
    plant.state(first)
    plant.state(last, at=1)
    plant.count(last)
    return plant


def quantity_corrected(world: World) -> Plant:
    """A later submission corrects only the quantity of a line item; the value stays."""
    plant, partner = Plant("quantity-corrected"), world.partner()
    first = _early(world, partner, size=5e6)
    assert first.quantity is not None
    last = replace(first, quantity=first.quantity + Decimal(7))
    plant.state(first)
    line = last.line()
    plant.say(
        partner.id, 1, "lines", {name: line[name] for name in ("line", "package", "good", "quantity", "unit")}
    )
    plant.count(last)
    return plant


def withdrawn_by_zero(world: World) -> Plant:
    """A later submission states an amount of 0 under the same reference."""
    plant, partner = Plant("withdrawn-by-zero"), world.partner()
    first = _early(world, partner, size=7e6, kind="financial")
    plant.state(first)
    plant.say(partner.id, 1, "packages", first.package(amount=Decimal(0), currency=partner.currency))
    return plant


def withdrawn_by_stage(world: World) -> Plant:
    """A later submission states the stage withdrawn under the same reference."""
    plant, partner = Plant("withdrawn-by-stage"), world.partner()
    first = _early(world, partner, size=7e6, kind="financial")
    plant.state(first)
    plant.say(partner.id, 1, "packages", first.package(stage="withdrawn"))
    return plant


def file_twice(world: World) -> Plant:
    """The same file is handed in again under another name."""
    plant, partner = Plant("file-twice"), world.partner()
    gifts = [_early(world, partner, size=4e6) for _ in range(2)]
    extra(plant, partner, gifts, f"{gifts[0].reference}-addendum", date(2024, 10, 4))
    extra(plant, partner, gifts, f"{gifts[0].reference}-addendum-final", date(2024, 10, 4))
    plant.count(*gifts)
    return plant


def version_supersedes(world: World) -> Plant:
    """A second version names the first as superseded, changes one package and leaves one out."""
    plant, partner = Plant("version-supersedes"), world.by_dialect("xlsx-en", "xlsx-de", "xlsx-own")
    gone, changed, kept = (_early(world, partner, size=5e6) for _ in range(3))
    name, now = f"{gone.reference}-annex", _scaled(changed, "0.7")
    extra(plant, partner, [gone, changed, kept], name, date(2024, 10, 7))
    extra(plant, partner, [now, kept], f"{name}-v2", date(2025, 2, 10), supersedes=f"{name}.xlsx")
    plant.count(now, kept)
    return plant


def version_plain(world: World) -> Plant:
    """A second version of a file, with a change and a new package, does not say that it is one."""
    plant, partner = Plant("version-plain"), world.partner()
    changed, kept, new = (_early(world, partner, size=5e6) for _ in range(3))
    now = _scaled(changed, "0.75")
    extra(plant, partner, [changed, kept], f"{changed.reference}-overview", date(2024, 10, 14))
    extra(plant, partner, [now, kept, new], f"{changed.reference}-overview-new", date(2025, 3, 3))
    plant.count(now, kept, new)
    return plant


def same_day_conflict(world: World) -> Plant:
    """Two files of one day state different values under one reference; the lower counts."""
    plant, partner = Plant("same-day-conflict"), world.partner()
    high = replace(_early(world, partner, size=6e6, kind="financial"))
    assert high.amount is not None
    low = replace(high, amount=(high.amount * Decimal("0.8")).quantize(Decimal(100)))
    extra(plant, partner, [high], f"{high.reference}-desk-a", date(2024, 10, 21))
    extra(plant, partner, [low], f"{high.reference}-desk-b", date(2024, 10, 21))
    plant.count(low)
    return plant


def register_correction(world: World) -> Plant:
    """A newer IATI file or FTS page states less for the same activity or flow."""
    plant, partner = Plant("register-correction"), world.partner(tables=False)
    first = _early(world, partner, size=5e6)
    assert first.amount is not None
    last = replace(first, amount=(first.amount * Decimal("0.65")).quantize(Decimal(100)))
    plant.say(partner.id, 0, "packages", first.package())
    plant.say(partner.id, 1, "packages", last.package(version=2))
    plant.count(last)
    return plant


def stages_of_one(world: World) -> Plant:
    """One reference is pledged, later committed in part, later disbursed in part: the pledge stays whole."""
    plant, partner = Plant("stages-of-one"), world.partner()
    gift = _early(world, partner, size=8e6, kind="financial")
    assert gift.amount is not None
    plant.state(gift, stage="pledged")
    for at, (stage, factor) in enumerate((("committed", "0.6"), ("disbursed", "0.25")), start=1):
        part = (gift.amount * Decimal(factor)).quantize(Decimal(100))
        plant.say(partner.id, at, "packages", gift.package(stage=stage, amount=part))
    plant.count(gift)
    return plant


def refund(world: World) -> Plant:
    """A part is returned: a negative amount under a reference of its own."""
    plant, partner = Plant("refund"), world.partner()
    gift = _early(world, partner, size=6e6, kind="financial")
    assert gift.amount is not None
    back = replace(
        gift,
        reference=world.reference(partner.id),
        amount=-(gift.amount * Decimal("0.2")).quantize(Decimal(100)),
        day=later(gift, 150),
        title=f"Repayment of unspent balance, {gift.reference}",
    )
    plant.state(gift)
    plant.say(partner.id, wave(back.day), "packages", back.package())
    plant.count(gift, back)
    return plant


def contract_beside_line(world: World) -> Plant:
    """A contract of OCDS for a line item, later amended: it fulfils the pledge and adds nothing."""
    plant, partner = Plant("contract-beside-line"), world.partner()
    gift = _early(world, partner, size=6e6)
    plant.say(partner.id, 0, "packages", gift.package())
    plant.say(partner.id, 0, "lines", gift.line(route="procured"))
    for day, part in ((date(2024, 11, 4), "0.93"), (date(2025, 4, 7), "0.97")):
        document = Document(partner.id, f"{partner.id}-ocds-{gift.reference}-{day:%Y%m}", day, "ocds")
        contract = {
            "contract": f"{gift.reference}-C1",
            "line": f"{gift.reference}/1",
            "party": partner.id,
            "buyer": f"Procurement Agency of {partner.name}",
            "title": f"Framework order {gift.reference}",
            "day": date(2024, 11, 4),
            "amount": own(gift.eur * Decimal(part), partner.currency),
            "currency": partner.currency,
        }
        document.add("contracts", contract)
        plant.documents.append(document)
    plant.count(gift)
    return plant


def flow_through_agency(world: World) -> Plant:
    """A register states a gift that an agency receives for use in the recipient's country: it counts."""
    plant, partner = Plant("flow-through-agency"), world.partner(tables=False)
    gift = _early(world, partner, size=5e6)
    plant.state(gift, tables=False, implementer="World Food Programme")
    plant.count(gift)
    return plant


VERSIONS = (
    correction_down,
    correction_up,
    quantity_corrected,
    withdrawn_by_zero,
    withdrawn_by_stage,
    file_twice,
    version_supersedes,
    version_plain,
    same_day_conflict,
    register_correction,
    stages_of_one,
    refund,
    contract_beside_line,
    flow_through_agency,
)
