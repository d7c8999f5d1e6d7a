"""Rules that no plan may break, as the audit reads them from the tables: closed days, fit of goods."""

from collections.abc import Iterator
from datetime import date

from konvoi.plan.world import Row, World


def within(row: Row, day: date) -> bool:
    """Return True if a day lies in a row's span; an empty end is open."""
    return (row["from"] is None or row["from"] <= day) and (row["to"] is None or day <= row["to"])


def shut(world: World, on: str, day: date) -> bool:
    """Return True if a lane or site is closed or blocked on a day."""
    return any(within(row, day) for row in world.shut.get(on, ()))


def passable(world: World, lane: str, day: date, there: date) -> bool:
    """Return True if a leg may depart on a lane on a day and arrive on another."""
    way = world.lanes[lane]
    return (
        not shut(world, lane, day) and not shut(world, way["from"], day) and not shut(world, way["to"], there)
    )


def approvals(world: World, names: set[str], day: date) -> Iterator[str]:
    """The approvals that something lacks on a day."""
    for row in (row for name in sorted(names) for row in world.papers.get(name, ())):
        expected = row["due"] if row["due"] and row["due"] >= world.start else None
        given = None if row["refused"] else row["given"] or expected
        if given is None or day < given or (row["expires"] and day > row["expires"]):
            yield row["approval"]


def blocked(world: World, party: str, supplier: str, days: tuple[date, ...]) -> Iterator[str]:
    """The blocks that hold for a party or supplier on any of some days."""
    for row in world.rows["blocked"]:
        mine = (row["kind"], row["value"]) in {("party", party), ("supplier", supplier or None)}
        if mine and any(within(row, day) for day in days):
            yield row["value"]


def ready(world: World, offer: Row, day: date) -> bool:
    """Return True if an offer may leave on a day: ready, not lapsed, approved, not blocked."""
    if day < (offer["ready"] or world.start) or (offer["until"] and day > offer["until"]):
        return False
    names = {offer["offer"], offer["line"]} - {None, ""}
    lacking = list(approvals(world, names, day)) + list(blocked(world, offer["party"], "", (day,)))
    return not lacking


def bought(world: World, option: Row, order: date, day: date) -> bool:
    """Return True if a purchase ordered on one day may leave on another."""
    if (day - order).days < (option["lead_days"] or 0):
        return False
    lacking = list(approvals(world, {option["budget"]}, day))
    lacking += list(blocked(world, option["party"], option["supplier"] or "", (order, day)))
    return not lacking


def tied_elsewhere(world: World, offer: str, need: Row) -> bool:
    """Return True if an offer is earmarked, and not for this need."""
    ties = [row for row in world.rows["earmarks"] if row["offer"] == offer]
    region = world.sites[need["site"]]["region"]
    mine = {"need": need["need"], "site": need["site"], "region": region, "recipient": need["recipient"]}
    return bool(ties) and not any(row["value"] == (mine.get(row["to"]) or None) for row in ties)


def lacks_standard(world: World, good: str, need: Row) -> bool:
    """Return True if a good is known to lack a mandatory point that a need's good must meet."""
    points: dict[str, list[str]] = {}
    held = [r for r in world.rows["standards"] if _begins(r) <= need["due"]]
    for row in held:
        newer = [r for r in held if r["standard"] == row["standard"] and _begins(r) > _begins(row)]
        if row["good"] == need["good"] and row["mandatory"] is not False and not newer:
            points.setdefault(row["requirement"], []).append(row["value"])
    codes = [c.strip() for c in _split(world.goods[good]["codes"]) if c.strip()]
    if points.get("identity code") and not any(_bears(codes, v) for v in points["identity code"]):
        return True
    swaps = points.get("interchangeable with")
    if not swaps or good == need["good"]:
        return False
    listed = {(row["good"], row["serves"]) for row in world.rows["equivalences"]}
    return not any(good == value or (good, value) in listed for value in swaps)


def _begins(row: Row) -> date:
    """The day from which a version of a standard holds."""
    day = row["in_force"]
    return day if isinstance(day, date) else date.min


def _split(text: str | None) -> list[str]:
    """The members of a list in one cell."""
    for mark in (",", "|", "\n"):
        text = (text or "").replace(mark, ";")
    return (text or "").split(";")


def _bears(codes: list[str], value: str) -> bool:
    """Return True if a code is borne, or none of its scheme is known."""
    if ":" not in value:
        return not codes or value in codes
    mine = [code for code in codes if code.split(":")[0] == value.split(":")[0] and ":" in code]
    return not mine or value in mine
