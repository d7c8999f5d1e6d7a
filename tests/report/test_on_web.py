"""No text on a page names a command or a file of the workspace: readers at a browser have no terminal."""

import ast
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from konvoi.report.language import Language, on_web
from konvoi.report.localized_refusal import localized_refusal, refusals, refusals_on_web
from konvoi.report.resources import catalogues, resource

SOURCE = Path(__file__).parents[2] / "src" / "konvoi"
OF_TERMINAL = (
    *("cli", "flow/federation", "flow/instance", "gateways/encryption.py", "gateways/signing.py"),
    *("web/administration", "web/erase.py", "web/start.py", "web/terminal.py", "web/work.py"),
)
"""Commands, bundles and keys, which are made at the terminal, and pages of administrators, who have one."""
NAMES_COMMAND = re.compile(
    r"\bkonvoi [a-z]|konvoi\.toml|(?<![\w-])--[a-z]|(?:waivers|judgements|proposals|clearances)\.csv"
    r"|(?:receipts|releases)\.jsonl"
)
GAP = re.compile(r"\{\w+\}")
LANGUAGES = ("en", "de", "uk")


def messages(code: str, *, on_web: bool) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return plural and translations of all message ids of a language."""
    found = {}
    for name in catalogues(code, on_web=on_web):
        for one in read_po(io.BytesIO(resource(name)), locale=code):
            id, many = one.id if isinstance(one.id, tuple) else (one.id, "")
            said = one.string if isinstance(one.string, tuple) else (one.string,)
            if id:
                found[str(id)] = (str(many), tuple(map(str, said)))
    return found


@cache
def constants() -> str:
    """Return all texts of the sources from which pages may take them."""
    paths = [
        path
        for path in sorted(SOURCE.rglob("*.py"))
        if not path.relative_to(SOURCE).as_posix().startswith(OF_TERMINAL)
    ]
    nodes = (node for path in paths for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    pages = [
        path.read_text("utf-8")
        for path in sorted((SOURCE / "web").rglob("*.html"))
        if "administration" not in path.parts
    ]
    return "\n".join([*texts, *pages, *(path.read_text("utf-8") for path in SOURCE.rglob("*.j2"))])


def reaching() -> Iterator[tuple[str, str]]:
    """Yield the sentences that name a command and may be said on a page, each with its plural."""
    for id, (many, _) in messages("de", on_web=False).items():
        # The longest piece of a refusal stands in its source as it is.
        if NAMES_COMMAND.search(id) and max(GAP.split(id), key=len) in constants():
            yield id, many


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_sentence_on_a_page_names_a_command(code: str) -> None:
    with on_web():
        said = {
            id: [
                localized_refusal(id, code)
                if id in refusals("de")
                else Language(code).say(id, many, count if many else None)
                for count in (1, 5)
            ]
            for id, many in reaching()
        }
    assert {id: texts for id, texts in said.items() if any(map(NAMES_COMMAND.search, texts))} == {}
    assert len(said) > 80


@pytest.mark.parametrize("code", LANGUAGES)
def test_sentences_of_the_web_stand_for_known_ones_and_keep_to_their_values(code: str) -> None:
    known, found = messages("de", on_web=False), messages(code, on_web=True)
    assert found.keys() == messages("de", on_web=True).keys()
    assert sorted(found.keys() - known.keys()) == []
    assert [id for id, (many, _) in found.items() if many != known[id][0]] == []
    texts = [(id, text) for id, (_, said) in found.items() for text in said]
    assert [one for one in texts if not one[1] or set(GAP.findall(one[1])) - set(GAP.findall(one[0]))] == []
    assert [text for _, text in texts if NAMES_COMMAND.search(text)] == []


def test_commands_are_named_at_the_terminal_alone() -> None:
    remedy, refusal = "decide on the pair with konvoi review", "no submissions yet; import one: konvoi add"
    assert Language("en").say(remedy) == remedy
    refusal = "no submissions yet; import one: konvoi add FILE --from PARTY"
    assert localized_refusal(refusal, "en") == refusal
    with on_web():
        assert Language("en").say(remedy) == "decide on the pair under Matching"
        assert localized_refusal(refusal, "de") == refusals_on_web("de")[refusal]
        assert localized_refusal("nothing of the kind", "en") == "nothing of the kind"
    assert Language("en").say(remedy) == remedy
