"""The terminal speaks the language that is asked for, and names columns as the sender's workbook does."""

import ast
import io
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from openpyxl import load_workbook
from tests.cli.calling import Called, konvoi
from tests.flow.workspaces import workspace

from konvoi.cli import i18n
from konvoi.cli.i18n import VARIABLE
from konvoi.report.language import Language
from konvoi.report.resources import catalogues, resource

CLI = Path(__file__).resolve().parents[2] / "src" / "konvoi" / "cli"


def german(folder: Path) -> Path:
    """A German workbook with an amount that is none, and a route that is none."""
    path = folder / "Liste.xlsx"
    assert konvoi("template", path, "--lang", "de", "--for", "desk", "--full").code == 0
    book = load_workbook(path)
    sheet = book["Posten"]
    row = next(n for n in range(1, 5) if str(sheet.cell(n, 1).value).startswith("Posten"))
    named = {
        str(cell.value).removesuffix(" *").partition(" [")[0]: cell.column
        for cell in sheet[row]
        if cell.value
    }
    for name, value in {
        "Posten": "L-1",
        "Paket": "P-1",
        "Menge": "4O",
        "Lieferweg": "aus Bestaenden her",
    }.items():
        sheet.cell(row + 1, named[name], value)
    book.save(path)
    return path


def reading(path: Path) -> Called:
    called = konvoi("read", path)
    assert called.code == 1
    return called


def test_a_german_workbook_is_told_of_with_its_own_columns_and_choices(tmp_path: Path) -> None:
    """In whatever language one speaks: the desk looks for what stands there."""
    said = reading(german(tmp_path)).err
    assert "error: Liste.xlsx: Sheet “Posten”, row 2, column “Menge [Einheit]”: “4O” is not a number." in said
    assert "Did you mean aus Beständen?" in said


def test_what_the_environment_asks_for_is_spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "de_DE.UTF-8")
    called = reading(german(tmp_path))
    assert (
        "Fehler: Liste.xlsx: Blatt „Posten“, Zeile 2, Spalte „Menge [Einheit]“: „4O“ ist keine Zahl."
        in called.err
    )
    assert "1 Dokument, 2 Fehler" in called.out


@pytest.mark.slow
def test_a_workspaces_first_language_is_spoken_unless_another_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = workspace(tmp_path)
    settings = folder / "konvoi.toml"
    settings.write_text(settings.read_text().replace("[rules]", 'languages = ["uk", "en"]\n[rules]'))
    assert "не враховано" in konvoi("total", folder, "--stage", "received").out
    assert konvoi("total", folder, "--json").json["stage"] == "pledged"
    monkeypatch.setenv(VARIABLE, "en")
    assert "left out" in konvoi("total", folder, "--stage", "received").out


def test_the_language_of_a_command_ends_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "uk")
    assert "не враховано" in konvoi("total", workspace(tmp_path), "--stage", "received").out
    assert i18n.code() == "en"


def test_numbers_are_written_as_the_language_writes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "de")
    called = konvoi("total", workspace(tmp_path), "--stage", "committed")
    assert called.out.startswith("1.000,00 EUR")


def test_json_is_the_same_in_every_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = german(tmp_path)
    said = []
    for code in ("en", "de", "uk"):
        monkeypatch.setenv(VARIABLE, code)
        said.append(konvoi("read", path, "--json").out)
    assert said[0] == said[1] == said[2]
    assert '"column": "quantity"' in said[0]


def test_a_language_that_is_none_of_ours_is_told_of_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "fr")
    assert konvoi("total", workspace(tmp_path)).err.startswith("KONVOI_LANG=fr: none of en, de, uk")


def test_a_new_workspace_has_the_language_that_is_spoken_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "uk")
    called = konvoi("init", tmp_path / "cell")
    assert 'languages = ["uk", "en", "de"]' in (tmp_path / "cell" / "konvoi.toml").read_text()
    monkeypatch.delenv(VARIABLE)
    assert "робочим простором" in called.out


@pytest.mark.parametrize("code", ["de", "uk"])
def test_every_sentence_of_the_terminal_is_translated(code: str) -> None:
    known = {
        message.id if isinstance(message.id, str) else message.id[0]
        for name in catalogues(code)
        for message in read_po(io.BytesIO(resource(name)), locale=code)
    }
    assert sorted(_ids() - known) == []


@pytest.mark.slow
def test_a_walk_through_the_verbs_meets_no_word_that_is_not_translated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What only running shows: words that come as values."""
    missed = set()
    say = Language.say

    def heard(self: Language, id: str, *rest: object) -> str:
        told = say(self, id, *rest)  # type: ignore[arg-type]
        if (
            id
            and self.code == "uk"
            and told == id
            and any(letter.isalpha() for letter in id)
            and "{" not in id
        ):
            missed.add(id)
        return told

    folder = workspace(tmp_path / "w")
    monkeypatch.setenv(VARIABLE, "uk")
    monkeypatch.setattr(Language, "say", heard)
    konvoi("run", folder)
    plan = folder / "out-cell" / "plan"
    walks = [
        ("total", folder, "--stage", "received", "--oversupply", "--show-double"),
        ("total", folder, "--what", "quantity", "--stage", "delivered", "--exact"),
        ("plan", "solve", folder),
        ("plan", "what-if", plan, "--problem", folder, "--close", "road", "--out", tmp_path / "what-if"),
        ("plan", "audit", folder, plan),
        ("plan", "forecast", folder, plan),
        ("delivery", "reconcile", folder, "--all"),
        ("plan", "standards", folder),
        ("review", "--list", "--dir", folder),
        ("withdraw", "--list", "--dir", folder),
        ("ask", "--dir", folder),
    ]
    for walk in walks:
        konvoi(*walk)
    assert missed - {"tent", "AR", "BO", "t", "kg"} == set()


def _ids() -> set[str]:
    """The texts that `said` is called with, itself or by a name that is given them just before."""
    found: set[str] = set()
    for path in sorted(CLI.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            given = {
                target.id: node.value
                for node in ast.walk(function)
                if isinstance(node, ast.Assign)
                for target in node.targets
                if isinstance(target, ast.Name)
            }
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    many = node.func.id == "_said"
                    for argument in node.args[: None if many else 1] if "said" in node.func.id else ():
                        value = given.get(argument.id) if isinstance(argument, ast.Name) else argument
                        if isinstance(value, ast.Constant) and isinstance(value.value, str):
                            found.add(value.value)
    return found


def test_the_tables_of_a_document_are_counted_under_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "de")
    assert "Posten: 1" in reading(german(tmp_path)).out
