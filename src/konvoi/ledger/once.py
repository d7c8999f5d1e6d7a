"""Counting once: what relations do to a sum of units."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from konvoi.kit.union import components

# Relations of this subtype say where money came from and take nothing away: what is left after its
# children is what the parent states.
_WITHOUT_CONSERVATION = ("fts-parent", "iati-parent")


@dataclass(frozen=True)
class Counted:
    """Units with what each of them counts.

    units: unit, value (as reported), counts (what of it is in the sum). double: unit, by (the unit it is
    counted with), relation, value (what was left out).
    """

    units: pl.DataFrame
    double: pl.DataFrame


def counted(units: pl.DataFrame, relations: pl.DataFrame) -> Counted:
    """What each unit counts when these relations hold.

    units: unit, value (a whole number), exact (how many digits are known: more is more exact), known_on,
    source, and party, which is also the source where the giver speaks of its own. relations: left, right
    (units), relation, subtype, most (what the related entries of the left one hold: no more than that comes
    out of it). Of units that are the same, the most exact counts, but where it is no closer telling of what
    the giver says, the giver's own; what restates an earlier word, or several, counts in their stead, and of
    two sources the more exact; a child splits its whole; of a flow that passes through, the first crossing
    counts; a reimbursement beside its gift, a contract beside its line and a service of a need add nothing.
    """
    within = units.select("unit")
    rows = (
        relations.filter(pl.col("left") != pl.col("right"))
        .join(within, left_on="left", right_on="unit", how="semi")
        .join(within, left_on="right", right_on="unit", how="semi")
        .unique()
        .sort("relation", "left", "right")
    )
    pairs = list(rows.iter_rows(named=True))
    named = pl.concat([rows["left"], rows["right"]]).unique()
    values = {
        row["unit"]: row
        for row in units.filter(pl.col("unit").is_in(named.implode())).sort("unit").iter_rows(named=True)
    }
    left_out, counts = counting(values, pairs)
    table = units.select("unit", "value").with_columns(
        counts=pl.col("unit").replace_strict(counts, default=pl.col("value"), return_dtype=pl.Int64)
    )
    return Counted(table, _double(table, left_out))


def counting(
    values: dict[str, dict[str, object]], pairs: Sequence[dict[str, Any]]
) -> tuple[dict[str, tuple[str, str]], dict[str, int]]:
    """What is left out (by unit: the one it is counted with, and the relation), and what each unit counts.

    values: units by name, as `counted` takes them. pairs: relations between them, sorted.
    """
    left_out: dict[str, tuple[str, str]] = {}
    less: dict[str, int] = {}
    _drop_same(values, pairs, left_out)
    _drop_restated(values, pairs, left_out)
    _drop_directed(values, pairs, left_out, less)
    counts = {u: 0 if u in left_out else _number(row) - less.get(u, 0) for u, row in values.items()}
    return left_out, counts


def _drop_same(
    values: dict[str, dict[str, object]],
    pairs: Sequence[dict[str, Any]],
    left_out: dict[str, tuple[str, str]],
) -> None:
    """Of each cluster of reports of one thing, all but the one that counts are left out."""
    alike = [(p["left"], p["right"]) for p in pairs if p["relation"] == "same_as"]
    members: dict[str, list[str]] = {}
    for unit, name in sorted(components(sorted(alike)).items()):
        members.setdefault(name, []).append(unit)
    for cluster in members.values():
        best = _best(cluster, values)
        left_out |= {unit: (best, "same_as") for unit in cluster if unit != best}


def _best(cluster: Sequence[str], values: dict[str, dict[str, object]]) -> str:
    """The report that counts: the most exact, unless it says another sum than the giver's own."""

    def first(units: Sequence[str]) -> str:
        return max(units, key=lambda unit: _worth(unit, values[unit]))

    best = first(cluster)
    own = [unit for unit in cluster if values[unit]["source"] == values[unit].get("party")]
    if not own or best in own:
        return best
    word = first(own)
    apart = abs(_number(values[word]) - _number(values[best]))
    return best if 2 * apart <= _step(values[word]) else word


def _step(row: dict[str, object]) -> int:
    """The last place to which a sum was announced, at most its second: 4,000,000 may stand for 3,950,000."""
    known = max(int(str(row["exact"])), 2)
    return int(10 ** max(len(str(abs(_number(row)))) - known, 0))


def _drop_restated(
    values: dict[str, dict[str, object]],
    pairs: Sequence[dict[str, Any]],
    left_out: dict[str, tuple[str, str]],
) -> None:
    """What a later word restates is left out with all reports of it; a sum may restate several words."""

    def stands(unit: str) -> str:
        return left_out[unit][0] if left_out.get(unit, ("", ""))[1] == "same_as" else unit

    edges = sorted({(stands(p["left"]), stands(p["right"])) for p in pairs if p["relation"] == "restates"})
    earlier: dict[str, list[str]] = {}
    for later, early in edges:
        if later != early:
            earlier.setdefault(later, []).append(early)
    for later, words in sorted(earlier.items()):
        for early in words:
            other = values[later]["source"] != values[early]["source"]
            finer = _worth(early, values[early]) > _worth(later, values[later])
            # Of two sources the more exact counts; a sum of several words is no rounding of one of them.
            gone, by = (later, early) if other and finer and len(words) == 1 else (early, later)
            if gone not in left_out and left_out.get(by, ("", ""))[0] != gone:
                left_out[gone] = (by, "restates")


def _worth(unit: str, row: dict[str, object]) -> tuple[object, str, str]:
    """Order in which reports of one undertaking are preferred; ties fall by name."""
    return row["exact"], str(row["known_on"] or ""), unit


def _drop_directed(
    values: dict[str, dict[str, object]],
    pairs: Sequence[dict[str, Any]],
    left_out: dict[str, tuple[str, str]],
    less: dict[str, int],
) -> None:
    """Children, second crossings, reimbursements and contracts take nothing twice."""
    for pair in pairs:
        left, right, relation = pair["left"], pair["right"], pair["relation"]
        if left in left_out or right in left_out or pair["subtype"] in _WITHOUT_CONSERVATION:
            continue
        if relation in ("part_of", "passes_through"):
            # A child stays in sight under its own party, and the whole keeps what the children leave of it;
            # an inflow keeps what did not come out of the outflow that crossed before it.
            room = _number(values[right]) - less.get(right, 0)
            given = min(_number(values[left]), pair["most"])
            less[right] = less.get(right, 0) + max(min(given, room), 0)
        elif relation in ("reimburses", "contracts_for"):
            left_out[left] = (right, relation)


def _number(row: dict[str, object]) -> int:
    value = row["value"]
    if not isinstance(value, int):
        raise ValueError(f"not a whole number: {value!r}")
    return value


def _double(units: pl.DataFrame, left_out: dict[str, tuple[str, str]]) -> pl.DataFrame:
    rows = [
        {"unit": unit, "by": by, "relation": relation} for unit, (by, relation) in sorted(left_out.items())
    ]
    schema = {"unit": pl.String, "by": pl.String, "relation": pl.String}
    return pl.DataFrame(rows, schema=schema).join(units.select("unit", "value"), on="unit")
