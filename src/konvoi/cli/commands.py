"""The commands of the command line, by the part of the help in which they stand.

A command is a file with a `command`: `report overdue` is konvoi/cli/report/overdue.py, `-` is written `_`.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Part(NamedTuple):
    """One part of the help, with its commands in the order in which a newcomer meets them."""

    title: str
    names: tuple[str, ...]


PARTS = (
    Part("Start", ("init", "demo", "add", "withdraw", "read", "run", "brief")),
    Part("Figures", ("total", "show", "table", "report", "release")),
    Part("Duplicates", ("review", "match")),
    Part("Partners", ("template", "map", "ask", "bundle", "receive", "keys")),
    Part("Groups", ("plan", "delivery", "agreement", "meeting", "funding", "sanctions")),
    Part(
        "Instance",
        (
            "serve",
            "worker",
            "verify",
            "backup",
            "restore",
            "erase-person",
            "doctor",
            "import-workspace",
            "export-workspace",
        ),
    ),
)

GROUPS: Mapping[str, tuple[str, ...]] = {
    "report": ("pipeline", "tempo", "overdue", "outlook", "effect", "stalled", "changes"),
    "plan": ("solve", "what-if", "audit", "orders", "standards", "forecast", "learn"),
    "delivery": ("papers", "reconcile"),
    "agreement": ("clauses", "positions", "contracts"),
    "meeting": ("pack", "actions", "remind"),
    "funding": ("tranches", "projects"),
    "sanctions": ("lists", "matrix", "propose", "screen"),
    "keys": ("make", "add", "list"),
}
"""Groups of commands, each a folder of konvoi/cli."""

COMMANDS = tuple(
    name
    for part in PARTS
    for first in part.names
    for name in ([f"{first} {one}" for one in GROUPS[first]] if first in GROUPS else [first])
)
"""All commands, as they are typed."""

FORMER: Mapping[str, str] = {
    "undo": "withdraw",
    "gap": "report pipeline",
    "tempo": "report tempo",
    "late": "report overdue",
    "outlook": "report outlook",
    "effect": "report effect",
    "stalled": "report stalled",
    "diff": "report changes",
    "solve": "plan solve",
    "what-if": "plan what-if",
    "audit": "plan audit",
    "orders": "plan orders",
    "standards": "plan standards",
    "forecast": "plan forecast",
    "learn": "plan learn",
    "papers": "delivery papers",
    "reconcile": "delivery reconcile",
    "clauses": "agreement clauses",
    "positions": "agreement positions",
    "contracts": "agreement contracts",
    "session": "meeting pack",
    "steps": "meeting actions",
    "tranches": "funding tranches",
    "projects": "funding projects",
    "lists": "sanctions lists",
    "propose": "sanctions propose",
    "screen": "sanctions screen",
    "trace": "show --trace",
}
"""Former names of commands, which work for one version."""


class Current(NamedTuple):
    """Words as they are typed now, and the former and present name where a former one was typed."""

    words: tuple[str, ...]
    former: str = ""
    present: str = ""


def current(words: tuple[str, ...]) -> Current:
    """Return the words of a command line with a former name of a command replaced by its present one."""
    if not words:
        return Current(words)
    first, rest = words[0], words[1:]
    if first in FORMER:
        return Current((*FORMER[first].split(), *rest), first, FORMER[first])
    if first == "judge":
        present = "review" if "--verdict" in rest else "review --list"
        return Current((*present.split(), *rest), first, present)
    # The matrix was the command of which the group bears the name.
    if first == "sanctions" and rest and rest[0].startswith("-") and rest[0] not in ("-h", "--help"):
        return Current((first, "matrix", *rest), first, "sanctions matrix")
    return Current(words)
