"""What the import contracts, the linter and the type checker cannot say about the house."""

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from konvoi.align.regimes import REGIMES
from konvoi.report.page import Name
from konvoi.report.sanctions.listed import regime

BY_REGIME = {regime.name: regime for regime in REGIMES}
ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "konvoi"
TESTS = ROOT / "tests"

EXTENSIONS = (
    "model/tables",
    "intake/formats",
    "intake/checks",
    "ledger/rules",
    "reconcile/comparisons",
    "reconcile/relations",
    "align/regimes",
    "plan/constraints",
    "plan/goals",
    "forecast/delays",
    "fund/principles",
    "report/reports",
    "report/writers",
    "report/papers",
    "report/charts",
    "flow/submissions/questions",
)
READING = ("intake/formats", "align/regimes")
ENGINES = ("kit", "model", "link", "intake", "ledger", "reconcile", "align", "plan", "forecast", "report")
# A crash of a stranger's file ends in the child that reads it, whatever it was.
MAY_CATCH_ALL = {"src/konvoi/gateways/sandbox_child.py"}
NAMED_BY_LIBRARIES = {"get_command", "get_params", "get_by_natural_key"}

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 60
POSITIONAL_PARAMETERS = 5

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _python(*folders: str) -> list[Path]:
    """Every Python file of ours below folders, in order; what peers of a benchmark install is not."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if ".envs" not in path.parts)


OURS = _python("src", "tests", "bench", "docs", "examples")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class FunctionFacts:
    """A function of a source file: its lines without the docstring, and its parameters by position."""

    name: str
    lines: int
    positional: int


@dataclass(frozen=True)
class Source:
    """Facts of a source file that tests ask of all files, so that each is parsed once.

    imports: `from` imports as (module, names); those of whole modules as (module, ()).
    """

    functions: tuple[FunctionFacts, ...]
    classes: tuple[str, ...]
    docstrings: tuple[str, ...]
    imports: tuple[tuple[str, tuple[str, ...]], ...]
    catches_all: bool


@cache
def _source(path: Path) -> Source:
    functions: list[FunctionFacts] = []
    classes: list[str] = []
    docstrings: list[str] = []
    imports: list[tuple[str, tuple[str, ...]]] = []
    catches_all = False
    for node in ast.walk(_tree(path)):
        if isinstance(node, Function):
            places = [a for a in (*node.args.posonlyargs, *node.args.args) if a.arg not in ("self", "cls")]
            functions.append(FunctionFacts(node.name, _length(node), len(places)))
        elif isinstance(node, ast.ClassDef):
            classes.append(node.name)
        elif isinstance(node, ast.ImportFrom) and node.module:
            imports.append((node.module, tuple(one.name for one in node.names)))
        elif isinstance(node, ast.Import):
            imports += [(one.name, ()) for one in node.names]
        elif isinstance(node, ast.ExceptHandler):
            catches_all |= _catches_all(node)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (
            said := ast.get_docstring(node)
        ):
            docstrings.append(said)
    return Source(tuple(functions), tuple(classes), tuple(docstrings), tuple(imports), catches_all)


def _length(function: Function) -> int:
    """Lines from `def` to the end, without the docstring."""
    first = function.body[0]
    said = ast.get_docstring(function, clean=False) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if said else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def _catches_all(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in ("Exception", "BaseException"))
        for kind in kinds
    )


def _members(folder: str) -> list[Path]:
    """The modules and packages in an extension folder; a name that starts with _ is a part of some member."""
    found = [path for path in (SOURCE / folder).glob("*") if not path.name.startswith(("_", "."))]
    return sorted(path for path in found if path.suffix == ".py" or (path / "__init__.py").exists())


def _module(path: Path) -> Path:
    """The file in which a member's docstring stands."""
    return path / "__init__.py" if path.is_dir() else path


def _imported(tree: ast.Module) -> dict[str, str]:
    """For each imported name, the last part of the module it comes from (its own, where it is a module)."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                names[alias.asname or alias.name] = node.module
    return names


def _registered(folder: str) -> set[str]:
    """The members that the tuple in a folder's `__init__` names, by value, by module or in words."""
    init = SOURCE / folder / "__init__.py"
    if not init.exists():
        return set()
    tree = _tree(init)
    package = "konvoi." + folder.replace("/", ".")
    imported = _imported(tree)
    found: set[str] = set()
    for statement in tree.body:
        value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        if not isinstance(value, ast.Tuple | ast.Dict):
            continue
        for node in ast.walk(value):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value.removeprefix(package + ".").replace("-", "_"))
            if isinstance(node, ast.Name) and node.id in imported:
                module = imported[node.id]
                below = module.removeprefix(package + ".") if module.startswith(package + ".") else node.id
                found.add(below.split(".")[0])
    return found


def _parts(folder: str, members: set[str]) -> set[str]:
    """The modules of a folder that its members (or its face) import: parts of a member, not members."""
    package = "konvoi." + folder.replace("/", ".")
    found: set[str] = set()
    waiting = ["__init__", *sorted(members)]
    while waiting:
        path = SOURCE / folder / f"{waiting.pop()}.py"
        if not path.exists():
            continue
        for node in ast.walk(_tree(path)):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            inside = node.module == package
            names = [a.name for a in node.names] if inside else [node.module.removeprefix(package + ".")]
            fresh = {n for n in names if (SOURCE / folder / f"{n}.py").exists()} - found - members
            found |= fresh
            waiting += sorted(fresh)
    return found


@pytest.mark.parametrize("folder", EXTENSIONS)
def test_every_file_of_an_extension_folder_is_in_its_tuple(folder: str) -> None:
    """A member that nobody listed would never be used; a part must be used by a member."""
    registered = _registered(folder)
    stems = {path.stem for path in _members(folder)}
    assert stems - registered - _parts(folder, registered) == set()


@pytest.mark.parametrize("folder", EXTENSIONS)
def test_every_member_says_in_a_sentence_what_it_is(folder: str) -> None:
    """The sentence is what people read of a member, in the docs and on the pages."""
    silent = [_name(p) for p in _members(folder) if not ast.get_docstring(_tree(_module(p)))]
    assert silent == []


@pytest.mark.parametrize("folder", EXTENSIONS)
def test_every_member_has_a_test(folder: str) -> None:
    """It stands at the mirrored path, so that everybody finds it."""
    known = _registered(folder)
    untested = [
        f"tests/{folder}/test_{path.stem}.py"
        for path in _members(folder)
        if path.stem in known and not (TESTS / folder / f"test_{path.stem}.py").exists()
    ]
    assert untested == []


@pytest.mark.parametrize("folder", READING)
def test_every_member_that_reads_something_has_a_sample(folder: str) -> None:
    """The damage test runs over the samples, so a format without one would go untested."""
    known = _registered(folder)
    samples = TESTS / folder / "samples"
    bare = [
        path.stem
        for path in _members(folder)
        if path.stem in known and not any((samples / path.stem).glob("*"))
    ]
    assert bare == []


def test_every_regime_has_a_row_in_the_table_of_regimes_and_says_there_if_it_was_never_tried() -> None:
    """Member states that share a reader share a row; what was not tried on a real file must say so."""
    page = (ROOT / "docs" / "how-to" / "read-sanctions-lists.md").read_text(encoding="utf-8")
    rows = {row.split("|")[1].strip(" `"): row for row in page.splitlines() if row.startswith("| `")}
    own = {path.stem for path in _members("align/regimes")} - {"national"}
    assert own - set(rows) == set()
    marked = {name for name in own if "not tried on a real file" in rows[name]}
    # Of the United Kingdom one of two lists was tried.
    assert marked == {name for name in own if BY_REGIME[name].untried} | {"uk"}


def test_every_regime_has_a_name_on_pages_in_each_language() -> None:
    bare = []
    for name in BY_REGIME:
        shown = regime(name)
        texts = (shown.en, shown.de, shown.uk) if isinstance(shown, Name) else (shown.id,)
        bare += [name for text in texts if not text or text.casefold() == name]
    assert bare == []


@pytest.mark.slow
def test_the_page_on_regimes_names_every_file_that_knows_them_by_name() -> None:
    """A new regime touches these; a path on the page that no longer exists misleads."""
    page = (ROOT / "docs" / "add" / "regimes.md").read_text(encoding="utf-8")
    names = {name for name, one in BY_REGIME.items() if not one.within}
    texts = {
        path: {node.value for node in ast.walk(_tree(path)) if isinstance(node, ast.Constant)}
        for path in OURS
        if path.parts[-2] not in ("samples",)
    }
    knowing = {_name(path) for path, held in texts.items() if len(held & names) > 2}
    assert {name for name in knowing if name.startswith("src/") and f"`{name}`" not in page} == set()
    paths = re.findall(r"`((?:src|tests|bench|docs)/[^`*]+)`", page)
    missing = [one for one in paths if "NAME" not in one and not (ROOT / one).exists()]
    assert missing == []


@pytest.mark.parametrize("folder", EXTENSIONS)
def test_every_extension_folder_has_a_page_on_how_to_add_to_it(folder: str) -> None:
    """The page walks a newcomer through one real member."""
    page = ROOT / "docs" / "add" / f"{folder.split('/')[-1]}.md"
    assert page.exists()


def test_long_files_are_reported() -> None:
    """Sizes are guidance: a longer file needs a reason, not a split."""
    long = {_name(p): n for p in OURS if (n := len(p.read_text("utf-8").splitlines())) > LINES_OF_A_FILE}
    for name, lines in sorted(long.items()):
        warnings.warn(f"{name}: {lines} lines", stacklevel=1)


@pytest.mark.slow
def test_long_functions_are_reported() -> None:
    """Sizes are guidance: a longer function may read well from top to bottom."""
    long = {
        f"{_name(path)}: {function.name}": function.lines
        for path in OURS
        for function in _source(path).functions
        if function.lines > LINES_OF_A_FUNCTION
    }
    for name, lines in sorted(long.items()):
        warnings.warn(f"{name}: {lines} lines", stacklevel=1)


def test_no_function_takes_many_parameters_by_position() -> None:
    """Beyond a few, a reader of the call cannot tell which is which: make them keyword-only."""
    many = {
        f"{_name(path)}: {function.name}"
        for path in _python("src")
        for function in _source(path).functions
        if function.positional > POSITIONAL_PARAMETERS
    }
    assert many == set()


def test_everything_is_caught_in_one_place_only() -> None:
    """Elsewhere it would swallow our own mistakes."""
    places = {_name(path) for path in _python("src") if _source(path).catches_all}
    assert places <= MAY_CATCH_ALL


def test_engines_ask_no_clock_and_no_global_chance() -> None:
    """The day and the seed are arguments, or two runs would not give the same bytes."""
    clock = re.compile(r"\b(?:date|datetime)\.(?:today|now|utcnow)\(")
    chance = re.compile(r"\bimport random\b|\brandom\.(?:seed|rand|randint|normal|choice|shuffle|uniform)\(")
    asking = {
        f"{_name(path)}:{number}"
        for path in _python(*(f"src/konvoi/{room}" for room in ENGINES))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if clock.search(line) or chance.search(line)
    }
    assert asking == set()


def _words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def test_names_are_words_of_the_field_and_not_of_the_pattern() -> None:
    """Such a name says nothing of what the thing is for."""
    empty = {"manager", "helper", "helpers", "util", "utils", "common"}
    empty |= {"base", "handler", "service", "processor"}
    found = set()
    for path in _python("src"):
        named = [path.stem, *(part.name for part in path.parents if part.is_relative_to(SOURCE))]
        named += [*(one.name for one in _source(path).functions), *_source(path).classes]
        wrong = {n for n in named if _words(n) & empty or n.startswith("get_")} - NAMED_BY_LIBRARIES
        found |= {f"{_name(path)}: {n}" for n in wrong}
    assert found == set()


CODE = {".py", ".sh", ".toml", ".cfg", ".css", ".js", ".in"}
TEXT = CODE | {".md", ".txt", ".csv", ".tsv", ".json", ".xml", ".html", ".po", ".svg", ".yml", ".yaml"}
SKIP = {".git", "out", "__pycache__", "node_modules", "build", "dist"}


def _texts() -> Iterator[tuple[Path, str]]:
    """Every text that the project ships, with its content."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = {part for part in parts[:-1] if part.startswith(".")} - {".ci"}
        if hidden or SKIP & set(parts):
            continue
        if path.is_file() and (path.suffix in TEXT or path.suffix == ""):
            yield path, path.read_text(encoding="utf-8", errors="replace")


def test_nothing_names_this_machine_or_an_index_or_unfinished_work() -> None:
    """The project must be whole on every machine; what is unfinished is an issue, not a remark."""
    forbidden = {
        "a path of one machine": r"(?<![\w./:-])/(?:work|tmp|root|home|Users)/\w",
        "a package index": r"pypi\.org/simple|pythonhosted|registry\.npmjs|--(?:extra-)?index-url",
        "unfinished work": r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b",
    }
    found = [
        f"{_name(path)}:{text.count(chr(10), 0, match.start()) + 1}: {what}"
        for path, text in _texts()
        if path != Path(__file__)
        for what, pattern in forbidden.items()
        for match in re.finditer(pattern, text)
    ]
    assert found == []


def test_the_locks_are_hashed_and_one_holds_the_other() -> None:
    """A test must run on the very versions that people get."""
    pins = {}
    for name in ("core", "dev", "uv"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        packages = [part for part in re.split(r"\n(?=\S)", text.strip()) if not part.startswith("#")]
        assert [part for part in packages if "--hash=sha256:" not in part] == []
        pins[name] = {re.split(r"[ ;\\]", part)[0] for part in packages}
    assert pins["core"] <= pins["dev"]
    assert not (ROOT / "uv.lock").exists()


SUBJECTS = frozenset(
    {
        *("submissions", "ledger", "matching", "planning", "deliveries"),
        *("forecast", "agreements", "meetings", "funding", "sanctions"),
    }
)
ACROSS = frozenset(
    {
        ("forecast.chapters", "ledger.brief_totals"),
        ("forecast.figures", "planning.movements_by_need"),
        ("forecast.forecast_workspace", "planning.problem"),
        ("funding.reconstruction", "matching.relate"),
        ("matching.judging", "sanctions.listings_judged"),
        ("matching.review_workbook", "submissions.origins"),
        ("meetings.session", "planning.problem"),
        ("planning.need_coverage", "deliveries.received"),
        ("planning.plan_workspace", "forecast.forecast_workspace"),
        ("planning.problem", "deliveries.in_transit"),
        ("planning.problem", "deliveries.received"),
        ("planning.problem", "sanctions.screening_workspace"),
        ("planning.supplies", "deliveries.in_transit"),
        ("planning.what_if", "forecast.forecast_workspace"),
        ("sanctions.listings_judged", "matching.relate"),
        ("sanctions.screening_file", "matching.match_files"),
        ("submissions.apply_answers", "matching.relate"),
        ("submissions.import_submission", "ledger.contributions"),
        ("submissions.import_submission", "ledger.exposure_preview"),
        ("submissions.import_submission", "ledger.preview"),
    }
)
"""Modules of flow that import one of another subject; the list may only become shorter."""


def imports() -> dict[str, set[str]]:
    """The modules of konvoi that each module of konvoi imports, in functions as well."""
    names = {
        ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__"): path
        for path in SOURCE.rglob("*.py")
    }
    found: dict[str, set[str]] = {}
    for name, path in names.items():
        found[name] = set()
        for module, members in _source(path).imports:
            asked = [f"{module}.{one}" for one in members]
            found[name] |= {one if one in names else module for one in asked or [module]} & names.keys()
    return found


def test_subjects_of_flow_import_one_another_only_where_it_is_listed() -> None:
    """They name each other's tables as inputs instead."""
    across = set()
    for name, others in imports().items():
        own = name.removeprefix("konvoi.flow.")
        for other in (one.removeprefix("konvoi.flow.") for one in others):
            mine, theirs = own.partition(".")[0], other.partition(".")[0]
            if {mine, theirs} <= SUBJECTS and mine != theirs:
                across.add((own, other))
    assert across == ACROSS


def test_no_modules_import_one_another_in_a_circle() -> None:
    try:
        TopologicalSorter(imports()).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


RELATIVE = re.compile(r"(what|which|whether|how|of|who|whom|whose|where|when|why)\b", re.IGNORECASE)
"""Words with which a docstring does not begin: language.md asks for a verb or a noun."""


def test_docstrings_begin_with_a_verb_or_a_noun() -> None:
    found = [docstring for path in SOURCE.rglob("*.py") for docstring in _source(path).docstrings]
    assert len(found) >= len(list(SOURCE.rglob("*.py")))
    strange = [docstring for docstring in found if RELATIVE.match(docstring)]
    assert strange == []
