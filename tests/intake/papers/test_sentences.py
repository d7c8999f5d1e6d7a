"""Every sentence of a finding on papers and what differs between them is there in German and Ukrainian."""

import ast
import re
from pathlib import Path

import pytest

from konvoi.report.language import catalogue

SOURCE = Path(__file__).resolve().parents[3] / "src" / "konvoi"
MODULES = (
    *("intake/formats/ubl", "intake/formats/epcis", "intake/papers/ubl", "intake/papers/events"),
    *("intake/papers/posting", "ledger/differences", "ledger/pieces"),
)
NAMES = {"words", "_ORDERED", "_ASK", "_NO_PAPER", "_HAND_IN", "_KEPT"}


def sentences(path: Path) -> set[str]:
    """What is said in pairs of words, in tables of such, and as a finding's expected and remedy."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        said: list[ast.expr] = []
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id in NAMES
        ):
            said = [node.value]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Finding", "_refused"):
            said = [*node.args[3:], *(k.value for k in node.keywords if k.arg in ("expected", "remedy"))]
        parts = [part for one in said for part in ast.walk(one) if isinstance(part, ast.Constant)]
        found |= {part.value for part in parts if isinstance(part.value, str) and " " in part.value}
    return found


SAID = sorted(set().union(*(sentences(SOURCE / f"{name}.py") for name in MODULES)))


def test_the_sentences_are_found() -> None:
    assert len(SAID) > 50
    assert "Agree with the sender on return or replacement." in SAID


@pytest.mark.parametrize("language", ["de", "uk"])
def test_each_sentence_is_translated_with_the_same_blanks(language: str) -> None:
    known = {sentence: catalogue(language).gettext(sentence) for sentence in SAID}
    assert [sentence for sentence, said in known.items() if said == sentence] == []
    blanks = {text: sorted(re.findall(r"\{\w+\}", text)) for text in (*known, *known.values())}
    assert [one for one, said in known.items() if blanks[one] != blanks[said]] == []
