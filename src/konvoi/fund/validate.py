"""Contradictions in programmes, tranches, conditions and assessments, with their places and remedies."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from difflib import get_close_matches

import polars as pl

from konvoi.fund.programmes import payments, programmes
from konvoi.fund.rule import added
from konvoi.fund.rules.step_weight import MEMBER as BY_WEIGHT
from konvoi.fund.steps import Row, Tables, changes, circle, listed, official, table
from konvoi.fund.tranches import Standing, exactness, whole
from konvoi.kit.money import to_major
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.tables.funds import ABOUT, ASSESSED, AT_LEAST, DECIDED, EXPECTED, PAID

_WORDS = {
    "programme-unknown": (
        "a programme from the table “programmes”; none submitted",
        "Submit the programme: id, partner, payment rule.",
    ),
    "weights-do-not-sum": (
        "weights that add up to the tranche, {whole}",
        "Correct a weight or the tranche; until then nothing is reckoned of it.",
    ),
    "assessment-without-source": (
        "an official statement as evidence; without it the condition keeps its status",
        "Name the statement of the authority.",
    ),
    "change-without-source": (
        "the official statement of the decision that changed the condition; without it the previous "
        "condition applies",
        "Name the statement of the decision.",
    ),
    "weight-below-zero": (
        "a weight of zero or more",
        "Correct the weight; until then it counts as not known.",
    ),
    "conditions-in-circle": (
        "a condition that replaces an older one; these replace each other: {circle}",
        "Name only the older one; until then all of them are in force.",
    ),
    "paid-above-decided": (
        "at most what was decided, {decided}",
        "Correct the payment, or submit the decision it rests on.",
    ),
    "paid-above-expected": (
        "at most the expected amount, {expected}; no decision submitted",
        "Correct the payment, or submit the decision it rests on.",
    ),
    "disbursed-above-committed": (
        "at most what was committed, {committed}",
        "Correct the payments, or submit the programme as it was raised.",
    ),
    "programme-total-differs": (
        "{paid}, the sum of its payments up to {day}; the difference is {difference}",
        "Correct the figure or its day, or submit the payments that are missing.",
    ),
    "prefinancing-above-committed": (
        "at most grant and loan together, {committed}: pre-financing is a part of them",
        "Correct the one that is wrong.",
    ),
    "tranche-in-two-programmes": (
        "a tranche of {programme}, as in its first row",
        "Correct the programme, or the id of the tranche; until then it counts with {programme}.",
    ),
    "decision-differs": (
        "what the authority proposed, {proposed}; the difference is {difference}",
        "Nothing if both are right; else correct the one that is wrong.",
    ),
    "decision-differs at least": (
        "what the authority proposed, {proposed}; the difference is at least {difference}",
    ),
    "decision-differs about": (
        "what the authority proposed, {proposed}; the difference is about {difference}",
    ),
    "condition-unknown": (
        "the id of a submitted condition",
        "Correct it, or submit the condition.",
    ),
    "condition-elsewhere": (
        "a condition of programme {programme}; this one is of {other}",
        "Correct the id of the condition or of the tranche.",
    ),
    "amount-in-other-currency": (
        "an amount in {currency}, as its programme is",
        "Write it in {currency}; until then it is not used.",
    ),
}
# Pages round what they state to three figures or more.
_ROUNDED = 0.001
_SEVERITIES = {
    "programme-unknown": Severity.ERROR,
    "condition-elsewhere": Severity.ERROR,
    "conditions-in-circle": Severity.ERROR,
    "paid-above-decided": Severity.ERROR,
    "tranche-in-two-programmes": Severity.ERROR,
    "decision-differs": Severity.NOTE,
}


def faults(tables: Tables) -> tuple[Finding, ...]:
    """All findings on economic packages, by place."""
    standing = Standing(tables, date.max)
    found = [
        *_homeless(tables),
        *_unsourced(tables),
        *_elsewhere(tables),
        *_below_zero(tables),
        *_circles(tables),
        *_currencies(tables, standing),
        *_beyond(standing),
        *_stated(standing),
        *(one for tranche in sorted(standing.rows) for one in _tranche(standing, tranche)),
    ]
    return tuple(sorted(found, key=lambda one: (one.place, one.code, one.read)))


def _told(code: str, row: Row, column: str, read: object, **values: str) -> Finding:
    place = Place(str(row["_file"]), str(row["_sheet"]), int(str(row["_row"])), column)
    expected, remedy = _WORDS[code]
    severity = _SEVERITIES.get(code, Severity.WARNING)
    return Finding(severity, code, place, str(read), expected, remedy, values)


def _homeless(tables: Tables) -> Iterator[Finding]:
    """Yield rows of a programme if none was submitted; otherwise the reference is reported as unknown."""
    if not table(tables, "programmes").is_empty():
        return
    # A catalogue of steps may come before its programme, as long as no money hangs on them.
    hung = table(tables, "conditions").filter(
        pl.col("tranche").is_not_null() | pl.col("amount").is_not_null()
    )
    for found in (table(tables, "tranches"), hung):
        rows = found.sort("_file", "_sheet", "_row").unique("programme", keep="first", maintain_order=True)
        for row in rows.iter_rows(named=True):
            yield _told("programme-unknown", row, "programme", row["programme"])


def _unsourced(tables: Tables) -> Iterator[Finding]:
    """Assessments and changes that no official statement bears."""
    said = official(tables)
    for row in table(tables, "assessments").iter_rows(named=True):
        if row["source"] not in said:
            read = f"{row['condition']}: {row['verdict']}"
            yield _told("assessment-without-source", row, "source", read)
    for row in table(tables, "conditions").filter(pl.col("supersedes").is_not_null()).iter_rows(named=True):
        if row["source"] not in said:
            yield _told("change-without-source", row, "source", row["condition"])


def _elsewhere(tables: Tables) -> Iterator[Finding]:
    """Yield steps of another programme than the tranche that they are claimed, assessed or reported with."""
    steps = dict(table(tables, "conditions").select("condition", "programme").iter_rows())
    programmes = dict(table(tables, "tranches").select("tranche", "programme").iter_rows())
    for row in table(tables, "tranches").iter_rows(named=True):
        for name in listed(row["claims"]):
            if name not in steps:
                yield _lost(row, name, sorted(steps))
            elif steps[name] != row["programme"]:
                yield _foreign(row, "claims", name, row["programme"], steps[name])
    for name in ("conditions", "assessments"):
        for row in table(tables, name).iter_rows(named=True):
            own = steps.get(row["condition"])
            asked = programmes.get(row["tranche"])
            if own and asked and own != asked:
                yield _foreign(row, "tranche", row["tranche"], asked, own)


def _below_zero(tables: Tables) -> Iterator[Finding]:
    for row in table(tables, "conditions").filter(pl.col("amount") < 0).iter_rows(named=True):
        yield _told("weight-below-zero", row, "amount", _money(row["amount"], str(row["currency"])))


def _circles(tables: Tables) -> Iterator[Finding]:
    """Yield conditions that replace each other, reported once for each circle, at the first by id."""
    found = changes(tables, official(tables))
    rows = {row["condition"]: row for row in table(tables, "conditions").iter_rows(named=True)}
    for old in sorted(found):
        way = circle(old, found)
        if old in way and old == min(way) and old in rows:
            path = " → ".join((old, *way))
            yield _told("conditions-in-circle", rows[old], "supersedes", rows[old]["supersedes"], circle=path)


def _foreign(row: Row, column: str, read: object, programme: object, other: object) -> Finding:
    values = {"programme": str(programme), "other": str(other)}
    return _told("condition-elsewhere", row, column, read, **values)


def _lost(row: Row, name: str, known: list[str]) -> Finding:
    near = get_close_matches(name, known, n=1, cutoff=0.75)
    found = _told("condition-unknown", row, "claims", name)
    if not near:
        return found
    remedy = "Did you mean {meant}?"
    values = {"meant": near[0]}
    return Finding(found.severity, found.code, found.place, found.read, found.expected, remedy, values)


def _currencies(tables: Tables, standing: Standing) -> Iterator[Finding]:
    """Amounts in another currency than their programme's."""
    for name in ("tranches", "conditions"):
        for row in table(tables, name).filter(pl.col("amount").is_not_null()).iter_rows(named=True):
            programme = standing.programmes.get(row["programme"])
            if programme and row["currency"] != programme["currency"]:
                read = _money(row["amount"], str(row["currency"]))
                own = str(programme["currency"])
                yield _told("amount-in-other-currency", row, "currency", read, currency=own)


def _beyond(standing: Standing) -> Iterator[Finding]:
    """Yield programmes that disbursed, or were to pay in advance, more than grant and loan together."""
    for row in programmes(standing).iter_rows(named=True):
        committed = row["committed"]
        currency = str(row["currency"])
        parts = (
            ("disbursed-above-committed", "disbursed" if row["disbursed_exactness"] is None else "", "grant"),
            ("prefinancing-above-committed", "prefinancing", "prefinancing"),
        )
        for code, name, column in parts:
            amount = row.get(name)
            if committed is not None and amount is not None and amount > committed:
                shown = _money(committed, currency)
                yield _told(code, row, column, _money(amount, currency), committed=shown)


def _stated(standing: Standing) -> Iterator[Finding]:
    """Yield programmes whose page states another sum of disbursements than that of their payments.

    Payments after the day of the figure are left out, those without a day are not. A programme without
    payments is not compared, nor one with a payment of about so much.
    """
    for row in standing.programmes.values():
        stated = row.get("disbursed")
        paid = payments(standing, row)
        if not isinstance(stated, int) or not paid or exactness(paid) == ABOUT:
            continue
        days = [day for one in paid if isinstance(day := one["day"], date)]
        given = row.get("disbursed_on")
        last = given if isinstance(given, date) else max(days, default=None)
        counted = [
            one for one in paid if last is None or not isinstance(one["day"], date) or one["day"] <= last
        ]
        total = added([whole(one["amount"]) for one in counted]) if counted else 0
        if total is None or abs(stated - total) <= _ROUNDED * max(stated, total):
            continue
        if exactness(counted) == AT_LEAST and stated > total:
            continue
        currency = str(row["currency"])
        values = {"paid": total, "difference": abs(stated - total)}
        yield _told(
            "programme-total-differs",
            row,
            "disbursed",
            _money(stated, currency),
            day=last.isoformat() if last else "–",
            **{name: _money(value, currency) for name, value in values.items()},
        )


def _strays(standing: Standing, tranche: str) -> Iterator[Finding]:
    """Rows of a tranche that name another programme than its first row."""
    first, *rest = standing.rows[tranche]
    for row in rest:
        if row["programme"] != first["programme"]:
            own = str(first["programme"])
            yield _told("tranche-in-two-programmes", row, "programme", row["programme"], programme=own)


def _tranche(standing: Standing, tranche: str) -> Iterator[Finding]:
    yield from _strays(standing, tranche)
    yield from _weights(standing, tranche)
    yield from _payments(standing, tranche)
    yield from _decisions(standing, tranche)


def _weights(standing: Standing, tranche: str) -> Iterator[Finding]:
    """Weights that are all known and do not add up to the tranche."""
    rows = standing.at(tranche, EXPECTED)
    own = standing.own(tranche)
    whole = standing.total(tranche, EXPECTED)
    parts = [row["amount"] for row in own]
    if standing.programme(tranche)["rule"] != BY_WEIGHT.name or exactness(rows) or whole is None:
        return
    known = [one for one in parts if isinstance(one, int)]
    if own and len(known) == len(parts) and sum(known) != whole:
        currency = str(standing.programme(tranche)["currency"])
        values = {"whole": _money(whole, currency), "tranche": tranche}
        yield _told("weights-do-not-sum", rows[0], "amount", _money(sum(known), currency), **values)


def _payments(standing: Standing, tranche: str) -> Iterator[Finding]:
    decided = standing.total(tranche, DECIDED)
    paid = standing.total(tranche, PAID)
    bound = exactness(standing.at(tranche, DECIDED))
    if decided is not None and paid is not None and paid > decided and bound is None:
        currency = str(standing.programme(tranche)["currency"])
        row = standing.at(tranche, PAID)[-1]
        values = {"decided": _money(decided, currency)}
        read = _money(paid, currency)
        yield _told("paid-above-decided", row, "amount", read, **values, tranche=tranche)
    expected = standing.total(tranche, EXPECTED)
    rows = standing.at(tranche, EXPECTED)
    if standing.at(tranche, DECIDED) or expected is None or paid is None or exactness(rows):
        return
    if paid > expected:
        currency = str(standing.programme(tranche)["currency"])
        row = standing.at(tranche, PAID)[-1]
        values = {"expected": _money(expected, currency)}
        yield _told("paid-above-expected", row, "amount", _money(paid, currency), **values, tranche=tranche)


def _decisions(standing: Standing, tranche: str) -> Iterator[Finding]:
    """Yield decisions that differ from the authority's proposal."""
    decided = standing.total(tranche, DECIDED)
    proposed = standing.total(tranche, ASSESSED)
    rows = standing.at(tranche, DECIDED)
    currency = str(standing.programme(tranche)["currency"])
    bound = exactness(rows)
    if decided is None or proposed is None or decided == proposed:
        return
    if bound == AT_LEAST and decided < proposed:
        return
    difference = _money(abs(decided - proposed), currency)
    values = {"proposed": _money(proposed, currency), "difference": difference, "tranche": tranche}
    found = _told("decision-differs", rows[0], "amount", _money(decided, currency), **values)
    yield replace(found, expected=_WORDS[f"decision-differs {bound}"][0]) if bound else found


def _money(minor: object, currency: str) -> str:
    """An amount as a person would write it, without idle places."""
    amount = to_major(int(str(minor)), currency)
    return f"{amount:f} {currency}".replace(".00 ", " ")
