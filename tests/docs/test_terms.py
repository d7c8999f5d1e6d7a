"""Texts use the terms of docs/terms.toml."""

import importlib.util
import re
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from tests.cli.test_help import paragraphs, told
from tests.cli.test_i18n import _ids
from tests.report.extraction import message_ids, room_ids
from tests.report.test_catalogues import catalogue

from konvoi.cli import group

DOCS = Path(__file__).parents[2] / "docs"
PLACEHOLDER = re.compile(r"\{\w+\}")

EXCEPTIONS = {
    # Values of data whose English label stands in locale/en/labels.po.
    *("accept with reserve", "giver", "lines", "scrutiny reserve"),
    # Names of files, columns and options.
    "Decide with: konvoi review LISTING LISTING --verdict same|different --by NAME",
    "Decide with: konvoi review PROJECT OTHER --verdict same or different --by NAME",
    "--verdict is now called --disposition.",
    "Review them with konvoi review, in the terminal or as a workbook; decisions are stored in "
    "judgements.csv.",
    "The match probability is recorded in judgements.csv after the decision.",
    "Without arguments pairs are shown one after the other; one key decides each. One pair in ten is "
    "drawn at random: the error rate is estimated from these. Each decision is a new row of "
    "judgements.csv; a later decision on the same pair replaces the earlier one. With --for, pairs of "
    "which the reader may not see both records are left out. In a pipe, use --json, --list, --out or "
    "--in.",
    "verdict",
    "Decide again with: konvoi sanctions screen --decide HIT; until then the row decides nothing.",
    "a CSV with the columns hit, verdict, by, reason",
    # Transport routes, which are no delivery channels.
    "No open route from {from} to {to}.",
    "No route from {from} to {to} is open in time; blocked: {kind} {value}.",
    "No route from {from} to {to} is open in time; closed: {places}.",
}
"""Message ids that hold a term to avoid and may."""


def generate() -> Any:
    """docs/generate.py as a module."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate"] = module
    spec.loader.exec_module(module)
    return module


TERMS: list[dict[str, Any]] = generate().terms()
HELP = (told(group, click.Context(group)), paragraphs(group, click.Context(group)))
IDS = sorted({*message_ids(), *room_ids(), *_ids()}.union(*HELP))


def test_each_term_has_its_languages_and_definition() -> None:
    assert [
        term for term in TERMS if not all(term.get(one) for one in ("en", "de", "uk", "definition"))
    ] == []
    names = [term["en"] for term in TERMS]
    assert len(set(names)) == len(names)
    assert names == sorted(names, key=lambda name: name.lower().replace("-", ""))


def test_the_glossary_is_made_from_the_terms() -> None:
    """Where this fails: PYTHONPATH=src .venv/bin/python docs/generate.py"""
    assert (DOCS / "glossary.md").read_text("utf-8") == generate().glossary_page()


@pytest.mark.parametrize("avoid", sorted({text for term in TERMS for text in term.get("avoid", [])}))
def test_no_message_uses_a_term_to_avoid(avoid: str) -> None:
    pattern = re.compile(rf"\b{re.escape(avoid)}s?\b", re.IGNORECASE)
    found = [one for one in IDS if pattern.search(PLACEHOLDER.sub("{}", one)) and one not in EXCEPTIONS]
    assert found == []


def test_an_exception_is_needed() -> None:
    avoided = [text for term in TERMS for text in term.get("avoid", [])]
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, avoided))})s?\b", re.IGNORECASE)
    assert [one for one in sorted(EXCEPTIONS) if not pattern.search(one) or one not in IDS] == []


@pytest.mark.slow
@pytest.mark.parametrize("code", ["de", "uk"])
def test_a_translation_uses_the_term_of_its_concept(code: str) -> None:
    """Where this fails: use the term, or add its form to `de_also` or `uk_also` in docs/terms.toml."""
    known = catalogue(code)
    missed = [
        f"{term['en']} ({term[code]}): {one}"
        for term in TERMS
        for one in IDS
        if _names(term, one) and not any(_uses(term, code, text) for text in known.get(one, ()))
    ]
    assert missed == []


@pytest.mark.parametrize("code", ["de", "uk"])
def test_a_further_form_of_a_term_is_needed(code: str) -> None:
    known = catalogue(code)
    for term in TERMS:
        for form in term.get(f"{code}_also", []):
            others = {**term, f"{code}_also": [one for one in term[f"{code}_also"] if one != form]}
            needed = (
                one
                for one in IDS
                if _names(term, one)
                and any(_uses(term, code, text) for text in known.get(one, ()))
                and not any(_uses(others, code, text) for text in known.get(one, ()))
            )
            assert next(needed, None), f"{term['en']}: {form}"


def test_a_homonym_is_needed() -> None:
    for term in TERMS:
        for phrase in term.get("homonyms", []):
            others = {**term, "homonyms": [one for one in term["homonyms"] if one != phrase]}
            assert any(_names(others, one) and not _names(term, one) for one in IDS), phrase


LITERAL = re.compile(r"“[^”]*”|`[^`]*`|--[\w-]+|\S*(?:\.\w{2,5}|/)\S*|\b[A-Z]{2,}\b")
"""Quoted names, options, files and placeholders of a command: no words of a sentence."""


def _names(term: dict[str, Any], one: str) -> bool:
    """Return True if an English message names the concept of a term."""
    text = one
    for phrase in term.get("homonyms", []):
        text = re.sub(phrase if phrase.startswith("^") else re.escape(phrase), "", text, flags=re.IGNORECASE)
    text = LITERAL.sub("", PLACEHOLDER.sub("{}", text))
    return re.search(rf"\b{re.escape(term['en'])}s?\b", text, re.IGNORECASE) is not None


def _uses(term: dict[str, Any], code: str, text: str) -> bool:
    """Return True if a translation has the beginning of a term's last word, or a further form of it."""
    stem = term[code].split()[-1].strip("()")[:5]
    return any(form.lower() in text.lower() for form in (stem, *term.get(f"{code}_also", [])))
