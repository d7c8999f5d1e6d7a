"""Finds the message ids of the report: in calls, in tables of sentences, in templates, in the vocabulary."""

import ast
import re
from pathlib import Path

from konvoi.report.language import PLURALS
from konvoi.report.vocabulary import words

ROOT = Path(__file__).parents[2] / "src" / "konvoi"
CALLS = {"Message", "say", "_say"}
VARIABLES = {"text"}
TABLES = {
    "_PLACES",
    "_FINDINGS",
    "_IS_NOT",
    "SENTENCES",
    "STATES",
    "WITHHELD",
    "_ENTRY_HEADS",
    "_HOW",
    "_UNSURE",
}
SCALES = {"{currency} {amount} bn", "{currency} {amount} m", "{currency} {amount} k", "{currency} {amount}"}
_TEMPLATE = re.compile(r'say\("([^"]+)"(?:, "([^"]+)")?')


def message_ids() -> dict[str, str]:
    """Every id of the report with its plural (empty for none)."""
    found = dict.fromkeys(words(), "") | PLURALS | dict.fromkeys(SCALES, "")
    for path in sorted((ROOT / "report").rglob("*.py")):
        if path.name != "template.py":
            found |= _of_code(ast.parse(path.read_text("utf-8")))
    for path in sorted((ROOT / "report" / "templates").glob("*.j2")):
        for one, many in _TEMPLATE.findall(path.read_text("utf-8")):
            found[one] = many
    found.pop("", None)
    return found


def _of_code(tree: ast.Module) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in CALLS:
            found |= _of_call(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and _target(node) in TABLES | VARIABLES:
            keep = node.value.values if isinstance(node.value, ast.Dict) else [node.value]
            found |= {text: "" for part in keep if part for text in _texts(part) if text}
    return found


def _of_call(node: ast.Call) -> dict[str, str]:
    ids = _texts(node.args[0]) if node.args else []
    if len(node.args) >= 3 and (many := _texts(node.args[2])):
        return {ids[0]: many[0]}
    return dict.fromkeys(ids, "")


def _texts(node: ast.expr) -> list[str]:
    """The strings that an expression may give: itself, both arms of a condition, the items of a tuple."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp():
            return _texts(node.body) + _texts(node.orelse)
        case ast.Tuple() | ast.List():
            return [text for item in node.elts for text in _texts(item)]
    return []


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _target(node: ast.Assign | ast.AnnAssign) -> str:
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return _name(target)
