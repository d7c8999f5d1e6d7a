"""Splink on records made up from a seed: trained by labels, or predicting with what was trained.

    bench/peers/.envs/splink/bin/python bench/peers/splink_pledges.py train TASK
    bench/peers/.envs/splink/bin/python bench/peers/splink_pledges.py predict TASK

TASK is a JSON file that names the tables and holds comparisons, blocking rules and windows: those of Konvoi's
own run, rewritten for Splink by bench.reconciling.peer. One process, as many threads as the task says. Prints
one JSON object: seconds of the processor for training, predicting (from the table on disk to pairs on disk),
clustering.
"""

import json
import logging
import sys
import time
from pathlib import Path

import duckdb
from splink import DuckDBAPI, Linker  # type: ignore[import-not-found]

logging.disable(logging.WARNING)


def connected(task: dict[str, object]) -> duckdb.DuckDBPyConnection:
    """A fresh connection with the task's threads."""
    connection = duckdb.connect(":memory:")
    connection.execute(f"SET threads = {task['threads']}")
    connection.execute(f"SET memory_limit = '{task['memory']}'")
    connection.execute(f"SET temp_directory = '{task['spill']}'")
    return connection


def linker(connection: duckdb.DuckDBPyConnection, table: str, settings: object) -> Linker:
    """A linker over a table on disk."""
    connection.execute(f"CREATE TABLE records AS SELECT * FROM read_parquet('{table}')")
    api = DuckDBAPI(connection)
    return Linker(api.register("records"), settings)


def train(task: dict[str, object]) -> dict[str, float]:
    """m from the labels of the train seeds, u from random pairs, the prior from the labels' count."""
    start = time.process_time()
    model = linker(connected(task), str(task["table"]), task["settings"])
    model.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    model.training.estimate_m_from_label_column("cluster")
    model.misc.save_model_to_json(str(task["model"]), overwrite=True)
    return {"train": time.process_time() - start}


def predict(task: dict[str, object]) -> dict[str, float]:
    """Pairs at or above the least probability to disk; then clusters at each threshold asked for."""
    connection = connected(task)
    start = time.process_time()
    settings = json.loads(Path(str(task["model"])).read_text(encoding="utf-8"))
    model = linker(connection, str(task["table"]), settings)
    found = model.inference.predict(threshold_match_probability=float(str(task["least"])))
    out = str(task["out"])
    columns = "id_l AS left_id, id_r AS right_id, match_probability AS probability"
    connection.execute(f"COPY (SELECT {columns} FROM {found.physical_name}) TO '{out}' (FORMAT parquet)")
    seconds = {"predict": time.process_time() - start}
    for threshold in task["clusters"]:  # type: ignore[attr-defined]
        start = time.process_time()
        joined = model.clustering.cluster_pairwise_predictions_at_threshold(found, threshold)
        name = out.replace(".parquet", f"-{threshold}.parquet")
        rows = f"SELECT id, cast(cluster_id AS VARCHAR) AS cluster FROM {joined.physical_name}"
        connection.execute(f"COPY ({rows}) TO '{name}' (FORMAT parquet)")
        seconds[f"cluster {threshold}"] = time.process_time() - start
    return seconds


def main(argv: list[str]) -> int:
    """Train or predict."""
    task = json.loads(Path(argv[1]).read_text(encoding="utf-8"))
    print(json.dumps({"train": train, "predict": predict}[argv[0]](task)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
