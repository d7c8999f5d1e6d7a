"""Every sentence that a finding on a workbook can say is there in German and Ukrainian."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

SOURCE = Path(__file__).resolve().parents[2] / "src" / "konvoi"
MODULES = (
    *("cells", "dates", "numbers", "table", "sheets", "container", "konvoi", "facts", "postings"),
    *("references", "wire", "read", "formats/konvoi_workbook", "formats/konvoi_csv"),
)
WORDS = {
    *("reported by carrier", "reported by sender", "from stock", "0 B"),
    '[["statement", "stated as possible"]]',
}


def sentences(path: Path) -> set[str]:
    """Strings of several words that are no docstrings, no patterns, and not said to programmers."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            silent.add(id(node.value))
        if isinstance(node, ast.Raise | ast.JoinedStr):
            silent |= {id(inner) for inner in ast.walk(node) if isinstance(inner, ast.Constant)}
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent
        if " " in node.value.strip(" ,") and "\\d" not in node.value
    } - WORDS


SAID = sorted(set().union(*(sentences(SOURCE / "intake" / f"{name}.py") for name in MODULES)))


def test_the_sentences_are_found() -> None:
    assert len(SAID) > 80
    assert "Did you mean {meant}?" in SAID


@pytest.mark.parametrize("language", ["de", "uk"])
def test_each_sentence_is_translated_with_the_same_blanks(language: str) -> None:
    with (SOURCE / "report" / "locale" / language / "workbook.po").open("rb") as stream:
        known = {str(one.id): str(one.string) for one in read_po(stream, locale=language) if one.id}
    assert [sentence for sentence in SAID if not known.get(sentence)] == []
    blanks = {text: sorted(re.findall(r"\{\w+\}", text)) for text in (*known, *known.values())}
    assert [one for one, said in known.items() if blanks[one] != blanks[said]] == []
