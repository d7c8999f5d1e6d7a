"""A reading of papers as text, to compare with what is written beside a sample."""

import json

from konvoi.model.document import Reading


def expected(reading: Reading) -> str:
    """Entries without their ids, table rows, findings, facts: one line each."""
    entries = reading.entries.drop("entry").sort("row", "reference")
    lines = [
        json.dumps({k: v for k, v in row.items() if v is not None}, default=str, ensure_ascii=False)
        for row in entries.to_dicts()
    ]
    for name in sorted(reading.tables):
        rows = reading.tables[name].drop("_file", strict=False).rows()
        lines += [f"{name}: " + " | ".join("" if v is None else str(v) for v in row) for row in rows]
    lines += [f"{f.severity} {f.code} {f.place.sheet} {f.place.row} {f.read}" for f in reading.findings]
    lines += [f"{key}: {value}" for key, value in sorted(reading.facts.items())]
    return "\n".join(lines) + "\n"
