"""Pairs of listings scored by logic-v2 of nomenklatura.

    bench/peers/.envs/nomenklatura/bin/python bench/peers/nomenklatura_align.py TASK

TASK is a JSON file with `entities` (id → schema and properties), `pairs` of ids, and `out`, where `scores` of
the pairs are written in their order, with the processor `seconds` from the entities' fields to the scores:
what the matcher loads when it is first asked counts, the start of Python and its imports do not. One process,
one thread.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from followthemoney import model  # type: ignore[import-not-found]
from nomenklatura.matching import get_algorithm  # type: ignore[import-not-found]


def run(task: dict[str, Any]) -> list[float]:
    """The score of each pair, 0 to 1."""
    algorithm = get_algorithm("logic-v2")
    config = algorithm.default_config()
    made = {}
    for id, told in task["entities"].items():
        made[id] = entity = model.make_entity(told["schema"])
        entity.id = id
        for name, values in told["properties"].items():
            entity.add(name, values, quiet=True)
    return [algorithm.compare(made[a], made[b], config).score for a, b in task["pairs"]]


if __name__ == "__main__":
    asked = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    start = time.process_time()
    told = {"scores": run(asked), "seconds": time.process_time() - start}
    Path(asked["out"]).write_text(json.dumps(told), encoding="utf-8")
