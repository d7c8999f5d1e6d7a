"""Joint packages: the undertakings that make up a whole with named participants."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from konvoi.kit.money import places
from konvoi.model.stages import Stage
from konvoi.reconcile.currency_conversion import worth
from konvoi.reconcile.donors import giver
from konvoi.reconcile.joint_package_members import Answer, Part, Undertaking, Whole, solved, undertakings
from konvoi.reconcile.pooled import pooled
from konvoi.reconcile.records import unit_key
from konvoi.reconcile.relation import Evidence, Found, proposals
from konvoi.reconcile.stated import SAYS, Shares, expected, shares
from konvoi.reconcile.statement import JOINT

SUBTYPE = "joint"
PARTICIPANT = "participant"
_BLOCK = "participants of a joint package"
# A part may be announced so many days before or after the whole.
_BEFORE = 60
_AFTER = 45
_MONTH = 60
_RATED = 1e-6
_TOLD = ("thing", "place", "numbered")
_SUM = ("amount", "currency", "eur")
_SAYS = {
    "exact": "the parts make up the whole to the last unit",
    "announced": "the parts make up the whole as it was announced",
    "nearly": "the parts nearly make up the whole",
    "less": "the rest is that of participants who report nothing",
    "not": "the parts do not make up the whole",
    "unknown": "a sum is not known",
}
_COMMON = (
    "neither good nor place nor number",
    "good, place or number",
    "two of good, place and number",
    "good, place and number",
)
Values = dict[int, dict[str, int]]


def joint(evidence: Evidence) -> Found:
    """Propose for each undertaking of a named participant the whole that it is most likely part of.

    Parts are of the good, place, number and days that the whole names; the sum of the parts, at the rates of
    one day, verifies them, and so does the share that is stated of a participant. Several ways to make it up
    are all proposed. Sums alone make no part. Good, place and number in records that are surely one hold for
    each of them.
    """
    evidence = replace(evidence, records=pooled(evidence.records, evidence.pairs))
    wholes = _wholes(evidence)
    parts = _parts(wholes, evidence)
    of = _undertakings(parts, wholes, evidence)
    stated = shares(evidence.scopes, evidence.entries)
    named = {
        row["id"]: _whole(row, stated.get(row["unit"], {}))
        for row in wholes.unique("id").iter_rows(named=True)
        if row["id"] in of
    }
    values = _values(named, of, evidence.rates)
    answers = {one: solved(whole, of[one], values.get(one, {})) for one, whole in sorted(named.items())}
    answers = _agreed(wholes, named, answers)
    rows = [row for one, answer in answers.items() for row in _rows(one, answer, evidence)]
    large = [
        {"block": _BLOCK, "key": one, "pairs": len(of[one])}
        for one, answer in answers.items()
        if answer.untried
    ]
    return _found(rows, large, evidence)


def _wholes(evidence: Evidence) -> pl.DataFrame:
    """Return records that name two participants or more, one line for each `member`.

    Two records that name the same participants for the same good in the same weeks are about one whole:
    number and place of one hold for both.
    """
    named = evidence.scopes.filter(pl.col("dimension") == PARTICIPANT).join(
        evidence.entries.select("entry", unit=unit_key()), on="entry"
    )
    meant = {value: giver(value) or value for value in named["value"].unique().drop_nulls()}
    member = pl.col("value").replace_strict(meant, default=None, return_dtype=pl.String)
    each = named.select("unit", member=member).drop_nulls().unique()
    whole = (
        each.group_by("unit").agg(members=pl.col("member").sort()).filter(pl.col("members").list.len() > 1)
    )
    records = evidence.records.join(whole, on="unit").sort("id")
    marks = ("thing", "counterparty", pl.col("first") // _MONTH)
    twins = pl.struct(pl.col("members").list.join("+"), *marks).rank("dense").alias("twins")
    return records.with_columns(twins).with_columns(
        pl.col(c).fill_null(pl.col(c).drop_nulls().first().over("twins")) for c in ("numbered", "place")
    )


def _parts(wholes: pl.DataFrame, evidence: Evidence) -> pl.DataFrame:
    """Return a participant's records that may be part of a whole: no value that both state differs."""
    others = evidence.records.filter(
        pl.col("level") == "package",
        pl.col("stage") != str(Stage.PAID_IN),
        # A participant may call its own part joint, too.
        pl.col("lead").is_null() | (pl.col("lead") == JOINT),
    ).join(wholes, on="unit", how="anti")
    named = wholes.select(
        "counterparty",
        "first",
        *_TOLD,
        whole="id",
        party="members",
        whole_amount="amount",
        whole_currency="currency",
    ).explode("party")
    days = (pl.col("first") - _BEFORE, pl.col("first") + _AFTER)
    # A lexicon that knows the one good would have known the other, were it the same: null is null here.
    pairs = beside(
        named, others.select("id", "party", "counterparty", "first", *_TOLD, *_SUM), ("party", "thing"), days
    )
    same = [(pl.col(c) == pl.col(f"{c}_part")) for c in _TOLD]
    # Who states the sum of the whole states the whole, as `konvoi.reconcile.duplicates` asks about.
    whole = (pl.col("amount") == pl.col("whole_amount")) & (pl.col("currency") == pl.col("whole_currency"))
    kept = pairs.filter(one.fill_null(True) for one in (*same, ~whole))
    known = pl.sum_horizontal(one.fill_null(False).cast(pl.Int64) for one in same)
    return kept.select(
        "whole",
        "id",
        # A parked amount has the sum 0 at first.
        pl.when(pl.col("amount") != 0).then("amount").alias("amount"),
        "currency",
        "eur",
        member="party",
        day="first_part",
        number="numbered_part",
        known=known,
        told=(same[0] | same[2]).fill_null(False),
    ).sort("whole", "member", "id")


def _undertakings(
    parts: pl.DataFrame, wholes: pl.DataFrame, evidence: Evidence
) -> dict[str, tuple[Undertaking, ...]]:
    """For each whole what its participants undertook that may be part of it."""
    ids = parts.select("id").unique()
    pairs = (
        evidence.pairs.filter(pl.col("probability") >= 0.5)
        .join(ids, left_on="left_id", right_on="id", how="semi")
        .join(ids, left_on="right_id", right_on="id", how="semi")
    )
    numbers = dict(wholes.select("id", "numbered").iter_rows())
    same = frozenset(pairs.select("left_id", "right_id").iter_rows())
    of: dict[str, list[Part]] = {}
    for row in parts.iter_rows(named=True):
        of.setdefault(row.pop("whole"), []).append(Part(**row))
    return {whole: undertakings(some, same, numbers[whole]) for whole, some in of.items()}


def _whole(row: Mapping[str, object], stated: Shares) -> Whole:
    """Return the whole in a row; slack: half the last place of its sum, a unit, or the error of rates."""
    amount = row["amount"]
    currency = row["currency"]
    step = row["step"]
    members = row["members"]
    assert isinstance(members, list)
    if not isinstance(amount, float) or not isinstance(currency, str):
        return Whole(str(row["id"]), tuple(members), None, None, 0)
    minor = 10 ** places(currency)
    # Rates have six decimal places: a large sum is not exact to the last unit.
    slack = max(float(str(step or 0)) / 2, 1.0, abs(amount) * _RATED) * minor
    due = expected(stated, round(amount * minor), round(slack))
    return Whole(str(row["id"]), tuple(members), round(amount * minor), currency, round(slack), due)


def _values(
    named: Mapping[str, Whole], of: Mapping[str, tuple[Undertaking, ...]], rates: pl.DataFrame | None
) -> dict[str, Values]:
    """Return the value of each undertaking in its whole's currency on each day on which one was announced."""
    rows = [
        (whole.currency, one, u.id, day, round(u.amount * 10 ** places(u.currency)), u.currency)
        for one, whole in sorted(named.items())
        if whole.currency
        for day in sorted({day for other in of[one] for day in other.days})
        for u in of[one]
        if u.amount is not None and u.currency is not None
    ]
    names = ("into", "whole", "id", "day", "amount_minor", "currency")
    table = pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)
    if table.is_empty():
        return {}
    blank = {"stated_minor": pl.Int64, "stated_currency": pl.String, "day_to": pl.Date, "known_on": pl.Date}
    dated = table.with_columns(
        pl.col("day").cast(pl.Int32).cast(pl.Date).alias("day_from"),
        *(pl.lit(None, dtype=kind).alias(name) for name, kind in blank.items()),
    )
    values: dict[str, Values] = {}
    for (currency,), some in dated.group_by("into", maintain_order=True):
        told = some.select("whole", "day", "id", value=worth(some, rates, str(currency)))
        for whole, day, id_, value in told.iter_rows():
            values.setdefault(whole, {}).setdefault(day, {})[id_] = value
    return {whole: _complete(days) for whole, days in values.items()}


def _complete(days: Values) -> Values:
    """The days on which every sum has a rate."""
    return {day: at for day, at in days.items() if None not in at.values()}


def _agreed(
    wholes: pl.DataFrame, named: Mapping[str, Whole], answers: Mapping[str, Answer]
) -> dict[str, Answer]:
    """Return one answer for duplicates of one sum: that of the sum which its parts verify best."""
    twin = dict(wholes.select("id", "twins").iter_rows())
    ranks = list(_SAYS)
    order = sorted(answers, key=lambda one: (ranks.index(answers[one].verified), answers[one].ways, one))
    found: dict[str, Answer] = {}
    twins: dict[int, list[str]] = {}
    for one in order:
        others = twins.setdefault(twin[one], [])
        like = next((o for o in others if _one_sum(named[o], named[one])), None)
        found[one] = found[like] if like else answers[one]
        others.append(one)
    return dict(sorted(found.items()))


def _one_sum(a: Whole, b: Whole) -> bool:
    if a.amount is None or b.amount is None or a.currency != b.currency:
        return a.currency is None or b.currency is None
    return abs(a.amount - b.amount) <= a.slack + b.slack


def _rows(whole: str, answer: Answer, evidence: Evidence) -> list[dict[str, object]]:
    told = [
        {
            "left": undertaking.id,
            "right": whole,
            "probability": probability,
            "evidence": _evidence(answer, undertaking, alone=alone),
        }
        for undertaking, probability, alone in answer.parts
    ]
    return [row for row in told if float(str(row["probability"])) >= evidence.policy.least]


def _evidence(answer: Answer, part: Undertaking, *, alone: bool) -> str:
    named = "the only one of a named participant that fits" if alone else "issued by a named participant"
    ways = "only one possible breakdown" if answer.ways == 1 else "several ways to make it up"
    said = [["participants", named], ["in common with the whole", _COMMON[part.known]]]
    said += [["sum of the parts", _SAYS[answer.verified]]]
    said += [["ways", ways]] if answer.verified in ("exact", "announced", "nearly") else []
    if (fits := answer.stated.get(part.id)) is not None:
        said += [["stated share", SAYS[fits]]]
    return json.dumps(said, separators=(",", ":"))


def _found(rows: list[dict[str, object]], large: list[dict[str, object]], evidence: Evidence) -> Found:
    schema = {"left": pl.String, "right": pl.String, "probability": pl.Float64, "evidence": pl.String}
    pairs = pl.DataFrame(rows, schema=schema).with_columns(subtype=pl.lit(SUBTYPE))
    sure = evidence.policy.calibrated & (pl.col("probability") >= evidence.policy.sure)
    accepted = proposals(pairs.filter(sure), "part_of", status="accepted")
    open_ = proposals(pairs.filter(~sure), "part_of")
    over = pl.DataFrame(large, schema={"block": pl.String, "key": pl.String, "pairs": pl.Int64})
    return Found(pl.concat([accepted.relations, open_.relations]).sort("left", "right"), over)


_SPAN = 60


def beside(
    ones: pl.DataFrame, others: pl.DataFrame, on: Sequence[str], within: tuple[pl.Expr, pl.Expr]
) -> pl.DataFrame:
    """Return each of `ones` with those of `others` that may be the same; their columns end in `_part`.

    They are equal in the columns of `on`, where null is equal to null; the `first` day of the other lies
    from the first to the last of `within`, days of the one; a receiver (`counterparty`) that only one
    of them names is no other one. Joined by equal keys alone, so that the work grows as records do.
    """
    begin, end = (day.cast(pl.Int64) for day in within)
    spans = pl.int_ranges(begin // _SPAN, end // _SPAN + 1)
    near = ones.with_columns(_span=spans, _begin=begin, _end=end).explode("_span")
    told = others.with_columns(_span=pl.col("first").cast(pl.Int64) // _SPAN)
    known = pl.col("counterparty").is_not_null()
    keys = [*on, "_span"]
    ways = (
        (near, told, [*keys, "counterparty"]),
        (near.filter(~known), told.filter(known), keys),
        (near.filter(known), told.filter(~known), keys),
    )
    pairs = pl.concat(
        one.join(other, on=of, suffix="_part", nulls_equal=True, coalesce=False) for one, other, of in ways
    )
    kept = pairs.filter(pl.col("first_part").is_between(pl.col("_begin"), pl.col("_end")))
    return kept.drop("_span", "_span_part", "_begin", "_end")
