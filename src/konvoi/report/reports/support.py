"""Support by partner and year as a register publishes it, beside the announcements in the submissions."""

from konvoi.report.case import Case
from konvoi.report.ledger.basis import listed
from konvoi.report.ledger.figures import shade
from konvoi.report.ledger.support import Compared, Support, compared, supports
from konvoi.report.names import Names
from konvoi.report.page import Bar, Bars, Column, Message, Number, Section, Table, Value
from konvoi.report.report import Report

MOST_BARS = 17
NONE = Message("No register publishes sums by partner (table published_sums).")
ABOVE = Message("allocated more than committed")
_KINDS = ("military", "financial", "humanitarian")


def section(case: Case) -> Section | None:
    """Return the part; None where no register publishes sums."""
    found = supports(case)
    if not found:
        return None
    beside = {one.party: one for one in compared(case)}
    return Section(
        "support",
        Message("Support by partner, as a register publishes it"),
        (
            *(size(one) for one in found),
            *_coverage(case, list(beside.values())),
            *(text for one in found for text in _answer(one)),
        ),
        tuple(_chart(one) for one in found),
        tuple(table for one in found for table in (_by_partner(one, beside), _by_year(one))),
    )


def size(of: Support) -> Message:
    """Return the sentence that says how large support is."""
    values: dict[str, Value] = {
        "source": of.source,
        "committed": of.of("committed"),
        "allocated": of.of("allocated"),
        "first": of.rows["first"].min(),  # type: ignore[dict-item]
        "last": of.rows["last"].max(),  # type: ignore[dict-item]
        "count": len(of.parties),
        "gap": of.outstanding()[0],
    }
    return Message(
        "{source}: {committed} committed and {allocated} allocated by {count} partners, {first} to {last}; "
        "{gap} not yet allocated by those that committed more than they allocated.",
        values,
    )


def _answer(of: Support) -> tuple[Message, ...]:
    """Return why some partners have no gap, and what the next year brings at the pace of the last."""
    above = of.outstanding()[1]
    names = Names(of.case)
    told = []
    if above:
        partners: list[Value] = [names.party(party) for party in above]
        text = (
            "More allocated than committed, therefore no gap: {partners}. Allocations there draw on "
            "commitments of earlier years or on ones that the source does not know."
        )
        told.append(Message(text, {"partners": listed(partners, ", ")}))
    ahead = of.next_year()
    if ahead is not None:
        years: dict[str, Value] = {
            "years": f"{of.years[-3]}–{of.years[-1]}",
            "next": str(of.years[-1] + 1),
            "middle": ahead,
            "low": Number(ahead.lowest, ahead.unit, ahead.stage, ahead.day, ahead.behind),
            "high": Number(ahead.highest, ahead.unit, ahead.stage, ahead.day, ahead.behind),
        }
        text = (
            "At the pace of {years}, {next} brings allocations of {middle}; eight of ten such years lie "
            "between {low} and {high}. Three years are few; the range says nothing of decisions to come."
        )
        told.append(Message(text, years))
    return tuple(told)


def _coverage(case: Case, beside: list[Compared]) -> tuple[Message, ...]:
    """Return the sentence that refuses a ranking by announcements where they are far from allocations."""
    apart = [one for one in beside if one.apart]
    if not apart:
        return ()
    values: dict[str, Value] = {"count": len(apart), "all": len(beside), "year": str(_last(case))}
    text = (
        "Partners are not ranked by announcements: for {count} of {all}, announcements here and allocations "
        "of {year} differ by more than 20 %. They are not the same items and are never added."
    )
    return (Message(text, values),)


def _last(case: Case) -> int:
    return supports(case)[0].years[-1]


def _chart(of: Support) -> Bars:
    names = Names(of.case)
    bars = tuple(
        Bar(
            names.party(party),
            ((of.of("allocated", party=party), shade("allocated")),),
            of.of("committed", party=party),
        )
        for party in of.parties[:MOST_BARS]
    )
    values: dict[str, Value] = {"source": of.source, "drawn": len(bars), "all": len(of.parties)}
    source = Message(
        "Source: {source}; {drawn} of {all} partners, largest allocations first; the table lists all.", values
    )
    return Bars(
        "support-partners",
        Message("Allocated by partner (outline: committed)"),
        of.currency,
        bars,
        source,
    )


def _by_partner(of: Support, beside: dict[str, Compared]) -> Table:
    names = Names(of.case)
    last = of.years[-1]
    columns = (
        Column(Message("Partner")),
        *(Column(Message(name), of.currency, "number") for name in ("committed", "allocated", "outstanding")),
        *(Column(Message(kind), of.currency, "number") for kind in _KINDS),
        Column(Message("allocated in {year}", {"year": str(last)}), of.currency, "number"),
        Column(Message("announced here"), of.currency, "number"),
    )
    rows = tuple(
        (
            names.party(party),
            *_figures(of, party),
            of.of("allocated", party=party, year=last),
            _told(beside, party),
        )
        for party in of.parties
    )
    sums: tuple[Value, ...] = (
        Message("All"),
        of.of("committed"),
        of.of("allocated"),
        of.outstanding()[0],
        *(of.of(kind) for kind in _KINDS),
        of.of("allocated", year=last),
        Message("not added"),
    )
    note = Message(
        "Announced here: packages in the submissions, of any year, counted once. They are not the items that "
        "{source} counts; both are never added or matched. An allocation is no delivery.",
        {"source": of.source},
    )
    title = Message("Support by partner: {source}", {"source": of.source})
    return Table("support-by-partner", title, columns, rows, NONE, sums, note=note)


def _figures(of: Support, party: str) -> tuple[Value, ...]:
    gap = of.of("outstanding", party=party)
    shown: Value = ABOVE if gap.value is not None and gap.value < 0 else gap
    first = (of.of("committed", party=party), of.of("allocated", party=party), shown)
    return (*first, *(of.of(kind, party=party) for kind in _KINDS))


def _told(beside: dict[str, Compared], party: str) -> Value:
    return beside[party].announced if party in beside else Message("none here")


def _by_year(of: Support) -> Table:
    columns = (
        Column(Message("Year")),
        *(Column(Message(name), of.currency, "number") for name in ("committed", "allocated", *_KINDS)),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            str(year),
            of.of("committed", year=year),
            of.of("allocated", year=year),
            *(of.of(kind, year=year) for kind in _KINDS),
        )
        for year in of.years
    )
    note = Message("A commitment of several years stands in the year in which it was made.")
    title = Message("Support by year: {source}", {"source": of.source})
    return Table("support-by-year", title, columns, rows, NONE, note=note)


SUPPORT_REPORT = Report("support", section)
