"""Every action that the audit log can state stands in its reference."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "reference" / "audit-log.md"
NAME = re.compile(r"[a-z]+(?:-[a-z]+)*")


def actions() -> dict[str, str]:
    """The actions that code records, with the file of each.

    They are given to `record` or `_record`, or stand in a table by step.
    """
    found: dict[str, str] = {}
    for path in sorted((ROOT / "src" / "konvoi" / "web").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("record", "_record"):
                place = 1 if getattr(node.func, "id", "") == "record" else 0
                if len(node.args) > place:
                    for one in _texts(node.args[place], tree):
                        found.setdefault(one, path.name)
    return found


def _texts(node: ast.expr, tree: ast.Module) -> list[str]:
    """The texts that an action may be."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return _texts(node.body, tree) + _texts(node.orelse, tree)
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        for one in tree.body:
            named = isinstance(one, ast.Assign) and getattr(one.targets[0], "id", "") == node.value.id
            if named and isinstance(one, ast.Assign) and isinstance(one.value, ast.Dict):
                return [text for value in one.value.values for text in _texts(value, tree)]
    return []


def test_every_action_stands_in_the_reference() -> None:
    known = actions()
    assert {"started", "signed-in", "role-confirmed", "settings-changed"} <= set(known)
    rows = [line.split("|")[1] for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    listed = {name for row in rows for name in re.findall(r"`([a-z_-]+)`", row)}
    assert {name: where for name, where in known.items() if name not in listed} == {}
    assert all(NAME.fullmatch(one) for one in known)
