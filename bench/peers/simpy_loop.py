"""The same model as a loop of simpy, to be run by its own environment: a plan as JSON in, figures out.

Each consignment is a process: it is contracted, produced, waits for its approval, goes leg by leg, is handed
over. Draws come from the standard library. Prints the processor seconds of the loop, and the share that is
late in each run.
"""

import json
import math
import random
import sys
import time
from collections.abc import Iterator
from typing import Any

import simpy

TENTH = 1.2815515655446004


def days(step: dict[str, Any], luck: float) -> int:
    """Days by luck: two halves of a lognormal, or a slip that is never before its day."""
    low, middle, high = step["spread"]
    if step["around"]:
        rate = math.log(high / middle) if luck > 0 else math.log(middle / low)
        return max(1, math.ceil(round(float(middle * math.exp(rate / TENTH * luck)), 6)))
    return round(float(middle + (high - middle) * math.expm1(max(luck, 0.0)) / math.expm1(TENTH)))


def consignment(
    env: simpy.Environment, one: dict[str, Any], common: list[float], there: list[int]
) -> Iterator[Any]:
    """One consignment from its order to its hand-over."""
    yield env.timeout(one["starts"])
    for step in one["steps"]:
        luck = random.gauss(0.0, 1.0)
        if step["shared"]:
            luck = math.sqrt(1 - step["shared"]) * luck + math.sqrt(step["shared"]) * common[step["group"]]
        taken = days(step, luck)
        if step["how"] == "by":
            yield env.timeout(max(0, step["base"] + taken - env.now))
            continue
        if step["how"] == "wait":
            day, planned = int(env.now), step["departs"]
            leaves = -(-day // 7) * 7 if day // 7 > planned // 7 else max(day, planned)
            yield env.timeout(leaves - day)
        yield env.timeout(taken)
    there.append(int(env.now > one["due"]))


def main() -> None:
    """Read the plan, run it so many times."""
    with open(sys.argv[1], encoding="utf-8") as file:
        plan = json.load(file)
    runs = int(sys.argv[2])
    late: list[float] = []
    random.seed(int(sys.argv[3]))
    start = time.process_time()
    for _ in range(runs):
        env = simpy.Environment()
        there: list[int] = []
        common = [random.gauss(0.0, 1.0) for _ in range(plan["groups"])]
        for one in plan["consignments"]:
            env.process(consignment(env, one, common, there))
        env.run()
        late.append(sum(there) / len(there))
    seconds = time.process_time() - start
    print(json.dumps({"seconds": seconds, "samples": runs * len(plan["consignments"]), "late": late}))


if __name__ == "__main__":
    main()
