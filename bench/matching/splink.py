"""A public set as a task for Splink: the same tables, columns, levels and blocks."""

import json
from pathlib import Path
from typing import Any

from bench.matching.sets import FOLDER, Public

from bench.reconciling import peer


def asked(public: Public, folder: Path) -> dict[str, Any]:
    """Tables in a folder, and what bench/peers/splink_public.py does with them.

    How Splink is trained stands in splink.json: rules that are nearly always right with the share of true
    pairs that they find, as its pages ask for, and the blocks within which m is found.
    """
    ours, paths = public.task.settings, []
    for name, table in public.tables.items():
        paths.append(str(folder / f"{name}.parquet"))
        table.write_parquet(paths[-1])
    training = json.loads((FOLDER / "splink.json").read_text(encoding="utf-8"))[public.name]
    between = {"across": "link_only", "within": "dedupe_only", "all": "dedupe_only"}[ours.between]
    return {
        "settings": peer.settings(ours) | {"link_type": between, "unique_id_column_name": ours.id},
        "tables": paths,
        "duplicate_free": public.once,
        "sample": float(ours.sample),
        "threads": ours.threads,
        "out": str(folder / "pairs.parquet"),
        **training,
    }
