"""Refusals speak the language of the terminal: each has a template in the catalogues."""

import ast
import re
from pathlib import Path

import pytest
from tests.cli.calling import konvoi

from konvoi.cli.i18n import VARIABLE, speak
from konvoi.cli.refusals import spoken
from konvoi.report.localized_refusal import refusals

SOURCE = Path(__file__).resolve().parents[2] / "src" / "konvoi"
RAISED = {"Refused", "UsageError", "BadParameter", "Unreadable", "Incomplete", "Damaged"}
WITHOUT_WORDS = {"{0}: {1}", "{0}: {1}; {2}; {3}"}
"""Templates that hold no word of their own: their parts are messages of other programs."""


def template(node: ast.expr) -> str | None:
    """The text of a message with {0}, {1} … in place of its values; None where it is made elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        values = iter(range(len(node.values)))
        parts = (one.value if isinstance(one, ast.Constant) else f"{{{next(values)}}}" for one in node.values)
        return "".join(map(str, parts))
    return None


def raised() -> dict[str, str]:
    """The templates of all refusals, with the place of each."""
    found: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            text = template(node.args[0]) if name in RAISED else None
            if text is not None and text not in WITHOUT_WORDS:
                found.setdefault(text, f"{path.relative_to(SOURCE)}:{node.lineno}")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "uk"])
def test_every_refusal_is_translated_with_its_values(language: str) -> None:
    known = refusals(language)
    assert len(raised()) > 150
    assert {text: place for text, place in raised().items() if text not in known} == {}
    gaps = re.compile(r"\{\d\}")
    wrong = [one for one, told in known.items() if sorted(gaps.findall(one)) != sorted(gaps.findall(told))]
    assert wrong == []


def test_a_refusal_is_spoken_and_stays_english_in_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "de")
    called = konvoi("total", tmp_path / "no.xlsx")
    assert called.code == 2
    assert "Alle Optionen: konvoi total --help" in called.err
    empty = tmp_path / "cell"
    assert konvoi("init", empty).code == 0
    refused = konvoi("run", empty)
    assert refused.code == 3
    assert "noch keine Meldungen; eine einlesen: konvoi add FILE --from PARTY" in refused.err
    message = konvoi("run", empty, "--json").json["error"]["message"]
    assert message == "no submissions yet; import one: konvoi add FILE --from PARTY"


def test_the_most_specific_template_counts_and_other_messages_stay_as_they_are() -> None:
    speak("de")
    try:
        assert spoken("a.csv: cannot be read: no such line; mend that line") == (
            "a.csv: nicht lesbar: no such line; berichtigen Sie diese Zeile"
        )
        assert spoken("something else altogether") == "something else altogether"
    finally:
        speak("en")
    assert spoken("no submissions yet") == "no submissions yet"
