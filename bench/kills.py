"""The frame of benchmarks that kill processes: a tally for each kind of database, options, and the report."""

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field

DATABASES = ("sqlite", "postgresql")


@dataclass
class Tally:
    """What the rounds on one database came to."""

    rounds: int = 0
    kills: int = 0
    acknowledged: int = 0
    wrong: list[str] = field(default_factory=list)


def report(measured: Callable[[str, int, int], Tally], data: str) -> None:
    """Kill on each database, print the report, and exit with 1 if anything was wrong.

    measured: the tally of a kind of database for a number of rounds and a seed. data: what is written.
    """
    parser = argparse.ArgumentParser(description="Kill processes under load and look for what is lost.")
    parser.add_argument("--rounds", type=int, default=500, help="Rounds on each database.")
    parser.add_argument("--databases", nargs="+", default=list(DATABASES), choices=DATABASES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    told: dict[str, dict[str, object]] = {}
    goals = []
    for kind in asked.databases:
        begun = time.monotonic()
        tally = measured(kind, asked.rounds, asked.seed)
        told[kind] = {**vars(tally), "seconds": round(time.monotonic() - begun)}
        reached = not tally.wrong and tally.acknowledged > 0
        goals.append(
            {"goal": f"{kind}: nothing wrong", "wanted": 0, "measured": len(tally.wrong), "reached": reached}
        )
    if asked.json:
        print(json.dumps({"data": data, "runs": told, "goals": goals}, indent=1))
    else:
        for kind, one in told.items():
            print(
                f"{kind}: {one['rounds']} rounds, {one['kills']} kills, {one['acknowledged']} acknowledged, "
                f"wrong: {one['wrong'] or 'nothing'}, {one['seconds']} s"
            )
    raise SystemExit(0 if all(one["reached"] for one in goals) else 1)
