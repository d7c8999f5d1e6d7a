"""The assumptions of a scenario, in words: closures, partners that drop out, delays, additions."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from konvoi.plan.scenario import Later, Scenario
from konvoi.report.names import Names, table
from konvoi.report.page import Message, Number, Value

MOST = 5
"""So many offers that are added are told one by one."""

Row = dict[str, object]


def supposed(names: Names, scenario: Scenario, idle: tuple[str, ...]) -> tuple[Message, ...]:
    """A sentence for each thing that is supposed.

    names: of the problem as it would be. idle: budgets whose delay changes nothing.
    """
    return tuple(_sentences(names, scenario, idle))


def _sentences(names: Names, scenario: Scenario, idle: tuple[str, ...]) -> Iterator[Message]:
    for shut in scenario.shut:
        words: dict[str, Value] = {"what": place(names, shut.on), "when": _when(shut.first, shut.last)}
        yield Message("Shut: {what}, {when}.", words)
    for gone in scenario.without:
        words = {"what": names.party(gone.party), "when": _when(gone.first, gone.last)}
        yield Message("Sends and buys nothing: {what}, {when}.", words)
    for later in scenario.later:
        yield _later(names, later)
    for id in idle:
        text = (
            "{what}: all of its money is available when the planning horizon begins; a delay changes nothing."
        )
        yield Message(text, {"what": id})
    yield from _added(names, scenario)


def place(names: Names, id: str) -> Value:
    """A lane by its ends and its id, or a site by its name."""
    for row in table(names.case, "lanes").iter_rows(named=True):
        if row["lane"] == id:
            return (names.site(row["from"]), " → ", names.site(row["to"]), f" ({id})")
    return names.site(id)


def _when(first: date | None, last: date | None) -> Message:
    words: dict[str, Value] = {"first": first, "last": last}
    if first and last:
        return Message("from {first} to {last}", words)
    if first:
        return Message("from {first} on", words)
    return Message("until {last}", words) if last else Message("the whole time")


def _later(names: Names, later: Later) -> Message:
    """A budget or an offer, with whose it is."""
    payers = dict(table(names.case, "budgets").select("budget", "party").iter_rows())
    givers = dict(table(names.case, "offers").select("offer", "party").iter_rows())
    what = (later.of, ", ", names.party(payers.get(later.of) or givers.get(later.of)))
    weeks = abs(later.weeks)
    words: dict[str, Value] = {"what": what, "count": weeks}
    if later.weeks < 0:
        return Message("Earlier by {count} week: {what}.", words, "Earlier by {count} weeks: {what}.", weeks)
    return Message("Later by {count} week: {what}.", words, "Later by {count} weeks: {what}.", weeks)


def _added(names: Names, scenario: Scenario) -> Iterator[Message]:
    for name, rows in sorted(scenario.added.items()):
        if name == "offers" and rows.height <= MOST:
            for row in rows.iter_rows(named=True):
                yield Message("Added: {quantity} {good}, {party}, {place}.", _offer(names, row))
        else:
            yield Message(
                "Added: {count} row of the table “{table}”.",
                {"count": rows.height, "table": name},
                "Added: {count} rows of the table “{table}”.",
                rows.height,
            )


def _offer(names: Names, row: Row) -> dict[str, Value]:
    good = str(row["good"] or "")
    quantity = row["quantity"]
    known = quantity if isinstance(quantity, Decimal) else None
    return {
        "quantity": Number(known, names.unit(good), "offered"),
        "good": names.good(good),
        "party": names.party(str(row["party"] or "")),
        "place": names.site(str(row["site"] or "")),
    }
