"""Two worlds on disk: the exercise, and the exercise with rows that one party hides; what each verb gives."""

import csv
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.cli.calling import konvoi
from tests.flow.secret_rows import OWNER, Row

from konvoi.flow.workspace import CACHE
from konvoi.model.tables import BY_NAME

EXERCISE = Path(__file__).parents[2] / "examples" / "exercise"

PLANNED = frozenset(
    {
        *("offers", "budgets", "approvals", "stocks", "needs", "sites", "lanes", "parties", "kits"),
        *("equivalences", "earmarks", "closures", "capacities", "caps", "blocked", "standards", "goods"),
        *("lines", "packages", "movements", "receipts", "contracts", "rates", "tranches", "identities"),
    }
)
"""Tables that change the plan of the coordination cell."""

VERBS: dict[str, tuple[str, ...]] = {
    "total": ("total", "{dir}", "--by", "partner", "--mix", "--show-rows"),
    "total not counted": ("total", "{dir}", "--mix", "--stage", "pledged", "--show-double"),
    "show": ("show", "XD-1", "{dir}"),
    "show hidden": ("show", "XD-H1", "{dir}"),
    "trace": ("show", "--trace", "XD-1/1", "{dir}"),
    "standards": ("plan", "standards", "{dir}"),
    "clauses": ("agreement", "clauses", "{dir}"),
    "positions": ("agreement", "positions", "D-PACT", "{dir}"),
    "contracts": ("agreement", "contracts", "{dir}", "--all"),
    "stalled": ("report", "stalled", "{dir}"),
    "gap": ("report", "pipeline", "{dir}"),
    "diff": ("report", "changes", "{old}", "{dir}"),
    "tempo": ("report", "tempo", "{dir}"),
    "late": ("report", "overdue", "{dir}"),
    "outlook": ("report", "outlook", "{dir}"),
    "effect": ("report", "effect", "{dir}"),
    "steps": ("meeting", "actions", "{dir}"),
    "reminders": ("meeting", "remind", "{dir}", "--out", "{out}"),
    "tranches": ("funding", "tranches", "{dir}"),
    "projects": ("funding", "projects", "{dir}"),
    "project": ("funding", "projects", "P-1", "{dir}"),
    "reconcile": ("delivery", "reconcile", "{dir}", "--all"),
    "papers": ("delivery", "papers", "{dir}", "--as", "ubl", "--out", "{out}"),
    "read": ("read", "{dir}"),
    "review": ("review", "--dir", "{dir}"),
    "review workbook": ("review", "--dir", "{dir}", "--out", "{out}/pairs.xlsx"),
    "judge": ("review", "--list", "--dir", "{dir}"),
    "ask": ("ask", "--dir", "{dir}", "--out", "{out}"),
    "screen": ("sanctions", "screen", "--dir", "{dir}"),
    "gaps": ("sanctions", "matrix", "--gaps", "--dir", "{dir}"),
    "propose": ("sanctions", "propose", "--dir", "{dir}"),
    "verify": ("verify", "{dir}"),
    "session": ("meeting", "pack", "SES-1", "--dir", "{dir}", "--out", "{out}"),
    "next session": ("meeting", "pack", "--dir", "{dir}", "--out", "{out}"),
    "table": ("table", "entries", "{dir}"),
    "release": ("release", "{dir}", "--list"),
}
"""Verbs that take `--for`, but those that plan."""

PLANNING: dict[str, tuple[str, ...]] = {
    "solve": ("plan", "solve", "{dir}", "--rounds", "2", "--out", "{out}"),
    "forecast": ("plan", "forecast", "{dir}", "{plan}", "--samples", "50"),
    "audit": ("plan", "audit", "{dir}", "{plan}"),
    "orders": ("plan", "orders", "{plan}", "--problem", "{dir}", "--out", "{out}"),
    "what-if": (
        *("plan", "what-if", "{plan}", "--problem", "{dir}", "--close", "L-01", "--rounds", "1"),
        *("--out", "{out}"),
    ),
    "run": ("run", "{dir}", "--out", "{out}"),
    "brief": ("brief", "{dir}", "--out", "{out}"),
}
"""Verbs that plan for the coordination cell and show a reader the visible rows."""

WITHOUT_TERMINAL = frozenset({"review"})
"""Verbs that ask a person at a terminal."""


def world(folder: Path, rows: Iterable[tuple[str, Row]]) -> Path:
    """Make a workspace of the exercise in which the owner hides rows, each table in a folder of its own."""
    shutil.copytree(EXERCISE, folder, ignore=shutil.ignore_patterns(CACHE, "out", "inbox"))
    for number, (table, row) in enumerate(rows):
        own = folder / "submissions" / OWNER / f"hidden-{number}"
        own.mkdir(parents=True)
        (own / "konvoi.csv").write_text(f"party,{OWNER}\nday,2031-02-26\nmarking,own\nexercise,yes\n")
        names = [column.name for column in BY_NAME[table].columns if column.name in row]
        with (own / f"{table}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, names, lineterminator="\n")
            writer.writeheader()
            writer.writerow(dict(row))
    return folder


def given(
    verb: str, folder: Path, reader: str, *, old: Path, out: Path, plan: Path | None = None
) -> dict[str, object]:
    """Return all that a verb gives a reader: terminal, messages, JSON, exit codes and written files.

    old: a workspace to compare with. plan: of the coordination cell. What a run writes for the coordination
    cell beside the brief is left out.
    """
    found: dict[str, object] = {}
    for name, more in (("terminal", ()), ("json", ("--json",))):
        if name == "terminal" and verb in WITHOUT_TERMINAL:
            continue
        place = out / name
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        asked = (VERBS | PLANNING)[verb]
        words = [word.format(dir=folder, old=old, out=place, plan=plan) for word in asked]
        called = konvoi(*words, "--for", reader, *more)
        # A view that is kept already is not gathered again: progress tells of the cache alone.
        told = "\n".join(line for line in called.err.splitlines() if not line.endswith(" …"))
        texts = {"stdout": called.out, "stderr": told}
        # Both worlds lie in folders of their own.
        found |= {
            f"{name} {kind}": text.replace(str(folder), "DIR").replace(str(place), "OUT")
            for kind, text in texts.items()
        }
        found[f"{name} exit code"] = called.code
        found |= {
            f"{name} file {path.relative_to(place)}": path.read_bytes()
            for path in sorted(place.rglob("*"))
            if path.is_file() and not path.relative_to(place).parts[0].endswith("-cell")
        }
    return found


def differences(one: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    """Return the names under which two worlds give a reader something else."""
    return [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]
