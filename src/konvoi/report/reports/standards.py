"""The standing of the offers to the coalition's delivery standards, and the changes to make."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from konvoi.report.case import Case
from konvoi.report.ledger.lines import Row
from konvoi.report.names import Names
from konvoi.report.page import Column, Message, Number, Section, Table, Value
from konvoi.report.planning.requirements import instead
from konvoi.report.report import Report

VERDICTS = ("meets", "meets with ratio", "lacks", "unknown")
NONE = Message("No standard in force applies to the offers.")
NOTHING = Message("No changes or information required.")
_SIGN = {"meets": "●", "meets with ratio": "●", "lacks": "○", "unknown": "?"}


def section(case: Case) -> Section | None:
    """Offers against standards; no part of a brief where no standard applies to any offer."""
    found = case.tables.get("offer_standards")
    if found is None or found.is_empty():
        return None
    rows = found.to_dicts()
    names = Names(case)
    tables = (_by_partner(names, rows), _to_change(names, rows), _all(names, rows))
    return Section("standards", Message("Offers and standards"), _answer(case, rows), (), tables)


def _answer(case: Case, rows: Sequence[Row]) -> tuple[Message, ...]:
    counts = Counter(str(row["verdict"]) for row in rows)
    values: dict[str, Value] = {
        verdict.replace(" ", "_"): Number(Decimal(counts[verdict]), "", "", case.day, to="standards-all")
        for verdict in VERDICTS
    }
    values |= {
        "offers": Number(Decimal(len({row["offer"] for row in rows})), to="standards-all"),
        "points": Number(Decimal(len(rows)), "", "", case.day, to="standards-all"),
    }
    sentence = Message(
        "{offers} offer checked against {points} requirements of standards: met {meets}, met with a "
        "ratio {meets_with_ratio}, not met {lacks}, not reported {unknown}.",
        values,
        "{offers} offers checked against {points} requirements of standards: met {meets}, met with a "
        "ratio {meets_with_ratio}, not met {lacks}, not reported {unknown}.",
        len({row["offer"] for row in rows}),
    )
    return (sentence, _barred(rows))


def _barred(rows: Sequence[Row]) -> Message:
    """Return the number of offers not planned for want of a mandatory point."""
    offers = {row["offer"] for row in rows if row["verdict"] == "lacks" and row["mandatory"]}
    if not offers:
        return Message(
            "All offers meet the mandatory requirements as far as reported. Missing information is "
            "requested; the offers stay planned."
        )
    values: dict[str, Value] = {"count": Number(Decimal(len(offers)), to="standards-to-change")}
    return Message(
        "{count} offer does not meet a mandatory requirement and is not planned for the needs concerned.",
        values,
        "{count} offers do not meet a mandatory requirement and are not planned for the needs concerned.",
        len(offers),
    )


def _by_partner(names: Names, rows: Sequence[Row]) -> Table:
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        counts.setdefault(str(row["party"] or ""), Counter())[str(row["verdict"])] += 1
    order = sorted(counts, key=lambda party: (-counts[party]["lacks"], -counts[party]["unknown"], party))
    cells: tuple[tuple[Value, ...], ...] = tuple(
        (
            names.party(party),
            *(Number(Decimal(counts[party][verdict]), to="standards-all") for verdict in VERDICTS),
        )
        for party in order
    )
    heads = (Column(Message(_HEADS[verdict]), "", "number") for verdict in VERDICTS)
    title = Message("Requirements of standards by partner")
    return Table("standards-by-partner", title, (Column(Message("Partner")), *heads), cells, NONE)


_HEADS = {
    "meets": "Met",
    "meets with ratio": "Met with a ratio",
    "lacks": "Not met",
    "unknown": "No value stated",
}


def _to_change(names: Names, rows: Sequence[Row]) -> Table:
    """Return the points that are lacking or not known, mandatory ones first."""
    open_ = [row for row in rows if row["verdict"] in ("lacks", "unknown")]
    order = {"lacks": 0, "unknown": 1}
    open_.sort(key=lambda row: (not row["mandatory"], order[str(row["verdict"])], *_key(row)))
    columns = (
        Column(Message("Partner")),
        Column(Message("Offer")),
        Column(Message("Result")),
        Column(Message("Change or information required")),
        Column(Message("For")),
        Column(Message("Standard")),
        Column(Message("Status")),
    )
    cells = tuple(
        (
            names.party(str(row["party"] or "")),
            _offer(names, row),
            _verdict(row),
            _change(row),
            names.good(str(row["serves"])),
            _standard(row),
            Message("mandatory") if row["mandatory"] else Message("advisory"),
        )
        for row in open_
    )
    return Table("standards-to-change", Message("Required changes and information"), columns, cells, NOTHING)


def _all(names: Names, rows: Sequence[Row]) -> Table:
    columns = (
        Column(Message("Offer")),
        Column(Message("For")),
        Column(Message("Standard")),
        Column(Message("Requirement")),
        Column(Message("Result")),
        Column(Message("Ratio"), "", "number"),
        Column(Message("Established by")),
    )
    cells = tuple(
        (
            _offer(names, row),
            names.good(str(row["serves"])),
            _standard(row),
            instead(row),
            _verdict(row),
            _ratio(row),
            Message(KNOWN[str(row["said"])]) if row["said"] else "",
        )
        for row in sorted(rows, key=_key)
    )
    return Table("standards-all", Message("Offers by requirement"), columns, cells, NONE)


KNOWN = {
    "codes": "the good's codes",
    "equivalence": "the table of equivalences",
    "answer": "the partner's answer",
    "approvals": "approvals",
    "offers": "the partner's other offers",
}
"""By what it is known how an offer stands."""


def _key(row: Row) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in ("party", "offer", "serves", "requirement", "standard"))


def _offer(names: Names, row: Row) -> Value:
    return (str(row["offer"]), ", ", names.good(str(row["good"])))


def _standard(row: Row) -> Value:
    name = str(row["standard"]).replace(";", ", ")
    if not row["version"]:
        return name
    return (name, " ", Message("version {version}", {"version": str(row["version"])}))


def _verdict(row: Row) -> Value:
    verdict = str(row["verdict"])
    return (_SIGN[verdict], " ", Message(verdict))


def _ratio(row: Row) -> Value:
    ratio = row["ratio"]
    behind = (f"offers/{row['offer']}",)
    return Number(ratio if isinstance(ratio, Decimal) else None, behind=behind)


def _change(row: Row) -> Message:
    values: dict[str, Value] = {"what": instead(row)}
    if row["verdict"] == "lacks":
        return Message("Required: {what}.", values)
    return Message("State whether the offer meets: {what}.", values)


STANDARDS_REPORT = Report("standards", section)
