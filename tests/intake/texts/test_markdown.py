"""Markdown becomes blocks, without its marks."""

import pytest

from konvoi.intake.texts.block import Block
from konvoi.intake.texts.markdown import blocks, front


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("## Scope ##", Block("Scope", 1, heading=True)),
        ("**Article I:  Scope**", Block("Article I: Scope", 1, heading=True)),
        ("**A.  <u>Aims</u>**", Block("A. Aims", 1, heading=True)),
        ("Some **bold** and *other* words", Block("Some bold and other words", 1)),
        ("3.  Third\n    goes on", Block("3. Third goes on", 1)),
        ("-   a point", Block("a point", 1, "•")),
        ("    - a deeper point", Block("a deeper point", 1, "•", 1)),
        ("a snake_case_name and 2 \\* 3", Block("a snake_case_name and 2 * 3", 1)),
        ("[the words](https://example.org)", Block("the words", 1)),
    ],
)
def test_a_block_is_told_by_its_marks(text: str, block: Block) -> None:
    assert blocks(text) == [block]


def test_comments_and_rules_say_nothing_and_lines_keep_their_numbers() -> None:
    text = "One\n\n<!-- a\nremark -->\n\n---\n\nTwo"
    assert [(one.text, one.row) for one in blocks(text)] == [("One", 1), ("Two", 8)]


def test_the_head_is_facts_and_no_text() -> None:
    text = "---\ntitle: 'On us: a word'\nversion: 2\n---\nWords"
    assert front(text) == {"title": "On us: a word", "version": "2"}
    assert [one.text for one in blocks(text)] == ["Words"]
    assert front("Words") == {}
