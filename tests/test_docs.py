"""The docs say what the code does: generated pages are fresh, columns and codes are there, links lead on."""

import ast
import importlib.util
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

from konvoi.align import citing, compare, gap_programmes, matrix
from konvoi.align.frames import SCHEMAS as LISTS
from konvoi.flow import settings
from konvoi.forecast import outlook
from konvoi.ledger.answer import Total
from konvoi.model import boundary, entries
from konvoi.model.table import QUANTITY
from konvoi.plan import plan
from konvoi.reconcile import judgement

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
SOURCES = sorted((ROOT / "src").rglob("*.py"))
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATE = _generator()


@pytest.mark.parametrize("name", sorted(GENERATE.PAGES))
def test_a_generated_page_is_as_the_code_makes_it(name: str) -> None:
    """Where this fails: PYTHONPATH=src .venv/bin/python docs/generate.py"""
    page = DOCS / "reference" / name
    assert page.read_text("utf-8") == GENERATE.PAGES[name]()


SCHEMAS = {
    ("entries.md", "Entries"): entries.ENTRIES,
    ("entries.md", "Scopes"): entries.SCOPES,
    ("entries.md", "Claims"): entries.CLAIMS,
    ("relations.md", "Columns"): entries.RELATIONS,
    ("relations.md", "Judgements"): judgement.JUDGEMENTS,
    ("totals.md", "Sides"): boundary.SIDES,
    ("problem.md", "movements.csv"): plan.MOVEMENTS,
    ("problem.md", "legs.csv"): plan.LEGS,
    ("problem.md", "unmet.csv"): plan.UNMET,
    ("problem.md", "prices.csv"): plan.PRICES,
    ("problem.md", "payments.csv"): plan.PAYMENTS,
    ("problem.md", "Needs in a forecast"): outlook.NEEDS,
    ("problem.md", "Movements in a forecast"): outlook.MOVEMENTS,
}
SCHEMAS |= {("listings.md", name): schema for name, schema in LISTS.items()}
SCHEMAS |= {
    ("listings.md", "matrix"): matrix.MATRIX,
    ("listings.md", "covers"): matrix.COVERS,
    ("listings.md", "shares"): compare.SHARES,
    ("listings.md", "gaps"): compare.GAPS,
    ("listings.md", "lags"): compare.LAGS,
    ("listings.md", "gap programmes"): gap_programmes.DRAWN,
    ("listings.md", "cited"): citing.CITED,
}
WORDS = {
    pl.String(): "text",
    pl.Date(): "day",
    pl.Int64(): "whole number",
    pl.Float64(): "number",
    pl.Boolean(): "yes or no",
    QUANTITY: "exact decimal",
}


@pytest.mark.parametrize(("page", "section"), sorted(SCHEMAS))
def test_every_column_of_a_schema_stands_in_its_page_with_its_type(page: str, section: str) -> None:
    """In the schema's order, so that a reader finds a column where the file has it."""
    text = (DOCS / "reference" / page).read_text("utf-8")
    part = re.split(r"^## ", text, flags=re.MULTILINE)
    body = next(p for p in part if p.startswith(section + "\n"))
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", body, flags=re.MULTILINE)
    expected = [(name, WORDS[kind]) for name, kind in SCHEMAS[page, section].items()]
    assert [(name, kind.strip()) for name, kind in rows] == expected


def _parameter(function: ast.FunctionDef, name: str) -> int | None:
    """The position of a parameter of a function."""
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return names.index(name) if name in names else None


def _room(path: Path) -> str:
    """The room that a file lies in."""
    return path.relative_to(ROOT / "src" / "konvoi").parts[0]


def _takers(trees: dict[Path, ast.Module]) -> dict[tuple[str, str], int]:
    """By room and name, where a function takes a `code`; a method is known in its own room only."""
    rooms = {_room(path) for path in trees}
    takers = {(room, "Finding"): 1 for room in rooms}
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and (at := _parameter(node, "code")) is not None:
                method = node.args.args[0].arg == "self"
                where = {_room(path)} if method else rooms
                takers |= {(room, node.name): at - method for room in where}
    return takers


def _codes() -> Iterator[tuple[str, str]]:
    """Every finding's code that the sources name, with the file: given to `Finding` or as a `code`."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in SOURCES}
    takers = _takers(trees)
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = [k.value for k in node.keywords if k.arg == "code"]
            at = takers.get((_room(path), name))
            given += [] if at is None else node.args[at : at + 1]
            for value in given:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield value.value, path.relative_to(ROOT).as_posix()


def _documented() -> dict[str, str]:
    """Each documented code with how heavy it is."""
    topics = sorted((DOCS / "reference" / "findings.d").glob("*.md"))
    rows = [row for topic in topics for row in GENERATE.finding_rows(topic.read_text("utf-8"))]
    return {code: severity for code, severity, *_ in rows}


@pytest.mark.slow
def test_every_finding_has_its_line_in_the_reference() -> None:
    """Whoever gets a finding looks its code up there."""
    known = _documented()
    shaped = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
    assert sorted({(code, at) for code, at in _codes() if shaped.fullmatch(code) and code not in known}) == []


def test_no_finding_is_documented_that_nothing_raises() -> None:
    """A code that is gone leaves its line, too."""
    sources = "\n".join(path.read_text("utf-8") for path in SOURCES)
    assert [code for code in _documented() if f'"{code}"' not in sources] == []


def test_every_finding_says_how_heavy_it_is() -> None:
    """One word of three, or several where it depends."""
    heavy = {"note", "warning", "error"}
    odd = {c: s for c, s in _documented().items() if not set(re.findall(r"\w+", s)) - {"or"} <= heavy}
    assert odd == {}


def _anchors(page: Path) -> set[str]:
    """The anchors that headings make on a forge: lower case, blanks as dashes, no other signs."""
    found = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), flags=re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", h)).strip() for h in found]
    return {heading.lower().replace(" ", "-") for heading in plain}


def test_every_link_between_pages_leads_somewhere() -> None:
    """Also to the heading, where one is named."""
    broken = []
    for page in PAGES:
        text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"", text):
            link = target[0] or target[1]
            if re.match(r"[a-z]+:", link):
                continue
            path, _, anchor = link.partition("#")
            goal = (page.parent / path).resolve() if path else page
            if not goal.exists() or (anchor and goal.suffix == ".md" and anchor not in _anchors(goal)):
                broken.append(f"{page.relative_to(ROOT)}: {link}")
    assert broken == []


def test_every_page_is_reached_from_the_index() -> None:
    """A page that nobody can find is not there."""
    index = (DOCS / "index.md").read_text("utf-8")
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in re.findall(r"\]\(([^)\s]+)\)", index)}
    lone = [p for p in DOCS.rglob("*.md") if p.name != "index.md" and p.parent.name != "findings.d"]
    assert [p.relative_to(DOCS).as_posix() for p in sorted(lone) if p.resolve() not in linked] == []


def test_every_package_of_the_core_has_its_reason() -> None:
    """docs/reference/dependencies.md says for each why it and not another."""
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    listed = re.search(r"^dependencies = \[(.*?)\]", project, flags=re.DOTALL | re.MULTILINE)
    assert listed is not None
    names = re.findall(r'"([\w-]+)', listed.group(1))
    reasons = (DOCS / "reference" / "dependencies.md").read_text("utf-8")
    assert [name for name in names if f"| {name} |" not in reasons] == []


def test_every_key_of_a_total_stands_in_its_page() -> None:
    """The JSON of `konvoi total` is a promise to those who build on it."""
    none = Decimal(0)
    answer = Total(none, none, none, none, "EUR", "amount", "pledged", False, "", "").as_dict()
    page = (DOCS / "reference" / "totals.md").read_text("utf-8")
    assert [key for key in answer if f"`{key}`" not in page] == []


def test_every_key_of_a_workspace_stands_in_its_page() -> None:
    """Each with what holds where it is left out."""
    page = (DOCS / "reference" / "workspace.md").read_text("utf-8")
    keys = [key for keys in settings._KNOWN.values() for key in keys or ()]
    assert [key for key in (*settings._KNOWN, *keys) if f"`{key}`" not in page] == []
