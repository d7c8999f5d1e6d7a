"""Pairs of listings scored by logic-v2 of nomenklatura.

    bench/peers/.envs/nomenklatura/bin/python bench/peers/nomenklatura_align.py TASK

TASK is a JSON file with `entities` (id → schema and properties), `groups` of pairs of ids, and `out`, where
`scores` of all pairs are written in their order, with the processor `seconds` from the entities' fields to
the scores of each group's last pair: what the matcher loads when it is first asked counts, the start of
Python and its imports do not. One process, one thread.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from followthemoney import model  # type: ignore[import-not-found]
from nomenklatura.matching import get_algorithm  # type: ignore[import-not-found]


def run(task: dict[str, Any]) -> tuple[list[float], list[float]]:
    """The score of each pair, 0 to 1; the seconds to the end of each group."""
    start = time.process_time()
    algorithm = get_algorithm("logic-v2")
    config = algorithm.default_config()
    made = {}
    for id, told in task["entities"].items():
        made[id] = entity = model.make_entity(told["schema"])
        entity.id = id
        for name, values in told["properties"].items():
            entity.add(name, values, quiet=True)
    scores, seconds = [], []
    for pairs in task["groups"]:
        scores += [algorithm.compare(made[a], made[b], config).score for a, b in pairs]
        seconds.append(time.process_time() - start)
    return scores, seconds


if __name__ == "__main__":
    asked = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    scores, seconds = run(asked)
    told = {"scores": scores, "seconds": seconds}
    Path(asked["out"]).write_text(json.dumps(told), encoding="utf-8")
