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
    "_IN_SETTINGS",
    "_FINDINGS",
    "_IS_NOT",
    "SENTENCES",
    "STATES",
    "_ENTRY_HEADS",
    "_HOW",
    "_UNSURE",
    "SHEETS",
    "PIECES",
    "KNOWN",
    "_HEADS",
}
SCALES = {"{currency} {amount} bn", "{currency} {amount} m", "{currency} {amount}"}
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


ROOMS = ("intake", "ledger", "link", "reconcile", "align", "accord", "fund", "flow")
_SENTENCES = {"_WORDS", "_FAULTS", "_UNKNOWN"}


def room_ids() -> dict[str, str]:
    """The sentences of other rooms that reach a brief, each with the file it stands in.

    What is expected and what to do of findings, the levels and names of comparisons, tables of such words.
    """
    found: dict[str, str] = {}
    for path in (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))):
        for text in _of_room(ast.parse(path.read_text("utf-8"))):
            found.setdefault(text, path.relative_to(ROOT).as_posix())
    return found


def _of_room(tree: ast.Module) -> list[str]:
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            keys = {"expected", "remedy"} | ({"name"} if _name(node.func) == "Comparison" else set())
            found += [text for word in node.keywords if word.arg in keys for text in _texts(word.value)]
            if _name(node.func) == "Level" and node.args:
                found += _texts(node.args[0])
        elif isinstance(node, ast.Assign | ast.AnnAssign) and _target(node) in _SENTENCES and node.value:
            found += [text for part in _leaves(node.value) for text in _texts(part) if " " in text]
    return found


def _leaves(node: ast.expr) -> list[ast.expr]:
    """The values of a table of words, however deep its tuples."""
    if isinstance(node, ast.Dict):
        return [leaf for value in node.values for leaf in _leaves(value)]
    if isinstance(node, ast.Tuple):
        return [leaf for item in node.elts for leaf in _leaves(item)]
    return [node]
