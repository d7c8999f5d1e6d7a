"""Contradictions in projects, their money, principles and attestations, with their places and remedies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

import polars as pl

from konvoi.fund.answers import ADOPTED, adopted_by, may_attest, vouched
from konvoi.fund.principles import BY_NAME
from konvoi.fund.project_money import Money, Sum
from konvoi.fund.project_places import Places, official_code
from konvoi.fund.steps import Row, Tables, listed, official, table
from konvoi.kit.money import to_major
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.tables.projects import COMMITTED, CONTRACTED, PAID

_WORDS = {
    "project-in-no-place": (
        "the code of the community it lies in; without one it has no need and is compared with none",
        "Write the code of its community, such as UA05020030000031457.",
    ),
    "community-unknown": (
        "the code of a submitted community",
        "Correct it, or submit the community.",
    ),
    "project-funded-twice": (
        "each place or building once; {other} is similar, by at least {share} %",
        "Ask both funders. If both are one project, cancel one of them; otherwise describe "
        "the building more exactly.",
    ),
    "project-money-again": (
        "each record once; {other} reports {amount}, which is used",
        "Correct the one that is wrong.",
    ),
    "project-money-in-other-currency": (
        "an amount in {currency}, as its project is",
        "Write it in {currency}; until then the project's {stage} is not known.",
    ),
    "project-record-not-in-force": (
        "a contract that is in force",
        "No action if this is intended; it is not counted.",
    ),
    "project-record-unknown": (
        "a submitted allocation, contract, call-off or tranche",
        "Correct the reference, or write the amount.",
    ),
    "project-record-exceeded": (
        "at most the amount of {record}, {whole}",
        "Correct an amount, or name another record.",
    ),
    "project-contracted-above-committed": (
        "at most what was committed, {whole}",
        "Submit the rest of the money, or correct the contract.",
    ),
    "project-paid-above-contracted": (
        "at most what was contracted, {whole}",
        "Submit the contract, or correct the payment.",
    ),
    "project-paid-above-committed": (
        "at most what was committed, {whole}",
        "Submit the rest of the money, or correct the payment.",
    ),
    "principle-not-adopted": (
        "the decision or document that adopted it; without one it does not apply",
        "Name the decision or the document with its clause.",
    ),
    "principle-decision-not-adopted": (
        "a decision that was adopted; this one is {state}",
        "Enter the adopting decision; until then the principle does not apply.",
    ),
    "principle-without-threshold": (
        "the number from which on it is met, or up to which; without one its answer is unknown",
        "Write the threshold as it was adopted.",
    ),
    "attestation-by-another": (
        "one of those who may attest it: {may}",
        "One of them must attest it; until then it is not in force.",
    ),
    "attestation-without-source": (
        "an official statement, or a document that {party} submits itself; without one it is not in force",
        "Name the statement, or ask {party} to submit it.",
    ),
    "attestation-without-value": (
        "what was measured, as the threshold counts it",
        "Write the value; until then the answer is unknown.",
    ),
}
_ERRORS = frozenset({"project-record-exceeded", "project-paid-above-contracted"})
_NOTES = frozenset({"project-record-not-in-force"})


def project_faults(
    tables: Tables, pairs: pl.DataFrame, day: date | None, senders: Mapping[str, str]
) -> tuple[Finding, ...]:
    """Return all findings on projects, by place; pairs: possible duplicates (konvoi.fund.twice.TWICE).

    day: attestations and assessments after it are not reported; None: nothing is after it.
    """
    money = Money(tables)
    found = [
        *_places(tables),
        *_twice(tables, pairs),
        *(one for row in table(tables, "projects").iter_rows(named=True) for one in _money(row, money)),
        *_exceeded(money),
        *_principles(tables),
        *_attestations(tables, day or date.max, senders),
    ]
    return tuple(sorted(found, key=lambda one: (one.place, one.code, one.read)))


def _told(code: str, row: Row, column: str, read: object, **values: str) -> Finding:
    place = Place(str(row["_file"] or ""), str(row["_sheet"] or ""), int(str(row["_row"] or 0)), column)
    expected, remedy = _WORDS[code]
    severity = Severity.ERROR if code in _ERRORS else Severity.NOTE if code in _NOTES else Severity.WARNING
    return Finding(severity, code, place, str(read), expected, remedy, values)


def _places(tables: Tables) -> Iterator[Finding]:
    """Yield projects without a place, and unknown codes of communities.

    A code in the form of the codifier is enough if no community of the recipient was submitted.
    """
    known = Places(tables).communities
    for row in table(tables, "projects").iter_rows(named=True):
        codes = listed(row["communities"])
        if not codes:
            yield _told("project-in-no-place", row, "communities", row["project"])
        for code in codes:
            if code not in known and (known or not official_code(code)):
                near = get_close_matches(code, sorted(known), n=1, cutoff=0.75)
                yield _near(_told("community-unknown", row, "communities", code), near)


def _near(found: Finding, near: list[str]) -> Finding:
    if not near:
        return found
    remedy = "Did you mean {meant}?"
    values = {"meant": near[0]}
    return Finding(found.severity, found.code, found.place, found.read, found.expected, remedy, values)


def _twice(tables: Tables, pairs: pl.DataFrame) -> Iterator[Finding]:
    rows = {row["project"]: row for row in table(tables, "projects").iter_rows(named=True)}
    for pair in pairs.iter_rows(named=True):
        share = str(min(99, int(100 * pair["probability"])))
        values = {"other": str(pair["left"]), "share": share}
        yield _told("project-funded-twice", rows[pair["right"]], "project", pair["right"], **values)


def _money(project: Row, money: Money) -> Iterator[Finding]:
    """Yield findings on a project's money that does not count, and on sums that exceed each other."""
    currency = money.currency(project)
    for one in money.rows.get(str(project["project"]), ()):
        yield from _sum(one, currency, money)
    sums = money.sums(project)
    own = [one for one in money.rows.get(str(project["project"]), ()) if one.counts]
    joints = (
        ("project-contracted-above-committed", CONTRACTED, COMMITTED),
        ("project-paid-above-contracted", PAID, CONTRACTED),
        # Reported if no contract is known: otherwise one of the two above reports it.
        *([("project-paid-above-committed", PAID, COMMITTED)] if sums[CONTRACTED] is None else []),
    )
    for code, stage, before in joints:
        part = sums[stage]
        whole = sums[before]
        if part is not None and whole is not None and part > whole and currency:
            row = [one.row for one in own if one.row["stage"] == stage][-1]
            yield _told(code, row, "amount", _figure(part, currency), whole=_figure(whole, currency))


def _sum(one: Sum, currency: str | None, money: Money) -> Iterator[Finding]:
    row = one.row
    if one.again and one.amount is not None:
        other = next(found for found in money.rows[str(row["project"])] if found.row is one.again)
        if other.amount is not None and (other.amount, other.currency) != (one.amount, one.currency):
            values = {
                "other": str(other.row["financing"]),
                "amount": _figure(other.amount, str(other.currency)),
            }
            yield _told(
                "project-money-again", row, "amount", _figure(one.amount, str(one.currency)), **values
            )
        return
    if not one.counts and not one.again:
        yield _told("project-record-not-in-force", row, "record", row["record"])
    elif row["record"] and row["amount"] is None and one.amount is None:
        yield _told("project-record-unknown", row, "record", row["record"])
    elif one.amount is not None and one.currency != currency and currency:
        values = {"currency": currency, "stage": str(row["stage"])}
        read = _figure(one.amount, str(one.currency))
        yield _told("project-money-in-other-currency", row, "currency", read, **values)


def _exceeded(money: Money) -> Iterator[Finding]:
    """Yield records of which projects together report more than they hold."""
    told: dict[tuple[str, str], list[Sum]] = {}
    for own in money.rows.values():
        for one in own:
            if one.record and one.counts and one.row["stage"] != PAID:
                told.setdefault((one.record, str(one.row["stage"])), []).append(one)
    for (name, stage), rows in sorted(told.items()):
        known = money.record(name, stage)
        amounts = [one.amount for one in rows if known and one.currency == known.currency]
        whole = known.amount if known else None
        sums = [one for one in amounts if one is not None]
        if whole is not None and known and sum(sums) > whole and len(sums) == len(rows):
            currency = str(known.currency)
            values = {"record": name, "whole": _figure(whole, currency)}
            yield _told(
                "project-record-exceeded", rows[-1].row, "record", _figure(sum(sums), currency), **values
            )


def _principles(tables: Tables) -> Iterator[Finding]:
    decided = dict(table(tables, "decisions").select("decision", "state").iter_rows())
    for row in table(tables, "principles").iter_rows(named=True):
        member = BY_NAME.get(str(row["principle"]))
        state = decided.get(row["decision"])
        if not adopted_by(row):
            yield _told("principle-not-adopted", row, "decision", row["principle"])
        elif row["decision"] in decided and state != ADOPTED:
            values = {"state": str(state or "not told")}
            yield _told("principle-decision-not-adopted", row, "decision", row["decision"], **values)
        if member and member.sense and row["threshold"] is None:
            yield _told("principle-without-threshold", row, "threshold", row["principle"])


@dataclass(frozen=True)
class _Heard:
    """Reference tables that attestations are checked against."""

    principles: Mapping[str, Row]
    projects: Mapping[str, Row]
    senders: Mapping[str, str]
    said: frozenset[str]


def _attestations(tables: Tables, day: date, senders: Mapping[str, str]) -> Iterator[Finding]:
    heard = _Heard(
        {str(row["principle"]): row for row in table(tables, "principles").iter_rows(named=True)},
        {str(row["project"]): row for row in table(tables, "projects").iter_rows(named=True)},
        senders,
        official(tables),
    )
    for row in table(tables, "attestations").iter_rows(named=True):
        if row["day"] and row["day"] <= day:
            yield from _attestation(row, heard)


def _attestation(row: Row, heard: _Heard) -> Iterator[Finding]:
    principle = heard.principles.get(str(row["principle"]))
    project = heard.projects.get(str(row["project"]))
    member = BY_NAME.get(str(row["principle"]))
    if principle and project and not may_attest(row, principle, project):
        may = ", ".join(listed(principle["attested_by"])) or "–"
        yield _told("attestation-by-another", row, "party", row["party"], may=may)
    if not vouched(row, heard.senders, heard.said):
        yield _told("attestation-without-source", row, "source", row["attestation"], party=str(row["party"]))
    if member and (row["value"] is None if member.sense else row["verdict"] is None):
        yield _told("attestation-without-value", row, "value", row["attestation"])


def _figure(minor: int, currency: str) -> str:
    """An amount as a person would write it, without idle places."""
    return f"{to_major(minor, currency):f} {currency}".replace(".00 ", " ")
