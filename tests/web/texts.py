"""Collect the texts of the pages: message ids of templates and of calls, with where they stand."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.text import smart_split

from konvoi.web.access.roles import Role
from konvoi.web.pages.context import NAVIGATION
from konvoi.web.sign_in.demo import PERSONAS

SOURCE = Path(__file__).parents[2] / "src" / "konvoi"
WEB = SOURCE / "web"
_TAG = re.compile(r"\{%\s*say\s+(.*?)%\}", re.DOTALL)
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Text:
    """A message id. many: its plural, if it has one; values: names of the values that are given with it."""

    id: str
    many: str
    values: frozenset[str]
    where: str

    @property
    def missing(self) -> frozenset[str]:
        """Return the placeholders for which no value is given."""
        return frozenset(PLACEHOLDER.findall(self.id + self.many)) - self.values


def of_templates() -> Iterator[Text]:
    """Yield the message ids that stand in templates."""
    for path in sorted(WEB.rglob("*.html")):
        for found in _TAG.finditer(path.read_text(encoding="utf-8")):
            words = list(smart_split(found[1].strip()))
            ids = [one[1:-1] for one in words if one[0] in "\"'" and one[-1] == one[0]]
            values = frozenset(one.partition("=")[0] for one in words if re.match(r"\w+=", one))
            if words[0][0] in "\"'":
                yield Text(ids[0], ids[1] if len(ids) > 1 else "", values, path.name)


def _calls(name: str, folder: Path) -> Iterator[tuple[ast.Call, str]]:
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if f"{name}(" in text else ():
            if isinstance(node, ast.Call) and _named(node.func) == name:
                yield node, f"{path.name}:{node.lineno}"


def _named(function: ast.expr) -> str:
    return getattr(function, "id", "") or getattr(function, "attr", "")


def _constant(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def of_calls() -> Iterator[Text]:
    """Yield the message ids of calls of `say` in the web."""
    for call, where in _calls("say", WEB):
        found = [_constant(one) for one in call.args]
        if found and found[0]:
            values = frozenset(one.arg for one in call.keywords if one.arg)
            if any(one.arg is None for one in call.keywords):
                values |= frozenset(PLACEHOLDER.findall(found[0]))
            yield Text(found[0], found[1] if len(found) > 1 else "", values, where)


def of_errors() -> Iterator[Text]:
    """Yield the reasons that jobs give where a process ended."""
    for name in ("end", "update"):
        for call, where in _calls(name, WEB):
            for one in call.keywords:
                arms = [one.value.body, one.value.orelse] if isinstance(one.value, ast.IfExp) else [one.value]
                found = [text for arm in arms if one.arg == "error" and (text := _constant(arm))]
                yield from (Text(text, "", frozenset(), where) for text in found)


def of_progress() -> Iterator[Text]:
    """Yield the phases that a run or a job reports, in capitals as a page shows them."""
    for call, where in _calls("Progress", SOURCE):
        if call.args and (phase := _constant(call.args[0])):
            yield Text(phase[0].upper() + phase[1:], "", frozenset(), where)
    for call, where in _calls("tell", WEB):
        if len(call.args) > 1 and (phase := _constant(call.args[1])):
            yield Text(phase, "", frozenset(), where)


def of_values() -> Iterator[Text]:
    """Yield the message ids that come as values: entries of the navigation, roles and personas."""
    import konvoi.web.urls  # noqa: F401 (its lists declare texts)
    from konvoi.web.lists.query import LISTS

    of_lists = [
        text
        for one in LISTS.values()
        for text in (
            one.title,
            one.empty,
            *(column.title for column in one.shown),
            *(column.absent for column in one.shown),
            *(filter.title for filter in one.filters),
        )
        if isinstance(text, str) and text
    ]
    for names, where in (
        (of_lists, "lists"),
        ([one.name for one in NAVIGATION], "navigation"),
        ([one.value for one in Role], "roles"),
        ([one.function for one in PERSONAS], "personas"),
    ):
        yield from (Text(one, "", frozenset(), where) for one in names)


@cache
def texts() -> tuple[Text, ...]:
    """Return all texts of the pages."""
    return (*of_templates(), *of_calls(), *of_errors(), *of_progress(), *of_values())
