"""Every text of the pages of submissions is there in German and Ukrainian, with its values."""

import ast
import re
from pathlib import Path

import pytest

from konvoi.flow.receipts import Kind
from konvoi.flow.submissions.changes import OUTCOMES
from konvoi.intake.texts.pdf_page import REFUSED
from konvoi.report.language import catalogue
from konvoi.web.submissions.markings import SENTENCES

WEB = Path(__file__).resolve().parents[3] / "src" / "konvoi" / "web"
TEMPLATES = WEB / "pages" / "templates" / "submissions"
SAID = re.compile(r'{% say "([^"]+)"(?: "([^"]+)")?')
VALUES = {
    *("withdrawn", "being computed", "in force", "replaced by a newer version"),
    *("imported", "brought back", "error", "warning", "note"),
    *("Reading the files", "Marking the workbook", "Storing the files", "Looking for open questions"),
}
"""Texts that come as values."""


def texts() -> dict[str, str]:
    """All texts with their plurals."""
    found = dict.fromkeys((*VALUES, *REFUSED.values(), *SENTENCES.values(), *OUTCOMES, *map(str, Kind)), "")
    for path in TEMPLATES.glob("*.html"):
        found |= dict(SAID.findall(path.read_text("utf-8")))
    for path in (WEB / "submissions").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
                given = [str(one.value) for one in node.args if isinstance(one, ast.Constant)]
                if given:
                    found[given[0]] = given[1] if len(given) > 1 else ""
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "text":
                found |= {str(one.value): "" for one in (node.value,) if isinstance(one, ast.Constant)}
    return found


@pytest.mark.parametrize("language", ["de", "uk"])
def test_every_text_is_translated(language: str) -> None:
    known = catalogue(language)
    missing = [
        one
        for one, many in sorted(texts().items())
        if (known.ngettext(one, many, 1) if many else known.gettext(one)) == one
    ]
    assert missing == []
