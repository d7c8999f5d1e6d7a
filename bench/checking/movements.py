"""Faults of single movements: their source, their papers, their route and their arrival."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from bench.checking.tables import PlanFolder, Problem, Row, day_of, number


@dataclass(frozen=True)
class Fault:
    """A rule that a plan breaks, the record that breaks it, and the figures."""

    rule: str
    record: str
    figures: str = ""


def faults_of_movements(problem: Problem, plan: PlanFolder) -> Iterator[Fault]:
    """Yield the faults of all movements, each by itself."""
    closed = [
        (row["on"], day_of(row["from"]), day_of(row["to"]))
        for row in problem.rows("closures")
        if row["from"] and row["to"]
    ]
    papers = problem.listed("approvals", "covers")
    tied = problem.listed("earmarks", "offer")
    for move in plan.movements:
        name = move["movement"]
        need = problem.needs.get(move["need"])
        if need is None:
            yield Fault("unknown need", name, move["need"])
            continue
        quantity = Fraction(move["quantity"])
        if quantity <= 0 or quantity % problem.step(move["good"]):
            yield Fault("no whole steps", name, move["quantity"])
        if (move["good"], need["good"]) not in problem.ratios:
            yield Fault("serves another good", name, move["good"])
        if move["offer"]:
            yield from _offered(problem, move, need, papers, tied)
            site = problem.offers[move["offer"]]["site"]
        else:
            site = yield from _bought(problem, plan, move)
        yield from _route(problem, plan, move, site, closed)
        yield from _arrival(problem, move, need)


def _offered(
    problem: Problem,
    move: Row,
    need: Row,
    papers: dict[tuple[str, ...], list[Row]],
    tied: dict[tuple[str, ...], list[Row]],
) -> Iterator[Fault]:
    """Yield the faults of a movement from stock."""
    offer = problem.offers[move["offer"]]
    departs = day_of(move["departs"])
    if offer["good"] != move["good"]:
        yield Fault("another good than is offered", move["movement"])
    if offer.get("ready") and departs < day_of(offer["ready"]):
        yield Fault("leaves before it is ready", move["movement"], move["departs"])
    if offer.get("until") and departs > day_of(offer["until"]):
        yield Fault("leaves after the offer's last day", move["movement"], move["departs"])
    covered = [
        row for key in {move["offer"], offer.get("line") or ""} - {""} for row in papers.get((key,), [])
    ]
    for paper in covered:
        if not _holds(problem, paper, departs):
            yield Fault("approval does not hold", move["movement"], paper["approval"])
    site = problem.sites[need["site"]]
    own = {"need": need["need"], "site": need["site"], "region": site.get("region")}
    own["recipient"] = need.get("recipient")
    for tie in tied.get((move["offer"],), []):
        if own[tie["to"]] != tie["value"]:
            yield Fault("earmarked for others", move["movement"], tie["value"])


def _holds(problem: Problem, paper: Row, on: date) -> bool:
    """Return True if an approval holds on a day: it was given by then, or is due by then and still open."""
    if paper.get("refused") or (paper.get("expires") and on > day_of(paper["expires"])):
        return False
    if paper.get("given"):
        return day_of(paper["given"]) <= on
    return bool(paper.get("due")) and problem.start <= day_of(paper["due"]) <= on


def _bought(problem: Problem, plan: PlanFolder, move: Row) -> Generator[Fault, None, str]:
    """Yield the faults of a purchase and its payments; return the site at which it is handed over."""
    legs = plan.legs.get(move["movement"])
    start = legs[0]["from"] if legs else problem.needs[move["need"]]["site"]
    options = problem.purchases.get((move["budget"], move["good"], move["supplier"]), [])
    option = next((row for row in options if row["site"] == start), None)
    if option is None:
        yield Fault("no such purchase", move["movement"], move["budget"])
        return start
    payments = plan.payments.get(move["movement"], [])
    price = Fraction(move["quantity"]) * Fraction(option["price"]) * 100
    paid = sum((Fraction(row["amount"]) for row in payments), Fraction(0))
    if paid != price:
        yield Fault("paid otherwise than priced", move["movement"], f"{float(paid)}, {float(price)}")
    lead = timedelta(days=int(option.get("lead_days") or 0))
    for row in payments:
        ordered = day_of(row["ordered"])
        if ordered + lead > day_of(move["departs"]):
            yield Fault("leaves before its lead days are over", move["movement"])
        if row["tranche"] and day_of(row["tranche"]) > ordered:
            yield Fault("ordered before its money is there", move["movement"])
    return start


def _route(
    problem: Problem, plan: PlanFolder, move: Row, site: str, closed: list[tuple[str, date, date]]
) -> Iterator[Fault]:
    """Yield the faults of the legs of a movement that starts at a site."""
    name = move["movement"]
    at = site
    day = day_of(move["departs"])
    legs = plan.legs.get(name, [])
    if legs and legs[0]["departs"] != move["departs"]:
        yield Fault("first leg on another day", name)
    for leg in legs:
        lane = problem.lanes[leg["lane"]]
        departs = day_of(leg["departs"])
        arrives = day_of(leg["arrives"])
        if (leg["from"], leg["to"]) != (lane["from"], lane["to"]) or leg["from"] != at:
            yield Fault("legs do not meet", name, leg["lane"])
        if departs < day:
            yield Fault("leaves before it arrives", name, leg["departs"])
        if arrives != departs + problem.transit(leg["lane"]):
            yield Fault("another time of travel", name, leg["lane"])
        for on, first, last in closed:
            leaving = on in (leg["lane"], leg["from"]) and first <= departs <= last
            if leaving or (on == leg["to"] and first <= arrives <= last):
                yield Fault("passes what is closed", name, on)
        tonnes = problem.loads(move["good"])["tonnes"] * Fraction(move["quantity"])
        if abs(number(leg["tonnes"]) - tonnes) > Fraction(1, 10**6):
            yield Fault("another load", name, leg["tonnes"])
        at, day = leg["to"], arrives
    if at != problem.needs[move["need"]]["site"]:
        yield Fault("ends elsewhere", name, at)
    if day_of(move["arrives"]) != day:
        yield Fault("arrives on another day", name, move["arrives"])


def _arrival(problem: Problem, move: Row, need: Row) -> Iterator[Fault]:
    """Yield what is wrong with the days of a movement."""
    arrives = day_of(move["arrives"])
    if day_of(move["departs"]) < problem.start or arrives > problem.end:
        yield Fault("outside the horizon", move["movement"])
    if arrives > problem.last(need):
        yield Fault("of no use any more", move["movement"], move["arrives"])
    if (move["on_time"].lower() in ("true", "yes")) != (arrives <= day_of(need["due"])):
        yield Fault("in time or late, stated wrongly", move["movement"])
