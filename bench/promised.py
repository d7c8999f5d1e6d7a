"""Undertakings in money that are found in sentences of agreements: precision and recall.

    PYTHONPATH=src:. .venv/bin/python -m bench.promised
    PYTHONPATH=src:. .venv/bin/python -m bench.promised --set developed --misses

The sentences are invented, in the manner of bilateral agreements of 2024 and 2025, each with the sums it
states: promised, past, or part of a promised one. `held` was written without knowledge of the code and
serves for reporting alone; `developed` was written with it. A sum counts as found where value and
currency are right and it is proposed as an undertaking of its own. Years and bounds are judged on the
sums found.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
from bench.record import Benchmark, arguments

from konvoi.accord.obligation_strength import PAST
from konvoi.accord.promises import Parties, proposed
from konvoi.kit.money import to_major
from konvoi.model.clauses import Kind

HERE = Path(__file__).parent / "agreements"
SETS = ("held", "developed")
PRECISION, RECALL = 0.9, 0.85


class Stated(NamedTuple):
    """A sum, in full units of its currency, or a share of GDP in per cent without one."""

    value: Decimal
    currency: str


class Found(NamedTuple):
    """Promised sums of a text by what is stated of them: bound, first and last year."""

    wanted: dict[Stated, tuple[str, int | None, int | None]]
    got: dict[Stated, tuple[str, int | None, int | None]]


def cases(name: str) -> list[dict[str, Any]]:
    """Return the sentences of a set, each with its giver, day of signature and sums."""
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def read(case: Mapping[str, Any]) -> Found:
    """Return what a sentence promises by its labels, and by the product."""
    row = {"clause": "I/1", "kind": Kind.PARAGRAPH, "text": case["text"]}
    clauses = pl.DataFrame([{**row, "_file": "a.md", "_sheet": None, "_row": 1}])
    who = Parties((case["giver"], "UA"), case["giver"])
    rows = proposed(clauses, who, signed=date.fromisoformat(case["signed"])).iter_rows(named=True)
    got = {
        _stated(row): (row["bound"], row["from"], row["until"])
        for row in rows
        if row["force"] != PAST and row["part_of"] is None and _names_a_sum(row)
    }
    wanted = {
        Stated(Decimal(one["value"]), one["currency"]): (one["bound"] or "", one["from"], one["until"])
        for one in case["sums"]
        if one["kind"] == "promised"
    }
    return Found(wanted, got)


def _names_a_sum(row: Mapping[str, Any]) -> bool:
    return row["amount"] is not None or row["share"] is not None


def _stated(row: Mapping[str, Any]) -> Stated:
    if row["amount"] is None:
        return Stated(row["share"].normalize(), "")
    return Stated(to_major(row["amount"], row["currency"]).normalize(), row["currency"])


def misses(found: Sequence[tuple[Mapping[str, Any], Found]]) -> Iterator[str]:
    """Yield the sentences that were not read as labelled."""
    for case, one in found:
        lost, false = one.wanted.keys() - one.got.keys(), one.got.keys() - one.wanted.keys()
        if lost or false:
            told = [f"-{sum_.value:f} {sum_.currency}" for sum_ in lost]
            yield " ".join([*told, *(f"+{sum_.value:f} {sum_.currency}" for sum_ in false), case["text"]])


def main() -> None:
    """Read a set, and score it."""
    parser = arguments()
    parser.add_argument("--set", choices=SETS, default="held")
    parser.add_argument("--misses", action="store_true", help="print what was read wrongly (developed only)")
    asked = parser.parse_args()
    found = [(case, read(case)) for case in cases(asked.set)]
    counts: Counter[str] = Counter()
    for _, one in found:
        both = one.wanted.keys() & one.got.keys()
        counts.update(wanted=len(one.wanted), got=len(one.got), both=len(both))
        counts["bounds"] += sum(one.wanted[each][0] == one.got[each][0] for each in both)
        counts["years"] += sum(one.wanted[each][1:] == one.got[each][1:] for each in both)
    bench = Benchmark("promised", {"set": asked.set, "sentences": len(found), "promised": counts["wanted"]})
    bench.figures |= {name: counts[name] / counts["both"] for name in ("bounds", "years")}
    bench.at_least("precision", counts["both"] / counts["got"], PRECISION, unit="")
    bench.at_least("recall", counts["both"] / counts["wanted"], RECALL, unit="")
    if asked.misses and asked.set == "developed":
        print(*misses(found), sep="\n")
    bench.finish(asked)


if __name__ == "__main__":
    main()
