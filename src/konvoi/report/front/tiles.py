"""The four tiles of the first page: pledged, delivered, overdue, unmet."""

from collections.abc import Iterator
from decimal import Decimal

from konvoi.ledger.answer import Total
from konvoi.ledger.units import FULFILLED
from konvoi.model.stages import Stage
from konvoi.report.case import Case
from konvoi.report.delegation.published import published_needs
from konvoi.report.forecast.promises import SOON, Promise, promises
from konvoi.report.ledger.figures import FUNNEL, NOT_REPORTED, QUANTITY, Step, joined, told
from konvoi.report.names import Names
from konvoi.report.page import Message, Number, Share, Tile, Value
from konvoi.report.planning.need_status import Served, papers, served, worth

MOST_GOODS = 3


def tiles(case: Case) -> tuple[Tile, ...]:
    """Return the tiles, each with its coverage and range."""
    return (_pledged(case), _delivered(case), _overdue(case), _unmet(case))


def _pledged(case: Case) -> Tile:
    total = case.totals.get(f"{FUNNEL}{Stage.PLEDGED}")
    details = () if total is None else (*_range(total), *_coverage(total))
    return Tile("pledged", Message("Pledged"), _figure(case, str(Stage.PLEDGED), total), details)


def _delivered(case: Case) -> Tile:
    total = case.totals.get(f"{FUNNEL}{FULFILLED}")
    figure = _figure(case, FULFILLED, total)
    details = () if total is None else (*_range(total), *_coverage(total))
    return Tile("delivered", Message("Delivered or disbursed"), figure, (*_quantities(case), *details))


def _figure(case: Case, stage: str, total: Total | None) -> Value:
    if total is None:
        return NOT_REPORTED
    if total.refused:
        return Message("not computed")
    figure = told(case, Step(stage, total))
    return Message("no value stated") if isinstance(figure, Number) and figure.value is None else figure


def _range(total: Total) -> Iterator[Message]:
    """Yield the range of a total that open duplicate candidates or conflicts can change."""
    if total.lowest is None or total.highest is None or total.lowest == total.highest:
        return
    values: dict[str, Value] = {
        "low": Number(total.lowest, total.unit),
        "high": Number(total.highest, total.unit),
        "count": total.open_pairs,
    }
    if not total.open_pairs:
        yield Message("Range {low} to {high}: conflicting statements", values)
        return
    yield Message(
        "Range {low} to {high}: {count} duplicate candidate can change the figure",
        values,
        "Range {low} to {high}: {count} duplicate candidates can change the figure",
        total.open_pairs,
    )


def _coverage(total: Total) -> Iterator[Message]:
    """Yield the number of items with a value, where some have none."""
    if total.unknown:
        values: dict[str, Value] = {"known": total.used, "all": total.used + total.unknown}
        yield Message("{known} of {all} items have a value", values)


def _quantities(case: Case) -> Iterator[Message]:
    """Yield delivered quantities of goods against those pledged, the most complete first."""
    found = []
    for name, total in case.totals.items():
        if not name.startswith(QUANTITY) or not name.endswith(f"/{FULFILLED}") or not total.value:
            continue
        good = name.removeprefix(QUANTITY).removesuffix(f"/{FULFILLED}")
        pledged = case.totals.get(f"{QUANTITY}{good}/{Stage.PLEDGED}")
        whole = pledged.value if pledged is not None and pledged.value else total.value
        found.append((-(total.value / whole), good, total, whole))
    names = Names(case)
    for _, good, total, whole in sorted(found, key=lambda one: one[:2])[:MOST_GOODS]:
        values: dict[str, Value] = {
            "part": Number(total.value, "", FULFILLED, case.day, total.entries),
            "whole": Number(whole, total.unit),
            "good": names.good(good),
        }
        yield Message("{good}: {part} of {whole}", values)
    if len(found) > MOST_GOODS:
        rest = len(found) - MOST_GOODS
        yield Message("and {count} more good", {"count": rest}, "and {count} more goods", rest)


def _overdue(case: Case) -> Tile:
    title = Message("Overdue")
    found = promises(case)
    if all(one.last is None for one in found):
        return Tile("overdue", title, Message("no promised days reported"))
    late = [one for one in found if one.is_overdue(case.day)]
    soon = [one for one in found if one.is_due_soon(case.day)]
    return Tile("overdue", title, _items(case, late), tuple(_lateness(case, late, soon)))


def _lateness(case: Case, late: list[Promise], soon: list[Promise]) -> Iterator[Message]:
    if late:
        longest = max(late, key=lambda one: ((case.day - (one.last or case.day)).days, one.line))
        days = (case.day - (longest.last or case.day)).days
        values: dict[str, Value] = {"line": longest.line, "days": Number(Decimal(days), "d")}
        values["party"] = Names(case).party(longest.party)
        yield Message("Longest: {days} ({party}, {line})", values)
    if soon:
        values = {"items": _items(case, soon), "days": SOON.days}
        yield Message("Due within {days} days: {items}", values)


def _items(case: Case, found: list[Promise]) -> Number:
    return Number(Decimal(len(found)), "line item", "", case.day, joined(*(one.entries for one in found)))


def _unmet(case: Case) -> Tile:
    title = Message("Unmet needs")
    needs = served(case)
    if not needs:
        if published_needs(case, case.recipient).height:
            return Tile("unmet", title, Message("not computed: needs are published as sums only"))
        return Tile("unmet", title, Message("no validated needs reported"))
    unmet = [one for one in needs if not one.full]
    figure = Message(
        "{count} of {all}", {"count": Number(Decimal(len(unmet)), to="needs"), "all": len(needs)}
    )
    return Tile("unmet", title, figure, tuple(_uncovered(case, needs)))


def _uncovered(case: Case, needs: tuple[Served, ...]) -> Iterator[Message]:
    everything = worth(needs, "needed")
    if not everything:
        return
    if papers(case):
        received = worth(needs, "received") / everything
        yield Message("{share} of needs received, by value", {"share": Share(received)})
    else:
        yield Message("Dispatches and receipts are not reported")
    if case.plan is None:
        yield Message("No plan: nothing is counted as planned")
        return
    open_share = (worth(needs, "open") + worth(needs, "late")) / everything
    yield Message("{share} not covered in time, by value", {"share": Share(open_share)})
