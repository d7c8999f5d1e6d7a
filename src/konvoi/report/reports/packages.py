"""Economic packages: committed against disbursed, where each tranche stands, and the calendar of money."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from konvoi.fund.calendar import LOST, SUSPENDED
from konvoi.kit.money import to_major
from konvoi.model.tables.funds import DECIDED, EXPECTED
from konvoi.report.case import Case
from konvoi.report.funding.funds import VERDICTS
from konvoi.report.ledger.basis import listed
from konvoi.report.names import Names
from konvoi.report.page import Bar, Bars, Column, Message, Name, Number, Section, Table, Value
from konvoi.report.report import Report

Row = Mapping[str, object]

NO_PROGRAMME = Message("No programmes submitted. Fill the table “programmes”.")
NO_TRANCHE = Message("No tranches submitted. Fill the table “tranches”.")
NO_MONEY = Message("No payments submitted. Fill the table “tranches”.")
NO_STEP = Message("No conditions assigned to a tranche or assessed.")
OURS = Message(
    "“Our estimate” adds the weights of conditions found met by the authority; conditions without a "
    "weight add nothing. It has no legal effect."
)


def section(case: Case) -> Section | None:
    """The economic packages of a case; no part of a brief where nobody handed in any."""
    if "programme_standing" not in case.tables:
        return None
    programmes, tranches, money = (
        case.tables[name].rows(named=True) for name in ("programme_standing", "tranche_standing", "money")
    )
    names = Names(case)
    tables = (
        _programmes(names, programmes),
        _apart(programmes),
        _tranches(tranches),
        _calendar(names, money),
        _steps(case, tranches),
    )
    answer = (*_committed(case, programmes), *_next(case, money), *_held(case, money), OURS)
    charts = tuple(_charts(case, programmes))
    return Section("packages", Message("Economic packages"), answer, charts, tables)


def _committed(case: Case, rows: Sequence[Row]) -> Iterator[Message]:
    if not rows:
        yield NO_PROGRAMME
        return
    values: dict[str, Value] = {
        "count": Number(Decimal(len(rows)), "", "", case.day, to="programmes-table"),
        "committed": _total(case, rows, "committed", "programmes-table"),
        "disbursed": _total(case, rows, "disbursed", "programmes-table"),
    }
    yield Message(
        "{count} programme; grants and loans committed: {committed}, disbursed: {disbursed}.",
        values,
        "{count} programmes; grants and loans committed: {committed}, disbursed: {disbursed}.",
        len(rows),
    )
    untold = [str(row["programme"]) for row in rows if row["disbursed"] is None]
    if untold:
        yield Message("Payments not reported: {programmes}.", {"programmes": ", ".join(untold)})


def _next(case: Case, money: Sequence[Row]) -> Iterator[Message]:
    """The next sum that is to come."""
    coming = [row for row in money if row["what"] in (DECIDED, EXPECTED) and row["amount"] is not None]
    ahead = [row for row in coming if isinstance(day := row["day"], date) and day >= case.day]
    if ahead:
        row = ahead[0]
        values: dict[str, Value] = {
            "amount": _amount(row, "amount"),
            "day": _day(row["day"]),
            "tranche": str(row["tranche"]),
            "what": Message(str(row["what"])),
        }
        yield Message("Next payment: {amount} on {day}, tranche {tranche} ({what}).", values)


def _held(case: Case, money: Sequence[Row]) -> Iterator[Message]:
    """Yield the amount suspended, and the first day after which some of it is lost; the amount lost."""
    held = [row for row in money if row["what"] == SUSPENDED]
    days = [day for row in held if isinstance(day := row["day"], date)]
    if held:
        values: dict[str, Value] = {
            "amount": _total(case, held, "amount", "money-table"),
            "day": min(days, default=None),
        }
        text = "Suspended: {amount}; first loss after {day}." if days else "Suspended: {amount}."
        yield Message(text, values)
    lost = [row for row in money if row["what"] == LOST]
    if lost:
        yield Message("Lost: {amount}.", {"amount": _total(case, lost, "amount", "money-table")})


def _total(case: Case, rows: Iterable[Row], name: str, to: str) -> Value:
    """The sum of what is known, by currency."""
    sums: dict[str, int] = {}
    for row in rows:
        if isinstance(minor := row[name], int):
            sums[str(row["currency"])] = sums.get(str(row["currency"]), 0) + minor
    numbers = [
        Number(to_major(minor, currency), currency, "", case.day, to=to)
        for currency, minor in sorted(sums.items())
    ]
    return listed(numbers, " + ") if numbers else Message("not known")


def _charts(case: Case, rows: Sequence[Row]) -> Iterator[Bars]:
    """Disbursed and decided of what was committed, for each currency."""
    for currency in sorted({str(row["currency"]) for row in rows}):
        bars = tuple(
            Bar(
                str(row["title"]),
                (
                    (_number(row, "decided"), 2),
                    (_number(row, "disbursed"), 5),
                ),
                _number(row, "committed"),
            )
            for row in rows
            if row["currency"] == currency and row["committed"] is not None
        )
        if bars:
            title = Message("Committed and disbursed, {currency}", {"currency": currency})
            source = Message("Source: programmes and tranches, as of {day}.", {"day": case.day})
            yield Bars(f"packages-{currency.lower()}", title, currency, bars, source)


def _programmes(names: Names, rows: Sequence[Row]) -> Table:
    amounts = ("grant", "loan", "committed", "decided", "disbursed", "left")
    heads = ("Grant", "Loan", "Committed", "Decided", "Disbursed", "Remaining")
    columns = (
        *(Column(Message(head)) for head in ("Programme", "Title", "Partner", "Rule", "Currency")),
        *(Column(Message(head), "", "number") for head in heads),
    )
    cells = tuple(
        (
            str(row["programme"]),
            str(row["title"]),
            names.party(str(row["party"])),
            Message(str(row["rule"])),
            str(row["currency"]),
            *(_amount(row, name) for name in amounts),
        )
        for row in rows
    )
    note = Message("Committed: grants and loans. Decided and disbursed include pre-financing.")
    title = Message("Committed and disbursed by programme")
    return Table("programmes-table", title, columns, cells, NO_PROGRAMME, note=note)


_APART = (
    ("pre-financing", "prefinancing", "prefinancing_paid"),
    ("guarantee", "guarantee", "vouched"),
    ("windfall profits", "service_due", "serviced"),
)


def _apart(rows: Sequence[Row]) -> Table:
    """Return the amounts that are no further money of the recipient: advances, guarantees, profits that
    service a loan.
    """
    columns = (
        *(Column(Message(head)) for head in ("Programme", "What", "Currency")),
        *(Column(Message(head), "", "number") for head in ("Planned or due", "Paid or guaranteed")),
    )
    cells = tuple(
        (
            str(row["programme"]),
            Message(what),
            str(row["currency"]),
            _amount(row, foreseen),
            _amount(row, came),
        )
        for row in rows
        for what, foreseen, came in _APART
        if row[foreseen] is not None or row[came] is not None
    )
    note = Message(
        "Pre-financing is part of grants and loans. A guarantee is not a payment. Windfall profits "
        "service a loan and are not paid to the recipient; shown: amounts due so far."
    )
    empty = Message("No programme has pre-financing, a guarantee or a loan serviced by windfall profits.")
    return Table("apart-table", Message("Breakdown"), columns, cells, empty, note=note)


_STAGES = ("expected", "requested", "assessed", "decided", "paid")


def _tranches(rows: Sequence[Row]) -> Table:
    columns = (
        *(Column(Message(head)) for head in ("Tranche", "Programme")),
        Column(Message("Expected on"), "", "day"),
        Column(Message("Currency")),
        *(
            Column(Message(head), "", "number")
            for head in ("Expected", "Requested", "Proposed", "Decided", "Paid", "Our estimate")
        ),
        Column(Message("Conditions met")),
        *(Column(Message(head), "", "number") for head in ("Withheld, proposed", "Withheld, decided")),
    )
    cells = tuple(
        (
            str(row["tranche"]),
            (str(row["programme"]), *((", ", Message(str(row["part"]))) if row["part"] else ())),
            _day(row["expected_on"]),
            str(row["currency"]),
            *(_amount(row, stage) for stage in _STAGES),
            _estimate(row),
            _counted(row),
            *(_amount(row, name) for name in ("held_proposed", "held_decided")),
        )
        for row in rows
    )
    return Table("tranches-table", Message("Status of tranches"), columns, cells, NO_TRANCHE)


def _estimate(row: Row) -> Value:
    return Message(str(row["reason"])) if row["reason"] else _amount(row, "estimate")


def _counted(row: Row) -> Value:
    steps = int(str(row["steps"])) + int(str(row["late"]))
    return Message("{met} of {steps}", {"met": int(str(row["met"])), "steps": steps}) if steps else ""


def _calendar(names: Names, rows: Sequence[Row]) -> Table:
    columns = (
        Column(Message("Day"), "", "day"),
        Column(Message("What")),
        Column(Message("Amount"), "", "number"),
        *(Column(Message(head)) for head in ("Currency", "Tranche", "Action item", "Partner", "By")),
    )
    cells = tuple(
        (
            _day(row["day"]),
            Message(_WHATS[str(row["what"])]),
            _amount(row, "amount"),
            str(row["currency"]),
            str(row["tranche"]),
            str(row["condition"] or ""),
            names.party(str(row["party"])),
            Message("our estimate") if row["ours"] else "",
        )
        for row in rows
    )
    note = Message(
        "Suspended amounts: last day for meeting the condition. Lost amounts: first day of the loss. "
        "Amounts without a date: date not reported."
    )
    return Table("money-table", Message("Payment calendar"), columns, cells, NO_MONEY, note=note)


_WHATS = {
    "paid": "paid",
    "decided": "decided, not paid",
    "expected": "expected",
    "suspended": "suspended until",
    "lost": "lost on",
}


def _steps(case: Case, tranches: Sequence[Row]) -> Table:
    """The steps that hang on a tranche or were assessed, those that a decision replaced, too."""
    rows = case.tables["step_standing"].rows(named=True) if "step_standing" in case.tables else []
    shown = [row for row in rows if row["tranche"] or row["verdict"]]
    columns = (
        *(Column(Message(head)) for head in ("Action item", "Task", "Tranche")),
        Column(Message("Due date"), "", "day"),
        Column(Message("Weight"), "", "number"),
        *(Column(Message(head)) for head in ("Currency", "Assessment", "By", "Claimed in")),
        Column(Message("Replaced by")),
    )
    names = Names(case)
    cells = tuple(
        (
            str(row["condition"]),
            Name(str(row["title"]), "", str(row["title_uk"] or "")),
            str(row["tranche"] or ""),
            _day(row["due"]),
            _amount(row, "amount"),
            str(row["currency"] or ""),
            Message(VERDICTS[str(row["verdict"])]) if row["verdict"] else Message("not assessed"),
            names.party(str(row["party"])) if row["party"] else "",
            str(row["with"] or ""),
            str(row["replaced"] or ""),
        )
        for row in shown
    )
    note = Message("Conditions not yet assigned to a tranche: {count}.", {"count": len(rows) - len(shown)})
    title = Message("Conditions for payment")
    left = len(rows) - len(shown)
    return Table("conditions-table", title, columns, cells, NO_STEP, note=note if left else None)


def _number(row: Row, name: str) -> Number:
    minor = row[name]
    currency = str(row["currency"])
    behind = tuple(str(one) for one in row["behind"]) if isinstance(row["behind"], list) else ()
    value = to_major(minor, currency) if isinstance(minor, int) else None
    return Number(value, currency, behind=behind)


def _amount(row: Row, name: str) -> Value:
    """An amount with how exact it is; not known where nobody told it."""
    number = _number(row, name)
    bound = row.get("exactness") if name == "amount" else row.get(f"{name}_exactness")
    if number.value is None:
        return None
    return Message(f"{bound} {{amount}}", {"amount": number}) if bound else number


KNOWN = ("at least {amount}", "at most {amount}", "about {amount}")
"""An amount that is not exact, as a reader reads it."""


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


PACKAGES_REPORT = Report("packages", section)
