"""Splink on a public set, without labels: trained as its pages teach, pairs and clusters to disk.

    bench/peers/.envs/splink/bin/python bench/peers/splink_public.py TASK

TASK is a JSON file that names the prepared tables and holds comparisons and blocking rules: those of Konvoi's
own run, rewritten by bench.reconciling.peer, and what training needs besides. One process, as many threads as
the task says. Prints one JSON object: seconds of the processor from tables on disk to pairs on disk.
"""

import json
import logging
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
from splink import DuckDBAPI, Linker, block_on  # type: ignore[import-not-found]

logging.disable(logging.WARNING)


def trained(api: DuckDBAPI, task: dict[str, Any]) -> Linker:
    """The prior by rules that are nearly always right, u from random pairs, m by rounds within blocks."""
    tables = [api.register(f"table{n}", dataset_display_name=f"set{n}") for n in range(len(task["tables"]))]
    model = Linker(tables, task["settings"])
    training = model.training
    training.estimate_probability_two_random_records_match(task["deterministic"], recall=task["recall"])
    training.estimate_u_using_random_sampling(max_pairs=task["sample"], seed=1)
    for columns in task["rounds"]:
        training.estimate_parameters_using_expectation_maximisation(block_on(*columns))
    return model


def run(task: dict[str, Any]) -> dict[str, float]:
    """Pairs at or above the least probability to disk; then clusters at each threshold asked for."""
    start = time.process_time()
    connection = duckdb.connect(":memory:")
    connection.execute(f"SET threads = {task['threads']}")
    for n, path in enumerate(task["tables"]):
        connection.execute(f"CREATE TABLE table{n} AS SELECT * FROM read_parquet('{path}')")
    model = trained(DuckDBAPI(connection), task)
    found = model.inference.predict(threshold_match_probability=task["least"])
    key, out = task["settings"]["unique_id_column_name"], task["out"]
    columns = f"{key}_l AS left_id, {key}_r AS right_id, match_probability AS probability"
    connection.execute(f"COPY (SELECT {columns} FROM {found.physical_name}) TO '{out}' (FORMAT parquet)")
    seconds = {"pairs": time.process_time() - start}
    for threshold in task["thresholds"]:
        ways = {"connected": model.clustering.cluster_pairwise_predictions_at_threshold(found, threshold)}
        if task["duplicate_free"]:
            names = [f"set{n}" for n in range(len(task["tables"]))]
            ways["best links"] = model.clustering.cluster_using_single_best_links(found, names, threshold)
        for way, joined in ways.items():
            name = out.replace(".parquet", f"-{way}-{threshold}.parquet")
            rows = f"SELECT {key} AS id, cast(cluster_id AS VARCHAR) AS cluster FROM {joined.physical_name}"
            connection.execute(f"COPY ({rows}) TO '{name}' (FORMAT parquet)")
    return seconds


if __name__ == "__main__":
    print(json.dumps(run(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))))
